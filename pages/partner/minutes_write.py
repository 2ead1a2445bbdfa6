"""Screen: write the minutes of a meeting whose Chair asked you to, and add scans of its signed papers.

Clauses: app6.minutes-and-actions, s6.meetings.restricted-appendix.
"""

import streamlit as st

from portal.meetings.minutes.stages import MinutesStage
from portal.meetings.minutes.writing import minutes
from portal.ui.blocks import LinkTo, facts, links
from portal.ui.flow import show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.minutes import STAGES, findings_shown, minutes_shown, write_minutes
from portal.ui.meetings.scans import scans_part
from portal.ui.problems import kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
meeting_id = asked_id()
now = minutes(here, meeting_id)
st.title("Write the minutes")
st.write(f"{plain(now.meeting_name)}. Write posts, not names. The Chair checks them and sends them out.")
show_done()
problems = kept()
facts([("Status", STAGES[now.stage])])
if now.stage in {MinutesStage.WRITTEN, MinutesStage.CIRCULATED}:
    write_minutes(here, meeting_id, "minutes-write", now, problems)
else:
    minutes_shown(now)
if now.findings:
    st.header("This points to a person")
    st.write("The minutes cannot go out while it stands in them. Take it out, or tell the Chair why it names nobody.")
    findings_shown(now.findings)
st.header("Scans of signed papers")
scans_part(here, meeting_id, problems, page="minutes-write", may_add=True)
links([LinkTo("Put a misspelt name on the list right", f"/meeting-names?id={meeting_id}")])
links([LinkTo("All your papers", "/meeting-papers")])
