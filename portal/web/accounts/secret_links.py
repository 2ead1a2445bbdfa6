"""Doors that a secret opens: the set-up code, an invitation, a new password. The secret leaves the address at once."""

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from portal.accounts.authentication import sign_in_state
from portal.accounts.authentication.known_browsers import KNOWN_FOR, browser_cookie, known_mark
from portal.accounts.authentication.password_reset import mailbox_of
from portal.ground.drafts import KEPT
from portal.ground.errors import AlreadyDoneError, TooManyTriesError
from portal.ground.process.runtime import running
from portal.partnership import set_up
from portal.web.forms import TooLongError, small_form, text
from portal.web.visitors import act_of, from_own_page

_LINK_LASTS = 3600


async def set_up_code(request: Request) -> Response:
    """Take the code from the terminal; a right one gives the set-up's cookie. Answers 303 to /set-up."""
    if not from_own_page(request):
        return PlainTextResponse("This form must be sent from the portal's own page.", status_code=403)
    try:
        form = await small_form(request)
    except TooLongError:
        return PlainTextResponse("Too long.", status_code=413)
    return await run_in_threadpool(_open, request, text(form, "code"))


def _open(request: Request, code: str) -> Response:
    try:
        secret = set_up.open_door(act_of(request), code)
    except AlreadyDoneError:
        return _go("/set-up")
    except (set_up.CodeError, TooManyTriesError) as error:
        answer = _go("/set-up?refused=1")
        state = json.dumps({"email": "", "sentence": error.message})
        keep_cookie(answer, sign_in_state.STATE_COOKIE, sign_in_state.sealed(running().store, state), 120)
        return answer
    answer = _go("/set-up-partnership")
    keep_cookie(answer, set_up.COOKIE, secret, int(KEPT.total_seconds()))
    return answer


def invitation(request: Request) -> Response:
    """Take the secret of an invitation out of the address, and go on to its page. Changes nothing."""
    return _with_secret(request, "/accept")


def new_password(request: Request) -> Response:
    """Take the secret of a new password out of the address, and go on to its page. Changes nothing.

    Whoever reads the address's mail is known from now on: strangers' wrong passwords do not make them wait.
    """
    answer, act = _with_secret(request, "/reset"), act_of(request)
    mailbox = mailbox_of(act, request.path_params["secret"][:200])
    if mailbox:
        keep_cookie(answer, browser_cookie(act, mailbox), known_mark(act, mailbox), KNOWN_FOR)
    return answer


def _with_secret(request: Request, page: str) -> Response:
    answer = _go(page)
    secret = request.path_params["secret"][:200]
    keep_cookie(
        answer, sign_in_state.LINK_COOKIE, secret if secret.isascii() else "", _LINK_LASTS
    )  # none of ours is not
    return answer


def keep_cookie(answer: Response, name: str, value: str, seconds: int) -> None:
    """Set a cookie that scripts cannot read and other sites' forms cannot send."""
    answer.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=running().settings.secure
    )


def _go(address: str) -> Response:
    return RedirectResponse(
        address, status_code=303, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )
