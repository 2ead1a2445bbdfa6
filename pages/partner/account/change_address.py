"""Screen: change the e-mail address that you sign in with."""

import streamlit as st

from portal.ui import visitor
from portal.ui.accounts.changes import own_address
from portal.ui.blocks import LinkTo, facts, links
from portal.ui.flow import show_done
from portal.ui.problems import kept

act = visitor.act()
st.title("Change your e-mail address")
show_done()
facts({"Address now": act.person.email})
own_address(act, kept())
links([LinkTo("Back to your account", "/account")])
