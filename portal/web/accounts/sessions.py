"""Signing in and out by a plain form: the only place that sets the session's cookie."""

import json
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from portal.accounts.addresses import tidy
from portal.accounts.authentication import sign_in_state
from portal.accounts.authentication.known_browsers import KNOWN_FOR, browser_cookie, known_as, mark_of
from portal.accounts.authentication.sessions import LONGEST, cookie_name, end_session
from portal.accounts.authentication.sign_in import (
    STEP_LASTS,
    CodeRefusedError,
    SignedIn,
    SignInRefusedError,
    awaits_second_step,
    sign_in,
    take_second_step,
)
from portal.ground.database import BusyError
from portal.ground.errors import LinkError, TooManyTriesError
from portal.ground.process.runtime import running
from portal.web.accounts.secret_links import keep_cookie
from portal.web.forms import TooLongError, small_form, text
from portal.web.plain_page import render
from portal.web.visitors import act_of, from_own_page, network_address, own_path, session_secret

_STATE_LASTS = 120
# Not "cookies": that clears those of every site of the domain, the council's own among them.
_CLEAR = '"cache", "storage"'
_NOT_ENDED = "Nobody can go on with your work here. The portal was too busy to close your session itself: it ends within 30 minutes."


async def session(request: Request) -> Response:
    """Begin or end a session: POST with `do` = begin, code or end, and `then`, the page to go on to.

    Answers 303 to a page of this portal; 403 where the post came from elsewhere; 413 where it is too long.
    """
    if not from_own_page(request):
        return PlainTextResponse("This form must be sent from the portal's own page.", status_code=403)
    try:
        form = await small_form(request)
    except TooLongError:
        return PlainTextResponse("Too long.", status_code=413)
    return await run_in_threadpool(_answer, request, form)


def _answer(request: Request, form: dict[str, str]) -> Response:
    then = own_path(text(form, "then"))
    match text(form, "do"):
        case "begin":
            return _begin(request, form, then)
        case "code":
            return _code(request, form, then)
        case "end":
            return _end(request)
        case _:
            return _go("/sign-in")


def _begin(request: Request, form: dict[str, str], then: str) -> Response:
    email, password = text(form, "email"), text(form, "password")
    act, known = act_of(request), tidy(email)[:300]
    held = request.cookies.get(browser_cookie(act, known), "")
    browser, mark = known_as(act, known, held), mark_of(act, known, held)
    try:
        found = sign_in(act, email, password, address=network_address(request), browser=browser, mark=mark)
    except (SignInRefusedError, TooManyTriesError, BusyError) as error:
        return refused(form, then, error.message, email)
    return go_on(request, found, form, then, known, mark)


def go_on(request: Request, found: SignedIn, form: dict[str, str], then: str, email: str, mark: str) -> Response:
    """Go on from a right password, or a provider's word for an address: into the session, or to the second step."""
    if found.second_step:
        answer = _go(_sign_in_page(form, then))
        keep_cookie(answer, sign_in_state.STEP_COOKIE, found.secret, int(STEP_LASTS.total_seconds()))
    else:
        answer = _signed_in(request, found.secret, then)
    keep_cookie(answer, browser_cookie(act_of(request), email), mark, KNOWN_FOR)
    return answer


def _code(request: Request, form: dict[str, str], then: str) -> Response:
    act, secret = act_of(request), request.cookies.get(sign_in_state.STEP_COOKIE, "")
    known = awaits_second_step(act, secret)
    mark = mark_of(act, known, request.cookies.get(browser_cookie(act, known), ""))
    try:
        begun = take_second_step(act, secret, text(form, "code"), mark=mark)
    except (CodeRefusedError, TooManyTriesError, BusyError) as error:
        return refused(form, then, error.message, "")
    except LinkError as error:
        answer = refused(form, then, error.message, "")
        answer.delete_cookie(sign_in_state.STEP_COOKIE, path="/")
        return answer
    answer = _signed_in(request, begun, then)
    keep_cookie(answer, browser_cookie(act, known), mark, KNOWN_FOR)
    return answer


def _signed_in(request: Request, secret: str, then: str) -> Response:
    old = session_secret(request)
    if old:
        end_session(act_of(request), old)  # a cookie that somebody planted, or a session that is being replaced
    answer = _go(then)
    settings = running().settings
    keep_cookie(answer, cookie_name(secure=settings.secure), secret, int(LONGEST.total_seconds()))
    for spent in (sign_in_state.STATE_COOKIE, sign_in_state.STEP_COOKIE):
        answer.delete_cookie(spent, path="/")
    return answer


def _end(request: Request) -> Response:
    secret, answer = session_secret(request), _go("/sign-in?ended=1")
    try:
        if secret:
            end_session(act_of(request), secret)
    except BusyError:  # whoever stands at a shared machine goes away now, and does not try again in a minute
        answer = HTMLResponse(render("fault.html", "You are signed out in this browser", None, words=_NOT_ENDED), 503)
        answer.headers["Cache-Control"] = "no-store"
    secure = running().settings.secure
    for name in (cookie_name(secure=secure), sign_in_state.STATE_COOKIE, sign_in_state.STEP_COOKIE):
        answer.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = _CLEAR
    return answer


def refused(form: dict[str, str], then: str, sentence: str, email: str) -> Response:
    """Go back to the form. What was typed travels sealed in a cookie of two minutes, never in an address."""
    answer = _go(_sign_in_page(form, then, refused="1"))
    state = json.dumps({"email": email[:300], "sentence": sentence})
    keep_cookie(answer, sign_in_state.STATE_COOKIE, sign_in_state.sealed(running().store, state), _STATE_LASTS)
    return answer


def _sign_in_page(form: dict[str, str], then: str, **more: str) -> str:
    page = "/session" if text(form, "plain") else "/sign-in"
    query = urlencode({**more, **({"then": then} if then != "/" else {})})
    return f"{page}?{query}" if query else page


def _go(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
