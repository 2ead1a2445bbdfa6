"""Screen: change a planned meeting: its day, place, Chair or minute taker; or call it off.

Clauses: app6.frequency.
"""

import streamlit as st

from portal.ground.input.dates import as_typed, date_from, time_from
from portal.ground.wording import UK, clock, day_and_time, listed
from portal.meetings.meeting import MeetingState, meeting
from portal.meetings.planning.change import REASON_LENGTH, MeetingChange, call_off, change
from portal.meetings.planning.group import keeps
from portal.meetings.planning.membership import to_tell_in_person
from portal.meetings.planning.plan import chairs
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import text_field, typed_day
from portal.ui.flow import go
from portal.ui.meetings.meeting import asked_id, own_base
from portal.ui.meetings.successor import choose_successor
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
candidates = {chair.name: chair.id for chair in chairs(here)}
st.title("Change or call off a meeting")
st.write(f"{plain(one.name)}, {day_and_time(one.starts_at)}, {plain(one.place)}.")
back = [LinkTo("Back to the meeting", f"/meeting?id={one.id}")]
problems = kept()
if one.state is not MeetingState.PLANNED or one.starts_at < here.at:
    choose_successor(here, one, problems)
if one.state is not MeetingState.PLANNED:
    st.write("This meeting was held or called off, so it cannot be changed.")
    links(back)
    st.stop()
st.write("The Chair, whoever writes the minutes, and members who have an account hear of it by letter. Diaries that subscribe follow by themselves.")  # fmt: skip
if keeps(here, one.id) and (unreached := to_tell_in_person(here, one.id)):
    inset(f"No letter reaches those who have no account. Tell them yourself: {listed(unreached)}.")
local = one.starts_at.astimezone(UK)
names = list(candidates)
with st.form("meeting_change"):
    typed = typed_day("On which day", "meeting_change.first", given=as_typed(local.date()), problems=problems)
    begins = text_field("Begins at", "meeting_change.begins", value=clock(one.starts_at), problems=problems, most=10)
    where = text_field("Where", "meeting_change.place", value=one.place, problems=problems, most=200)
    at_field(problems, "chair")
    now = next((n for n, name in enumerate(names) if candidates[name] == one.chair_id), None)
    chair = st.selectbox("Who chairs", names, index=now, key="meeting_change.chair", placeholder="Choose")
    later = st.checkbox("If the Chair changes: also in the later meetings of this group", value=True)
    agenda = text_field("Who prepares the agenda", "meeting_change.agenda", value=one.agenda_by, problems=problems)
    minutes = text_field("Who takes the minutes", "meeting_change.minutes", value=one.minutes_by, problems=problems)
    actions = text_field("Who follows up the actions", "meeting_change.acts", value=one.actions_by, problems=problems)
    if st.form_submit_button("Change this meeting", type="primary"):
        with problems_kept():
            wanted = MeetingChange(
                day=date_from(*typed),
                begins=time_from(begins),
                place=where,
                chair_id=candidates.get(chair or "", ""),
                agenda_by=agenda,
                minutes_by=minutes,
                actions_by=actions,
                later_too=later,
            )
            change(here, one.id, wanted, base_url=own_base())
            go("meetings", said="The meeting is changed")
st.header("Call it off")
with st.form("meeting_change.off"):
    at_field(problems, "reason")
    reason = st.text_area("Why is it called off?", max_chars=REASON_LENGTH)
    if st.form_submit_button("Call this meeting off"):
        with problems_kept():
            call_off(here, one.id, reason, base_url=own_base())
            go("meetings", said="The meeting is called off")
links(back)
