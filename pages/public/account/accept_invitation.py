"""Screen: accept an invitation and open an account."""

import streamlit as st

from portal.accounts.authentication.sign_in_state import LINK_COOKIE
from portal.accounts.invitations import Invitation, accept, invitation
from portal.ground.act import Act
from portal.ground.errors import LinkError
from portal.ui import visitor
from portal.ui.blocks import facts, link_button, panel
from portal.ui.fields import new_password_field, text_field
from portal.ui.problems import kept, problems_kept
from portal.ui.words import plain


def offer(act: Act, secret: str, offered: Invitation) -> None:
    """Show what is offered, ask who it is, and accept."""
    st.title("Accept your invitation")
    where = offered.organisation or "The partnership"
    facts({"E-mail address": offered.email, "Role": offered.title, "Organisation": where})
    problems = kept()
    with st.form("accept"):
        name = position = ""
        if offered.known:
            st.write("There is an account for this address. Enter its password to add the role.")
            password = text_field(
                "Password",
                "accept.password",
                problems=problems,
                most=1000,
                autocomplete="current-password",
                kind="password",
            )
        else:
            name = text_field("Full name", "accept.name", problems=problems, most=200, autocomplete="name")
            position = text_field(
                "Job title or role", "accept.position", problems=problems, most=200, autocomplete="organization-title"
            )
            password = new_password_field("accept.password", problems=problems)
        sent = st.form_submit_button("Accept and open my account", type="primary")
    if sent:
        with problems_kept():
            accept(act, secret, name=name, position=position, password=password)
            st.session_state["accept.stage"] = "opened"
        st.rerun()


if st.session_state.get("accept.stage") == "opened":
    st.title("Your account is ready")
    panel("You can sign in now", "Use your e-mail address and the password you chose.")
    link_button("Sign in", "/sign-in", primary=True)
else:
    try:
        found = invitation(visitor.act(), visitor.cookie(LINK_COOKIE))
    except LinkError as error:
        st.title("This invitation cannot be used")
        st.write(plain(error.message))
        st.write("Did you open your account already? Then sign in.")
        link_button("Sign in", "/sign-in")
    else:
        offer(visitor.act(), visitor.cookie(LINK_COOKIE), found)
