"""A PostgreSQL that is gone, or there and silent: told within seconds, and used again by itself once it answers."""

import select
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import make_url

from portal.ground import postgresql
from portal.ground.database import BusyError, engine_for, reading, transaction
from portal.ground.postgresql import CONNECTS, RESTS, SILENCE
from tests.ports import free_port

SOON = 3.0  # seconds in which a page must say that something is wrong
PEOPLE = 30
pytestmark = pytest.mark.threat("DA4")


class Wire:
    """A way to the server that can be cut so that nobody notices: what is sent is taken, and never comes."""

    def __init__(self, port):
        self.swallows, self.taken, self._to, self._ends = False, 0, port, []
        self._taking = socket.create_server(("127.0.0.1", 0))
        self.port = self._taking.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        while True:
            try:
                near, _ = self._taking.accept()
            except OSError:
                return
            self.taken += 1
            far = socket.create_connection(("127.0.0.1", self._to))
            self._ends += near, far
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near, far):
        said = b"."
        with near, far, suppress(OSError, ValueError):
            while said:
                for end in select.select([near, far], [], [])[0]:
                    said = end.recv(65536)
                    if not self.swallows:
                        (far if end is near else near).sendall(said)

    def close(self):
        for end in (self._taking, *self._ends):
            end.close()


@pytest.fixture
def wired(empty_postgres):
    """An engine whose way to its server can be cut."""
    url = make_url(empty_postgres)
    wire = Wire(url.port)
    engine = engine_for(url.set(host="127.0.0.1", port=wire.port).render_as_string(hide_password=False))
    yield engine, wire
    engine.dispose()
    wire.close()


@contextmanager
def refused():
    with pytest.raises(BusyError) as said:
        yield
    assert "Nothing was changed" in said.value.message


def asked(engine, what="SELECT 7"):
    with reading(engine) as session:
        return session.connection().exec_driver_sql(what).scalar()


def test_a_server_that_nobody_listens_at_or_that_says_nothing_is_told_soon_and_once_again_at_once(monkeypatch):
    monkeypatch.setattr(postgresql, "RESTS", 3600)  # however busy this machine is, the second asks while it rests
    assert CONNECTS <= SOON
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        for port in (silent.getsockname()[1], free_port()):
            engine = engine_for(f"postgresql+psycopg://portal@127.0.0.1:{port}/postgres")
            with refused():  # and no wait for ever, which is what the driver does by itself
                asked(engine)
            with refused(), transaction(engine):
                pass
        near, _ = silent.accept()
        near.close()
        with pytest.raises(BlockingIOError):  # the second did not ask a server that had just said nothing
            silent.accept()


@pytest.mark.postgres
def test_a_server_that_falls_silent_is_told_soon_to_everybody_and_used_again_by_itself(wired):
    engine, wire = wired
    with ThreadPoolExecutor(12) as people:
        list(people.map(lambda _: asked(engine, "SELECT pg_sleep(0.2)"), range(8)))  # so that there is a pool
        midway = people.submit(asked, engine, "SELECT pg_sleep(60)")
        time.sleep(0.3)
        wire.swallows = True
        before = wire.taken
        told = [midway, *(people.submit(asked, engine) for _ in range(PEOPLE))]
        assert {type(each.exception()) for each in told} == {BusyError}
        assert wire.taken - before < PEOPLE  # not everybody waits for an answer of their own
    wire.swallows = False
    time.sleep(RESTS)
    assert asked(engine) == 7
    with transaction(engine) as session:
        session.connection().exec_driver_sql("CREATE TABLE kept (id int)")


@pytest.mark.postgres
def test_a_long_statement_goes_on_while_the_server_answers_others(wired):
    engine, wire = wired
    assert asked(engine, f"SELECT 7 FROM pg_sleep({2 * SILENCE + 0.3})") == 7  # noqa: S608 - our own number
    assert wire.taken > 2  # it was looked into, and the server was there
