"""Screen: one access request: its clock, what is asked for, the partners' views, the decision beside them.

Clauses: s5.consult-originator, s15.foi-case-by-case, s12.personal-retention, s6.non-personal-foi.
"""

import streamlit as st

from portal.access_requests.clocks import KIND_CLOCKS, KIND_TITLES, PUBLIC_RIGHT, clock_rule
from portal.access_requests.views import OUTCOMES, access_history, open_access
from portal.ground.wording import day, day_and_time, today
from portal.ui.blocks import LinkTo, facts, link_button, links, panel
from portal.ui.problems import kept
from portal.ui.requests.view import asked_for, typed_words
from portal.ui.statements.access_request import show_clarified, show_clarifying, show_deleted, show_extending
from portal.ui.statements.view import show_history, show_views
from portal.ui.visitor import act

here = act()
opened = open_access(here, asked_for("id"))
line, now = opened.line, today(here.at)
problems = kept()
links([LinkTo("Back to access requests", "/access-requests")])
st.title(f"Access request {line.reference}")
if opened.purged_at:
    show_deleted(opened)
    show_history(access_history(here, line.id))
    st.stop()
if opened.decided_at:
    said = f"{opened.decision['decided_by']} decided on {day_and_time(opened.decided_at)}."
    panel(OUTCOMES[line.outcome], said)
elif line.stopped_on:
    panel(line.left(now), clock_rule(opened.kind, "clarified").text, standing="waiting")
else:
    standing = line.standing(now)
    panel(
        line.left(now), f"Answer by {day(opened.due_on)}.", standing="stopped" if standing == "stopped" else "waiting"
    )
facts(
    [
        ("Kind", KIND_TITLES[opened.kind]),
        ("Came", day(opened.received_on)),
        *([] if line.stopped_on else [("Last day", day(opened.due_on))]),
        ("Clock", f"{KIND_CLOCKS[opened.kind]} ({clock_rule(opened.kind, 'first').source})"),
        *([("Why it takes longer", opened.extension)] if opened.extension else []),
        ("Asked by", opened.requester),
        ("How to reach them", opened.reach or "Not given"),
        ("Agreement", opened.edition.about.short_title),
    ]
)
st.header("What they ask to see")
typed_words(opened.asked_for)
if opened.kind in PUBLIC_RIGHT and not opened.decided_at:
    st.write("Figures about no person may have to be given. See whether they are published already, and point there.")
    links([LinkTo("Published figures", "/statistics"), LinkTo("The agreement", "/agreement")])
show_clarified(opened)
st.header("Where it came from")
if opened.views:
    show_views(opened.views)
else:
    st.write("No partner has been asked. Ask each partner that any of it came from.")
if not opened.decided_at:
    link_button("Ask a partner for its view", f"/access-ask?id={line.id}")
if opened.decided_at:
    st.header("The decision")
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
show_clarifying(here, opened, problems)
show_extending(here, opened, problems)
show_history(access_history(here, line.id))
