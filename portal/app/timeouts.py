"""How long the server waits for a client: half a request, a body by drops, an answer that nobody reads are dropped.

The server underneath waits for ever for each of them, and each holds a connection. A proxy does the same in front; this
holds where there is none, and for what a proxy lets through.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN = 20.0  # seconds for the lines of a request
BODY_STILL = 20.0  # seconds without a byte of the body
BODY_SLOWEST = 500  # bytes a second, on the whole: a phone at the edge of its network sends ten times that
READ_WITHIN = 60.0  # seconds in which an answer must move on
LOOKS = 5.0  # seconds between two looks


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to each wait. Websockets leave it: their pings find the dead ones."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to watch."""
        super().connection_made(transport)
        now = self.loop.time()
        self._idle = self._heard = self._moved = self._began = now
        self._got = self._left = 0
        self._served: Any = None
        self.loop.call_later(LOOKS, self._look)

    def data_received(self, data: bytes) -> None:
        """Note that something came."""
        self._heard = self.loop.time()
        self._got += len(data)
        super().data_received(data)

    def _look(self) -> None:
        if self not in self.connections:  # it has ended, or is a websocket now
            return
        if self._is_stuck(self.loop.time()):
            self.transport.abort()
            return
        self.loop.call_later(LOOKS, self._look)

    def _is_stuck(self, now: float) -> bool:
        left, before = self.transport.get_write_buffer_size(), self._left
        self._left = left
        if not left or left != before:
            self._moved = now
        if now - self._moved > READ_WITHIN:
            return True
        if left:  # an answer that is written whole, and may be closed behind, is not yet read
            self._idle = now
        if self.cycle is not self._served:  # another request has begun
            self._served, self._began, self._idle, self._got = self.cycle, now, now, 0
        if self.cycle is None or self.cycle.response_complete:
            return now - self._idle > HEAD_WITHIN
        self._idle = now
        if not self.cycle.more_body or self.flow.read_paused:
            return False
        took = now - self._began
        return now - self._heard > BODY_STILL or (took > BODY_STILL and self._got < BODY_SLOWEST * took)
