"""Screen: the log of access requests with the time that is left, and what partners want our view on.

Clauses: s5.consult-originator, s15.foi-case-by-case.
"""

import streamlit as st

from portal.access_requests.partner_views import questions_to_us
from portal.access_requests.views import access_requests
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from portal.ui.blocks import LinkTo, inset, link_button, links
from portal.ui.statements.view import show_access, show_questions
from portal.ui.visitor import act

here = act()
now = today(here.at)
rules = edition_in_force(now)
links([LinkTo("Back to statements", "/statements")])
st.title("Access requests")
st.write("Somebody asks to see information that your organisation holds. Log it here on the day it comes.")
inset(rules.rule("ask-originator-access").text)
link_button("Log an access request", "/access-new", primary=True)

asked = questions_to_us(here)
if asked:
    st.header("Partners who want our view")
    show_questions(asked, now)

st.header("Our access requests")
lines = access_requests(here)
if lines:
    show_access("What must be answered first stands first", lines, now)
else:
    st.write("Nothing has been logged yet.")
