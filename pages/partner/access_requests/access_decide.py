"""Screen: decide an access request: give it out, give out part, or hold it back with the exemption and the reason.

Clauses: s5.consult-originator, s15.foi-case-by-case.
"""

import streamlit as st

from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.views import open_access
from portal.ground.wording import listed, today
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import text_field
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, typed_words
from portal.ui.statements.view import show_views
from portal.ui.visitor import act
from portal.ui.words import plain

CHOICES = {
    "disclose": "Give it out",
    "part": "Give out part of it",
    "withhold": "Hold it back",
    "not_held": "We do not hold it",
}

here = act()
opened = open_access(here, asked_for("id"))
problems = kept()
scope = f"access_decide.{opened.line.id}"
links([LinkTo("Back to the access request", f"/access-request?id={opened.line.id}")])
st.title(f"Decide access request {opened.line.reference}")
if not opened.may_decide:
    st.write("Somebody has decided it. Look at the decision.")
    st.stop()
st.header("What they ask to see")
typed_words(opened.asked_for)
if opened.views:
    st.header("What partners say")
    show_views(opened.views)
inset("The decision is yours. A partner's view does not bind you.")
at_field(problems, "outcome")
outcome = st.radio(
    "What do you decide?", list(CHOICES), index=None, format_func=lambda code: CHOICES[code], key=f"{scope}.outcome"
)
exemption = ""
if outcome in {"part", "withhold"}:
    exemption = text_field(
        "Exemption you rely on",
        f"{scope}.exemption",
        hint="Such as: section 31(1)(a) of the Freedom of Information Act 2000",
        problems=problems,
        most=200,
    )
at_field(problems, "reason")
reason = st.text_area("Reason", max_chars=4000, height=140, key=f"{scope}.reason", on_change="ignore")
waiting = [one.organisation for one in opened.views if not one.view and one.answer_by >= today(here.at)]
without = ""
if waiting:
    at_field(problems, "without_views")
    label = f"You still wait for {plain(listed(waiting))}. To decide now, say why you do not wait."
    without = st.text_area(label, max_chars=4000, height=90, key=f"{scope}.without", on_change="ignore")
if st.button("Record this decision", type="primary", key=f"{scope}.go"):
    with problems_kept():
        decision = AccessDecision(
            outcome=outcome or "", exemption=exemption, reason=reason or "", without_views=without or ""
        )
        decide_access(here, opened.line.id, decision)
        go("access-request", id=opened.line.id)
