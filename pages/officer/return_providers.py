"""Screen: who sends which data set, and which organisation is not asked for one that its kind hands over.

Clauses: s11.quarterly, app1.datasets.
"""

import streamlit as st

from portal.ground.page_access import may_open
from portal.ground.wording import day
from portal.returns.service.providers import REASON_LENGTH, ask_again, except_from, providers
from portal.ui.blocks import Cell, LinkTo, Tag, links, table
from portal.ui.fields import which_one
from portal.ui.problems import problems_shown
from portal.ui.visitor import act

here = act()
st.title("Who sends which data set")
st.write(
    "The agreement names a kind of organisation for each data set. Where several of a kind have signed, say who does not send it."
)
everybody = providers(here)
rows: list[list[Cell]] = []
for entry, who in everybody:
    for one in who:
        since = f"{one.reason} ({one.said_by}, {day(one.said_at)})" if one.said_at else ""
        rows.append(
            [entry.title, one.organisation, Tag("Asked", "done") if one.provides else Tag("Not asked", "ended"), since]
        )
    if not any(one.provides for one in who):
        rows.append([entry.title, "Nobody sends it now", Tag("Nobody", "stopped"), ""])
whys = any(row[-1] for row in rows)
headings = ["Data set", "Organisation", "Asked for it?", "Why not"]
table(
    "Data sets and who sends them",
    headings if whys else headings[:-1],
    rows if whys else [row[:-1] for row in rows],
    hide_caption=True,
)
asked = {(one.organisation_id, entry.id): (entry, one) for entry, who in everybody for one in who}
sending = [key for key, (_, one) in asked.items() if one.provides]
left_out = [key for key, (_, one) in asked.items() if not one.provides]


def words(key: tuple[str, str]) -> str:
    """Name an organisation and a data set."""
    entry, one = asked[key]
    return f"{one.organisation}: {entry.title}"


if sending:
    st.header("Not this one")
    with st.form("providers.except", clear_on_submit=False):
        chosen = which_one("Who does not send what", sending, "providers.organisation", problems={}, named=words)
        reason = st.text_input("Why", max_chars=REASON_LENGTH, key="providers.reason")
        if st.form_submit_button("Do not ask for it", type="primary"):
            with problems_shown():
                except_from(here, *chosen(), reason)
                st.rerun()
if left_out:
    st.header("Ask again")
    with st.form("providers.again"):
        again = which_one("Who sends it after all", left_out, "providers.again", problems={}, named=words)
        if st.form_submit_button("Ask for it again"):
            with problems_shown():
                ask_again(here, *again())
                st.rerun()
back = LinkTo("Returns received", "/returns-received"), LinkTo("Settings", "/settings")
links([one for one in back if may_open(here.person, one.href.strip("/"))])
