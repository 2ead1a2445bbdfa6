"""How a request is shown: the check, the ten contents, lists that always say whose turn it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import clock, counted, day, day_and_time
from portal.requests.case import Case
from portal.requests.exchange.correspondence import VIEWS
from portal.requests.exchange.decisions import DECIDED
from portal.requests.exchange.section4_check import (
    ADVICE,
    ADVISES,
    WHOM,
    advice,
    changes,
)
from portal.requests.forms.contents import TaskStatus, extras, ten
from portal.requests.forms.questions import label_of
from portal.requests.forms.tasks import BY_ID
from portal.requests.participants import is_active, own_organisation
from portal.requests.status import (
    is_late,
    paragraph_address,
    paragraph_words,
    record_words,
    standing,
    turn_words,
    wanted_words,
)
from portal.requests.thread import ThreadMessage
from portal.requests.views import ConsultationView, OpenedRequest, RequestLine, Side
from portal.rules.section4.check import Check
from portal.rules.section4.check_result import Reason
from portal.ui.blocks import LinkTo, Standing, Tag, answers, cell_html, facts, inset, link_button, panel, table
from portal.ui.fields import narrowed
from portal.ui.words import escaped

STANDING: dict[TaskStatus, Standing] = {
    TaskStatus.COMPLETED: "done",
    TaskStatus.INCOMPLETE: "waiting",
    TaskStatus.LATER: "ended",
    TaskStatus.PROBLEM: "stopped",
}


def only_signatories(here: Act) -> None:
    """Go on only for an organisation that takes part; others are told to sign first."""
    if not is_active(here, own_organisation(here)):
        st.title("Your organisation must sign first")
        st.write("Only organisations that take part in the agreement can ask for information about a person.")
        link_button("Sign the agreement", "/sign", primary=True)
        st.stop()


def asked_for(name: str) -> str:
    """Give one value of the address, '' where it has none."""
    return str(st.query_params.get(name, ""))[:100]


def back(text: str, href: str) -> None:
    """Show the way back, above the title."""
    st.html(f'<p class="portal-back">{cell_html(LinkTo(text, href))}</p>')


def task_address(draft_id: str, task_id: str, *, back: str = "") -> str:
    """Give the address of one task of a draft."""
    return f"/request-answer?draft={draft_id}&task={task_id}" + (f"&back={back}" if back else "")


def show_check(case: Case, check: Check, draft_id: str = "", *, asking: bool = True) -> None:
    """Show where the request stands: outcome, reasons with their paragraphs, what is open, conditions. It advises."""
    said = advice(check)
    parts = [f"<h2>{escaped(said.title)}</h2><p>{escaped(said.next_step if asking else said.for_holder)}</p>"]
    open_first = [one for one in check.deciding if one.question in check.unanswered]
    decided = [one for one in check.deciding if one.question not in check.unanswered]
    if open_first and check.outcome != "not_needed":
        items = "".join(f"<li>{_open_question(case, one, draft_id)}</li>" for one in open_first)
        parts.append(f"<h3>Still to answer</h3><ul>{items}</ul>")
    parts.append(_reasons("What decides it", decided, draft_id, case.edition.id))
    if check.outcome != "not_needed":
        parts.append(_reasons("Also needed", list(check.also_needed), draft_id, case.edition.id))
        parts.append(_list("Conditions", [one.text for one in check.conditions_in_words]))
        parts.append(_list("You will also need", [one.text for one in check.later_in_words]))
        parts.append(_list("Whenever it is shared", [one.text for one in check.reminders]))
    said_last = f"<p><strong>{escaped(ADVISES)}</strong></p>"
    st.html(f'<section class="portal-panel portal-{said.standing} portal-check">{"".join(parts)}{said_last}</section>')


def show_changes(case: Case, check: Check) -> None:
    """Show what single answer, if it were true, would change the outcome."""
    if not (found := changes(case, check)):
        return
    with st.expander("What one other answer would change this"):
        st.caption("Only change an answer if the other one is true.")
        table(
            "One other answer",
            ["If this", "were", "the check would say"],
            [
                (
                    case.edition.question(one.question).text,
                    label_of(case, one.question, one.value),
                    ADVICE[one.outcome].title if one.complete else "More questions to answer first",
                )
                for one in found
            ],
            hide_caption=True,
        )


def show_regular(case: Case, *, draft: str = "", request: str = "") -> None:
    """Lead from a request that says the sharing is regular to the statement that should carry it (s6)."""
    if case.words("setting") != "regular":
        return
    inset("You said that this is shared regularly. Then write it down in a sharing statement (Section 6).")
    link_button(
        "Write a sharing statement with these partners",
        f"/statement-new?{f'draft={draft}' if draft else f'request={request}'}",
    )


def _open_question(case: Case, reason: Reason, draft_id: str) -> str:
    task = next((one for one in BY_ID.values() if one.question == reason.question), None)
    if task is None or not draft_id:
        return escaped(case.edition.question(reason.question).text)
    return cell_html(LinkTo(task.title, task_address(draft_id, task.id)))


def _reasons(title: str, reasons: Sequence[Reason], draft_id: str, edition: str) -> str:
    if not reasons:
        return ""
    items = "".join(
        f"<li>{escaped(one.text)} {cell_html(LinkTo(paragraph_words(one.ref), paragraph_address(one.ref, edition)))}{_change(one, draft_id)}</li>"
        for one in reasons
    )
    return f"<h3>{escaped(title)}</h3><ul>{items}</ul>"


def _change(reason: Reason, draft_id: str) -> str:
    task = next((one for one in BY_ID.values() if one.question == reason.question), None)
    if task is None or not draft_id:
        return ""
    return f' <a href="{escaped(task_address(draft_id, task.id))}" target="_self">Change<span class="portal-unseen"> {escaped(task.title)}</span></a>'


def _list(title: str, lines: Sequence[str]) -> str:
    return f"<h3>{escaped(title)}</h3><ul>{''.join(f'<li>{escaped(one)}</li>' for one in lines)}</ul>" if lines else ""


def show_contents(case: Case, *, draft_id: str = "", sent_at: datetime | None = None) -> None:
    """Show the ten contents and what is said besides, with Change links while it is a draft."""

    def where(task: str) -> str:
        return task_address(draft_id, task, back="check") if draft_id and task else ""

    holder = case.holder.name if case.holder else ""
    rows = [("Who is asked", holder, where("holder"))]
    rows += [(line.label, line.value, where(line.task)) for line in (*ten(case, sent_at), *extras(case))]
    answers(rows)


def show_lines(caption: str, lines: Sequence[RequestLine], now: datetime, *, received: bool) -> None:
    """Show requests in a table that always says whose turn it is; no word about a person stands in it.

    The open ones stand first, the closed ones are a tap away; a list that is long can be searched and narrowed.
    """
    lines = narrowed(
        lines,
        f"requests.{received}",
        "Find in this list: a partner, a reference, or what it is about",
        lambda one: f"{one.reference} {one.asking if received else one.holder} {_about(one)}",
        {
            "Our turn": lambda one: one.turn is one.side,
            "Their turn": lambda one: one.turn not in {None, one.side},
            "Urgent": lambda one: one.urgent,
            "Late": lambda one: is_late(one, now),
            "Mine": lambda one: one.mine or one.seen_to_by_me,
            "Closed": lambda one: one.turn is None,
        },
    )
    still = [one for one in lines if one.turn is not None]
    over = [one for one in lines if one.turn is None]
    if still:
        _lines_table(caption, still, now, received=received)
    elif lines:
        st.write("None of these is open.")
    if over:
        with st.expander(f"{counted(len(over), 'request')} closed, the newest first"):
            _lines_table(f"{caption}: closed", over, now, received=received)


def _lines_table(caption: str, lines: Sequence[RequestLine], now: datetime, *, received: bool) -> None:
    other = "From" if received else "To"
    table(
        caption,
        ["Request", "About", other, "Sent", "Whose turn"],
        [
            (
                LinkTo(line.reference, f"/request-view?id={line.id}"),
                _about(line),
                (line.asking if received else line.holder) + (" (urgent)" if line.urgent else ""),
                ". ".join(
                    part
                    for part in (day(line.sent_at), wanted_words(line, now), record_words(line.record_due, now))
                    if part
                ),
                Tag(turn_words(line, now), cast("Standing", standing(line))),
            )
            for line in lines
        ],
        hide_caption=True,
    )


def _about(line: RequestLine) -> str:
    """Say beside its reference what a request is about: never of whom."""
    return f"{line.kind}, asked by {line.requester}" if line.requester else line.kind


def show_messages(messages: Sequence[ThreadMessage]) -> None:
    """Show the questions and answers, the oldest first, as typed."""
    if not messages:
        return
    st.header("Questions and answers")
    facts(
        [
            (
                f"{'Question' if one.kind == 'question' else 'Answer'} from {one.by}, {day(one.at)} at {clock(one.at)}",
                one.words,
            )
            for one in messages
        ]
    )


def show_consulted(consulted: Sequence[ConsultationView]) -> None:
    """Show who was asked before anything is shared, and what they said."""
    if not consulted:
        return
    st.header("Who was asked first")
    table(
        "Consultations",
        ["Who", "Said", "Words", "Recorded"],
        [
            (
                f"{WHOM[one.whom]}: {one.name}, {one.position}",
                f"{VIEWS[one.view]}, {one.day}",
                one.said,
                f"{one.recorded_by}, {day_and_time(one.recorded_at)}",
            )
            for one in consulted
        ],
        hide_caption=True,
    )


def typed_words(text: str) -> None:
    """Show what a person typed as it was typed."""
    st.html(f'<div class="portal-typed">{escaped(text)}</div>')


def show_decision_links(opened: OpenedRequest) -> None:
    """Say what was decided and by whom, and lead to what this person can do next."""
    request_id = opened.line.id
    if opened.decided_at is not None:
        panel(
            DECIDED[opened.line.decided],
            f"{opened.decided_by} decided on {day_and_time(opened.decided_at)}.",
            standing="stopped" if opened.line.decided == "refuse" else "done",
        )
        if opened.may_open_answer:
            link_button("Read the answer", f"/request-read?id={request_id}", primary=True)
        elif opened.answer_closed_at is not None:
            st.write(
                f"The answer opened here until {day(opened.answer_closed_at)}. Ask the holder if you need it again."
            )
        else:
            st.write("Only the people named in the request can read the answer.")
    if opened.may_decide:
        link_button("Answer this request", f"/request-decide?id={request_id}", primary=True)
        link_button("Record who was asked", f"/request-consult?id={request_id}")
    elif opened.line.side is Side.HOLDING and opened.line.status == "waiting":
        st.write("An approver of your organisation answers it.")
        link_button("Record who was asked", f"/request-consult?id={request_id}")


def show_asked_and_agreed(opened: OpenedRequest) -> None:
    """Show who was asked before anything is shared, and lead to what is recorded of the person's consent."""
    show_consulted(opened.consulted)
    case = opened.case
    if case is not None and case.words("consent") == "given":
        st.write("Whoever asks says that the person agreed.")
    link_button("See or record the person's consent", f"/request-consent?id={opened.line.id}")
