"""Screen: change the e-mail address that you sign in with."""

import streamlit as st

from portal.ui import visitor
from portal.ui.accounts.changes import own_address
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.problems import kept

act = visitor.act()
st.title("Change your e-mail address")
if st.session_state.pop("change_address.done", False):
    panel("Your address is changed", "Sign in with the new one from now on. Both addresses are told.")
facts({"Address now": act.person.email})
own_address(act, kept())
links([LinkTo("Back to your account", "/account")])
