"""Screen: quarterly returns, what is due and what was sent.

Clauses: s11.quarterly, app1.datasets, app1.ambulance-date.
"""

import streamlit as st

from portal.ground.wording import day
from portal.returns.review.query_views import to_answer
from portal.returns.service.calendar import due
from portal.ui.blocks import LinkTo, links, table
from portal.ui.returns.view import due_rows, returns_found
from portal.ui.visitor import act

here = act()
st.title("Quarterly returns")
items = due(here, here.person.organisation_id or "")
st.write(
    "Each quarter, your organisation shares the data sets listed here. They name nobody: we take out what points to a person, and you see it before anything is kept."
    if items
    else "The agreement asks your kind of organisation for no quarterly data set. There is nothing for you to do here."
)
asked = to_answer(here, here.person.organisation_id or "")
if asked:
    st.header("Questions for you")
    table(
        "Questions about your returns",
        ["Return", "Asked", "What to do"],
        [
            [
                f"{one.data_set.title}, {one.quarter.months}",
                day(one.said[-1].at),
                LinkTo("Answer it", f"/return-view?return={one.return_id}"),
            ]
            for one in asked
        ],
        hide_caption=True,
    )
found = [item for _, item in returns_found([("", item) for item in items])]
for quarter in dict.fromkeys(item.quarter for item in items if item in found):
    st.header(quarter.months)
    rows = due_rows([item for item in found if item.quarter == quarter])
    typed = any(row[-1] for row in rows)
    table(
        f"Data sets for {quarter.months}",
        ["Data set", "Status", "What to do", "Or"] if typed else ["Data set", "Status", "What to do"],
        rows if typed else [row[:-1] for row in rows],
        hide_caption=True,
    )
links([LinkTo("What the returns of all partners show", "/shared-picture")])
