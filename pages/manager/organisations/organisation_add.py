"""Screen: add an organisation, and invite its approver, without waiting for it to sign."""

import streamlit as st

from portal.accounts.addresses import problem_with
from portal.accounts.invitations import invite
from portal.agreement.editions.wording import kind_title
from portal.agreement.register.lifecycle.changes import add
from portal.agreement.register.organisations import NewOrganisation
from portal.ground.act import Role
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from portal.ui import visitor
from portal.ui.accounts.people import told_of
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept

act = visitor.act()
st.title("Add an organisation")
st.write("It stands in the register once it has signed. Its approver can sign, decide, and invite the others.")
problems = kept()
kinds = [kind.id for kind in edition_in_force(today(act.at)).organisation_types]
with st.form("organisation_add"):
    name = text_field("Name", "organisation_add.name", problems=problems, most=200)
    at_field(problems, "kind")
    kind = st.selectbox("Kind", kinds, format_func=kind_title, index=None, key="organisation_add.kind")
    contact = text_field(
        "Public contact (optional)",
        "organisation_add.contact",
        hint="A role and an address, like Clerk, clerk@example.org. No person's name.",
        problems=problems,
        most=300,
    )
    email = text_field(
        "E-mail address of its approver (optional)",
        "organisation_add.email",
        hint="They get a link that opens their account. You can also invite them later.",
        problems=problems,
        autocomplete="off",
    )
    sent = st.form_submit_button("Add this organisation", type="primary")
links([LinkTo("Back to the organisations", "/organisations")])
if sent:
    with problems_kept():
        if email.strip() and (wrong := problem_with(email)):
            raise AnswersNeededError({"email": wrong})
        added = add(act, NewOrganisation(name=name, kind=kind or "", contact=contact))
        if email.strip():
            invite(act, email, Role.APPROVER, added, base_url=visitor.settings().base_url)
        more = ". ".join(told_of("The invitation of its approver")) if email.strip() else "Invite its approver next."
        go("organisations", f"It is added. {more}")
