"""What somebody reads where nothing answers, or where something went wrong: plain words, and never a bare 500."""

from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.ground.database import AWAY, BusyError
from portal.ground.errors import PortalError
from portal.ground.page_access import BY_ADDRESS
from portal.ground.process.logs import problem
from portal.web.plain_page import render

_FRAMEWORK = ("_stcore", "static", "media", "component", "vendor")  # the first part of Streamlit's own addresses
_FILES = frozenset({"favicon.png", "manifest.json", "index.html"})
_UNKNOWN = "There is no page at this address. Check it, or begin at the home page."
_BUSY = "The portal is busy or cannot save at the moment. Nothing was changed. Go back: what you typed is still in the form. Try again in a minute."


class PlainFaults:
    """Pure ASGI middleware: it needs neither the store nor a session to speak. Websockets pass through untouched."""

    def __init__(self, app: ASGIApp, *, routes: list[BaseRoute]) -> None:
        """Wrap `app`, whose plain routes these are."""
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say in words why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._is_known(scope):
            answer = _page("This page does not exist", _UNKNOWN, HTTPStatus.NOT_FOUND)
            await answer(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except ClientDisconnect:
            return  # half a form came, and nobody is there to be told
        except Exception as error:
            if begun:
                raise
            await _told(error)(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        path = str(scope["path"]).strip("/")
        if path in BY_ADDRESS or path in _FILES or path.split("/")[0] in _FRAMEWORK:
            return True
        if len(path.split("/")) > 1 and path.split("/")[1] == "_stcore":  # a page's address before the framework's own
            return path.split("/")[0] in BY_ADDRESS
        return any(route.matches(scope)[0] is not Match.NONE for route in self._routes)


def _told(error: Exception) -> HTMLResponse:
    if isinstance(error, (BusyError, *AWAY)):
        return _page("Sorry, there is a problem with the service", _BUSY, HTTPStatus.SERVICE_UNAVAILABLE)
    reference = problem(error, "route")
    said = error.message if isinstance(error, PortalError) else "Something went wrong. What you had saved is kept."
    return _page(
        "Sorry, there is a problem with the service",
        f"{said} Try again later, and tell your Information Manager the reference {reference}.",
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def _page(title: str, words: str, status: HTTPStatus) -> HTMLResponse:
    headers = {"Cache-Control": "no-store"}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "10"
    return HTMLResponse(render("fault.html", title, None, words=words), status_code=status, headers=headers)
