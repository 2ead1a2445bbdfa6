"""Screen: information without names is enough, and here is where to find it.

Clauses: s6.prefer-depersonalised.
"""

import streamlit as st

from portal.ui.blocks import LinkTo, links
from portal.ui.request_view import asked_for

if asked_for("sure") == "no":
    st.title("Try without names first")
    st.write("Ask yourself what you would decide with the answer. If a number would settle it, you need no name.")
    st.write("If only one person's facts can help, come back and say why.")
else:
    st.title("You do not need anybody's name")
    st.write("That is the quickest way, and you need no one's permission to look at what is published.")
links(
    [
        LinkTo("See the published figures", "/statistics"),
        LinkTo("See which data each organisation gives, and when", "/agreement?part=data"),
        LinkTo("Look at the returns of your organisation", "/return"),
        LinkTo("Go back: we do need to know about one person", "/request-begin"),
    ]
)
st.write("If what you need is not there, ask your Community Safety Officer for figures without names.")
