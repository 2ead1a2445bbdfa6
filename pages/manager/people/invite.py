"""Screen: invite somebody to open an account with a role."""

import streamlit as st

from portal.accounts.invitations import invite
from portal.ground.act import ROLE_TITLES, Role
from portal.ui import visitor
from portal.ui.accounts.people import organisation_field, told_of
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import go, say_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
st.title("Invite somebody")
st.write("They get a link that opens their account, once, within 7 days.")
problems = kept()
with st.form("invite"):
    email = text_field("E-mail address", "invite.email", problems=problems, autocomplete="off")
    at_field(problems, "role")
    whom = st.query_params.get("for", "")  # an organisation leads here to have its approver invited
    roles, wanted = list(Role), st.query_params.get("role", "approver" if whom else "")  # the first steps name it
    role = st.radio(
        "What will they do?",
        roles,
        format_func=lambda r: plain(ROLE_TITLES[r]),
        index=roles.index(Role(wanted)) if wanted in set(roles) else None,
        key="invite.role",
    )
    at_field(problems, "organisation")
    where = organisation_field(act, "Organisation (for a partner or approver)", "invite.organisation", first=whom)
    sent = st.form_submit_button("Send the invitation", type="primary")
links([LinkTo("Back to people", "/people")])
if sent:
    with problems_kept():
        invite(act, email, role, where, base_url=visitor.settings().base_url)
        say_done(*told_of("The invitation"))
        go("people")
