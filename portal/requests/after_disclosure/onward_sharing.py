"""Passing a fact on to another body: the recipient asks the body it came from, with one button. Nothing moves by itself (s7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.accounts import Account
from models.after_disclosure import OnwardSharing
from models.organisations import Organisation
from models.requests import Decision, InformationRequest
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import HOLDS, copy_row, is_named
from portal.requests.after_disclosure.onward_sharing_notifications import tell_onward_sharing
from portal.requests.case import Body, Case
from portal.requests.entitlement import Side, case_in, note_opening
from portal.requests.errors import AlreadyGoneError
from portal.requests.exchange.decisions import verdict_from
from portal.requests.forms.law_questions import name_of
from portal.requests.keys import RequestKey, open_key
from portal.requests.participants import body, closed_bodies, people_of
from portal.rules.gateways.fit import Fit, fit

_MOST_WORDS = 2000


@dataclass(frozen=True, kw_only=True)
class DisclosedFact:
    """A fact of an answer: its number, what was asked, and the body that it came from."""

    number: int
    item: str
    source: Body


@dataclass(frozen=True, kw_only=True)
class OnwardSharingRequest:
    """What the recipient asks: which facts, to whom (an organisation here, or another named), why, and under which law."""

    facts: tuple[int, ...]
    receiver: str
    other: str
    gateway: str
    why: str


@dataclass(frozen=True, kw_only=True)
class OnwardSharingView:
    """A question about passing facts on, as it lies open before either side. `said` are its conditions, or why not."""

    id: str
    request_id: str
    reference: str
    asking: str
    originator: str
    to: str
    facts: tuple[str, ...]
    gateway: str
    why: str
    status: str
    asked_by: str
    asked_at: datetime
    said: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    originator_closed: date | None = None  # since when nobody there can answer


def facts_received(act: Act, request_id: str) -> tuple[tuple[DisclosedFact, ...], Case]:
    """List the facts that were shared, each with the body it came from. For the people to whom the answer opens.

    The opening is recorded. Raises NotFoundError for everybody else, AlreadyGoneError once it is certified as gone.
    """
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, case, found = _facts(session, act, request_id, lock=False)
    note_opening(act, Event.ANSWER_OPENED, f"request:{row.id}")
    return found, case


def gateways_for(case: Case, source: str, receiver: str) -> dict[str, str]:
    """Map the laws that can carry facts about a person from a kind of body to another to their names ('' kind: all)."""
    fits = {
        one.id: name_of(one)
        for one in case.edition.gateways
        if not receiver or fit(case.edition, [one.id], source, receiver, case.confirmed) not in {Fit.NONE, Fit.UNLISTED}
    }
    return fits or {one.id: name_of(one) for one in case.edition.gateways}


def ask_to_pass_on(act: Act, request_id: str, key: str, asked: OnwardSharingRequest) -> tuple[str, ...]:
    """Ask each body that the facts came from whether they may go on to another body; returns the questions' ids.

    `key` is made when the form is shown: pressing twice asks once. Raises AnswersNeededError with a sentence for each
    field, NotFoundError for everybody to whom the answer does not open, AlreadyGoneError.
    """
    allow(act, Permission.ASK)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            row, case, found = _facts(session, act, request_id, lock=True)
            require_active(session, row.asking_organisation_id)
            before = session.exec(
                select(OnwardSharing.id).where(OnwardSharing.request_id == row.id, OnwardSharing.key == key)
            ).all()
            if before:
                return tuple(sorted(before))
            words = _checked(session, row, case, found, asked)
            return tuple(sorted(_ask(session, act, row, key, asked, one, words) for one in _sources(found, asked)))
    except IntegrityError:
        with reading(act.store.engine) as session:  # two clicks at once
            query = select(OnwardSharing.id).where(OnwardSharing.request_id == request_id, OnwardSharing.key == key)
            return tuple(sorted(session.exec(query).all()))


def wishes_on(act: Act, request_id: str) -> tuple[OnwardSharingView, ...]:
    """List what was asked about passing facts of a request on. For either side of that request."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, side, _ = copy_row(session, act, request_id, lock=False)
        if row.data_key is None or (side is Side.ASKING and not is_named(session, act, row)):
            return ()
        key = open_key(act.store.vault, row)
        query = select(OnwardSharing).where(OnwardSharing.request_id == row.id).order_by(col(OnwardSharing.asked_at))
        rows = session.exec(query).all()
        ours = [one for one in rows if side is Side.ASKING or one.originator_id == act.person.organisation_id]
        return tuple(wish_of(session, row, key, one) for one in ours)


