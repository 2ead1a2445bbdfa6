"""Screen: what is withheld of the published agreement; one proposal with its answers and the decision.

Clauses: s15.withhold.
"""

import streamlit as st

from portal.agreement.withholding.proposals import answer, decide, end
from portal.agreement.withholding.views import proposal
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day
from portal.ui.agreement.signing import reach
from portal.ui.agreement.withholding import ANSWERS, DECISIONS, listed_proposals, shown
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import done, show_done
from portal.ui.history import history_of
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

now = act()
withholding_id = st.query_params.get("id", "")
if not withholding_id:
    st.title("What is withheld of the agreement")
    listed_proposals(now)
    st.stop()

one = proposal(now, withholding_id)
links([LinkTo("All proposals", "/withholding")])
st.title("A proposal to withhold")
problems = kept()
show_done()
shown(one)


if one.may_answer:
    st.header("Your organisation's answer")
    with st.form("withholding.answer", border=False):
        at_field(problems, "agrees")
        agrees = st.radio("Do you agree?", list(ANSWERS), index=None, format_func=ANSWERS.__getitem__)
        at_field(problems, "words")
        words = st.text_area("Why (needed where you disagree)", max_chars=2000, key="withholding.answer.words")
        if st.form_submit_button("Send the answer", type="primary"):
            with problems_kept():
                if agrees is None:
                    raise AnswersNeededError({"agrees": "Select whether you agree"})
                answer(now, one.id, agrees=agrees == "yes", words=words)
                done("Your answer is kept")
if one.may_decide:
    st.header("Record the decision")
    st.write(f"Record it when every partner has answered, or from {day(one.decide_from)}.")
    with st.form("withholding.decide", border=False):
        at_field(problems, "choice")
        choice = st.radio("What was decided together?", list(DECISIONS), index=None, format_func=DECISIONS.__getitem__)
        at_field(problems, "words")
        words = st.text_area("How you came to it", max_chars=2000, key="withholding.decision.words")
        if st.form_submit_button("Record the decision", type="primary"):
            with problems_kept():
                if choice is None:
                    raise AnswersNeededError({"choice": "Select what was decided"})
                decide(now, one.id, withhold=choice == "withhold", words=words, path=reach().base_url)
                done("The decision is recorded")
if one.may_end and st.button("Publish these words again", key="withholding.end"):
    with problems_kept():
        end(now, one.id)
        done("The words are public again")
history_of(now, f"withholding:{one.id}")
