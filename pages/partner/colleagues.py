"""Screen: invite colleagues to act for your organisation, and end their roles."""

import streamlit as st

from portal.accounts.invitations import invitations, invite, withdraw
from portal.accounts.organisations import own_organisation
from portal.accounts.people import people_of
from portal.accounts.posts import end_post
from portal.ground.act import ROLE_TITLES, Role
from portal.ground.wording import day
from portal.ui import visitor
from portal.ui.accounts.people import short_title, told_of
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
mine = own_organisation(act)
st.title("Your colleagues")
problems = kept()
show_done()


st.header("Invite a colleague")
with st.form("colleagues.invite"):
    email = text_field("E-mail address", "colleagues.email", problems=problems)
    at_field(problems, "role")
    role = st.radio(
        "What will they do?",
        [Role.PARTNER, Role.APPROVER],
        format_func=lambda r: plain(ROLE_TITLES[r]),
        index=None,
        key="colleagues.role",
    )
    if st.form_submit_button("Send the invitation", type="primary"):
        with problems_kept():
            invite(act, email, role, mine.id, base_url=visitor.settings().base_url)
            done(told_of("The invitation")[0])
if not visitor.settings().smtp_url:
    st.write("This portal cannot send mail. The Information Manager hands the link over.")

st.header("Open invitations")
offered = invitations(act, mine.id)
if not offered:
    st.write("No invitation is open.")
for one in offered:
    if st.button(f"Take back the invitation to {plain(one.email)}, open until {day(one.expires_at)}", key=one.id):
        withdraw(act, one.id)
        done("The invitation is withdrawn")

st.header("End a role")
others = [
    (m, p) for m in people_of(act, mine.id) if m.id != act.person.id for p in m.posts if p.organisation_id == mine.id
]
if not others:
    st.write("Nobody else acts for your organisation yet.")
for member, post in others:
    if st.button(f"End the role of {plain(member.name)}: {short_title(post.role)}", key=f"colleagues.end.{post.id}"):
        with problems_kept():
            end_post(act, post.id)
            done("The role has ended. They are signed out")
links([LinkTo("Back to your organisation", "/organisation")])
