"""The sign-in form: plain HTML that posts to /session, so that the cookie is one scripts cannot read."""

import streamlit as st

from portal.ui.words import escaped


def sign_in_form(then: str = "/") -> None:
    """Draw the form; `then` is the page of this portal to go on to."""
    st.html(
        '<form class="portal-form" method="post" action="/session">'
        '<input type="hidden" name="do" value="begin">'
        f'<input type="hidden" name="then" value="{escaped(then)}">'
        '<div><label for="email">E-mail address</label><input id="email" name="email" type="email" autocomplete="username" required></div>'
        '<div><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required></div>'
        "<button>Sign in</button></form>"
    )
