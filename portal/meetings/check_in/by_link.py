"""Recognised by an e-mailed link: whoever signed before, on another phone, signs the attendance list only (s10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import KnownPhone, Undertaking
from portal.accounts.addresses import problem_with, tidy
from portal.accounts.authentication.secret_links import LinkPurpose, about_link, live_link, make_link, use_link
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, LinkError
from portal.ground.rate_limits import Limit, attempt
from portal.ground.vault import token_hash
from portal.ground.wording import folded
from portal.meetings.check_in.attendees import at_the_door, opened
from portal.meetings.check_in.door import Door, still_open
from portal.meetings.check_in.signing import SignedLine, put_on_list, signed_line, visitor
from portal.meetings.undertakings.undertaking import email_mark, latest, words_in_force
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.edition.editions import same_promise

LASTS = timedelta(minutes=15)
BY_EMAIL = Limit(kind="door-link", most=3, within=timedelta(minutes=15))
BY_MEETING = Limit(kind="door-link-all", most=100, within=timedelta(hours=1))


@dataclass(frozen=True, kw_only=True)
class ReturningSigner:
    """Somebody who signed before with the address that a link went to."""

    undertaking_id: str
    name: str
    since: datetime


def send_link(act: Act, door: Door, email: str, *, base_url: str) -> None:
    """Send whoever signed before with an address a link of one use; anybody else gets nothing, and nobody learns which.

    Args:
        act: by anybody; the open door's code is what permits it.
        door: the door that was found by its code.
        email: the address as it was typed.
        base_url: the portal's own address.

    Raises AnswersNeededError (email), MeetingEndedError or TooManyTriesError.
    """
    address = tidy(email)
    if not address or problem_with(address):
        raise AnswersNeededError({"email": "Enter the e-mail address that you signed with."})
    mark = email_mark(act, address)
    attempt(act, (BY_EMAIL, mark), (BY_MEETING, f"{door.meeting_id}:{door.code}"))
    by = act.as_(at_the_door(mark))
    with transaction(act.store.engine) as session:
        still_open(session, act, door)
        if not _signed_with(session, act, mark):
            return
        secret = make_link(session, by, LinkPurpose.DOOR, mark, LASTS, subject=door.meeting_id)
        link = f"{base_url}/m/{door.code}/known/{secret}"
        notify(
            session,
            by,
            "meeting-link",
            address,
            meeting=door.name,
            chair=door.chair_name,
            secret=link,
            about=about_link(link),
            good_for=LASTS,
        )
        record(session, by, Event.DOOR_LINK_SENT, f"meeting:{door.meeting_id}")


def returning(act: Act, door: Door, link: str) -> list[ReturningSigner]:
    """List who may sign with a link, newest first; looking does not use it up. Raises LinkError."""
    with reading(act.store.engine) as session:
        found = live_link(session, act, LinkPurpose.DOOR, link)
        if found is None or found.subject != door.meeting_id:
            raise LinkError
        rows = _signed_with(session, act, found.email)
    people: dict[str, ReturningSigner] = {}
    for row in rows:
        name = opened(act, row).name
        people.setdefault(folded(name), ReturningSigner(undertaking_id=row.id, name=name, since=row.signed_at))
    return list(people.values())


def sign_by_link(act: Act, door: Door, link: str, secret: str, undertaking_id: str) -> SignedLine:
    """Sign the attendance list with a link, use it up, and know this phone from now on (clause s10.confidentiality).

    Args:
        act: by anybody; the link is what permits it.
        door: the open door that the link was sent for.
        link: the secret of the link.
        secret: the phone's own.
        undertaking_id: whose promises: an address may be of several people.

    Raises LinkError (unknown, used, too old, or of somebody else) or MeetingEndedError.
    """
    holder = token_hash(secret)
    by = act.as_(at_the_door(holder))
    try:
        with transaction(act.store.engine) as session:
            still_open(session, act, door)
            found = use_link(session, by, LinkPurpose.DOOR, link)
            row = next((one for one in _signed_with(session, act, found.email) if one.id == undertaking_id), None)
            if row is None or found.subject != door.meeting_id:
                raise LinkError
            held = latest(session, holder)
            if held is None:
                session.add(KnownPhone(holder_hash=holder, undertaking_id=row.id, at=act.at))
            line = put_on_list(session, by, door.meeting_id, row, how="phone")
    except IntegrityError:  # the same tap twice at once: the first one holds
        signed = visitor(act, door, secret).signed
        if signed is None:
            raise LinkError from None
        return signed
    return signed_line(act, line, row)


def _signed_with(session: Session, act: Act, mark: str) -> list[Undertaking]:
    """Find the undertakings in the words in force that were signed with an address, newest first."""
    return list(
        session.exec(
            select(Undertaking)
            .where(Undertaking.email_hash == mark, col(Undertaking.edition_hash).in_(same_promise(words_in_force(act))))
            .order_by(col(Undertaking.signed_at).desc())
        ).all()
    )
