"""Screen: actions; those still open from earlier meetings of the group, and those of this one.

Clauses: app6.minutes-and-actions, app6.agenda, app2.undertakings.
"""

import streamlit as st

from portal.ground.input.dates import date_from
from portal.ground.wording import today
from portal.meetings.closed_session.disclosures import outline
from portal.meetings.meeting import meeting
from portal.meetings.minutes.actions import ActionDetails, agree, agreed, carried, finish
from portal.meetings.minutes.agenda import agenda
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import long_field, text_field, typed_day, which_one
from portal.ui.flow import form_key, go, show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.minutes import actions_table, keepers_by_action, keepers_field, possible_keepers
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
earlier, ours = carried(here, one.id), agreed(here, one.id)
entries = outline(here, one.id)
keepers = possible_keepers(entries)
items = {f"{item.number}. {item.topic.title}": item.id for item in agenda(here, one.id)}
st.title("Actions")
st.write(f"{plain(one.name)}. An open action comes to each meeting of the group until it is done.")
show_done()
problems = kept()
if earlier:
    st.header("Still open from earlier meetings")
    actions_table("Open actions of earlier meetings", earlier, today(here.at))
if ours:
    st.header("Agreed at this meeting")
    actions_table("Actions of this meeting", ours, today(here.at), keepers_by_action(entries))
waiting = {f"{action.what[:80]} ({action.owner})": action.id for action in [*earlier, *ours] if action.done_at is None}
if waiting:
    with st.form("meeting_actions_done"):
        which = which_one("Action that is done", list(waiting), "meeting_actions.which", problems=problems)
        note = long_field("How it was done", "meeting_actions.note", problems=problems)
        done = st.form_submit_button("Note that it is done")
    if done:
        with problems_kept():
            finish(here, one.id, waiting[which()], note)
            go("meeting-actions", said="Noted as done", id=one.id)
st.header("Add an action")
with st.form("meeting_actions"):
    what = long_field("What is to be done", "meeting_actions.what", problems=problems, hint="Name nobody")
    owner = text_field(
        "Who does it", "meeting_actions.owner", hint="A post and its organisation", problems=problems, most=200
    )
    due_typed = typed_day("By which day", "meeting_actions.due", problems=problems)
    item = st.selectbox("Item of the agenda", list(items), index=None, key="meeting_actions.item", placeholder="None")
    needed = keepers_field(keepers, "meeting_actions.keepers")
    sent = st.form_submit_button("Add this action", type="primary")
key = form_key("meeting_actions", sent=sent, said=(what, owner, due_typed, item, needed))
if sent:
    with problems_kept():
        due = date_from(*due_typed, field="due")
        kept_by = tuple(keepers[title] for title in needed)
        wanted = ActionDetails(what=what, owner=owner, due=due, item_id=items.get(item or "", ""), keepers=kept_by)
        agree(here, one.id, key, wanted)
        go("meeting-actions", said="The action is added", id=one.id)
links([LinkTo("Agenda", f"/meeting-agenda?id={one.id}"), LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
