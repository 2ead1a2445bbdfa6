"""Screen: change your password."""

import streamlit as st

from portal.accounts.authentication.password_reset import change
from portal.ui import visitor
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import new_password_field, text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import kept, problems_kept

act = visitor.act()
st.title("Change your password")
show_done()
problems = kept()
with st.form("change_password", clear_on_submit=True):
    current = text_field(
        "The password you use now",
        "change_password.current",
        problems=problems,
        most=1000,
        autocomplete="current-password",
        kind="password",
    )
    password = new_password_field("change_password.password", problems=problems, words="New password")
    sent = st.form_submit_button("Change my password", type="primary")
links([LinkTo("Back to your account", "/account")])
if sent:
    with problems_kept():
        change(act, current, password, address=visitor.network_address(), keep=visitor.session_secret())
        done("Your password is changed", "You stay signed in here, and are signed out on every other device.")
