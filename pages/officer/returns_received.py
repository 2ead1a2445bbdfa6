"""Screen: the Community Safety Officer's view of who has sent what, quarter by quarter.

Clauses: s11.quarterly, s9.datasets-secured.
"""

import streamlit as st

from portal.duties.sources.returns import of_returns_received
from portal.ground.wording import counted, today
from portal.returns.review.query_views import to_close
from portal.returns.service.calendar import quarters_shown, received
from portal.ui.blocks import Cell, LinkTo, Tag, links, table
from portal.ui.duties import duty_list
from portal.ui.returns.view import returns_found
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
st.title("Returns received")
quarters = {q.label: q for q in quarters_shown(today(here.at))}
asked = st.query_params.get("quarter", "")
picked = st.selectbox(
    "Quarter",
    list(quarters),
    index=list(quarters).index(asked) if asked in quarters else 0,
    format_func=lambda label: quarters[label].months,
    key="received.quarter",
)
lines = received(here, quarters[picked])
items = [item for _, group in lines for item in group]
st.write(
    f"{counted(sum(i.return_id is not None for i in items), 'return')} of {sum(i.standing != 'ended' for i in items)} received, {counted(sum(i.standing == 'stopped' for i in items), 'return')} late."
)
if elsewhere := [one for one in of_returns_received(here) if one.late and picked not in one.href]:
    duty_list(elsewhere)  # what is late in another quarter is not hidden by the one that is shown
links(
    [
        LinkTo("Say who sends which data set", "/return-providers"),
        LinkTo("Places we know: what of a place may stay in a return", "/places"),
        LinkTo("What the returns show: hot spots, changes, eight quarters", "/shared-picture"),
        LinkTo("How requests between partners go", "/figures"),
    ]
)
answered = to_close(here)
if answered:
    waiting: list[list[Cell]] = [
        [
            f"{one.data_set.title}, {one.quarter.months}",
            LinkTo("Read the answer", f"/return-view?return={one.return_id}"),
        ]
        for one in answered
    ]
    table("Answers to your questions", ["Return", "Look"], waiting)
if not lines:
    st.write("No organisation of a kind that sends returns has been added yet.")
found = returns_found([(name, item) for name, group in lines for item in group])
for name in dict.fromkeys(name for name, _ in found):  # whoever is late stands first
    st.header(plain(name))
    rows: list[list[Cell]] = [
        [
            i.data_set.title,
            Tag(i.status, i.standing),
            LinkTo("Open it", f"/return-view?return={i.return_id}") if i.return_id else "",
            LinkTo("Compare", f"/return-compare?return={i.return_id}") if i.return_id else "",
        ]
        for whose, i in found
        if whose == name
    ]
    table(f"Returns of {name}", ["Data set", "Status", "Look", "Compare"], rows, hide_caption=True)
