"""Screen: ask for a link to a new password, and choose one with it."""

import streamlit as st

from portal.accounts.authentication.password_reset import ask, choose, is_open
from portal.accounts.authentication.sign_in_state import LINK_COOKIE
from portal.ground.errors import LinkError
from portal.ui import visitor
from portal.ui.blocks import link_button, panel
from portal.ui.fields import new_password_field, text_field
from portal.ui.problems import kept, problems_kept, summary

act, secret = visitor.act(), visitor.cookie(LINK_COOKIE)
stage = st.session_state.get("reset.stage", "")
if stage == "chosen":
    st.title("You have a new password")
    panel("Your password is changed", "You are signed out on every device. Sign in with the new password.")
    link_button("Sign in", "/sign-in", primary=True)
elif stage == "asked":
    if visitor.settings().smtp_url:
        st.title("Check your e-mail")
        st.write("If there is an account for that address, a link is on its way. It works once, for an hour.")
        st.write(
            "Has nothing come after 10 minutes? Look in your spam folder. Then ask your Information Manager, who can hand you the link."
        )
    else:
        st.title("Ask your Information Manager")
        st.write("This portal cannot send mail. If there is an account for that address, a link waits with them.")
        st.write("It works once, for an hour.")
    link_button("Back to sign in", "/sign-in")
elif is_open(act, secret):
    st.title("Choose a new password")
    problems = kept()
    with st.form("reset.choose"):
        password = new_password_field("reset.password", problems=problems, words="New password")
        sent = st.form_submit_button("Save my new password", type="primary")
    if sent:
        with problems_kept():
            choose(act, secret, password)
            st.session_state["reset.stage"] = "chosen"
        st.rerun()
else:
    st.title("Get a new password")
    problems = kept()
    if secret and not problems:
        summary({"": LinkError.message})
    st.write("Tell us the e-mail address that you sign in with. We send a link to it.")
    with st.form("reset.ask"):
        email = text_field("E-mail address", "reset.email", problems=problems, autocomplete="username")
        sent = st.form_submit_button("Send me a link", type="primary")
    if sent:
        with problems_kept():
            ask(act, email, base_url=visitor.settings().base_url)
            st.session_state["reset.stage"] = "asked"
        st.rerun()
