"""Screen: write the minutes of a meeting whose Chair asked you to, and add scans of its signed papers.

Clauses: app6.minutes-and-actions, s6.meetings.restricted-appendix.
"""

import streamlit as st

from portal.meetings.minutes.stages import MinutesStage
from portal.meetings.minutes.writing import BODY_LENGTH, minutes, save
from portal.ui.blocks import LinkTo, facts, links
from portal.ui.meetings.meeting import asked_id, go, say
from portal.ui.meetings.minutes import STAGES, findings_shown, long_field
from portal.ui.meetings.scans import scans_part
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain, typed

here = act()
meeting_id = asked_id()
now = minutes(here, meeting_id)
st.title("Write the minutes")
st.write(f"{plain(now.meeting_name)}. Write posts, not names. The Chair checks them and sends them out.")
say()
problems = kept()
facts([("Status", STAGES[now.stage])])
if now.stage in {MinutesStage.WRITTEN, MinutesStage.CIRCULATED}:
    with st.form("minutes_write"):
        body = long_field(
            "Minutes", "minutes_write.body", problems=problems, value=now.body, most=BODY_LENGTH, height=400
        )
        sent = st.form_submit_button("Save and check the minutes", type="primary")
    if sent:
        with problems_kept():
            save(here, meeting_id, body)
            go("minutes-write", said="The minutes are saved", id=meeting_id)
else:
    typed(now.body)
if now.findings:
    st.header("This points to a person")
    st.write("The minutes cannot go out while it stands in them. Take it out, or tell the Chair why it names nobody.")
    findings_shown(now.findings)
st.header("Scans of signed papers")
scans_part(here, meeting_id, problems, page="minutes-write", may_add=True)
links([LinkTo("Put a misspelt name on the list right", f"/meeting-names?id={meeting_id}")])
links([LinkTo("All your papers", "/meeting-papers")])
