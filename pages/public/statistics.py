"""Screen: published figures, and what there is of them so far.

Clauses: s6.non-personal-foi.
"""

import streamlit as st

from portal.ground.wording import today
from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import edition_in_force
from portal.ui.blocks import inset, table
from portal.ui.visitor import act

here = act()
in_force = edition_in_force(today(here.at))
st.title("Published figures")
st.write(
    "Nothing has been published yet. A table is published only after somebody has proved that no small number in it can be worked out."
)
inset(
    "A count of fewer than 5 is shown as 'suppressed', and enough other numbers with it that nobody can work it out. Hospital figures use fewer than 8."
)
table(
    "Data sets that partners share each quarter",
    ["Data set", "What it covers"],
    [[entry.title, entry.asked.covers] for entry in data_sets(in_force.id)],
)
st.write(
    "These figures are about no person. They may have to be given under the Freedom of Information Act; ask the organisation that holds them."
)
