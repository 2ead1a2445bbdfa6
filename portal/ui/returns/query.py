"""Questions about a return, on the screen: what was said, and what whoever looks may do now."""

import streamlit as st

from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.wording import day_and_time, new_id
from portal.returns.review.comparison import Comparison
from portal.returns.review.query import LENGTH, answer, ask_more, close, query
from portal.returns.review.query_views import Query, queries_of
from portal.returns.service.views import SentReturn
from portal.ui.blocks import Cell, LinkTo, Tag, links, table
from portal.ui.problems import problems_shown
from portal.ui.returns.view import sentences
from portal.ui.words import plain, typed

_HINT = "Ask about numbers, not about people. The e-mail that we send says only that a question waits."


def questions(act: Act, found: SentReturn) -> None:
    """Show the questions about a return; the officer asks and closes, its organisation answers."""
    asked = queries_of(act, found.id)
    officer = may(act.person, Permission.QUERY_RETURN)
    waiting = [one for one in asked if one.closed_at is None]
    if asked or (officer and not found.ended_at):
        st.header("Questions about this return")
    for one in waiting:
        _said(one)
        if officer:
            _officers_turn(act, one)
        elif found.own and not one.waits_for_officer:
            _our_turn(act, one)
    if officer and not waiting and not found.ended_at:
        _ask(act, found)
    for one in asked:
        if one.closed_at is not None:
            with st.expander(f"Question of {day_and_time(one.asked_at)}: {one.status}"):
                _said(one)


def _said(one: Query) -> None:
    """Show what both sides said, the question first."""
    for said in one.said:
        who = "The Community Safety Officer" if said.from_officer else "The organisation"
        st.markdown(f"**{plain(who)}**, {plain(said.by)}, {plain(day_and_time(said.at))}")
        typed(said.words)
    st.write(plain(f"{one.status}{f' by {one.closed_by}' if one.closed_by else ''}."))
    if one.corrected_by:
        links([LinkTo("Look at the correction", f"/return-view?return={one.corrected_by}")])


def _ask(act: Act, found: SentReturn) -> None:
    with st.expander("Ask the organisation about it"), st.form("query.ask"):
        st.write(_HINT)
        question = st.text_area("Your question", max_chars=LENGTH, key="query.question")
        key = st.session_state.setdefault(f"query.key.{found.id}", new_id())
        if st.form_submit_button("Send the question"):
            with problems_shown():
                query(act, found.id, question, key)
                del st.session_state[f"query.key.{found.id}"]
                st.rerun()


def _officers_turn(act: Act, one: Query) -> None:
    if one.waits_for_officer:
        if st.button("Close it: this explains it", type="primary"):
            with problems_shown():
                close(act, one.id, "explained")
                st.rerun()
        with st.expander("Ask on"), st.form("query.more"):
            question = st.text_area("Your question", max_chars=LENGTH, key="query.more.question")
            if st.form_submit_button("Send the question"):
                with problems_shown():
                    ask_more(act, one.id, question)
                    st.rerun()
    if st.button("Close it: we no longer ask"):
        with problems_shown():
            close(act, one.id, "dropped")
            st.rerun()


def _our_turn(act: Act, one: Query) -> None:
    st.write("Explain it here, or send a corrected return, which closes the question.")
    with st.form("query.answer"):
        words = st.text_area("Your answer", max_chars=LENGTH, key=f"query.{one.id}.answer")
        if st.form_submit_button("Send the answer", type="primary"):
            with problems_shown():
                answer(act, one.id, words)
                st.rerun()


def changes(found: Comparison, now: str, *, only_changed: bool = False) -> None:
    """Show a return beside earlier ones: what changed in words, then each number."""
    sentences(found.words)
    lines = [line for line in found.lines if line.changed or not only_changed]
    if not lines:
        st.write("No number differs.")
        return
    marked = ["Surprising"] if any(any(line.surprising) for line in lines) else []
    for part in dict.fromkeys(line.part for line in lines):
        rows: list[list[Cell]] = []
        for line in lines:
            if line.part == part:
                marks: list[Cell] = [Tag("Marked", "waiting") if any(line.surprising) else ""] if marked else []
                earlier: list[Cell] = ["Not sent" if one is None else one for one in line.before]
                rows.append([line.label, line.now, *earlier, *marks])
        table("All" if part == "All" else f"By {part.lower()}", ["What", now, *found.headings, *marked], rows)
    st.write(plain(found.rule))
