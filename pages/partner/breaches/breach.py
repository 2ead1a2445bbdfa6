"""Screen: one loss of shared information: its clock, what was done, who was told, and its closing.

Clauses: s9.breach.
"""

import streamlit as st

from portal.breaches.views import breach_history, open_breach
from portal.breaches.wording import KINDS
from portal.ground.wording import day, day_and_time, listed
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.problems import kept
from portal.ui.requests.view import asked_for, typed_words
from portal.ui.statements.breach import show_clock, show_closing, show_step_form, show_steps
from portal.ui.statements.view import show_history
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_breach(here, asked_for("id"))
line = opened.line
problems = kept()
links([LinkTo("Back to losses", "/breaches")])
if asked_for("sent"):
    panel("It was reported", f"Reference {line.reference}. Those who must know have been told.")
st.title(f"Loss {line.reference}")
show_clock(opened, here.at)
facts(
    [
        ("What happened", KINDS[line.kind]),
        ("About", line.about),
        ("Found", day_and_time(opened.found_at)),
        ("Reported", f"{day_and_time(line.reported_at)} by {opened.reported_by}"),
        ("Told at once", "The Chair, the Information Manager, and the organisations below"),
        ("Where the information came from", listed(opened.originators) or "Not known yet"),
        ("Also concerned", listed(opened.concerned) or "Nobody else"),
    ]
)
if opened.purged_at:
    panel("Deleted", f"What was written was deleted on {day(opened.purged_at)}.", standing="ended")
    show_history(breach_history(here, line.id))
    st.stop()
st.header("What was reported")
typed_words(opened.what)
st.markdown("**Done by then**")
typed_words(opened.done)
show_steps(opened)
if line.closed_at is None:
    show_step_form(here, opened, problems)
    show_closing(here, opened, problems)
else:
    st.header("The lesson")
    typed_words(opened.lesson)
    st.caption(f"Closed by {plain(opened.closed_by)} on {day_and_time(line.closed_at)}.")
show_history(breach_history(here, line.id))
