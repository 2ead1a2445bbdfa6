"""Screen: one person's account: roles, a way back in, closing it."""

import streamlit as st

from portal.accounts.authentication.password_reset import hand_over
from portal.accounts.people import close, member, remove_second_step
from portal.accounts.posts import end_post, grant
from portal.ground.act import ROLE_TITLES, Role
from portal.ground.wording import day
from portal.ui import visitor
from portal.ui.accounts.changes import another_address, come_back, said_before_leaving
from portal.ui.accounts.people import account_tag, organisation_field, post_words, seen_words, told_of
from portal.ui.blocks import LinkTo, facts, links
from portal.ui.flow import done, show_done
from portal.ui.history import history_of
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
who = member(act, st.query_params.get("id", ""))
st.title(plain(who.name))
problems = kept()
show_done()
facts(
    {
        "E-mail address": who.email,
        "Job title or role": who.position,
        "Account": account_tag(who),
        "Opened": day(who.created_at),
        "Last here": seen_words(who),
        "Second step": "On" if who.second_step else "Off",
    }
)


come_back(act, who, done)
if not who.closed_at and who.id != act.person.id:
    said_before_leaving(act, who)
    st.header("Roles")
    for post in who.posts:
        st.write(plain(post_words(post)))
        if st.button(f"End the role: {plain(post_words(post))}", key=f"person.end.{post.id}"):
            with problems_kept():
                end_post(act, post.id)
                done("The role has ended. They are signed out.")
    with st.form("person.grant"):
        role = st.radio("Give another role", list(Role), format_func=lambda r: plain(ROLE_TITLES[r]), index=None)
        at_field(problems, "organisation")
        where = organisation_field(act, "Organisation (for a partner or approver)", "person.organisation")
        if st.form_submit_button("Give this role"):
            with problems_kept():
                grant(act, who.id, role, where)
                done("They hold the role now. They sign in again to use it.")
    another_address(act, who, problems, done)
    st.header("Locked out?")
    if st.button("Send a link to a new password", key="person.reset"):
        with problems_kept():
            hand_over(act, who.id, base_url=visitor.settings().base_url)
            done(". ".join(told_of("The link")))
    if who.second_step and st.button("Turn their second step off", key="person.second"):
        remove_second_step(act, who.id)
        done("Their second step is off.")
    st.header("Close this account")
    st.write("They are signed out at once and cannot sign in again. What they did stays in the record.")
    if st.button(f"Close the account of {plain(who.name)}", key="person.close"):
        with problems_kept():
            close(act, who.id)
            done("The account is closed.")
history_of(act, f"account:{who.id}")
links([LinkTo("Back to people", "/people")])
