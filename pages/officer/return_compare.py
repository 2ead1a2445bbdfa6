"""Screen: a return beside the last quarter and the same quarter last year: what changed, in words and in numbers.

Clauses: s11.quarterly, s9.datasets-secured.
"""

import streamlit as st

from portal.returns.review.comparison import compare
from portal.returns.service.views import view
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.returns.query import changes, questions
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
found = view(here, st.query_params.get("return", ""))
st.title(plain(f"{found.data_set.title}: {found.quarter.months}"))
st.write(plain(f"{found.organisation}. Each return that is opened to count it is recorded."))
kept = st.session_state.get("return.compared", {})
if kept.get("return") != found.id:
    kept = {"return": found.id, "found": compare(here, found.id)}
    st.session_state["return.compared"] = kept
inset("These are counts of single returns. They may be small, so they stay with the organisation and the officer.")
st.header("What changed")
changes(kept["found"], found.quarter.months)
questions(here, found)
links(
    [
        LinkTo("Back to the return", f"/return-view?return={found.id}"),
        LinkTo("All your returns", "/return") if found.own else LinkTo("All returns received", "/returns-received"),
    ]
)
