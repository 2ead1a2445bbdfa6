"""Screen: what you were given: is it gone, or still needed and why?

Clauses: s12.personal-retention.
"""

import streamlit as st

from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import day
from portal.requests.after_disclosure.destruction import say_gone
from portal.requests.after_disclosure.destruction_certificate import HOW
from portal.requests.after_disclosure.retention_extension import keep_longer
from portal.requests.views import open_request
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
st.write(f"{plain(line.holder)} shared information with you. You keep it no longer than you need it.")
facts(
    [
        ("Request", line.reference),
        ("You may keep it until", f"{day(after.keep_until)}{' (over)' if after.is_over else ''}"),
    ]
)
choices = {"gone": "It is gone", **({"needed": "We still need it"} if after.may_extend else {})}
scope = f"request_gone.{line.id}"
choice = st.radio("Choose one", list(choices), index=None, format_func=choices.get, key=f"{scope}.choice")
at_field(problems, "choice")
if not after.may_extend:
    inset(f"{line.holder} has deleted its own record. If you still need the facts, destroy these and ask again.")
if choice == "gone":
    how = st.radio("How was it destroyed?", list(HOW), index=None, format_func=HOW.get, key=f"{scope}.how")
    at_field(problems, "how")
    promised = st.checkbox("No copy is left with us, on paper, in a mailbox or on a device", key=f"{scope}.promise")
    at_field(problems, "promise")
    inset(f"{line.holder} gets a certificate with your name. The answer no longer opens for you here.")
elif choice == "needed":
    until = typed_day("Until when do you need it?", f"{scope}.until")
    at_field(problems, "until")
    why = st.text_area("Why do you still need it?", max_chars=2000, key=f"{scope}.why", height=120, on_change="ignore")
    st.caption(f"{plain(line.holder)} sees this, and may object.")
    at_field(problems, "why")
if st.button("Tell them", type="primary", key=f"{scope}.go"):
    with problems_kept():
        if choice is None:
            raise AnswersNeededError({"choice": "Choose whether it is gone."})
        if choice == "gone":
            say_gone(here, line.id, how or "", promised=promised)
        else:
            keep_longer(here, line.id, until, why)
        go("request-view", id=line.id)
