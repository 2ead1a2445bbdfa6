"""Screen: plan one meeting, or a year of them in one step.

Clauses: app6.frequency, app6.induction-and-support.
"""

import streamlit as st

from portal.ground.input.dates import date_from, time_from
from portal.ground.wording import counted
from portal.meetings.planning.plan import Plan, chairs, plan
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field, typed_day
from portal.ui.flow import form_key, go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

_OFTEN = {
    "Once": 0,
    "Every 4 weeks for a year": 4,
    "Every 3 weeks for a year": 3,
    "Every 2 weeks for a year": 2,
    "Every week for a year": 1,
}

here = act()
candidates = {one.name: one.id for one in chairs(here)}
st.title("Plan meetings")
st.write("The group meets at least every 4 weeks. A year of dates avoids England's bank holidays.")
problems = kept()
if not candidates:
    st.write("Nobody has the role of Chair yet. Ask your Information Manager to give it to somebody.")
with st.form("meeting_plan"):
    name = text_field(
        "Name of the meeting", "meeting_plan.name", hint="Like Thornby Joint Action Group", problems=problems, most=200
    )
    first = typed_day("Date of the first meeting", "meeting_plan.first", problems=problems)
    begins = text_field("Begins at", "meeting_plan.begins", hint="Like 2:30pm", problems=problems, most=10)
    place = text_field("Where", "meeting_plan.place", hint="A place, or online", problems=problems, most=200)
    at_field(problems, "every")
    often = st.radio("How often", list(_OFTEN), index=1, key="meeting_plan.often")
    at_field(problems, "chair")
    chair = st.selectbox("Who chairs", list(candidates), index=None, key="meeting_plan.chair", placeholder="Choose")
    agenda = text_field("Who prepares the agenda", "meeting_plan.agenda_by", problems=problems, most=200)
    minutes = text_field("Who takes the minutes", "meeting_plan.minutes_by", problems=problems, most=200)
    actions = text_field("Who follows up the actions", "meeting_plan.actions_by", problems=problems, most=200)
    sent = st.form_submit_button("Plan these meetings", type="primary")
links([LinkTo("Back to the meetings", "/meetings")])
key = form_key("meeting_plan", sent=sent)
if sent:
    with problems_kept():
        planned = plan(
            here,
            Plan(
                key=key,
                name=name,
                first=date_from(*first),
                begins=time_from(begins),
                place=place,
                chair_id=candidates.get(chair or "", ""),
                agenda_by=agenda,
                minutes_by=minutes,
                actions_by=actions,
                every_weeks=_OFTEN[often],
            ),
        )
        go("meetings", said=f"{counted(len(planned), 'meeting is', 'meetings are')} planned")
