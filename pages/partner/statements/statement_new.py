"""Screen: begin a statement of regular sharing with other organisations.

Clauses: s2.purposes, app5.statement, s6.statement-outside-meetings, s2.primarily-depersonalised.
"""

import streamlit as st

from portal.meetings.closed_session.purposes import TITLES
from portal.requests.participants import bodies_to_ask, is_active, own_organisation
from portal.statements.drafting import begin_statement
from portal.statements.papers.wording import AIM, WHY_NAMED
from portal.statements.suggestion import carry_purpose, suggestion
from portal.ui.blocks import LinkTo, inset, link_button, links
from portal.ui.fields import text_field
from portal.ui.flow import form_key, go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for
from portal.ui.visitor import act

here = act()
problems = kept()
links([LinkTo("Back to statements", "/statements")])
st.title("Begin a sharing statement")
if not is_active(here, own_organisation(here)):
    inset("Your organisation must sign the agreement before it can write a statement.")
    link_button("Sign the agreement", "/sign")
    st.stop()
bodies = {one.id: one.name for one in bodies_to_ask(here)}
known = suggestion(here, draft=asked_for("draft"), request=asked_for("request"))
if known.others:
    inset("From your request: the parties and the purpose are filled in. Name no person in a statement.")
# Two clicks, or a page drawn again, are one statement.
# Outside a form, leaving one field would draw the page anew under the next choice or the button, and the click is lost.
with st.form("statement_new.begin", border=False):
    title = text_field(
        "A short name for this sharing",
        "statement_new.title",
        hint="Such as: Incidents at pools. Name no person.",
        problems=problems,
        most=120,
    )
    at_field(problems, "parties")
    others = st.multiselect(
        "Which organisations share with you? They sign after you, in this order.",
        list(bodies),
        default=[one for one in known.others if one in bodies],
        format_func=lambda value: bodies[value],
        placeholder="Start typing a name",
        key="statement_new.parties",
    )
    at_field(problems, AIM)
    aim = st.radio(
        "Which aim of the agreement does it serve?",
        list(TITLES),
        index=None,
        format_func=TITLES.__getitem__,
        key="statement_new.aim",
    )
    at_field(problems, WHY_NAMED)
    asked = "Why would information without names not do?"
    why = st.text_area(asked, known.why_named, max_chars=1000, key="statement_new.why_named")
    st.caption("If it would do, share figures instead: they need no statement.")
    links([LinkTo("Ask for figures without names", "/request-without-names")])
    purpose = ""
    if known.others:
        purpose = st.text_area("What it is for", value=known.purpose, max_chars=2000, key="statement_new.purpose") or ""
    st.caption("Everybody who acts for these organisations can read and write it. Only their approvers sign.")
    begun = st.form_submit_button("Begin this statement", type="primary", key="statement_new.go")
key = form_key("statement_new", sent=begun)
if begun:
    with problems_kept():
        statement_id = begin_statement(here, title, tuple(others), aim=aim or "", why_named=why, key=key)
        carry_purpose(here, statement_id, purpose)
        go("statement", id=statement_id)
