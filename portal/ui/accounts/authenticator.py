"""streamlit-authenticator, held to two things: its session-state names, and asking for the password again inside a page.

It has no part in signing in or out, never decides, and keeps nothing: no cookie of its own, no cloud, no file, no credentials.
Passwords are checked by `portal.accounts`; who is here is asked of the store on every run. Why: docs/decisions/0010.
"""

import secrets

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.models import AuthenticationModel

from portal.accounts.authentication.sign_in import SignInRefusedError, check_password
from portal.ground.act import Act
from portal.ground.errors import AnswersNeededError
from portal.ui import visitor


class PortalModel(AuthenticationModel):  # type: ignore[misc]  # the package ships no types
    """The package's model without its own memory: it asks the portal."""

    def __init__(self, act: Act) -> None:
        """Take the act of whoever is here; the only person it knows is the one whose session this is."""
        super().__init__(
            {"usernames": {}},
            auto_hash=False,
            secret_key=secrets.token_hex(32),
        )
        self.act = act
        person = act.person
        if person.signed_in:
            self.credentials["usernames"][person.email] = {
                "email": person.email,
                "name": person.name,
                "roles": sorted({post.role.value for post in person.posts}),
            }

    def check_credentials(self, username: str, password: str) -> bool:
        """Ask the portal whether this is the person's password; the try is counted there."""
        try:
            person = self.act.person
            account = check_password(
                self.act,
                username,
                password,
                address=visitor.network_address(),
                browser=f"own:{person.id}" if person.email == username else "",
            )
        except SignInRefusedError:
            return False
        return account.id == self.act.person.id

    def _record_failed_login_attempts(self, username: str, reset: bool = False) -> None:  # noqa: FBT001, FBT002 - the package's own signature
        """Count nothing here: a dictionary of one process is no limit."""


class PortalController(AuthenticationController):  # type: ignore[misc]  # the package ships no types
    """The package's controller over the portal's model."""

    def __init__(self, act: Act) -> None:
        """Take the act of whoever is here."""
        super().__init__({"usernames": {}}, auto_hash=False, secret_key=secrets.token_hex(32))
        self.authentication_model = PortalModel(act)


def remember(act: Act) -> None:
    """Keep the package's session-state names in step with the store: signed in by the session's row, or signed out.

    They are for showing (`authentication_status`, `name`, `username`, `roles`); nothing is decided by them.
    """
    person, controller = act.person, PortalController(act)
    if person.signed_in:
        controller.login(token={"username": person.email})
    elif st.session_state.get("authentication_status"):
        controller.logout()


def proves(act: Act, password: str, *, field: str) -> None:
    """Let the person prove, inside a page, that they know their password. Raises AnswersNeededError, TooManyTriesError."""
    if not password or not PortalController(act).authentication_model.login(act.person.email, password):
        remember(act)
        raise AnswersNeededError({field: "Enter the password of your account. What you typed is not it"})
