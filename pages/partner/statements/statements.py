"""Screen: what an organisation writes down: statements of regular sharing, access requests, its privacy notice.

Clauses: app5.statement, s6.statement-outside-meetings, s6.fair-obtaining.
"""

import streamlit as st

from portal.ground.access import Permission, may
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from portal.statements.contacts import information_contact, set_information_contact
from portal.statements.views import statements
from portal.ui.blocks import LinkTo, inset, link_button, links
from portal.ui.fields import text_field
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept
from portal.ui.statements.view import show_statements
from portal.ui.visitor import act

here = act()
problems = kept()
acts_for_one = may(here.person, Permission.WRITE_STATEMENT)
lines = statements(here)
st.title("Sharing statements")
rules = edition_in_force(today(here.at)).iss_rules
inset(f"A statement is needed when {rules.needed_when}. Review it when {rules.review_when}.")
if acts_for_one:
    st.write("Partners who share regularly write down what, why and how. Each of them signs in turn.")
    link_button("Begin a statement", "/statement-new", primary=True)

in_force = [line for line in lines if line.status == "in_force"]
st.header("In force")
if in_force:
    show_statements("Register of statements in force", in_force)
else:
    st.write("No statement is in force yet.")
writing = [line for line in lines if line.status == "draft"]
if writing:
    st.header("Being written or signed")
    show_statements("Statements that are not in force yet", writing)
over = [line for line in lines if line.status in {"replaced", "ended"}]
if over:
    with st.expander("Replaced and ended"):
        show_statements("Statements that are over", over)

if acts_for_one:
    st.header("Also to write down")
    links(
        [
            LinkTo("Access requests: somebody asks to see information", "/access-requests"),
            LinkTo("Privacy notice: tell people how you share", "/privacy-notice"),
            LinkTo("Figures of your requests", "/figures"),
        ]
    )
    contact = information_contact(here)
    with st.expander("Where copies for information management go", expanded="email" in problems or "role" in problems):
        st.write("Each statement that comes into force is sent there. Give a role and its mailbox, not a person.")
        role = text_field("Role", "statements.role", value=contact.role, problems=problems)
        email = text_field("E-mail address", "statements.email", value=contact.email, problems=problems)
        if st.button("Save this contact", key="statements.contact"):
            with problems_kept():
                set_information_contact(here, role, email)
                go("statements")
