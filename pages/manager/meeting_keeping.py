"""Screen: how long meetings keep what names people.

Clauses: s12.personal-retention.
"""

import streamlit as st

from portal.ground.wording import counted, day
from portal.meetings.retention_periods import change_periods, periods
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import go, show_done
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act

here = act()
st.title("How long meetings keep names")
st.write("The agreement leaves this to your own policy. What stands here first is a proposal of this portal.")
st.write("What is older is deleted once a day. The record keeps how many went and when, without a name.")
show_done()
problems = kept()
with st.form("meeting_keeping"):
    typed = {}
    for one in periods(here):
        after = "they left" if one.kind == "members" else "the meeting"
        hint = f"Months after {after}. Proposed: {one.proposed}"
        if one.decided_at:
            hint += f". Decided by {one.decided_by} on {day(one.decided_at)}"
        typed[one.kind] = text_field(
            one.title, f"meeting_keeping.{one.kind}", value=str(one.months), hint=hint, problems=problems, most=3
        )
    sent = st.form_submit_button("Save these times", type="primary")
if sent:
    with problems_kept():
        change_periods(here, typed)
        go("meeting-keeping", said=f"{counted(len(typed), 'time is', 'times are')} saved")
links([LinkTo("Back to settings", "/settings")])
