"""Screen: the minutes; written, scanned, marked, circulated, made final, published.

Clauses: app3.restricted-minutes, s6.meetings.restricted-appendix, s6.meetings.chair-answers, app6.minutes-and-actions,
s9.marking-definitions.
"""

import streamlit as st

from portal.meetings.meeting import meeting
from portal.meetings.minutes.circulation import circulate, finalise, publish
from portal.meetings.minutes.stages import MinutesStage
from portal.meetings.minutes.writing import minutes, overrule, six_grounds
from portal.ui.blocks import LinkTo, facts, link_button, links
from portal.ui.fields import text_field, which_one
from portal.ui.flow import go, show_done
from portal.ui.meetings.meeting import asked_id, own_base
from portal.ui.meetings.minutes import STAGES, findings_shown, grounds_asked, how_marked, minutes_shown, write_minutes
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
now = minutes(here, one.id)
may_publish = now.stage is MinutesStage.FINAL and not now.marking
st.title("The minutes")
st.write(f"{plain(one.name)}. Write posts, not names. What was said about people stands in the restricted appendix.")
show_done()
problems = kept()
facts([("Status", STAGES[now.stage]), *([] if now.marking else [("Marking", "None")])])
how_marked(one.starts_at, now.marking)
if now.stage in {MinutesStage.WRITTEN, MinutesStage.CIRCULATED}:
    write_minutes(here, one.id, "meeting-minutes", now, problems)
else:
    minutes_shown(now)
if now.findings:
    st.header("This points to a person")
    st.write("The minutes cannot go out while it stands in them. Take it out, or say why it names nobody.")
    doubtful = findings_shown(now.findings)
    if doubtful:
        with st.form("meeting_minutes_alarm"):
            which = which_one("Words that name nobody", list(doubtful), "meeting_minutes.which", problems=problems)
            reason = text_field("Why", "meeting_minutes.reason", problems=problems, most=500)
            spared = st.form_submit_button("This names nobody")
        if spared:
            with problems_kept():
                overrule(here, one.id, doubtful[which()], reason)
                go("meeting-minutes", said="Noted with your reason", id=one.id)
elif now.stage is MinutesStage.WRITTEN and now.body:
    st.header("Circulate the minutes")
    st.write("If these minutes got out, which of these could follow? One yes marks them and keeps them unpublished.")
    grounds = six_grounds(here, one.id)
    at_field(problems, next((ground.id for ground in grounds if ground.id in problems), ""))
    answers = grounds_asked(grounds, one.id)
    if st.button("Circulate to those who were there", type="primary", key="meeting_minutes.circulate"):
        with problems_kept():
            circulate(here, one.id, answers, base_url=own_base())
            go("meeting-minutes", said="The minutes are circulated", id=one.id)
elif now.stage is MinutesStage.CIRCULATED:
    st.write("When nobody has a correction left, make them final. The partnership manager gets a copy.")
    if st.button("Make the minutes final", type="primary", key="meeting_minutes.final"):
        with problems_kept():
            finalise(here, one.id, base_url=own_base())
            go("meeting-minutes", said="The minutes are final", id=one.id)
elif may_publish and st.button("Publish the minutes", key="meeting_minutes.publish"):
    with problems_kept():
        publish(here, one.id)
        go("meeting-minutes", said="The minutes are published", id=one.id)
if now.stage is not MinutesStage.WRITTEN:
    link_button("Minutes (PDF)", f"/meeting/minutes?id={one.id}")
public = [LinkTo("Published minutes (PDF)", f"/minutes/{one.reference}.pdf")] if now.published_at else []
agenda = LinkTo("Agenda", f"/meeting-agenda?id={one.id}")
links([*public, agenda, LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