def wish_of(session: Session, row: InformationRequest, key: RequestKey, one: OnwardSharing) -> OnwardSharingView:
    """Give a question about passing facts on, with its words open."""
    words = key.open_json(one.words, f"passing_on.words:{one.id}")
    facts = words["facts"]
    case = case_in(row, key)
    gateway = name_of(case.edition.gateway(one.gateway)) if case.edition.has_gateway(one.gateway) else ""
    return OnwardSharingView(
        id=one.id,
        request_id=row.id,
        reference=row.reference,
        asking=body(session, row.asking_organisation_id).name,
        originator=body(session, one.originator_id).name,
        to=str(words["to"]),
        facts=tuple(str(fact) for fact in facts) if isinstance(facts, list) else (),
        gateway=gateway,
        why=str(words["why"]),
        status=one.status,
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        said=key.open(one.answer, f"passing_on.answer:{one.id}").decode() if one.answer else "",
        answered_by=one.answered_by,
        answered_at=one.answered_at,
        originator_closed=closed_bodies(session, [one.originator_id]).get(one.originator_id),
    )


def _facts(
    session: Session, act: Act, request_id: str, *, lock: bool
) -> tuple[InformationRequest, Case, tuple[DisclosedFact, ...]]:
    row, side, copy = copy_row(session, act, request_id, lock=lock)
    if side is not Side.ASKING or not is_named(session, act, row):
        raise NotFoundError
    if copy.status not in HOLDS:
        raise AlreadyGoneError
    key = open_key(act.store.vault, row)
    case = case_in(row, key)
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).one()
    verdict = verdict_from(key.open_json(decision.content, f"decision.content:{decision.id}"))
    found = tuple(
        DisclosedFact(number=number, item=item.what, source=body(session, said.source or row.holding_organisation_id))
        for number, (item, said) in enumerate(zip(case.items, verdict.items, strict=False), 1)
        if said.shared
    )
    return row, case, found


def _checked(
    session: Session, row: InformationRequest, case: Case, found: Sequence[DisclosedFact], asked: OnwardSharingRequest
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not asked.facts or not set(asked.facts) <= {one.number for one in found}:
        problems["facts"] = "Choose at least one fact."
    receiver = session.get(Organisation, asked.receiver) if asked.receiver else None
    to = receiver.name if receiver else one_line(asked.other)
    if not to or (asked.receiver and receiver is None) or asked.receiver == row.asking_organisation_id:
        problems["receiver"] = "Choose to whom, or enter the name of the body."
    if len(to) > NAME_LENGTH:
        problems["receiver"] = f"Use {NAME_LENGTH} characters or fewer."
    if not case.edition.has_gateway(asked.gateway):
        problems["gateway"] = "Choose the law that lets them have it."
    why = paragraphs(asked.why)
    if not why:
        problems["why"] = "Say why they need it."
    elif len(why) > _MOST_WORDS:
        problems["why"] = f"Use {_MOST_WORDS:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return {"to": to, "why": why}


def _sources(found: Sequence[DisclosedFact], asked: OnwardSharingRequest) -> list[tuple[str, list[str]]]:
    chosen = [one for one in found if one.number in asked.facts]
    sources = dict.fromkeys(one.source.id for one in chosen)
    return [(source, [one.item for one in chosen if one.source.id == source]) for source in sources]


def _ask(
    session: Session,
    act: Act,
    row: InformationRequest,
    key: str,
    asked: OnwardSharingRequest,
    source: tuple[str, list[str]],
    words: dict[str, str],
) -> str:
    originator_id, facts = source
    wish = OnwardSharing(
        id=new_id(),
        request_id=row.id,
        key=key,
        originator_id=originator_id,
        receiver_id=asked.receiver or None,
        gateway=asked.gateway,
        status="waiting",
        asked_at=act.at,
        asked_by_id=act.person.id,
        asked_by=act.person.name,
    )
    content = {**words, "facts": facts}
    wish.words = open_key(act.store.vault, row).seal_json(content, f"passing_on.words:{wish.id}")
    session.add(wish)
    session.flush()
    details = {"of": originator_id, "to": asked.receiver or "another body", "gateway": asked.gateway}
    record(session, act, Event.PASSING_ASKED, f"request:{row.id}", row.asking_organisation_id, **details)
    people: list[Account] = people_of(session, originator_id)
    tell_onward_sharing(session, act, "passing-waiting", wish, row.reference, people)
    return wish.id
