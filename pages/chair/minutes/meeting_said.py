"""Screen: what is said about people at the closed session, for the restricted appendix.

Clauses: s6.meetings.specific-purpose, s6.meetings.restricted-appendix, s6.meetings.chair-answers, app3.notes,
s2.primarily-depersonalised.
"""

import streamlit as st

from portal.meetings.closed_session.disclosures import MeetingDisclosure, hand_over, outline, record_said
from portal.meetings.closed_session.need_to_know import hearers
from portal.meetings.closed_session.purposes import TITLES
from portal.meetings.meeting import meeting
from portal.meetings.minutes.appendix import open_appendix
from portal.ui.blocks import LinkTo, link_button, links
from portal.ui.fields import long_field, text_field, which_one
from portal.ui.flow import form_key, go, show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.minutes import entries_shown, outline_table
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
people = {person.line_id: person.title for person in hearers(here, one.id)}
entries = outline(here, one.id)
st.title("What is said about people")
st.write(f"{plain(one.name)}. It goes to the restricted appendix. Only you and those you choose can read it.")
show_done()
problems = kept()
if one.closed_part_at is None:
    st.write("The closed session has not begun. Begin it on the meeting's page, then record what is said.")
elif not people:
    st.write("Nobody is noted in the closed session yet. Choose their names in the list of the meeting first.")
else:
    with st.form("meeting_said"):
        at_field(problems, "purpose")
        purpose = st.radio("Purpose", list(TITLES), index=None, key="meeting_said.purpose", format_func=TITLES.get)
        hint = "Counts or a place without a name come first. Say what would fail without the name."
        why = long_field("Why it would not do without a name", "meeting_said.why_named", problems=problems, hint=hint)
        about = long_field("Whom it is about", "meeting_said.subject", problems=problems, hint="A name on each line")
        body = text_field("Organisation it comes from", "meeting_said.body", problems=problems, most=200)
        post = text_field("Post of the person who said it", "meeting_said.post", problems=problems, most=200)
        words = long_field("What was said", "meeting_said.words", problems=problems, most=5000, height=200)
        at_field(problems, "readers")
        st.write("**Who needed to know**")
        chosen = [
            line for line, title in people.items() if st.checkbox(plain(title), key=f"meeting_said.{one.id}.{line}")
        ]
        sent = st.form_submit_button("Record it in the appendix", type="primary")
    told = MeetingDisclosure(purpose=purpose or "", subject=about, body=body, post=post, words=words, why_named=why)
    key = form_key("meeting_said", sent=sent, said=(told, chosen))
    if sent:
        with problems_kept():
            record_said(here, one.id, key, told, chosen)
            go("meeting-said", said="Recorded in the restricted appendix", id=one.id)
if entries:
    st.header("The restricted appendix")
    waiting = outline_table(entries, one.id)
    if waiting:
        which = which_one("Copy on paper", list(waiting), "meeting_said.copy", problems=problems)
        if st.button("I have handed this copy over", key="meeting_said.handed"):
            with problems_kept():
                hand_over(here, *waiting[which()])
                go("meeting-said", said="Noted: handed over on paper", id=one.id)
    st.write("Each opening is recorded.")
    if st.button("Open the appendix here", key="meeting_said.open"):
        entries_shown(open_appendix(here, one.id))
    link_button("The whole appendix (PDF)", f"/meeting/appendix?id={one.id}")
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
