"""The sign-in form as a plain page: the twin of /sign-in for browsers without JavaScript."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal.accounts.authentication.providers import providers
from portal.accounts.authentication.sign_in import awaits_second_step
from portal.accounts.authentication.sign_in_state import STATE_COOKIE, STEP_COOKIE, refusal
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.web.plain_page import escaped, plain_page
from portal.web.visitors import act_of, own_path


def sign_in_page(request: Request) -> Response:
    """Show the form that posts to /session: the password, or the code where the password was right."""
    act, store = act_of(request), running().store
    asked = "refused" in request.query_params
    refused = refusal(store, request.cookies.get(STATE_COOKIE, "") if asked else "")
    then = escaped(own_path(request.query_params.get("then", "/")))
    problem = (
        f'<div class="portal-problems" role="alert" id="problem"><h2>There is a problem</h2><p>{escaped(refused.sentence)}</p></div>'
        if refused.sentence
        else ""
    )
    fields = _CODE if awaits_second_step(act, request.cookies.get(STEP_COOKIE, "")) else _password_fields(refused.email)
    body = (
        f'{problem}<form class="portal-form" method="post" action="/session"><input type="hidden" name="plain" value="1">'
        f'<input type="hidden" name="then" value="{then}">{fields}<button>Sign in</button></form>'
    )
    query = escaped(urlencode({"then": own_path(request.query_params.get("then", "/"))}))
    for provider in providers(running().settings.sign_in_with).values():
        body += f'<p><a href="/sign-in/with/{provider.id}?{query}">Sign in with {escaped(provider.name)}</a></p>'
    if act.person.signed_in:
        body = f'<p>You are signed in.</p><p><a href="{then}">Go on</a></p>'
    page = plain_page(f"{'Error: ' if problem else ''}Sign in", body, facts(store))
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


_CODE = (
    '<input type="hidden" name="do" value="code"><div><label for="code">Code from your app, or a recovery code</label>'
    '<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required></div>'
)


def _password_fields(email: str) -> str:
    return (
        '<input type="hidden" name="do" value="begin"><div><label for="email">E-mail address</label>'
        f'<input id="email" name="email" type="email" autocomplete="username" required value="{escaped(email)}"></div>'
        '<div><label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required></div>'
    )
