"""The log of access requests: what came, when, until when it must be answered, more time where the law allows (s5, s15)."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.statements import AccessRequest
from portal.access_requests.clocks import EXTENDABLE, AccessKind, due, extended
from portal.access_requests.entitlement import find_access, place
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, PortalError
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import own_organisation
from portal.rules.edition.editions import edition_in_force
from portal.statements.errors import DecidedError

LONGEST = 4000
_OLDEST = 366  # days: a request that came longer ago was typed with a wrong year


class NotExtendableError(PortalError):
    """The law gives no more time for this request."""

    message = "Only subject access and environmental information may take longer, once, while the request is open and its clock runs."


@dataclass(frozen=True, kw_only=True)
class NewAccess:
    """What is logged about a request: the kind, the day it came, who asks and how to reach them, and what they ask."""

    kind: str
    received_on: date | None
    requester: str
    reach: str
    asked_for: str


def log_access(act: Act, new: NewAccess, *, key: str) -> str:
    """Log a request to see information; returns its id (clauses s5.consult-originator, s15.foi-case-by-case).

    Its last day is worked out from the day it came. Who asks and what is sealed; no title, address or record says it.
    The same `key` again is the same request. Raises AnswersNeededError.
    """
    allow(act, Permission.KEEP_ACCESS_LOG)
    organisation_id = own_organisation(act)
    made = _checked(act, new)
    received = made.received_on or today(act.at)
    access_id, of = new_id(), edition_in_force(today(act.at))
    words = {"requester": made.requester, "reach": made.reach, "asked_for": made.asked_for}
    row = AccessRequest(
        id=access_id,
        reference=reference(),
        key=key,
        organisation_id=organisation_id,
        kind=made.kind,
        edition=of.id,
        edition_hash=of.hash,
        received_on=received,
        due_on=due(AccessKind(made.kind), received),
        logged_at=act.at,
        logged_by=act.person.name,
        words=act.store.vault.seal_text(json.dumps(words, ensure_ascii=False), place("words", access_id)),
    )
    try:
        with transaction(act.store.engine) as session:
            session.add(row)
            session.flush()
            subject = f"access-request:{access_id}"
            record(session, act, Event.ACCESS_LOGGED, subject, organisation_id, kind=row.kind, due=str(row.due_on))
    except IntegrityError:
        return _of_key(act, key)
    return access_id


def extend_access(act: Act, access_id: str, reason: str) -> date:
    """Take longer, as far as the law of its kind allows, with the reason; returns the new last day.

    Doing it twice changes nothing. Raises NotFoundError, AnswersNeededError, NotExtendableError, DecidedError.
    """
    allow(act, Permission.KEEP_ACCESS_LOG)
    words = paragraphs(reason)
    if not words or len(words) > LONGEST:
        raise AnswersNeededError({"extension": f"Enter why it takes longer, in {LONGEST:,} characters or fewer."})
    with transaction(act.store.engine) as session:
        row = find_access(session, act, access_id, lock=True)
        if row.extended_to is not None:
            return row.extended_to
        if row.decided_at is not None:
            raise DecidedError(row.decided_at)
        if AccessKind(row.kind) not in EXTENDABLE or today(act.at) > row.due_on or row.stopped_on is not None:
            raise NotExtendableError
        row.extended_to = extended(AccessKind(row.kind), row.received_on, paused=row.paused_days)
        row.extension, row.reminded = act.store.vault.seal_text(words, place("extension", row.id)), ""
        session.add(row)
        subject = f"access-request:{row.id}"
        record(session, act, Event.ACCESS_EXTENDED, subject, row.organisation_id, to=str(row.extended_to))
        return row.extended_to


def _checked(act: Act, new: NewAccess) -> NewAccess:
    made = NewAccess(
        kind=new.kind,
        received_on=new.received_on,
        requester=one_line(new.requester),
        reach=paragraphs(new.reach),
        asked_for=paragraphs(new.asked_for),
    )
    problems = {}
    if made.kind not in set(AccessKind):
        problems["kind"] = "Choose what kind of request it is."
    if made.received_on is None:
        problems["received_on"] = "Enter the day it came as three numbers, such as 25 11 2026."
    elif not 0 <= (today(act.at) - made.received_on).days <= _OLDEST:
        problems["received_on"] = "The day it came must be today or in the past year."
    if not made.requester or len(made.requester) > NAME_LENGTH:
        problems["requester"] = f"Enter who asks, in {NAME_LENGTH} characters or fewer."
    if not made.asked_for:
        problems["asked_for"] = "Enter what they ask to see."
    for field in ("reach", "asked_for"):
        if len(getattr(made, field)) > LONGEST:
            problems[field] = f"Use {LONGEST:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return made


def _of_key(act: Act, key: str) -> str:
    """Give the request that a form with this key logged before; only to its own organisation."""
    with reading(act.store.engine) as session:
        row = session.exec(select(AccessRequest).where(AccessRequest.key == key)).one()
        return find_access(session, act, row.id).id
