"""Who asks a plain route: the session's cookie, and whether a post came from a page of this portal."""

from urllib.parse import urlsplit

from starlette.requests import Request

from portal.accounts.authentication.sessions import cookie_name, person_of
from portal.ground.act import PUBLIC, Act, act_now
from portal.ground.process.runtime import running

_LONGEST_ADDRESS = 2000


def session_secret(request: Request) -> str:
    """Give the session cookie of a request, '' where there is none."""
    return request.cookies.get(cookie_name(secure=running().settings.secure), "")


def act_of(request: Request) -> Act:
    """Begin an act by whoever sent a request, now: the person of its session, or the public."""
    here = act_now(running().store, PUBLIC)
    secret = session_secret(request)
    return here.as_(person_of(here, secret)) if secret else here


def network_address(request: Request) -> str:
    """Give the address that a request came from, as the server saw it."""
    return request.client.host if request.client else ""


def from_own_page(request: Request) -> bool:
    """Say whether a post was sent by a page of this portal, by what only the browser can write.

    `Origin` must name the host that was asked, and `Sec-Fetch-Site`, where the browser sends it, this very site.
    A post with neither is refused: every browser of today sends at least one.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    own = {request.headers.get("host", ""), urlsplit(running().settings.base_url).netloc}
    return urlsplit(origin).scheme in {"http", "https"} and urlsplit(origin).netloc in own - {""}


def own_path(then: str) -> str:
    """Give an address to go on to if it is one of this portal, the home page otherwise."""
    fits = then.startswith("/") and not then.startswith(("//", "/\\")) and len(then) <= _LONGEST_ADDRESS
    return then if fits and then.isprintable() and "\\" not in then else "/"
