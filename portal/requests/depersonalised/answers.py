"""Answering a request without names: with text and files that were read first, or declining with a reason. Once, by one side."""

from collections.abc import Sequence

from sqlmodel import Session, select

from models.depersonalised_requests import DepersonalisedFile, DepersonalisedRequest
from portal.accounts.holders import still_acting
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.noted import waits_since
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import new_id, paragraphs
from portal.partnership.places.known_places import known_places
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.depersonalised.depersonalised_request import depersonalised_row
from portal.requests.depersonalised.figure_files import FigureFile, read_figures
from portal.requests.depersonalised.identifier_check import pointing
from portal.requests.depersonalised.notifications import tell_depersonalised
from portal.requests.entitlement import Side
from portal.requests.errors import AlreadyDecidedError, NotYourTurnError, OwnRequestError
from portal.requests.participants import people_of
from portal.requests.reminders import WAITS, working_days

_MOST_WORDS = 10_000


def answer_without_names(act: Act, request_id: str, words: str, files: Sequence[tuple[str, bytes]] = ()) -> None:
    """Answer with text, files, or both; neither may point to a person. For whoever acts for the holder.

    Raises AnswersNeededError and FileRefusedError with what to do, AlreadyDecidedError where a colleague was faster.
    """
    allow(act, Permission.ANSWER)
    clean = paragraphs(words)
    problems = pointing({"answer": clean}, act.at.year)
    if not clean and not files:
        problems["answer"] = "Enter the figures, or choose a file."
    if len(clean) > _MOST_WORDS:
        problems["answer"] = f"Use {_MOST_WORDS:,} characters or fewer, or choose a file."
    if problems:
        raise AnswersNeededError(problems)
    with reading(act.store.engine) as session:  # nobody has a file read who may not answer
        require_active(session, _to_answer(session, act, request_id).holding_organisation_id)
    read = read_figures(files, act.at.year, known_places(act))
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _to_answer(session, act, request_id, lock=True)
        require_active(session, row.holding_organisation_id)
        _close(session, act, row, "answered", clean)
        for number, file in enumerate(read, 1):
            session.add(_sealed(act, row, number, file))
        record(
            session,
            act,
            Event.NAMELESS_ANSWERED,
            f"data-request:{row.id}",
            row.holding_organisation_id,
            files=len(read),
        )


def decline_without_names(act: Act, request_id: str, reason: str) -> None:
    """Decline, and say why. For whoever acts for the holder. Raises AnswersNeededError without a reason."""
    allow(act, Permission.ANSWER)
    clean = paragraphs(reason)
    problems = pointing({"reason": clean}, act.at.year)
    if not clean:
        problems["reason"] = "Say why, so that they can ask better or elsewhere."
    if len(clean) > _MOST_WORDS:
        problems["reason"] = f"Use {_MOST_WORDS:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _to_answer(session, act, request_id, lock=True)
        _close(session, act, row, "declined", clean)
        record(session, act, Event.NAMELESS_DECLINED, f"data-request:{row.id}", row.holding_organisation_id)


def remind_of_data(act: Act) -> int:
    """Remind the holder after five working days, and every five after that; returns how many requests."""
    reminded = 0
    with transaction(act.store.engine) as session:
        take_turn(session)
        for row in session.exec(select(DepersonalisedRequest).where(DepersonalisedRequest.status == "waiting")).all():
            if working_days(waits_since(act.at, row.turn_since, row.reminded_at), act.at) < WAITS:
                continue
            people = people_of(session, row.holding_organisation_id)
            if not tell_depersonalised(session, act, "depersonalised-reminder", row, people):
                continue
            row.reminded_at = act.at
            session.add(row)
            record(session, act, Event.NAMELESS_REMINDED, f"data-request:{row.id}", row.holding_organisation_id)
            reminded += 1
    return reminded


def _to_answer(session: Session, act: Act, request_id: str, *, lock: bool = False) -> DepersonalisedRequest:
    row, side = depersonalised_row(session, act, request_id, lock=lock)
    if side is not Side.HOLDING:
        raise NotFoundError
    if row.asking_organisation_id in {post.organisation_id for post in act.person.posts}:
        raise OwnRequestError
    if row.answered_at is not None:
        raise AlreadyDecidedError(row.answered_by, row.answered_at)
    if row.status != "waiting":
        raise NotYourTurnError("This request was withdrawn. There is nothing to answer.")
    return row


def _close(session: Session, act: Act, row: DepersonalisedRequest, status: str, words: str) -> None:
    row.status, row.turn_since = status, act.at
    row.answered_at, row.answered_by_id, row.answered_by = act.at, act.person.id, act.person.name
    row.answer = act.store.vault.seal_text(words, f"nameless_request.answer:{row.id}")
    session.add(row)
    people = still_acting(session, [row.requester_id], row.asking_organisation_id)
    tell_depersonalised(session, act, f"depersonalised-{status}", row, people)


def _sealed(act: Act, row: DepersonalisedRequest, number: int, file: FigureFile) -> DepersonalisedFile:
    file_id = new_id()
    return DepersonalisedFile(
        id=file_id,
        request_id=row.id,
        number=number,
        kind="csv",
        size=len(file.content),
        name=act.store.vault.seal_text(file.name, f"nameless_file.name:{file_id}"),
        content=act.store.vault.seal(file.content, f"nameless_file.content:{file_id}"),
    )
