"""Screen: a partner asks whether it may pass on facts that came from you.

Clauses: s8.use-by-protocol, s7.matching-quality.
"""

import streamlit as st

from portal.ground.wording import day, day_and_time
from portal.requests.after_disclosure.onward_sharing_answers import decide_wish, open_wish
from portal.ui.blocks import facts, inset, panel
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act

here = act()
wish, may_decide = open_wish(here, asked_for("id"))
back("Back to requests", "/request")
problems = kept()
st.title("May they pass it on?")
facts(
    [
        ("Request", wish.reference),
        ("Who asks", f"{wish.asking}: {wish.asked_by}, {day(wish.asked_at)}"),
        ("Which facts", "; ".join(wish.facts)),
        ("To whom", wish.to),
        ("Under which law", wish.gateway),
        ("Why", wish.why),
    ]
)
scope = f"passing_on.{wish.id}"
if wish.answered_at is not None:
    said = f"{wish.answered_by}, {day_and_time(wish.answered_at)}: {wish.said}"
    panel("You said yes" if wish.status == "yes" else "You said no", said)
elif wish.status == "lapsed":
    panel("Lapsed", "What it was about is gone. There is nothing to decide.", standing="ended")
elif not may_decide:
    st.write("An approver of your organisation answers this.")
else:
    choices = {True: "Yes, on conditions", False: "No"}
    yes = st.radio("May they?", list(choices), index=None, format_func=choices.get, key=f"{scope}.yes")
    at_field(problems, "yes")
    label = "Why not?" if yes is False else "On which conditions?"
    words = (
        st.text_area(label, max_chars=2000, height=110, key=f"{scope}.said", on_change="ignore")
        if yes is not None
        else ""
    )
    at_field(problems, "said")
    inset("They pass it on themselves, or not. Nothing is sent from here.")
    if st.button("Send answer", type="primary", key=f"{scope}.go"):
        with problems_kept():
            decide_wish(here, wish.id, yes=yes, said=words)
            go("passing-on", id=wish.id)
