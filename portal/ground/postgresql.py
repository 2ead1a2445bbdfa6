"""Speaking to PostgreSQL with an end to each wait: a server that is gone or says nothing is told in seconds.

The driver by itself waits for ever for a server that was frozen, or whose network swallows everything, and each wait
holds a thread. Here a silence is looked into: while the server answers anybody, a long statement goes on.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.waiting import Ready

SILENCE = 0.7  # seconds without an answer after which it is asked whether the server is there at all
CONNECTS = 2  # seconds to open a connection, with the look-up of the server's name
RESTS = 1.0  # seconds in which a server that did not answer is not asked again
_LOOKS = 0.1  # seconds between two looks at a statement, as the driver has it
_TURNS = 4  # threads that open connections: one that looks up a name cannot be ended from outside


class Line:
    """The way to one server, and whether it answers as the last who asked found it."""

    def __init__(self) -> None:
        """Begin with the hope that it does."""
        self._opening = ThreadPoolExecutor(_TURNS, "postgresql")
        self._asking = Lock()
        self._rests_until = 0.0

    def connect(self, *where: str, **more: Any) -> "Watched":  # noqa: ANN401 - the driver's own parameters
        """Open a connection. Raises OperationalError, at once where the server did not answer a moment ago."""
        with self._turn():
            opened = self._opening.submit(Watched.connect, *where, **{"connect_timeout": CONNECTS, **more})
            try:
                connection = opened.result(CONNECTS)
            except (psycopg.OperationalError, TimeoutError) as error:
                self._rests_until = monotonic() + RESTS
                opened.add_done_callback(_close)
                raise psycopg.OperationalError("The server did not answer.") from error
            self._rests_until = 0.0
        connection.answers = lambda: self._answers(*where, **more)
        return connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let everybody ask a server that answered the last one; one that did not, somebody now and then."""
        if not self._rests_until:
            yield
        elif monotonic() > self._rests_until and self._asking.acquire(blocking=False):
            try:
                yield
            finally:
                self._asking.release()
        else:
            raise psycopg.OperationalError("The server did not answer a moment ago.")

    def _answers(self, *where: str, **more: Any) -> bool:  # noqa: ANN401 - as above
        try:
            self.connect(*where, **more).close()
        except psycopg.OperationalError:
            return False
        return True


def _close(late: Future["Watched"]) -> None:
    """Close a connection that came when nobody waited for it any more."""
    if not late.cancelled() and late.exception() is None:
        late.result().close()


class Watched(psycopg.Connection[Any]):
    """A connection that is given up where its server falls silent."""

    answers: Callable[[], bool] = staticmethod(lambda: True)  # whether the server takes another one now; `Line` says

    def wait(self, gen: PQGen[RV], interval: float = _LOOKS, timeout: float | None = None) -> RV:
        """Wait for an answer as the driver does, but for a server that is there."""
        return super().wait(self._looking_up(gen), interval, timeout)

    def _looking_up(self, gen: PQGen[RV]) -> PQGen[RV]:
        heard: Any = None
        looks = monotonic() + SILENCE
        while True:
            try:
                wanted = gen.send(heard)
            except StopIteration as ended:
                said: RV = ended.value
                return said
            heard = yield wanted
            if heard == Ready.NONE and monotonic() > looks:
                if not self.answers():
                    self.pgconn.finish()
                    raise psycopg.OperationalError("The server fell silent.")
                looks = monotonic() + SILENCE
