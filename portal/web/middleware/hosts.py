"""The names that this portal is served under: a request for another one is answered with nothing of ours.

Without that, whoever lets a name of theirs point at this machine gets pages and forms under their own name, and a page of
theirs can talk to a portal on the visitor's own machine (DNS rebinding).
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.ground.settings import Settings

_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_NOT_IN_A_NAME = frozenset("@/?#\\")
_ANY_NAME = ("/healthz", "/metrics")  # asked by machines that go by a number: they tell nobody anything of a person


def known_hosts(settings: Settings) -> frozenset[str]:
    """Give the names: of the base URL, of `PORTAL_HOSTS`, and of this very machine."""
    return frozenset({_host(urlsplit(settings.base_url).netloc), *settings.hosts} | _OWN_MACHINE)


class KnownHosts:
    """Pure ASGI middleware: HTTP gets a plain 421, a websocket is not opened."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        """Wrap `app`."""
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve what is asked of a name of ours."""
        if scope["type"] == "lifespan" or scope["path"].startswith(_ANY_NAME) or self._is_ours(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            said = "This portal has another address. Its manager sets it as PORTAL_BASE_URL or PORTAL_HOSTS."
            await PlainTextResponse(said, status_code=421)(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        asked = Headers(scope=scope).getlist("host")
        return len(asked) == 1 and _host(asked[0]) in self._hosts


def _host(written: str) -> str:
    """Give the name without its port, in lower case; '' for what is none."""
    if not _NOT_IN_A_NAME.isdisjoint(written):  # somebody before us may read 'one@another' as the one, not the other
        return ""
    try:
        return (urlsplit(f"//{written}").hostname or "").rstrip(".")
    except ValueError:
        return ""
