"""Screen: name a colleague who writes the minutes of this meeting, and of no other.

Clauses: app6.induction-and-support, app6.minutes-and-actions.
"""

import streamlit as st

from portal.ground.wording import day
from portal.meetings.meeting import meeting
from portal.meetings.minutes.minute_takers import end_taker, name_taker, takers
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import go, show_done
from portal.ui.meetings.meeting import asked_id, own_base
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
named = takers(here, one.id)
st.title("Who writes the minutes")
st.write(f"{plain(one.name)}: {plain(one.minutes_by)} takes the minutes. You can let them write here.")
show_done()
problems = kept()
for taker in named:
    st.write(f"{plain(taker.name)} may write these minutes since {day(taker.since)}.")
    if st.button(f"End this for {plain(taker.name)}", key=f"meeting_taker.end.{taker.account_id}"):
        with problems_kept():
            end_taker(here, one.id, taker.account_id)
            go("meeting-taker", said="They can no longer write these minutes", id=one.id)
with st.form("meeting_taker"):
    email = text_field(
        "E-mail address of their account",
        "meeting_taker.email",
        hint="They write this meeting's minutes, and no others. You check them and send them out",
        problems=problems,
        most=254,
    )
    sent = st.form_submit_button("Let them write the minutes", type="primary")
if sent:
    with problems_kept():
        name_taker(here, one.id, email, base_url=own_base())
        go("meeting-taker", said="They can write the minutes now", id=one.id)
links([LinkTo("The minutes", f"/meeting-minutes?id={one.id}"), LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
