"""Screen: stored data: once a year the officer keeps the records of a return with a reason, or deletes them for good.

Clauses: s12.annual-review, s9.datasets-secured.
"""

import streamlit as st

from portal.ground.wording import counted, day, today
from portal.returns.service.stored_data_review import REASON_LENGTH, review, stored
from portal.ui.blocks import LinkTo, Tag, inset, links, table
from portal.ui.flow import done, form_key, show_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

here = act()
st.title("Stored data")
st.write("Each year, look at what returns left here. Keep it with a reason, or delete it for good (Section 12).")
st.write("You keep it for the partnership: here it is encrypted. What you print, lock away (Section 9).")
show_done()
problems = kept()
every = stored(here)
quarters = {one.quarter.label: one.quarter.months for one in every}
if not every:
    st.write("No records of a return are stored.")
    st.stop()
asked = st.query_params.get("quarter", "")
chosen = st.selectbox(
    "Quarter",
    list(quarters),
    index=list(quarters).index(asked) if asked in quarters else 0,
    format_func=quarters.__getitem__,
    key="stored.quarter",
)
shown = [one for one in every if one.quarter.label == chosen]
due = [one for one in shown if one.review_on <= today(here.at)]
table(
    f"Stored for {quarters[chosen]}",
    ["Organisation", "Data set", "Records", "Review"],
    [
        (
            one.organisation,
            LinkTo(one.data_set.title, f"/return-view?return={one.return_id}"),
            f"{one.records:,}",
            Tag(f"Due on {day(one.review_on)}", "stopped") if one in due else f"By {day(one.review_on)}",
        )
        for one in shown
    ],
)
for why in dict.fromkeys(one.kept_why for one in shown if one.kept_why):
    inset(f"Kept at the last review, because: {why}")
names = {one.return_id: f"{one.organisation}: {one.data_set.title}" for one in shown}
with st.form(f"stored.review.{chosen}"):
    at_field(problems, "which")
    which = st.multiselect(
        "Returns that you reviewed",
        list(names),
        default=[one.return_id for one in due],
        format_func=names.__getitem__,
    )
    at_field(problems, "keep")
    answer = st.radio("Are they still needed?", ["Keep another year", "Delete for good"], index=None)
    at_field(problems, "reason")
    reason = st.text_area("Why?", max_chars=REASON_LENGTH)
    st.write("What is deleted cannot come back. Its line and its certificate of what was taken out stay.")
    sent = st.form_submit_button("Record the review", type="primary")
    key = form_key("stored.review", sent=sent, said=(which, answer, reason))
    if sent:
        with problems_kept():
            keep = None if answer is None else answer.startswith("Keep")
            reviewed = review(here, which, key, keep=keep, reason=reason)
            done(f"{counted(reviewed, 'return')} {'kept' if keep else 'deleted for good'}")
links([LinkTo("How long everything is kept", "/retention"), LinkTo("Returns received", "/returns-received")])
