"""Asking the partners that information came from, and their views: each sees only what it is asked (s5, s15)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from models.organisations import Organisation
from models.statements import AccessRequest, OriginatorView
from portal.access_requests.clocks import KIND_TITLES, AccessKind
from portal.access_requests.entitlement import find_access, find_question, view_place
from portal.access_requests.log import LONGEST
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError
from portal.ground.wording import new_id, paragraphs, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import bodies_to_ask, own_organisation, people_of
from portal.requests.views import note_opening
from portal.statements.errors import DecidedError
from portal.statements.notifications import tell

VIEWS = {
    "no_objection": "Nothing speaks against giving it out",
    "part": "Part of it should be held back",
    "withhold": "All of it should be held back",
    "not_ours": "It did not come from us",
}


_EMPTIED = "What was asked is deleted, its keeping time over."


@dataclass(frozen=True, kw_only=True)
class PartnerQuestion:
    """A question as the partner that is asked sees it: nothing of who asks for the information, or of the rest."""

    id: str
    reference: str
    holder: str
    kind: str
    question: str
    answer_by: date
    asked_at: datetime
    view: str
    words: str
    closed: bool


def ask_originator(act: Act, access_id: str, organisation_id: str, question: str, answer_by: date | None) -> str:
    """Ask a partner for its view on information that came from it (clause s5.consult-originator); returns its id.

    `question` is all that the partner sees, so it must not name who asks. Asking the same partner again gives the first
    question. Raises NotFoundError, AnswersNeededError, DecidedError.
    """
    allow(act, Permission.KEEP_ACCESS_LOG)
    words = paragraphs(question)
    partners = {body.id for body in bodies_to_ask(act)}
    view_id = new_id()
    try:
        with transaction(act.store.engine) as session:
            row = find_access(session, act, access_id, lock=True)
            if row.decided_at is not None:
                raise DecidedError(row.decided_at)
            last_day = row.extended_to or row.due_on
            if row.stopped_on is not None:  # its last day is not known while the clock stands still
                last_day = months_after(today(act.at), 1)
            _check_question(organisation_id, partners, words, answer_by, (today(act.at), last_day))
            session.add(
                OriginatorView(
                    id=view_id,
                    access_request_id=row.id,
                    organisation_id=organisation_id,
                    asked_at=act.at,
                    asked_by=act.person.name,
                    answer_by=answer_by or last_day,
                    question=act.store.vault.seal_text(words, view_place("question", view_id)),
                )
            )
            session.flush()
            subject = f"access-request:{row.id}"
            record(session, act, Event.ORIGINATOR_ASKED, subject, row.organisation_id, partner=organisation_id)
            told = [one.email for one in people_of(session, organisation_id)]
            tell(session, act, "access-view-wanted", row.reference, f"/access-question?id={view_id}", told)
    except IntegrityError:
        with reading(act.store.engine) as session:
            return session.exec(
                select(OriginatorView.id).where(
                    OriginatorView.access_request_id == access_id, OriginatorView.organisation_id == organisation_id
                )
            ).one()
    return view_id


def questions_to_us(act: Act) -> list[PartnerQuestion]:
    """List what partners ask of one's own organisation, what waits for an answer first. Nothing is opened by it."""
    allow(act, Permission.KEEP_ACCESS_LOG)
    with reading(act.store.engine) as session:
        ids = session.exec(
            select(OriginatorView.id).where(OriginatorView.organisation_id == own_organisation(act))
        ).all()
    found = [_question(act, one) for one in ids]
    return sorted(found, key=lambda one: (bool(one.view) or one.closed, one.answer_by))


def open_question(act: Act, view_id: str) -> PartnerQuestion:
    """Open a question that one's own organisation was asked; the opening is recorded. Raises NotFoundError."""
    allow(act, Permission.KEEP_ACCESS_LOG)
    question = _question(act, view_id)
    note_opening(act, Event.ORIGINATOR_OPENED, f"originator-view:{view_id}")
    return question


def give_view(act: Act, view_id: str, view: str, words: str) -> None:
    """Give one's own organisation's view; the same view again changes nothing (clause s15.foi-case-by-case).

    Raises NotFoundError, AnswersNeededError, AlreadyDoneError, DecidedError.
    """
    allow(act, Permission.KEEP_ACCESS_LOG)
    said = paragraphs(words)
    problems = {}
    if view not in VIEWS:
        problems["view"] = "Choose your view."
    if view in {"part", "withhold"} and not said:
        problems["words"] = "Say what should be held back, and why. The holder keeps it beside the decision."
    if len(said) > LONGEST:
        problems["words"] = f"Use {LONGEST:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        row = find_question(session, act, view_id, lock=True)
        access = session.exec(select(AccessRequest).where(AccessRequest.id == row.access_request_id)).one()
        if row.answered_at is not None:
            if (row.view, _words(act, row)) == (view, said):
                return
            raise AlreadyDoneError(f"{row.answered_by} gave your organisation's view already.")
        if access.decided_at is not None:
            raise DecidedError(access.decided_at)
        row.view, row.answered_at, row.answered_by = view, act.at, act.person.name
        row.words = act.store.vault.seal_text(said, view_place("words", row.id))
        session.add(row)
        subject = f"access-request:{access.id}"
        record(session, act, Event.ORIGINATOR_ANSWERED, subject, row.organisation_id, view=view)
        told = [one.email for one in people_of(session, access.organisation_id)]
        tell(session, act, "access-view-given", access.reference, f"/access-request?id={access.id}", told)


def _question(act: Act, view_id: str) -> PartnerQuestion:
    with reading(act.store.engine) as session:
        row = find_question(session, act, view_id)
        access, holder = session.exec(
            select(AccessRequest, Organisation)
            .join(Organisation, col(Organisation.id) == col(AccessRequest.organisation_id))
            .where(AccessRequest.id == row.access_request_id)
        ).one()
    return PartnerQuestion(
        id=row.id,
        reference=access.reference,
        holder=holder.name,
        kind=KIND_TITLES[AccessKind(access.kind)],
        question=act.store.vault.open_text(row.question, view_place("question", row.id)) if row.question else _EMPTIED,
        answer_by=row.answer_by,
        asked_at=row.asked_at,
        view=row.view,
        words=_words(act, row),
        closed=access.decided_at is not None,
    )


def _words(act: Act, row: OriginatorView) -> str:
    return act.store.vault.open_text(row.words, view_place("words", row.id)) if row.words else ""


def _check_question(
    organisation_id: str, partners: set[str], words: str, answer_by: date | None, between: tuple[date, date]
) -> None:
    problems = {}
    if organisation_id not in partners:
        problems["partner"] = "Choose the partner that the information came from."
    if not words or len(words) > LONGEST:
        problems["question"] = f"Enter what you want a view on, in {LONGEST:,} characters or fewer."
    if answer_by is None:
        problems["answer_by"] = "Enter the day as three numbers, such as 2 12 2026."
    elif not between[0] <= answer_by <= max(between):
        problems["answer_by"] = "Choose a day from today to the last day for your own answer."
    if problems:
        raise AnswersNeededError(problems)
