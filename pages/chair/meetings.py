"""Screen: the year's meetings, what is coming, where the gaps are, and what was held.

Clauses: app6.frequency.
"""

import streamlit as st

from portal.ground.act import Role
from portal.ground.wording import counted, day
from portal.meetings.meeting import MeetingState, is_near, meetings
from portal.meetings.planning.feed import feed_key
from portal.meetings.planning.plan import by_group, gaps
from portal.meetings.planning.rotation import group_notes
from portal.ui.blocks import LinkTo, link_button, links
from portal.ui.flow import show_done
from portal.ui.meetings.meeting import meetings_found, meetings_table, stand_in_buttons, who_came
from portal.ui.visitor import act
from portal.ui.words import plain

_NEXT, _SHOWN = 6, 30  # the next ones stand open; the rest, and two years of those held, are a tap away

here = act()
everything = meetings(here)
manager = here.person.holds(Role.MANAGER)
st.title("Meetings")
show_done()
every = meetings_found(here, everything)
waiting = [
    one
    for one in every
    if one.state is not MeetingState.CLOSED and (one.state is not MeetingState.CALLED_OFF or one.starts_at > here.at)
]
coming = [one for one in waiting if one.state is MeetingState.OPEN or one.starts_at >= here.at or is_near(here, one)]
missed = [one for one in waiting if one not in coming]
now_on = sum(one.state is MeetingState.OPEN or is_near(here, one) for one in coming)
shown = max(_NEXT, now_on)  # what is on today is never folded away
held = [one for one in reversed(every) if one.state is MeetingState.CLOSED]
for before, after in gaps(here, everything):
    if after.starts_at >= here.at:
        st.warning(
            f"{plain(after.name)}: more than 4 weeks lie between {day(before.starts_at)} and {day(after.starts_at)}. Plan one in between."
        )
link_button("Plan meetings", "/meeting-plan", primary=True)
if coming:
    st.header("Coming")
    meetings_table("The next meetings", coming[:shown], here, manager=manager)
    if coming[shown:]:
        with st.expander(f"{counted(len(coming[shown:]), 'later meeting')}"):
            meetings_table("Later meetings", coming[shown:], here, manager=manager)
    feed = f"/meeting/feed/{feed_key(here)}.ics"
    links([LinkTo("Calendar file of these meetings", "/meeting/diary"), LinkTo("Your calendar to subscribe to", feed)])
elif len(every) == len(everything):
    st.write("No meeting is planned. Plan a year of them in one step.")
if missed:
    st.header("Begun, but the door was not opened")
    meetings_table("Meetings whose door was not opened", missed[-_SHOWN:], here, manager=manager)
stand_in_buttons(here, [*coming[:shown], *missed[-_SHOWN:]])
if held:
    st.header("Held")
    with st.expander(f"{counted(min(len(held), _SHOWN), 'meeting')} held, the newest first"):
        meetings_table("Meetings that were held", held[:_SHOWN], here, manager=manager)
    if st.checkbox("Show how many people came", key="meetings.came"):  # counted and drawn for who asks alone
        who_came(here, held)
notes = [
    (name, sentence)
    for name, series in by_group(everything).items()
    if len(series) > 1  # a single meeting is no group that takes turns
    for sentence in group_notes(here, series)
]
if notes:
    st.header("Chair and review")
    st.markdown("\n".join(f"- **{plain(name)}**: {plain(sentence)}" for name, sentence in notes))
