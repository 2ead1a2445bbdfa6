"""The sign-in form: plain HTML that posts to /session, so that the cookie is one scripts cannot read."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from portal.accounts.authentication.providers import providers
from portal.accounts.authentication.sign_in import awaits_second_step
from portal.accounts.authentication.sign_in_state import STATE_COOKIE, STEP_COOKIE, Refusal, refusal
from portal.ground.act import PUBLIC, act_now
from portal.ui import visitor
from portal.ui.problems import summary
from portal.ui.words import escaped


def sign_in_form(then: str | None = None) -> None:
    """Draw the form: address and password, or the code where the password was right and a second step is on.

    `then` is the page of this portal to go on to; without it, the one that was asked for.
    """
    goal = escaped(then if then is not None else present_address())
    act = act_now(visitor.store(), PUBLIC)
    refused = refusal(act.store, visitor.cookie(STATE_COOKIE)) if "refused" in st.query_params else Refusal()
    if refused.sentence:
        summary({"email": refused.sentence})
    if awaits_second_step(act, visitor.cookie(STEP_COOKIE)):
        _code_form(goal)
    else:
        _password_form(goal, refused)
        _providers(then if then is not None else present_address())


def present_address() -> str:
    """Give the address of this page with its question, as the way back to it; `?then=` of the sign-in page leads on."""
    asked = str(st.query_params.get("then", ""))
    if asked:
        return asked
    path = urlsplit(st.context.url or "/").path or "/"
    if path == "/sign-in":
        return "/"
    query = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    return f"{path}?{query}" if query else path


def _password_form(goal: str, refused: Refusal) -> None:
    wrong = ' aria-describedby="portal-problems" aria-invalid="true"' if refused.sentence else ""
    st.html(
        '<form class="portal-form" method="post" action="/session">'
        '<input type="hidden" name="do" value="begin">'
        f'<input type="hidden" name="then" value="{goal}">'
        '<div><label for="email">E-mail address</label>'
        f'<input id="email" name="email" type="email" autocomplete="username" required value="{escaped(refused.email)}"{wrong}></div>'
        '<div><label for="password">Password</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" required{wrong}></div>'
        "<button>Sign in</button></form>"
        '<p><a href="/reset" target="_self">I do not know my password</a></p>'
    )


def _providers(then: str) -> None:
    """Offer the providers of the settings, if there are any."""
    for provider in providers(visitor.settings().sign_in_with).values():
        address = escaped(f"/sign-in/with/{provider.id}?{urlencode({'then': then})}")
        st.html(
            f'<p><a class="portal-button" href="{address}" target="_self">Sign in with {escaped(provider.name)}</a></p>'
        )


def _code_form(goal: str) -> None:
    st.html(
        '<form class="portal-form" method="post" action="/session">'
        '<input type="hidden" name="do" value="code">'
        f'<input type="hidden" name="then" value="{goal}">'
        '<div><label for="code">Code from your app</label>'
        '<p class="portal-hint" id="code-hint">Open the app on your phone. It shows 6 digits for this portal. No phone? Type a recovery code.</p>'
        '<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required aria-describedby="code-hint"></div>'
        "<button>Sign in</button></form>"
    )
