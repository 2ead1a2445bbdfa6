"""Beginning and going on with a signing: the small posts that put its token into a cookie which scripts cannot read."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from portal.accounts.addresses import network
from portal.agreement.errors import InPreparationError
from portal.agreement.signing.email_check import confirm_link
from portal.agreement.signing.journey import begin, cookie_name, next_step, signing
from portal.ground.drafts import KEPT
from portal.ground.errors import LinkError, NotFoundError, TooManyTriesError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.web.forms import TooLongError, small_form
from portal.web.plain_page import escaped, plain_page
from portal.web.visitors import act_of, from_own_page, network_address

_MOST_BYTES = 2_000


def signing_secret(request: Request) -> str:
    """Give the token of the signing in this browser, '' where there is none."""
    return request.cookies.get(cookie_name(secure=running().settings.secure), "")


async def begin_signing(request: Request) -> Response:
    """Begin a signing (POST), or go on with the one in this browser; `do=again` begins another in its place."""
    form = await _form(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_begin, request, form)


async def continue_signing(request: Request) -> Response:
    """Go on from a letter. GET only shows a button, so that a mail scanner changes nothing; POST takes the link."""
    if request.method == "GET":
        return await run_in_threadpool(_ask, request)
    form = await _form(request)
    return form if isinstance(form, Response) else await run_in_threadpool(_continue, request, form)


def _begin(request: Request, form: dict[str, str]) -> Response:
    act, secret = act_of(request), signing_secret(request)
    try:
        if form.get("do") != "again" and secret and not signing(act, secret).outcome:
            return _go(next_step(act, secret), "")
    except NotFoundError:
        secret = ""  # too old, or not ours
    try:
        fresh = begin(act, network=network(network_address(request)))
    except InPreparationError as error:
        return _plainly("The agreement cannot be signed yet", f"<p>{escaped(error.message)}</p>", 409)
    except TooManyTriesError as error:
        return _plainly("There is a problem", f"<p>{escaped(error.message)}</p>", 429)
    return _go(next_step(act, fresh), fresh)


def _ask(request: Request) -> Response:
    key = request.query_params.get("key", "")[:200]
    return _plainly(
        "Go on with your signature",
        "<p>We have kept your answers. They open on this device.</p>"
        '<form class="portal-form" method="post" action="/sign/continue">'
        f'<input type="hidden" name="key" value="{escaped(key)}"><button>Go on</button></form>',
        200,
    )


def _continue(request: Request, form: dict[str, str]) -> Response:
    secret, _, link = form.get("key", "").partition(".")
    act = act_of(request)
    try:
        if link:
            confirm_link(act, secret, link)
        return _go(next_step(act, secret), secret)
    except (LinkError, NotFoundError, InPreparationError) as error:
        body = f'<p>{escaped(error.message)}</p><p><a href="/sign">Start again</a></p>'
        return _plainly("This link does not open", body, 404)


async def _form(request: Request) -> dict[str, str] | Response:
    if not from_own_page(request):
        return PlainTextResponse("This form must be sent from the portal's own page.", status_code=403)
    try:
        return await small_form(request, _MOST_BYTES)
    except TooLongError:
        return PlainTextResponse("Too long.", status_code=413)


def _go(step: str, secret: str) -> Response:
    answer = RedirectResponse(f"/{step}", status_code=303, headers={"Cache-Control": "no-store"})
    if secret:
        settings = running().settings
        answer.set_cookie(
            cookie_name(secure=settings.secure),
            secret,
            max_age=int(KEPT.total_seconds()),
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.secure,
        )
    return answer


def _plainly(title: str, body: str, status: int) -> Response:
    return HTMLResponse(
        plain_page(title, body, facts(running().store)),
        status_code=status,
        headers={"Cache-Control": "no-store"},
    )
