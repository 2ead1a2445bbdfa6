"""Screen: published figures: choose a data set, see its chart, its table, and who sent.

Clauses: s6.non-personal-foi, s6.fewer-than-five.
"""

import streamlit as st

from portal.ground.wording import today
from portal.publication.views import LICENCE, public_tables
from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import edition_in_force
from portal.ui.blocks import LinkTo, facts, inset, links
from portal.ui.figures.view import one_line, shown, trend
from portal.ui.visitor import act

here = act()
in_force = edition_in_force(today(here.at))
everything = public_tables(here.store)
titles = {one.entry.id: one.entry.title for one in everything}
st.title("Published figures")
if not everything:
    st.write(
        "Nothing has been published yet. A table goes out only once we have shown that no small number in it can be worked out."
    )
inset(
    "A count of fewer than 5 is shown as 'suppressed'. So are some other numbers, so that nobody can work it out. Hospital figures use fewer than 8."
)
if everything:
    chosen = st.selectbox("Data set", list(titles), format_func=titles.__getitem__, key="statistics.set")
    mine = [one for one in everything if one.entry.id == chosen]
    by_id = {one.id: one for one in mine}
    picked = st.selectbox(
        "Table", list(by_id), format_func=lambda one: by_id[one].title, key=f"statistics.table.{chosen}"
    )
    table_now = by_id[picked]
    shown(table_now)
    one_line(table_now)
    trend(mine)
    links(
        [
            LinkTo("Download the newest table (CSV)", f"/statistics/{chosen}.csv"),
            LinkTo("All published tables as plain pages", "/statistics/all"),
        ]
    )
    st.write(
        f"You may use these figures: [Open Government Licence v3.0]({LICENCE}). Cite them by their title, quarter and version."
    )
with st.expander("Data sets that partners share each quarter"):
    facts([(entry.title, entry.asked.covers) for entry in data_sets(in_force.id)])
st.write(
    "These figures are about no person. They may have to be given under the Freedom of Information Act; ask the organisation that holds them."
)
