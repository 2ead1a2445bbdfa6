"""Screen: one access request: its clock, what is asked for, the partners' views, the decision beside them.

Clauses: s5.consult-originator, s15.foi-case-by-case.
"""

import streamlit as st

from portal.statements.access_log import extend_access
from portal.statements.access_looking import OUTCOMES, access_history, open_access
from portal.statements.clocks import KIND_CLOCKS, KIND_TITLES
from portal.ui.blocks import LinkTo, facts, link_button, links, panel
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.request_view import asked_for, go, typed_words
from portal.ui.statement_view import show_history, show_views
from portal.ui.visitor import act
from portal.wording import day, day_and_time, today

here = act()
opened = open_access(here, asked_for("id"))
line, now = opened.line, today(here.at)
problems = kept()
links([LinkTo("Back to access requests", "/access-requests")])
st.title(f"Access request {line.reference}")
if opened.decided_at:
    said = f"{opened.decision['decided_by']} decided on {day_and_time(opened.decided_at)}."
    panel(OUTCOMES[line.outcome], said)
else:
    standing = line.standing(now)
    panel(
        line.left(now), f"Answer by {day(opened.due_on)}.", standing="stopped" if standing == "stopped" else "waiting"
    )
facts(
    [
        ("Kind", KIND_TITLES[opened.kind]),
        ("Came", day(opened.received_on)),
        ("Last day", f"{day(opened.due_on)} ({KIND_CLOCKS[opened.kind].lower()})"),
        *([("Why it takes two months longer", opened.extension)] if opened.extension else []),
        ("Asked by", opened.requester),
        ("How to reach them", opened.reach or "Not given"),
        ("Agreement", opened.edition.about.short_title),
    ]
)
st.subheader("What they ask to see")
typed_words(opened.asked_for)
st.subheader("Where it came from")
if opened.views:
    show_views(opened.views)
else:
    st.write("No partner has been asked. Ask each partner that any of it came from.")
if not opened.decided_at:
    link_button("Ask a partner for its view", f"/access-ask?id={line.id}")
if opened.decided_at:
    st.subheader("The decision")
    facts(
        [
            ("Decision", OUTCOMES[line.outcome]),
            *([("Exemption", opened.decision["exemption"])] if opened.decision["exemption"] else []),
            ("Reason", opened.decision["reason"] or "Not given"),
            *([("Why we did not wait", opened.decision["without_views"])] if opened.decision["without_views"] else []),
        ]
    )
    link_button("Download the record (PDF)", f"/files/access-request/{line.id}.pdf")
elif opened.may_decide:
    link_button("Decide this request", f"/access-decide?id={line.id}", primary=True)
else:
    st.write("An approver of your organisation decides it.")
if opened.may_extend:
    with st.expander("Take two months longer", expanded="extension" in problems):
        st.write("Only for a complex request. Tell the person who asked within the first month, and say why.")
        at_field(problems, "extension")
        why = st.text_area("Why does it take longer?", max_chars=4000, key=f"access_request.{line.id}.extension")
        if st.button("Take two months longer", key="access_request.extend"):
            with problems_kept():
                extend_access(here, line.id, why)
                go("access-request", id=line.id)
show_history(access_history(here, line.id))
