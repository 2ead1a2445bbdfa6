"""Files that cost work to make, such as papers and the whole record: few are made at once, and each address has its turn.

Whoever asks for the same paper fifty times waits for their own fifty; somebody else's comes next.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.accounts.addresses import network
from portal.app.websockets import CrowdedError, StartQueue
from portal.ground.database import BusyError

_COSTLY = (
    *("/files/", "/meeting/", "/return/", "/signature/", "/notice/", "/sign/copy", "/agreement.pdf", "/forms/"),
    *("/minutes/", "/guide/"),
)
_FRAMEWORK = "/_stcore/"  # its own addresses may stand behind a page's: an upload is no paper, and may be slow
TOGETHER, MOST_WAITING = 2, 60


class FileTurns:
    """Pure ASGI middleware; what is cheap passes through untouched."""

    def __init__(self, app: ASGIApp, *, turns: StartQueue | None = None) -> None:
        """Wrap `app`."""
        self._app, self._turns = app, turns or StartQueue(together=TOGETHER, most_waiting=MOST_WAITING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a file be made when it is its turn. Raises BusyError where too many of one address wait."""
        asked = scope.get("path", "")
        if scope["type"] != "http" or not asked.startswith(_COSTLY) or _FRAMEWORK in asked:
            await self._app(scope, receive, send)
            return
        try:
            await self._turns.take(network((scope.get("client") or ("",))[0]))
        except CrowdedError as error:
            raise BusyError from error
        held = True

        async def noting(message: Message) -> None:
            nonlocal held
            if held:  # it is made: how long it takes to be read is the reader's own affair
                held = False
                self._turns.give_back()
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            if held:
                self._turns.give_back()
