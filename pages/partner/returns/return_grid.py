"""Screen: type the numbers of a return in, as fields with their names; what is typed is kept until it is sent.

Clauses: s11.quarterly, app1.datasets, app1.whatever-is-recorded.
"""

from dataclasses import replace

import streamlit as st

from portal.ground.wording import clock
from portal.returns.report.problem_list import keep_list
from portal.returns.service.typed_counts import NAME, check_typed, keep, new_table, typed
from portal.ui.blocks import LinkTo, inset, links, saved, step
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept
from portal.ui.returns.grid import tables_typed
from portal.ui.returns.view import Upload, hold, quarter_asked
from portal.ui.visitor import act
from portal.ui.words import plain

here, (entry, quarter) = act(), quarter_asked()
ours, chosen = here.person.organisation_id or "", (entry.id, quarter.label)
found = typed(here, ours, chosen)
step(1, 3)
st.title(plain(f"{entry.title}: {quarter.months}"))
problems = kept()
st.write("Type the numbers that you hold. Leave a field empty where you do not hold the number, and write 0 for none.")
inset("What you type is kept as you go. It is checked by the same rules as a file, and you see it before you send it.")
now = tables_typed(found, problems)
at = found.saved_at
if now != found.tables:
    at, found = keep(here, found.draft_id, now), replace(found, tables=now)
saved(clock(at))
if st.button("Check these numbers", type="primary"):
    with problems_kept():
        checked, content = check_typed(here, ours, chosen, found)
        keep_list(here, checked.outcome.problems)
        hold(Upload(content, NAME, typed=True), checked)
        go("return-check")
if found.grid.abouts and st.button("Add a table for another area or group"):
    with problems_kept():
        keep(here, found.draft_id, new_table(found.tables))
        st.rerun()
if len(found.tables) > 1 and st.button("Take the last table away"):
    keep(here, found.draft_id, found.tables[:-1])
    st.rerun()
links(
    [
        LinkTo("Send a file instead", f"/return-upload?dataset={entry.id}&quarter={quarter.label}"),
        LinkTo("All your returns", "/return"),
    ]
)
