"""Websockets before the framework sees them: who begins when, how many from one address, and whose session an id opens.

The framework runs a whole script for each new socket, at once: 200 of them kept everybody waiting for seconds. Here few
begin together, and each address in its turn. It also gives a session to whoever names its id, which stands in the path of
every upload, and closes the owner's socket: here an id opens a session, takes a file into it and drops one from it, only
from the browser that it was given to.
"""

import asyncio
import hashlib
import logging
import re
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # ships no types
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from portal.accounts.addresses import network
from portal.accounts.authentication.sessions import cookie_name, note_takeover
from portal.ground.act import PUBLIC, act_now
from portal.ground.process.runtime import running

MOST_OPEN = 400  # of one address: an office behind one, with room
TOGETHER = 8  # how many run their first script at once; more would take no less time in all
MOST_WAITING = 300  # of one address; more are refused, and the browser tries again
WAITS = 14  # seconds: after 15 the browser gives up and comes again
BEGINS_WITHIN = 5  # seconds after which a first script no longer holds its turn
_REMEMBERED = 20_000  # sessions
_PROTOCOLS = b"sec-websocket-protocol"
_ID = 2  # the place of the session's id among the protocols
_XSRF = "_streamlit_xsrf"
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]*)")  # may stand behind a page's own address
_TRY_AGAIN = 1013


class CrowdedError(Exception):
    """Too many wait already."""


class StartQueue:
    """Let few begin at once, and of those who wait each address in its turn."""

    def __init__(self, *, together: int = TOGETHER, most_waiting: int = MOST_WAITING) -> None:
        """Begin with nobody."""
        self._together, self._most_waiting, self._running = together, most_waiting, 0
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def take(self, address: str, *, waits: float = WAITS) -> None:
        """Wait for a turn. Raises CrowdedError."""
        queue = self._waiting.setdefault(address, deque())
        if len(queue) >= self._most_waiting:
            raise CrowdedError
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        self._go_on()
        try:
            await asyncio.wait_for(asyncio.shield(turn), waits)
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done():
                self.give_back()
            else:
                turn.cancel()
            if isinstance(error, TimeoutError):
                raise CrowdedError from error
            raise

    def give_back(self) -> None:
        """Let the next one begin."""
        self._running -= 1
        self._go_on()

    def _go_on(self) -> None:
        for address in [*self._waiting]:
            queue = self._waiting[address]
            while queue and queue[0].done():  # gave up
                queue.popleft()
            if not queue:
                del self._waiting[address]
            elif self._running < self._together:
                self._running += 1
                queue.popleft().set_result(None)
                self._waiting.move_to_end(address)
                self._go_on()
                return


class Sockets:
    """Pure ASGI middleware; of HTTP it looks at uploads alone."""

    def __init__(self, app: ASGIApp, *, turns: StartQueue | None = None, most_open: int = MOST_OPEN) -> None:
        """Wrap `app`."""
        self._app, self._turns, self._most_open = app, turns or StartQueue(), most_open
        self._open: Counter[str] = Counter()
        self._given: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket, or refuse it where its address has too many."""
        if scope["type"] != "websocket":
            upload = _UPLOAD.search(scope.get("path", ""))
            if upload and scope["method"] != "OPTIONS" and not self._is_owner(scope, upload[1]):
                await PlainTextResponse("This page was opened in another browser.", 403)(scope, receive, send)
                return
            await self._app(scope, receive, send)
            return
        address = network((scope.get("client") or ("",))[0])
        if self._open[address] >= self._most_open:
            await send({"type": "websocket.close", "code": _TRY_AGAIN})
            return
        self._open[address] += 1
        try:
            await self._turns.take(address)
            await self._serve(scope, receive, send, address)
        except CrowdedError:
            await send({"type": "websocket.close", "code": _TRY_AGAIN})
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    async def _serve(self, scope: Scope, receive: Receive, send: Send, address: str) -> None:
        turn, known, browser = _Turn(self._turns.give_back), False, ""

        async def sent(message: Message) -> None:
            nonlocal known
            if message["type"] == "websocket.send" and not (known and turn.is_over):
                told = _told(message.get("bytes") or b"")
                if told.WhichOneof("type") == "new_session":  # on a busy machine it may come after the turn is over
                    known = True
                    self._remember(told.new_session.initialize.session_id, browser)
                elif told.WhichOneof("type") == "script_finished":
                    turn.end()
            await send(message)

        try:
            browser = await self._own_session_only(scope, address)
            await self._app(scope, receive, sent)
        finally:
            turn.end()

    async def _own_session_only(self, scope: Scope, address: str) -> str:
        """Take the id of a session out of the request where another browser asks; returns which browser this is."""
        browser, tab = _browser(scope)
        asked = next((value for name, value in scope["headers"] if name == _PROTOCOLS), b"").decode("latin-1")
        wanted = [part.strip() for part in asked.split(",")]
        if len(wanted) > _ID and self._given.get(wanted[_ID], "") != browser:
            scope["headers"] = [
                (name, ", ".join(wanted[:_ID]).encode("latin-1") if name == _PROTOCOLS else value)
                for name, value in scope["headers"]
            ]
            owner = self._given.get(wanted[_ID], "")
            if owner and (not tab or tab not in owner):  # not the same browser that signed in or out meanwhile
                logging.getLogger("portal").warning("a session was asked for from another browser")
                with suppress(Exception):
                    await run_in_threadpool(note_takeover, act_now(running().store, PUBLIC), address)
        return browser

    def _is_owner(self, scope: Scope, session_id: str) -> bool:
        """Say whether this browser was given the session; it may have signed in or out meanwhile."""
        (browser, tab), owner = _browser(scope), self._given.get(session_id, "")
        return bool(owner) and (browser == owner or (bool(tab) and owner.endswith(f":{tab}")))

    def _remember(self, session_id: str, browser: str) -> None:
        self._given[session_id] = browser
        self._given.move_to_end(session_id)
        while len(self._given) > _REMEMBERED:
            self._given.popitem(last=False)


class _Turn:
    """A turn that ends once, at the latest after a while."""

    def __init__(self, over: Callable[[], None]) -> None:
        self._over, self.is_over = over, False
        self._timer = asyncio.get_running_loop().call_later(BEGINS_WITHIN, self.end)

    def end(self) -> None:
        """End it, if that has not happened yet."""
        if not self.is_over:
            self.is_over = True
            self._timer.cancel()
            self._over()


def _told(content: bytes) -> ForwardMsg:
    told = ForwardMsg()
    with suppress(DecodeError):
        told.ParseFromString(content)
    return told


def _browser(scope: Scope) -> tuple[str, str]:
    """Give what tells a browser from others, with who is signed in there, and the part of it that outlives a sign-in."""
    cookies = HTTPConnection(scope).cookies
    kept, _ = decode_xsrf_token_string(cookies.get(_XSRF, "")) if cookies.get(_XSRF) else (None, None)
    tab = hashlib.sha256(kept).hexdigest() if kept else ""
    signed_in = cookies.get(cookie_name(secure=running().settings.secure), "")
    return f"{hashlib.sha256(signed_in.encode()).hexdigest()}:{tab}", tab
