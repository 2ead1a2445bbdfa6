"""Screen: the review of the agreement: when it is due, what came of it; and where each partner publishes the agreement.

Clauses: s13.agreement-review, s15.publish.
"""

import streamlit as st

from portal.agreement.editions.review import OUTCOMES, due_on, is_due, record_review, reviews
from portal.agreement.register.publication import published
from portal.ground.wording import day, new_id, today
from portal.ui.blocks import LinkTo, Tag, facts, links, table
from portal.ui.fields import text_field
from portal.ui.flow import done, show_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

now = act()
links([LinkTo("All editions", "/editions")])
st.title("Review of the agreement")
problems = kept()
show_done()
due = due_on(now.store, today(now.at))
late = due < today(now.at)
standing = Tag("Late", "stopped") if late else Tag("Due soon", "waiting") if is_due(now) else Tag("Not yet due", "done")
facts([("Next review by", day(due)), ("Standing", standing)])
before = reviews(now)
if before:
    rows = [(day(o.reviewed_on), o.outcome.capitalize(), o.edition, o.words, day(o.next_on)) for o in before]
    table("Reviews so far", ("Day", "Outcome", "Edition", "By whom, and what they found", "Next by"), rows)

st.header("Record a review")
key = st.session_state.setdefault("review.key", new_id())
with st.form("review.form", border=False):
    reviewed_on = text_field("Day of the review", "review.reviewed_on", hint="Like 1 October 2026", problems=problems)
    at_field(problems, "outcome")
    outcome = st.radio("What came of it?", list(OUTCOMES), index=None, format_func=str.capitalize)
    at_field(problems, "words")
    words = st.text_area("Who reviewed it, and what they found", max_chars=2000, key="review.words")
    hint = "Leave it empty for a year after the review"
    next_on = text_field("Next review by", "review.next_on", hint=hint, problems=problems)
    if st.form_submit_button("Record the review", type="primary"):
        with problems_kept():
            record_review(now, key, reviewed_on=reviewed_on, outcome=outcome or "", words=words, next_on=next_on)
            del st.session_state["review.key"]
            done("The review is recorded")

st.header("Where partners publish the agreement")
st.write("Each partner records its own address on its organisation's page (Section 15).")
partners = [
    (
        LinkTo(one.organisation, f"/register?organisation={one.slug}"),
        one.address or Tag("Not recorded", "waiting"),
        "Yes" if one.in_scheme else "No",
        day(one.since) if one.since else "",
    )
    for one in published(now.store)
]
if partners:
    table(
        "Where it is published",
        ("Partner", "Address", "In its publication scheme", "Recorded"),
        partners,
        hide_caption=True,
    )
