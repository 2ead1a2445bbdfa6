"""Screen: somebody who signed wants to pass something on; the Chair decides, with a reason.

Clauses: app2.urgent-permission.
"""

import streamlit as st

from portal.meetings.check_in.attendance import lines
from portal.meetings.closed_session.urgent import decide, wishes
from portal.meetings.closed_session.wish import ask_on_paper
from portal.meetings.meeting import meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import long_field
from portal.ui.flow import go, show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.minutes import wish_facts, wish_form
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

_ANSWERS = {"Yes, they may pass it on": True, "No": False}

here = act()
one = meeting(here, asked_id())
asked = wishes(here, one.id)
st.title("Wishes to pass something on")
st.write(f"{plain(one.name)}. You decide whether the law allows it. The person sees your answer on their phone.")
show_done()
problems = kept()
if not asked:
    st.write("Nobody has asked. People who signed can ask you from their phone, also after the meeting.")
for number, wish in enumerate(asked, 1):
    st.header(f"Wish {number}")
    wish_facts(wish)
    if wish.decided_at is None:
        with st.form(f"meeting_wishes.{wish.id}"):
            at_field(problems, "allowed")
            choice = st.radio("May they?", list(_ANSWERS), index=None, key=f"meeting_wishes.{wish.id}.allowed")
            reason = long_field(
                "Reason",
                f"meeting_wishes.{wish.id}.reason",
                problems=problems,
                hint="Which law allows it, or not",
                most=1500,
            )
            sent = st.form_submit_button("Send this answer", type="primary")
        if sent:
            with problems_kept():
                decide(here, wish.id, reason, allowed=_ANSWERS.get(choice or ""))
                go("meeting-wishes", said="Your answer is sent", id=one.id)
signers = {f"{line.name}, {line.organisation}": line.id for line in lines(here, one.id) if line.struck_at is None}
if signers:
    with st.expander("Type in a wish that you got on paper", expanded=bool(problems)):
        typed_in = wish_form(signers, problems)
    if typed_in:
        with problems_kept():
            ask_on_paper(here, *typed_in)
            go("meeting-wishes", said="The wish is recorded. Decide it now", id=one.id)
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
