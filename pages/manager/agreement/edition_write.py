"""Screen: draft an edition: passage by passage, its facts, and the day it takes force.

Clauses: cover.versions, s13.agreement-review.
"""

import streamlit as st

from portal.agreement.editions.drafting import change_facts, change_passage, describe, drop, hand_over
from portal.agreement.editions.views import changes_of, own_edition
from portal.ui.agreement.comparison import summary
from portal.ui.agreement.drafting import chosen_passage, day_form, facts_form
from portal.ui.agreement.editions import standing_said, what_may_change
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import done, go, show_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

now = act()
own = own_edition(now, st.query_params.get("id", ""))
links([LinkTo("All editions", "/editions")])
st.title(plain(f"Draft: {own.title}"))
problems = kept()
show_done()
st.write(standing_said(own))
if own.state != "draft":
    links([LinkTo("See this edition", f"/edition-check?id={own.id}")])
    st.stop()


what_may_change()
st.write(f"So far: {summary(changes_of(now, own))}")
links([LinkTo("See what changed, word by word", f"/edition-check?id={own.id}")])

st.header("1. The words")
passage = chosen_passage(own.words.edition.text)
with st.form("edition.words", border=False):
    at_field(problems, "words")
    typed = st.text_area(
        "The words of this passage", passage.words, height=220, max_chars=6000, key=f"edition.{passage.mark}.words"
    )
    st.caption("An empty line begins another passage. Words in {braces} are filled from the facts below.")
    if st.form_submit_button("Keep these words", type="primary"):
        with problems_kept():
            change_passage(now, own.id, place=(passage.part, passage.number), was=passage.mark, words=typed)
            done("The words are kept")

st.header("2. The facts they name")
filled = facts_form(own.words.blanks, problems)
if filled is not None:
    with problems_kept():
        change_facts(now, own.id, filled)
        done("The facts are kept")

st.header("3. What changed, and from which day")
told = day_form(own, problems)
if told is not None:
    with problems_kept():
        describe(now, own.id, change=told[0], force_from=told[1])
        done("The day is kept")

st.header("4. Hand it over")
st.write(
    "Two managers, chairs or officers who wrote none of it must authorise it. No word changes after you hand it over."
)
if st.button("Hand it over to be authorised", type="primary", key="edition.hand"):
    with problems_kept():
        hand_over(now, own.id, reach().link)
        go("edition-check", id=own.id)
if st.button("Drop this draft", key="edition.drop"):
    with problems_kept():
        drop(now, own.id)
        go("editions")
