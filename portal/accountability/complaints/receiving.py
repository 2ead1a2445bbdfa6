"""Taking a complaint: from anybody, without an account; or by whoever handles them, as it came by post or telephone."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.accountability import Complaint
from portal.accountability.complaints.notifications import tell_handlers
from portal.accountability.complaints.wording import CAME, LONGEST, ON_SCREEN, acknowledge_by
from portal.accounts.addresses import network
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.rate_limits import Limit, attempt
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs, reference, today
from portal.record.audit import record
from portal.record.events import Event

_ADDRESS = Limit(kind="complaint-address", most=5, within=timedelta(hours=1))
_OLDEST = 366  # days: one that came longer ago was typed with a wrong year


@dataclass(frozen=True, kw_only=True)
class NewComplaint:
    """What somebody complains about. Who they are and how to reach them may be left out: then nobody can answer them."""

    about: str
    name: str = ""
    reach: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What whoever complained is told at once."""

    reference: str
    acknowledge_by: date
    reachable: bool


def complain(act: Act, new: NewComplaint, *, key: str, network_address: str) -> Receipt:
    """Take a complaint that somebody writes in the portal. Whoever handles complaints is told that one came.

    The same `key` again is the same complaint. Only the sender's own network is ever refused: a flood from elsewhere
    ends the letters of the day, not the taking. Raises AnswersNeededError, TooManyTriesError.
    """
    made = _checked(new)
    known = _of_key(act, key)
    if known is not None:
        return known
    attempt(act, (_ADDRESS, network(network_address)))
    return _keep(act, made, key=key, came="web", received=today(act.at), logged_by="")


def log_complaint(act: Act, new: NewComplaint, received_on: date | None, came: str | None, *, key: str) -> Receipt:
    """Log a complaint that came by post, e-mail or telephone, with the day it came. Raises AnswersNeededError."""
    allow(act, Permission.HANDLE_COMPLAINTS)
    made, problems = _checked(new), {}
    if came not in CAME or came == "web":
        problems["came"] = "Choose how it came."
    if received_on is None:
        problems["received_on"] = "Enter the day it came as three numbers, such as 25 11 2026."
    elif not 0 <= (today(act.at) - received_on).days <= _OLDEST:
        problems["received_on"] = "The day it came must be today or in the past year."
    if problems or received_on is None or came is None:
        raise AnswersNeededError(problems)
    known = _of_key(act, key)
    return known or _keep(act, made, key=key, came=came, received=received_on, logged_by=act.person.name)


def _keep(act: Act, new: NewComplaint, *, key: str, came: str, received: date, logged_by: str) -> Receipt:
    complaint_id, reachable = new_id(), bool(new.reach)
    words = json.dumps({"name": new.name, "reach": new.reach, "about": new.about}, ensure_ascii=False)
    seen = came == "web" and not reachable  # all the acknowledgement that they can have is the page before them
    row = Complaint(
        id=complaint_id,
        reference=reference(),
        key=key,
        came=came,
        received_on=received,
        acknowledge_by=acknowledge_by(received),
        logged_at=act.at,
        logged_by=logged_by,
        words=act.store.vault.seal_text(words, f"complaint.words:{complaint_id}"),
        reachable=reachable,
        acknowledged_on=received if seen else None,
        acknowledged_how=ON_SCREEN if seen else None,
    )
    receipt = _receipt(row)
    try:
        with transaction(act.store.engine) as session:
            session.add(row)
            session.flush()
            subject = f"complaint:{complaint_id}"
            record(session, act, Event.COMPLAINT_RECEIVED, subject, None, came=came, by=str(row.acknowledge_by))
            tell_handlers(session, act, row)
    except IntegrityError:  # two clicks at once: the first one's complaint is the answer to both
        return _of_key(act, key) or receipt
    return receipt


def _checked(new: NewComplaint) -> NewComplaint:
    made = replace(new, about=paragraphs(new.about), name=one_line(new.name), reach=paragraphs(new.reach))
    problems = {}
    if not made.about:
        problems["about"] = "Enter what went wrong."
    if len(made.about) > LONGEST:
        problems["about"] = f"Use {LONGEST:,} characters or fewer."
    if len(made.name) > NAME_LENGTH:
        problems["name"] = f"Use {NAME_LENGTH} characters or fewer."
    if len(made.reach) > LONGEST:
        problems["reach"] = f"Use {LONGEST:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return made


def _of_key(act: Act, key: str) -> Receipt | None:
    """Give what a form with this key sent before. A key is made anew with each form, and cannot be guessed."""
    with reading(act.store.engine) as session:
        row = session.exec(select(Complaint).where(Complaint.key == key)).first()
        return _receipt(row) if row else None


def _receipt(row: Complaint) -> Receipt:
    return Receipt(reference=row.reference, acknowledge_by=row.acknowledge_by, reachable=row.reachable)
