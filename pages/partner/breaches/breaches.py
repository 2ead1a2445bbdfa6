"""Screen: losses of shared information that concern you: what was reported, and how it stands.

Clauses: s9.breach.
"""

import streamlit as st

from portal.breaches.views import breaches
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from portal.ui.blocks import inset, link_button
from portal.ui.statements.breach import show_breaches
from portal.ui.visitor import act

here = act()
st.title("Losses of shared information")
st.write("Something was lost, went to the wrong person, or was seen by somebody who should not have seen it.")
inset(edition_in_force(today(here.at)).rule("report-breach").text)
link_button("Report a loss", "/breach-report", primary=True)
lines = breaches(here)
if lines:
    show_breaches(lines, here.at)
else:
    st.write("No loss that concerns you was reported.")
