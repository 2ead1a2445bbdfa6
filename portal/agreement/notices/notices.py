"""Notices to the Chair: an organisation stops for now, starts again, or leaves; at once, everywhere, on the record (s14)."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.agreements import Notice, Signature
from models.organisations import Organisation
from portal.accounts.holders import addresses_of
from portal.agreement.addresses import address_in
from portal.agreement.errors import NotNowError
from portal.agreement.notices.standing import (
    STATUS_WORDS,
    SignatoryStatus,
    StandingPeriod,
    begin_standing,
    standing_of,
    take_turn,
)
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Role, Store
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.partnership import chair_address
from portal.ground.wording import NAME_LENGTH, day_and_time, new_id, one_line, paragraphs, reference
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

_REASON_LENGTH = 2000


class NoticeEffect(StrEnum):
    """What a notice does."""

    SUSPENSION = "suspension"
    LIFTING = "lifting"
    WITHDRAWAL = "withdrawal"


# From which standings a notice may be given, what it leads to, its name in the record, and the words for letters.
_ARROWS: dict[NoticeEffect, tuple[frozenset[SignatoryStatus], SignatoryStatus, Event, str]] = {
    NoticeEffect.SUSPENSION: (
        frozenset({SignatoryStatus.SIGNED}),
        SignatoryStatus.SUSPENDED,
        Event.AGREEMENT_SUSPENDED,
        "stopped sharing for now",
    ),
    NoticeEffect.LIFTING: (
        frozenset({SignatoryStatus.SUSPENDED}),
        SignatoryStatus.SIGNED,
        Event.SUSPENSION_LIFTED,
        "started sharing again",
    ),
    NoticeEffect.WITHDRAWAL: (
        frozenset({SignatoryStatus.SIGNED, SignatoryStatus.SUSPENDED}),
        SignatoryStatus.LEFT,
        Event.AGREEMENT_LEFT,
        "left the agreement",
    ),
}


@dataclass(frozen=True, kw_only=True)
class NoticeDetails:
    """What a notice says. `evidence` says what it rests on: a letter, a minute, a decision of the council."""

    reason: str
    evidence: str
    name: str
    position: str


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """A notice as its organisation and the managers see it."""

    id: str
    reference: str
    kind: NoticeEffect
    organisation_id: str
    organisation: str
    edition: str
    words: NoticeDetails
    given_at: datetime


def possible(stands: StandingPeriod | None) -> tuple[NoticeEffect, ...]:
    """List the notices that fit a standing."""
    return tuple(kind for kind, arrow in _ARROWS.items() if stands is not None and stands.status in arrow[0])


def give_notice(
    act: Act, organisation_id: str, kind: NoticeEffect, words: NoticeDetails, *, key: str, ends: bool = False
) -> str:
    """Give a notice; it holds at once (clauses s14.suspension, s14.termination). Returns its id.

    By the organisation's own approver, or recorded by the Information Manager from a signed letter. `key` was made when
    the form was first shown: the same key again is the same notice. What was shared before stays governed. Its own people are
    told, unless the organisation `ends`: then they hear at once what becomes of their roles.

    Raises AnswersNeededError, NotNowError, AlreadyDoneError, NotFoundError.
    """
    if not may(act.person, Permission.SUSPEND_ANY):
        allow(act, Permission.SUSPEND_OWN, organisation_id)
    made = _checked(words)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            same = session.exec(select(Notice).where(Notice.key == key)).first()
            if same is not None:
                return same.id
            given = _write(session, act, organisation_id, kind, made, key)
            if not ends:
                _tell_its_people(session, act, given)
            return given.id
    except IntegrityError:
        with reading(act.store.engine) as session:
            row = session.exec(select(Notice).where(Notice.key == key)).first()
        if row is None:
            raise
        return row.id


def notice(act: Act, notice_id: str) -> NoticeView:
    """Give a notice to its organisation's people and to the managers. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        row = session.get(Notice, notice_id)
        organisation = session.get(Organisation, row.organisation_id) if row else None
    if row is None or organisation is None or not _may_see(act, row.organisation_id):
        raise NotFoundError
    return NoticeView(
        id=row.id,
        reference=row.reference,
        kind=NoticeEffect(row.kind),
        organisation_id=row.organisation_id,
        organisation=organisation.name,
        edition=row.edition,
        words=_opened(act.store, row),
        given_at=row.given_at,
    )


