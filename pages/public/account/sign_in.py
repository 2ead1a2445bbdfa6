"""Screen: sign in."""

import streamlit as st

from portal.demonstration import people
from portal.ground.partnership import facts
from portal.ui import visitor
from portal.ui.accounts.sign_in import sign_in_form
from portal.ui.blocks import LinkTo, links, panel

here = visitor.act()
if here.person.signed_in:
    st.title("You are signed in")
    links([LinkTo("Go to the home page", "/"), LinkTo("Your account", "/account")])
else:
    if "ended" in st.query_params:
        panel("You have signed out", "On a shared computer, close the browser too.")
    st.title("Sign in")
    st.write("For people who act for a partner organisation. You do not need an account to sign the agreement.")
    sign_in_form()
    if facts(here.store).demonstration:
        with st.expander("Who can sign in to this demonstration"):
            st.write("A real portal also asks most of them for a code from their phone.")
            st.code("\n".join(people()), language=None)
