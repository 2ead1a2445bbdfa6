"""Screen: the organisations of the partnership, and the ways to add them."""

import streamlit as st

from portal.agreement.editions.wording import kind_title
from portal.agreement.notices.standing import STATUS_WORDS
from portal.agreement.register.lifecycle.changes import every_organisation
from portal.agreement.register.organisations import find
from portal.ground.wording import counted, day
from portal.ui import visitor
from portal.ui.blocks import LinkTo, Tag, link_button, links, table
from portal.ui.flow import show_done

act = visitor.act()
st.title("Organisations")
show_done()
link_button("Add an organisation", "/organisation-add", primary=True)
links(
    [
        LinkTo("Add many from a spreadsheet", "/organisation-import"),
        LinkTo("Record a signature on paper", "/signature-paper"),
        LinkTo("Who sends which data set", "/return-providers"),
    ]
)
every = every_organisation(act)
words = st.text_input(
    "Name, old name or kind", key="organisations.search", max_chars=100, bind="query-params", on_change="rerun"
)
ids = {one.id for one in find(act.store, words or "", most=1000)}
shown = [one for one in every if not words or one.id in ids]
without = [one for one in shown if not one.approvers and one.closed_at is None]
closed = sum(one.closed_at is not None for one in shown)
st.write(
    f"{counted(len(shown) - closed, 'organisation')}, {len(without)} of them with nobody who can sign and decide."
    + (f" {closed} more closed." if closed else "")
)
rows = [
    (
        LinkTo(one.name, f"/organisation-change?id={one.id}"),
        kind_title(one.kind),
        Tag(f"Closed on {day(one.closed_at)}", "ended")
        if one.closed_at
        else STATUS_WORDS[one.status]
        if one.status
        else "Not signed",
        one.approvers or ("" if one.closed_at else Tag("Invited" if one.invited else "None", "waiting")),
    )
    for one in shown
]
if rows:
    table("Organisations", ["Organisation", "Kind", "Agreement", "Approvers"], rows, hide_caption=True)