def notices_of(act: Act, organisation_id: str) -> list[NoticeView]:
    """List an organisation's notices, the newest first."""
    with reading(act.store.engine) as session:
        ids = session.exec(
            select(Notice.id).where(Notice.organisation_id == organisation_id).order_by(col(Notice.given_at).desc())
        ).all()
    return [notice(act, one) for one in ids] if _may_see(act, organisation_id) else []


def _may_see(act: Act, organisation_id: str) -> bool:
    return may(act.person, Permission.SUSPEND_ANY) or any(
        held.organisation_id == organisation_id for held in act.person.posts
    )


def _write(
    session: Session, act: Act, organisation_id: str, kind: NoticeEffect, words: NoticeDetails, key: str
) -> Notice:
    allowed, leads_to, event, said = _ARROWS[kind]
    organisation = session.get(Organisation, organisation_id)
    stands = standing_of(session, organisation_id)
    if organisation is None or stands is None:
        raise NotFoundError
    if stands.status is leads_to:
        raise AlreadyDoneError(f"{organisation.name} {said} on {day_and_time(stands.since)} already.")
    if stands.status not in allowed:
        raise NotNowError(f"{organisation.name} now stands as: {STATUS_WORDS[stands.status]}.", paragraph="Section 14")
    notice_id = new_id()
    kept = {"reason": words.reason, "evidence": words.evidence, "name": words.name, "position": words.position}
    row = Notice(
        id=notice_id,
        reference=reference(),
        key=key,
        organisation_id=organisation_id,
        kind=kind.value,
        edition=stands.edition,
        words=act.store.vault.seal_text(json.dumps(kept, ensure_ascii=False), f"notice.words:{notice_id}"),
        given_at=act.at,
        given_by=act.person.id,
    )
    session.add(row)
    session.flush()
    begin_standing(
        session,
        organisation_id,
        leads_to,
        (stands.signature_id, stands.edition),
        at=act.at,
        since=act.at,
        notice_id=notice_id,
    )
    if kind is NoticeEffect.WITHDRAWAL:
        _end_signatures(session, act, organisation_id)
    record(session, act, event, f"organisation:{organisation_id}", organisation_id=organisation_id, notice=notice_id)
    chair = chair_address(session)  # the Chair of the Partnership; until one is named, whoever chairs its meetings
    roles = (Role.MANAGER,) if chair else (Role.MANAGER, Role.CHAIR)
    told = addresses_of(session, *roles) | {chair, address_in(organisation.public_contact)}
    notify(session, act, "standing-notice", told, organisation=organisation.name, said=said, reference=row.reference)
    return row


def _tell_its_people(session: Session, act: Act, row: Notice) -> None:
    """Tell those who act for the organisation, whoever gave the notice: what they may do has changed."""
    told = addresses_of(session, Role.PARTNER, Role.APPROVER, organisations=[row.organisation_id])
    organisation = session.get_one(Organisation, row.organisation_id).name
    said = _ARROWS[NoticeEffect(row.kind)][3]
    notify(session, act, "standing-own", told, organisation=organisation, said=said, reference=row.reference)


def _end_signatures(session: Session, act: Act, organisation_id: str) -> None:
    """End every signature of an organisation that leaves, also one still to be checked; it may sign again later."""
    for row in session.exec(
        select(Signature).where(Signature.organisation_id == organisation_id, col(Signature.ended_at).is_(None))
    ).all():
        row.ended_at = act.at
        session.add(row)


def _checked(words: NoticeDetails) -> NoticeDetails:
    made = NoticeDetails(
        reason=paragraphs(words.reason),
        evidence=paragraphs(words.evidence),
        name=one_line(words.name),
        position=one_line(words.position),
    )
    wanted = (
        ("reason", made.reason, "Enter the reason", _REASON_LENGTH),
        ("evidence", made.evidence, "Say what the notice rests on, such as a letter or a minute", _REASON_LENGTH),
        ("name", made.name, "Enter the name of the person who gives the notice", NAME_LENGTH),
        ("position", made.position, "Enter their job title or role", NAME_LENGTH),
    )
    problems = {field: ask for field, said, ask, _most in wanted if not said}
    problems |= {
        field: f"What you write must be {most:,} characters or fewer"
        for field, said, _ask, most in wanted
        if len(said) > most
    }
    if problems:
        raise AnswersNeededError(problems)
    return made


def _opened(store: Store, row: Notice) -> NoticeDetails:
    kept: dict[str, str] = json.loads(store.vault.open_text(row.words, f"notice.words:{row.id}"))
    return NoticeDetails(**kept)
