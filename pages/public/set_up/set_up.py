"""Screen: set up this portal, once, with the code from the terminal."""

import streamlit as st

from portal.ui import visitor
from portal.ui.set_up import code_form, is_done

act = visitor.act()
if not is_done(act):
    st.title("Set up this portal")
    st.write(
        "Set-up takes about 10 minutes. You tell us about the partnership, fill in the agreement's blanks, and open the first account."
    )
    st.write("The terminal where you started the portal shows a code. It proves that you run this machine.")
    code_form(act)
    st.header("Only looking around?")
    st.write(
        "Stop the portal and start it with demonstration data. Everything in it is made up, and it has a folder of its own."
    )
    st.code("python3 -m portal --demo", language=None)
