"""What is said about a request before it is decided: a question back, its answer, a consultation, a withdrawal."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete

from models.requests import Consultation, InformationRequest, RequestMessage, UrgentRecord
from portal.accounts.holders import still_acting
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import next_number, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.required_words import needed_words
from portal.ground.wording import NAME_LENGTH, day, new_id, one_line, paragraphs
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.consents.recording import empty_consents
from portal.requests.errors import NotYourTurnError, OwnRequestError
from portal.requests.exchange.section4_check import HOLD_WORDS
from portal.requests.keys import open_key
from portal.requests.notifications import tell
from portal.requests.participants import closed_bodies, people_of
from portal.requests.thread import say
from portal.requests.views import Side, acts_for_asking, request_row

MOST_WORDS = 4000  # characters of a question, a reply or what somebody said
VIEWS = {
    "no_objection": "No objection",
    "conditions": "Agreed, with conditions",
    "objects": "Objects",
}


@dataclass(frozen=True, kw_only=True)
class Consulted:
    """What the holder records of a consultation (s4 Ongoing Investigation: name, role and date, and what they said)."""

    whom: str
    view: str
    name: str
    position: str
    day: str
    said: str


def ask_question(act: Act, request_id: str, words: str) -> None:
    """Ask the organisation that asks: from then on it is its turn.

    Raises NotYourTurnError where the request does not wait for the holder, AnswersNeededError without words.
    """
    allow(act, Permission.ANSWER)
    question = needed_words(words, "question", "Enter your question.", MOST_WORDS)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _held(session, act, request_id)
        if row.status != "waiting":
            raise NotYourTurnError
        _check_there(session, row.asking_organisation_id)
        say(session, act, RequestMessage, row, "question", question)
        row.status, row.turn_since = "question", act.at
        session.add(row)
        record(session, act, Event.QUESTION_ASKED, f"request:{row.id}", row.holding_organisation_id)
        people = still_acting(session, [row.requester_id], row.asking_organisation_id)
        tell(session, act, "request-question", row, people)


def reply(act: Act, request_id: str, words: str) -> None:
    """Answer the holder's question: from then on it is the holder's turn again.

    Raises NotYourTurnError where no question is open, AnswersNeededError without words.
    """
    allow(act, Permission.ASK)
    answer = needed_words(words, "reply", "Enter your answer.", MOST_WORDS)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, side = request_row(session, act, request_id, lock=True)
        if side is not Side.ASKING or row.status != "question":
            raise NotYourTurnError
        require_active(session, row.asking_organisation_id)
        _check_there(session, row.holding_organisation_id)
        say(session, act, RequestMessage, row, "reply", answer)
        row.status, row.turn_since = "waiting", act.at
        session.add(row)
        record(session, act, Event.QUESTION_ANSWERED, f"request:{row.id}", row.asking_organisation_id)
        tell(session, act, "request-reply", row, people_of(session, row.holding_organisation_id))


def record_consultation(act: Act, request_id: str, consulted: Consulted) -> None:
    """Record what somebody said who was asked before anything is shared (clause s4.ongoing-investigation).

    Raises AnswersNeededError with a sentence for each field.
    """
    allow(act, Permission.ANSWER)
    words = _consultation(consulted)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _held(session, act, request_id)
        if row.status not in {"waiting", "question"}:
            raise NotYourTurnError
        one_id = new_id()
        session.add(
            Consultation(
                id=one_id,
                request_id=row.id,
                number=next_number(session, Consultation.number, Consultation.request_id == row.id),
                whom=consulted.whom,
                view=consulted.view,
                recorded_at=act.at,
                recorded_by=act.person.name,
                words=open_key(act.store.vault, row).seal_json(words, f"consultation.words:{one_id}"),
            )
        )
        record(
            session,
            act,
            Event.CONSULTATION_RECORDED,
            f"request:{row.id}",
            row.holding_organisation_id,
            whom=consulted.whom,
            view=consulted.view,
        )


def withdraw(act: Act, request_id: str) -> None:
    """Withdraw a request that is not decided yet: its content goes, the line that it was there remains.

    For who sent it, or an approver of the organisation that asks. A second time changes nothing.
    """
    allow(act, Permission.ASK)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, side = request_row(session, act, request_id, lock=True)
        approver = act.person.holds(Role.APPROVER, row.asking_organisation_id)
        if side is not Side.ASKING or (act.person.id != row.requester_id and not approver):
            raise NotFoundError
        if row.status == "withdrawn":
            return
        if row.status == "decided":
            raise NotYourTurnError("This request has been answered, so it cannot be withdrawn.")
        empty(session, row)
        row.status, row.withdrawn_at, row.withdrawn_by = "withdrawn", act.at, act.person.name
        row.turn_since = act.at
        session.add(row)
        record(session, act, Event.REQUEST_WITHDRAWN, f"request:{row.id}", row.asking_organisation_id)
        tell(session, act, "request-withdrawn", row, people_of(session, row.holding_organisation_id))


def empty(session: Session, row: InformationRequest) -> None:
    """Take the content of an undecided request away, and with its key whatever a copy may still hold of it."""
    row.data_key = row.content = row.paper = None
    short = session.get(UrgentRecord, row.id)
    if short is not None:
        short.words = None
        session.add(short)
    empty_consents(session, row)
    session.exec(delete(RequestMessage).where(col(RequestMessage.request_id) == row.id))
    session.exec(delete(Consultation).where(col(Consultation.request_id) == row.id))


def _held(session: Session, act: Act, request_id: str) -> InformationRequest:
    """Lock a request for the side that holds the information; nobody has a say in a request of their own."""
    row, side = request_row(session, act, request_id, lock=True)
    if side is not Side.HOLDING:
        raise NotFoundError
    if acts_for_asking(act, row):
        raise OwnRequestError
    require_active(session, row.holding_organisation_id)
    return row


def _check_there(session: Session, organisation_id: str) -> None:
    """Go on only if the other side is still there: words to a closed body would wait for ever."""
    since = closed_bodies(session, [organisation_id]).get(organisation_id)
    if since is not None:
        raise NotYourTurnError(f"The other organisation closed on {day(since)}, so nobody there can answer.")


def _consultation(consulted: Consulted) -> dict[str, str]:
    words = {
        "name": one_line(consulted.name),
        "position": one_line(consulted.position),
        "day": one_line(consulted.day),
        "said": paragraphs(consulted.said),
    }
    needed = {
        "name": "Enter the name of the person who was asked.",
        "position": "Enter their post.",
        "day": "Enter the day they answered.",
        "said": "Enter what they said.",
    }
    problems = {field: needed[field] for field, text in words.items() if not text}
    if consulted.whom not in HOLD_WORDS:
        problems["whom"] = "Choose who was asked."
    if consulted.view not in VIEWS:
        problems["view"] = "Choose what they said."
    for field in ("name", "position", "day"):
        if len(words[field]) > NAME_LENGTH:
            problems[field] = f"Use {NAME_LENGTH} characters or fewer."
    if len(words["said"]) > MOST_WORDS:
        problems["said"] = f"Use {MOST_WORDS:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return words
