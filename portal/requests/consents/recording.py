"""Recording that the person agreed, that they took it back, and what each side did about it (clause s6.request.consent)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.requests import ConsentConsequence, ConsentRecord, InformationRequest
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.input.required_words import needed_words
from portal.ground.wording import NAME_LENGTH, day, new_id, one_line, paragraphs, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import recipients_of
from portal.requests.consents.views import HOW, own_side
from portal.requests.entitlement import request_row
from portal.requests.keys import open_key
from portal.requests.notifications import tell
from portal.requests.participants import people_of

LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class ConsentGiven:
    """What is recorded of a consent: who agreed, who asked them, to what, when and how, and where the evidence is."""

    who: str
    asked_by: str
    agreed_to: str
    evidence: str
    given_on: date | None
    how: str
    explicit: bool | None


def record_consent(act: Act, request_id: str, given: ConsentGiven, *, key: str) -> None:
    """Record that the person agreed, for either side of a request. The same `key` again changes nothing.

    Raises NotFoundError, AnswersNeededError.
    """
    allow(act, Permission.ASK)
    words = _checked(act, given)
    try:
        with transaction(act.store.engine) as session:
            row, ours = _found(session, act, request_id)
            consent_id = new_id()
            session.add(
                ConsentRecord(
                    id=consent_id,
                    request_id=row.id,
                    organisation_id=ours,
                    key=key,
                    given_on=given.given_on or today(act.at),
                    how=given.how,
                    explicit=given.explicit is True,
                    recorded_at=act.at,
                    recorded_by=act.person.name,
                    words=open_key(act.store.vault, row).seal_json(words, f"consent_record.words:{consent_id}"),
                )
            )
            session.flush()
            record(session, act, Event.CONSENT_RECORDED, f"request:{row.id}", ours, how=given.how)
    except IntegrityError:  # a double click: the first one's record stands
        return


def withdraw_consent(act: Act, consent_id: str, on: date | None, words: str) -> None:
    """Record that the person took it back, as easily as they gave it. Both sides are told, and say what they did.

    What was shared before stays lawful (UK GDPR Article 7(3)). A second time changes nothing.
    Raises NotFoundError, AnswersNeededError.
    """
    allow(act, Permission.ASK)
    said = needed_words(words, "withdrawal", "Enter how they took it back.", LONGEST)
    with transaction(act.store.engine) as session:
        take_turn(session)
        one, row, ours = _consent(session, act, consent_id)
        if one.withdrawn_on is not None:
            return
        if on is None or not one.given_on <= on <= today(act.at):
            raise AnswersNeededError({"withdrawn_on": f"Enter the day, from {day(one.given_on)} to today."})
        one.withdrawn_on, one.withdrawn_by = on, act.person.name
        one.withdrawal = open_key(act.store.vault, row).seal(said.encode(), f"consent_record.withdrawal:{one.id}")
        session.add(one)
        record(session, act, Event.CONSENT_WITHDRAWN, f"request:{row.id}", ours, on=str(on))
        told = {person.id: person for person in people_of(session, row.holding_organisation_id)}
        told |= {person.id: person for person in recipients_of(session, row)}
        tell(session, act, "request-consent-withdrawn", row, told.values())


def say_what_followed(act: Act, consent_id: str, words: str) -> None:
    """Say what one's own side did once a consent was taken back. Raises NotFoundError, AnswersNeededError, AlreadyDoneError."""
    allow(act, Permission.ASK)
    said = needed_words(words, "followed", "Enter what you did about it.", LONGEST)
    with transaction(act.store.engine) as session:
        take_turn(session)
        one, row, ours = _consent(session, act, consent_id)
        if one.withdrawn_on is None:
            raise NotFoundError
        before = session.get(ConsentConsequence, (one.id, ours))
        if before is not None:
            raise AlreadyDoneError(f"{before.by_name} said it for your organisation already.")
        sealed = open_key(act.store.vault, row).seal(said.encode(), f"consent_consequence.words:{one.id}:{ours}")
        session.add(
            ConsentConsequence(
                consent_id=one.id, organisation_id=ours, at=act.at, by_name=act.person.name, words=sealed
            )
        )
        record(session, act, Event.CONSENT_FOLLOWED, f"request:{row.id}", ours)


def empty_consents(session: Session, row: InformationRequest) -> int:
    """Empty what was recorded of the consents of a request that goes, in the open transaction, and count them."""
    agreed = session.exec(select(ConsentRecord).where(ConsentRecord.request_id == row.id)).all()
    for one in agreed:
        one.words = one.withdrawal = None
        for did in session.exec(select(ConsentConsequence).where(ConsentConsequence.consent_id == one.id)).all():
            did.words = None
            session.add(did)
    session.add_all(agreed)
    return len(agreed)


def _found(session: Session, act: Act, request_id: str) -> tuple[InformationRequest, str]:
    row, side = request_row(session, act, request_id, lock=True)
    return row, own_side(row, side)


def _consent(session: Session, act: Act, consent_id: str) -> tuple[ConsentRecord, InformationRequest, str]:
    one = session.exec(select(ConsentRecord).where(ConsentRecord.id == consent_id)).first()
    if one is None:
        raise NotFoundError
    return one, *_found(session, act, one.request_id)


def _checked(act: Act, given: ConsentGiven) -> dict[str, str]:
    words = {
        "who": one_line(given.who),
        "asked_by": one_line(given.asked_by),
        "agreed_to": paragraphs(given.agreed_to),
        "evidence": paragraphs(given.evidence),
    }
    needed = {
        "who": "Enter who agreed.",
        "asked_by": "Enter who asked them, by name and post.",
        "agreed_to": "Enter what they agreed to.",
        "evidence": "Enter what shows it, and where it is kept.",
    }
    problems = {field: said for field, said in needed.items() if not words[field]}
    for field, most in (("who", NAME_LENGTH), ("asked_by", NAME_LENGTH), ("agreed_to", LONGEST), ("evidence", LONGEST)):
        if len(words[field]) > most:
            problems[field] = f"Use {most:,} characters or fewer."
    if given.how not in HOW:
        problems["how"] = "Choose how they agreed."
    if given.explicit is None:
        problems["explicit"] = "Say whether they agreed in express words."
    if given.given_on is None or given.given_on > today(act.at):
        problems["given_on"] = "Enter the day they agreed, today or before."
    if problems:
        raise AnswersNeededError(problems)
    return words
