"""How statements and access requests are shown: lists, signatures, history, and the fields of one question."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import cast

import streamlit as st

from portal.access_requests.clocks import KIND_TITLES
from portal.access_requests.partner_views import VIEWS, PartnerQuestion
from portal.access_requests.views import AccessRequestLine as AccessLine
from portal.access_requests.views import ViewLine
from portal.ground.wording import day, day_and_time, listed
from portal.statements.papers.documents import in_words, law
from portal.statements.papers.wording import (
    before_the_questions,
    grounds_to_pick,
    markings_to_pick,
    suggested_marking,
    written_fields,
)
from portal.statements.status import StatementLine
from portal.statements.views import OpenedStatement
from portal.ui.agreement.handling import shown_marking
from portal.ui.blocks import Cell, LinkTo, Standing, Tag, answers, inset, table
from portal.ui.problems import at_field
from portal.ui.words import plain

Problems = Mapping[str, str]


def show_statements(caption: str, lines: Sequence[StatementLine]) -> None:
    """Show statements in a table that says where each stands and whose turn it is."""
    table(
        caption,
        ["Statement", "Sharing", "Between", "Where it stands"],
        [
            (
                LinkTo(line.reference, f"/statement?id={line.id}"),
                line.title,
                listed(line.parties),
                Tag(line.words, _standing(line)),
            )
            for line in lines
        ],
    )


def _standing(line: StatementLine) -> Standing:
    if line.status == "in_force":
        return "stopped" if line.on_hold else "waiting" if line.review else "done"
    return "waiting" if line.ours else "ended"


def show_words(opened: OpenedStatement) -> None:
    """Show every question of the edition with its answer, and a Change link while it may be written."""
    rows = []
    for one in written_fields(opened.edition):
        href = f"/statement-write?id={opened.line.id}&part={one.key}" if opened.may_write else ""
        said = in_words(opened.edition, opened.words, one.key, opened.names)
        if one.key == "lawful_basis" and opened.words.gateways:
            said = "\n".join((said, *(law(opened.edition, gateway) for gateway in opened.words.gateways)))
        rows.append((one.label, said, href))
    rows += [(label, said, "") for label, said in before_the_questions(opened.words)]
    answers(rows)
    marked = opened.words.answers.get("marking")
    shown_marking(opened.edition.marking(marked) if marked else None)


def show_signatures(opened: OpenedStatement) -> None:
    """Show who has signed the words as they stand, party by party in their turn."""
    rows: list[Sequence[Cell]] = []
    for one in opened.signatures:
        if one.signer is None or one.signed_at is None:
            waits = one.organisation == opened.line.waits_for
            tag = Tag("Whose turn it is" if waits else "Not signed yet", "waiting" if waits else "ended")
            rows.append((one.organisation, tag, ""))
        else:
            said = f"{one.signer.name}, {one.signer.post}. {day_and_time(one.signed_at)}"
            rows.append((one.organisation, Tag("Signed", "done"), said))
    table("Signatures, in turn", ["Organisation", "Signature", "Who and when"], rows)


def show_history(happened: Sequence[tuple[str, str, datetime]]) -> None:
    """Show who did what and when, the first first."""
    with st.expander("History"):
        table(
            "What happened, the first first",
            ["When", "Who", "What"],
            [(day_and_time(at), who, what) for who, what, at in happened],
            hide_caption=True,
        )


def question_field(
    scope: str, opened: OpenedStatement, key: str, problems: Problems
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Draw one written question; gives the answer, the laws picked, and the grounds picked."""
    asked = next(one for one in written_fields(opened.edition) if one.key == key)
    if asked.kind == "marking":
        return _marking(scope, opened, key, problems)
    at_field(problems, key)
    answer = st.text_area(
        plain(asked.label),
        value=opened.words.answers.get(key, ""),
        max_chars=5000,
        height=200,
        key=f"{scope}.{key}",
        help=f"Such as: {plain(asked.example)}" if asked.example else None,
        on_change="ignore",
    )
    return str(answer or ""), (), ()


def _marking(
    scope: str, opened: OpenedStatement, key: str, problems: Problems
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    of = opened.edition
    st.markdown("**What would happen if it got out?** Tick what is true.")
    grounds = tuple(
        one.id
        for one in grounds_to_pick(of)
        if st.checkbox(plain(one.text), value=one.id in opened.words.grounds, key=f"{scope}.ground.{one.id}")
    )
    suggested = suggested_marking(of, grounds)
    inset(f"Suggested: {suggested.title}. {suggested.use_when}")
    marks = {one.id: one for one in markings_to_pick(of)}
    at_field(problems, key)
    given = opened.words.answers.get(key, "")
    picked = st.radio(
        "Its classification",
        list(marks),
        index=list(marks).index(given) if given in marks else None,
        format_func=lambda value: plain(marks[value].title),
        captions=[plain(one.use_when) for one in marks.values()],
        key=f"{scope}.{key}",
    )
    return str(picked or ""), (), grounds


def law_fields(scope: str, opened: OpenedStatement, offered: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Draw the laws that may be picked beside the question about the law."""
    with st.expander("Pick the laws that the parties use", expanded=bool(opened.words.gateways)):
        return tuple(
            gateway
            for gateway, title in offered
            if st.checkbox(plain(title), value=gateway in opened.words.gateways, key=f"{scope}.law.{gateway}")
        )


def show_access(caption: str, lines: Sequence[AccessLine], now: date) -> None:
    """Show access requests by the time that is left; no word of who asks or of what."""
    table(
        caption,
        ["Request", "Kind", "Last day", "Time left"],
        [
            (
                LinkTo(line.reference, f"/access-request?id={line.id}"),
                KIND_TITLES[line.kind],
                day(line.due_on),
                Tag(line.left(now), cast("Standing", line.standing(now))),
            )
            for line in lines
        ],
    )


def show_questions(questions: Sequence[PartnerQuestion], now: date) -> None:
    """Show what partners ask of us."""
    rows: list[Sequence[Cell]] = []
    for one in questions:
        tag = Tag("Answered", "done") if one.view else Tag("Closed", "ended") if one.closed else None
        late = now > one.answer_by
        tag = tag or Tag("Past its day" if late else "Your view is wanted", "stopped" if late else "waiting")
        rows.append((LinkTo(one.reference, f"/access-question?id={one.id}"), one.holder, day(one.answer_by), tag))
    table("Partners who want our view", ["Request", "From", "Answer by", "Where it stands"], rows, hide_caption=True)


def show_views(views: Sequence[ViewLine]) -> None:
    """Show what each partner was asked and what it said."""
    rows: list[tuple[str, str, str]] = []
    for one in views:
        said = (
            f"{VIEWS[one.view]}\n{one.words}" if one.view else f"No view yet. Asked to answer by {day(one.answer_by)}."
        )
        when = f"\n{one.answered_by}, {day_and_time(one.answered_at)}" if one.answered_at else ""
        rows.append((one.organisation, f"Asked: {one.question}\n{said.strip()}{when}", ""))
    answers(rows)
