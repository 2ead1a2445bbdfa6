"""Screen: one complaint: what was written, by when it is acknowledged, what was done, and its outcome."""

import streamlit as st

from portal.accountability.complaints.views import complaint_history, open_complaint
from portal.accountability.complaints.wording import ACKNOWLEDGED, CAME, RESULTS, TOLD
from portal.ground.wording import day, day_and_time, today
from portal.ui.accountability.complaints import (
    show_acknowledgement_form,
    show_handling,
    show_handling_form,
    show_outcome_form,
    show_standing,
)
from portal.ui.blocks import LinkTo, facts, link_button, links, panel
from portal.ui.problems import kept
from portal.ui.requests.view import asked_for, typed_words
from portal.ui.statements.view import show_history
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_complaint(here, asked_for("id"))
line = opened.line
problems = kept()
links([LinkTo("Back to complaints", "/complaints")])
st.title(f"Complaint {line.reference}")
show_standing(line, today(here.at))
told = (
    f"{day(line.acknowledged_on)}. {ACKNOWLEDGED.get(opened.acknowledged_how, TOLD.get(opened.acknowledged_how, ''))}"
    if line.acknowledged_on
    else "Not yet"
)
facts(
    [
        ("Came on", f"{day(line.received_on)}. {CAME[opened.came]}"),
        ("Told that it came", told),
        ("Who", opened.name or "They did not say"),
        ("How to reach them", opened.reach or "They did not say"),
    ]
)
if opened.purged_at:
    panel("Deleted", f"What was written was deleted on {day(opened.purged_at)}.", standing="ended")
    show_history(complaint_history(here, line.id))
    st.stop()
st.header("What they wrote")
typed_words(opened.about)
show_acknowledgement_form(here, opened, problems)
show_handling(opened)
if line.told_at is None:
    show_handling_form(here, opened, problems)
    show_outcome_form(here, opened, problems)
else:
    st.header(RESULTS[line.result])
    typed_words(opened.outcome)
    st.caption(f"Told by {plain(opened.told_by)} on {day_and_time(line.told_at)}. {TOLD[opened.told_how]}.")
    link_button("Download the letter (PDF)", f"/files/complaint/{line.id}.pdf")
show_history(complaint_history(here, line.id))
