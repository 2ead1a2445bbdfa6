"""Screen: what you were given: is it gone, or still needed and why?

Clauses: s12.personal-retention.
"""

import streamlit as st

from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import day
from portal.requests.after_disclosure.destruction import say_gone
from portal.requests.after_disclosure.destruction_certificate import HOW
from portal.requests.after_disclosure.retention_extension import keep_longer
from portal.requests.status import closed_words
from portal.requests.views import Side, open_request
from portal.ui.blocks import facts, inset
from portal.ui.fields import typed_day
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_request(here, asked_for("id"))
line, after = opened.line, opened.after
if after is None or not after.may_end:
    raise NotFoundError("There is nothing to say here now. Look at where the request stands.")
back("Back to the request", f"/request-view?id={line.id}")
problems = kept()
st.title("Is it gone?")
ours = line.side is Side.ASKING  # where the body that had it is closed, whoever gave it says what they were told
if ours:
    st.write(f"{plain(line.holder)} shared information with you. You keep it no longer than you need it.")
else:
    inset(closed_words(line))
facts(
    [
        ("Request", line.reference),
        ("To be kept until", f"{day(after.keep_until)}{' (over)' if after.is_over else ''}"),
    ]
)
scope = f"request_gone.{line.id}"
choice: str | None = "gone"
if after.may_extend:
    choices = {"gone": "It is gone", "needed": "We still need it"}
    choice = st.radio("Choose one", list(choices), index=None, format_func=choices.get, key=f"{scope}.choice")
    at_field(problems, "choice")
elif ours:
    inset(f"{line.holder} has deleted its own record. If you still need the facts, destroy these and ask again.")
if choice == "gone":
    how = st.radio("How was it destroyed?", list(HOW), index=None, format_func=HOW.get, key=f"{scope}.how")
    at_field(problems, "how")
    who = "No copy is left with us" if ours else f"Somebody who acted for {plain(line.asking)} told us: no copy is left"
    promised = st.checkbox(f"{who}, on paper, in a mailbox or on a device", key=f"{scope}.promise")
    at_field(problems, "promise")
    inset(
        f"{line.holder} gets a certificate with your name. The answer no longer opens for you here."
        if ours
        else "You get a certificate with your name. It says that you were told so."
    )
elif choice == "needed":
    until = typed_day("Until when do you need it?", f"{scope}.until")
    at_field(problems, "until")
    why = st.text_area("Why do you still need it?", max_chars=2000, key=f"{scope}.why", height=120, on_change="ignore")
    st.caption(f"{plain(line.holder)} sees this, and may object.")
    at_field(problems, "why")
if st.button("Tell them" if ours else "Record it", type="primary", key=f"{scope}.go"):
    with problems_kept():
        if choice is None:
            raise AnswersNeededError({"choice": "Choose whether it is gone."})
        if choice == "gone":
            say_gone(here, line.id, how or "", promised=promised)
        else:
            keep_longer(here, line.id, until, why)
        go("request-view", id=line.id)
