"""Screen: to do: each thing that is asked of the person, the late first; for the manager also the path and the record."""

import streamlit as st

from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.scheduled.record_check import record_state
from portal.duties.sources.first_steps import first_steps
from portal.ground.access import Permission, may
from portal.ground.wording import clock
from portal.ui import visitor
from portal.ui.blocks import LinkTo, Tag, facts, link_button, links
from portal.ui.duties import asked_of_me, path

act = visitor.act()
st.title("To do")
asked = duties_of(act)
asked_of_me(asked, coming(act, asked=asked), whole=True)
links([LinkTo("What falls due in the year ahead", "/calendar")])
if may(act.person, Permission.CHANGE_SETTINGS):
    path(first_steps(act, mail=visitor.settings().smtp_url is not None))
if may(act.person, Permission.READ_AUDIT):
    st.header("The record")
    verdict = record_state(act)
    if verdict is None:
        link_button("Check the record", "/audit")
    else:
        state = Tag("Complete", "done") if verdict.whole else Tag(f"Broken at entry {verdict.broken_at}", "stopped")
        facts({"Audit chain": state, "Entries": f"{verdict.entries:,}", "Checked": clock(act.at)})
