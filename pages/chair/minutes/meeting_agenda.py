"""Screen: the agenda of a meeting; each item names its source, who is affected, and how it ends.

Clauses: app6.agenda, app6.affected-people.
"""

import streamlit as st

from portal.meetings.meeting import meeting
from portal.meetings.minutes.agenda import ASKED, Topic, add_item, agenda, no_action, sources
from portal.ui.blocks import LinkTo, link_button, links
from portal.ui.fields import long_field, text_field, which_one
from portal.ui.flow import form_key, go, show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.minutes import agenda_table
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
known = sources(here, one.id)
items = agenda(here, one.id)
st.title("The agenda")
st.write(f"{plain(one.name)}. Name nobody in it: everybody reads the agenda.")
show_done()
problems = kept()
if items:
    agenda_table(items)
    link_button("Agenda (PDF)", f"/meeting/agenda?id={one.id}")
else:
    st.write("Nothing is on the agenda yet.")
st.header("Add an item")
with st.form("meeting_agenda"):
    title = text_field("Item", "meeting_agenda.title", hint="Like Noise after dark", problems=problems, most=200)
    at_field(problems, "source")
    source = st.selectbox("What it stands on", known, index=None, key="meeting_agenda.source", placeholder="Choose")
    affected = text_field(
        "Who is affected", "meeting_agenda.affected", hint="A group, like shopkeepers", problems=problems, most=200
    )
    at_field(problems, "asked")
    asked = st.radio(
        "Were they asked to the open session?",
        list(ASKED),
        index=None,
        key="meeting_agenda.asked",
        format_func=ASKED.get,
    )
    why_not = text_field(
        "If not, why", "meeting_agenda.not_asked_why", hint="Leave it empty otherwise", problems=problems, most=500
    )
    sent = st.form_submit_button("Add to the agenda", type="primary")
topic = Topic(title=title, source=source or "", asked=asked or "", affected=affected, not_asked_why=why_not)
key = form_key("meeting_agenda", sent=sent, said=topic)
if sent:
    with problems_kept():
        add_item(here, one.id, key, topic)
        go("meeting-agenda", said="The item is on the agenda", id=one.id)
waiting = {f"{item.number}. {item.topic.title}": item.id for item in items if not item.ended}
if waiting:
    st.header("End an item without an action")
    with st.form("meeting_agenda_end"):
        which = which_one("Item", list(waiting), "meeting_agenda.end", problems=problems)
        why = long_field("Why no action follows", "meeting_agenda.why", problems=problems, most=500)
        ended = st.form_submit_button("End this item")
    if ended:
        with problems_kept():
            no_action(here, waiting[which()], why)
            go("meeting-agenda", said="The item ends without an action", id=one.id)
links(
    [
        LinkTo("Record an action", f"/meeting-actions?id={one.id}"),
        LinkTo("Back to the meeting", f"/meeting?id={one.id}"),
    ]
)
