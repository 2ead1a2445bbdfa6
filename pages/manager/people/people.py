"""Screen: the people with an account, and open invitations."""

from urllib.parse import urlencode

import streamlit as st

from portal.accounts.invitations import invitations, withdraw
from portal.accounts.people import PAGE, people
from portal.ground.wording import counted, day
from portal.ui import visitor
from portal.ui.accounts.people import account_tag, post_title, roles_words, seen_words
from portal.ui.blocks import LinkTo, link_button, pages, table
from portal.ui.flow import show_done
from portal.ui.words import plain

act = visitor.act()
st.title("People")
if show_done() and not visitor.settings().smtp_url:
    link_button("Open Messages waiting", "/outbox")
link_button("Invite somebody", "/invite", primary=True)

search = st.text_input(
    "Name or e-mail address", key="people.search", max_chars=100, bind="query-params", on_change="rerun"
)
page = visitor.page_asked()
found, total = people(act, search=search or "", page=page)
st.write(f"{counted(total, 'person', 'people')} found." if search else f"{counted(total, 'person', 'people')}.")
if found:
    table(
        "People with an account",
        ["Name", "Roles", "Last here", "Account"],
        [(LinkTo(m.name, f"/person?id={m.id}"), roles_words(m), seen_words(m), account_tag(m)) for m in found],
        hide_caption=True,
    )
pages(total, PAGE, page, lambda n: f"/people?{urlencode({'page': n})}")

st.header("Open invitations")
offered = invitations(act)
if not offered:
    st.write("No invitation is open.")
for one in offered:
    role = post_title(one.role, one.organisation)
    st.write(
        f"**{plain(one.email)}**: {plain(role)}. Invited by {plain(one.made_by)}, open until {day(one.expires_at)}."
    )
    if st.button(f"Withdraw the invitation to {plain(one.email)}", key=f"people.withdraw.{one.id}"):
        withdraw(act, one.id)
        st.rerun()
