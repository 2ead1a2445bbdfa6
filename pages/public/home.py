"""Screen: home, the four things that people come to do."""

import streamlit as st

from portal.partnership import facts
from portal.ui.blocks import LinkTo, links
from portal.ui.visitor import store
from portal.ui.words import plain

known = facts(store())
st.title(plain(known.name))
st.write("Share information safely to cut crime and anti-social behaviour.")
links(
    [
        LinkTo("Sign the agreement", "/sign"),
        LinkTo("Ask for information", "/request"),
        LinkTo("Send a quarterly return", "/return"),
        LinkTo("See who has signed", "/register"),
    ]
)
