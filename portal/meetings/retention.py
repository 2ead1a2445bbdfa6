"""How long meetings keep what names people, and what somebody who signed may ask about themselves (s12)."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, time

from sqlalchemy import CursorResult
from sqlmodel import Session, and_, col, delete, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.groups import GroupMember, MeetingGuest
from models.meetings import Attendance, KnownPhone, Meeting, MeetingList, MeetingScan, NotSigned, Undertaking
from models.minutes import EntryKeeper, MeetingPaper, MeetingSaid, SaidReader, UrgentWish
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import UK, day_and_time, folded, today
from portal.meetings.check_in.attendees import opened
from portal.meetings.planning.guests import reasons
from portal.meetings.retention_periods import months_kept
from portal.meetings.undertakings.undertaking import drawing_of
from portal.record.audit import record
from portal.record.events import Event
from portal.record.row_digests import is_noted


def due(act: Act) -> dict[str, int]:
    """Delete every kind that is past its period, each in a transaction of its own; returns how many of each went."""
    return {kind: purge(act, kind) for kind in KINDS}


def purge(act: Act, kind: str) -> int:
    """Delete one kind of what names people and has outlived its period (clause s12.personal-retention). Safe to run twice.

    Returns how many went. Where something went the record says what kind, how many and from before which day; never
    what it was.
    """
    with transaction(act.store.engine) as session:
        months = months_kept(session)[kind]
        before = datetime.combine(months_after(today(act.at), -months), time(), tzinfo=UK).astimezone(UTC)
        if kind == "attendance":
            _note_lists(session, before, act.at)
        gone = _PURGES[kind](session, before)
        if gone or is_noted(session):
            record(session, act, Event.MEETING_PURGED, f"meetings:{kind}", count=gone, before=str(before.date()))
    return gone


def about_signer(act: Act, line_id: str) -> dict[str, object]:
    """Collect what the meetings hold about somebody who signed, for the Information Manager to give to them (PR11).

    Args:
        act: by the Information Manager, who has made sure who asks.
        line_id: a line of an attendance list that is theirs; whatever they signed with the same phone or form counts.

    Returns: plain JSON data: what they signed, where they were, what they asked a Chair, and what stays and why.
    Raises NotAllowedError or NotFoundError.
    """
    allow(act, Permission.EXPORT_SIGNER)
    with transaction(act.store.engine) as session:
        line = session.get(Attendance, line_id)
        if line is None:
            raise NotFoundError
        holder = session.get_one(Undertaking, line.undertaking_id).holder_hash
        signed = session.exec(select(Undertaking).where(Undertaking.holder_hash == holder)).all()
        found = {
            "signed": [_signed(act, row) for row in signed],
            "attended": [one for row in signed for one in _attended(session, act, row.id, opened(act, row).name)],
            "kept_for_months": months_kept(session),
            "what_stays": "The record keeps that a list was signed, without a name, so that nobody can rewrite it.",
        }
        record(session, act, Event.SIGNER_EXPORTED, f"meeting:{line.meeting_id}", line=line_id)
    return found


def _signed(act: Act, row: Undertaking) -> dict[str, str]:
    known, drawn = opened(act, row), drawing_of(act, row)
    return {
        "name": known.name,
        "organisation": known.organisation,
        "email": known.email,
        "edition": row.edition,
        "signed": day_and_time(row.signed_at),
        "drawn_signature": base64.b64encode(drawn).decode() if drawn else "",
    }


def _attended(session: Session, act: Act, undertaking_id: str, name: str) -> list[dict[str, object]]:
    rows = session.exec(
        select(Attendance, Meeting)
        .join(Meeting, col(Attendance.meeting_id) == Meeting.id)
        .where(Attendance.undertaking_id == undertaking_id)
        .order_by(col(Meeting.starts_at))
    ).all()
    vault = act.store.vault
    return [
        {
            "meeting": meeting.name,
            "when": day_and_time(meeting.starts_at),
            "how": line.how,
            "invited_as_a_guest_because": reasons(session, act, meeting.id).get(folded(name), ""),
            "in_the_closed_session": line.stayed_at is not None,
            "admitted_because": vault.open_text(line.admitted_why, f"attendance.admitted_why:{line.id}")
            if line.admitted_why
            else "",
            "struck_out_because": vault.open_text(line.struck_why, f"attendance.struck_why:{line.id}")
            if line.struck_why
            else "",
            "entries_of_the_appendix_to_read": len(
                session.exec(select(SaidReader.said_id).where(SaidReader.line_id == line.id)).all()
            ),
            "entries_of_the_appendix_kept_for_actions": len(
                session.exec(select(EntryKeeper.said_id).where(EntryKeeper.line_id == line.id).distinct()).all()
            ),
            "asked_the_chair": [_wish(act, row) for row in _wishes(session, line.id)],
        }
        for line, meeting in rows
    ]


def _wishes(session: Session, line_id: str) -> list[UrgentWish]:
    return list(session.exec(select(UrgentWish).where(UrgentWish.line_id == line_id)).all())


def _wish(act: Act, row: UrgentWish) -> dict[str, object]:
    vault = act.store.vault
    return {
        **json.loads(vault.open_text(row.words, f"urgent_wish.words:{row.id}")),
        "asked": day_and_time(row.asked_at),
        "allowed": row.allowed,
        "reason": vault.open_text(row.reason, f"urgent_wish.reason:{row.id}") if row.reason else "",
    }


def _old(before: datetime) -> SelectOfScalar[str]:
    return select(Meeting.id).where(col(Meeting.starts_at) < before)


def _appendix(session: Session, before: datetime) -> int:
    said = select(MeetingSaid.id).where(col(MeetingSaid.meeting_id).in_(_old(before)))
    _gone(session, delete(EntryKeeper).where(col(EntryKeeper.said_id).in_(said)))
    _gone(session, delete(SaidReader).where(col(SaidReader.said_id).in_(said)))
    _gone(
        session,
        delete(MeetingPaper).where(
            col(MeetingPaper.kind) == "appendix", col(MeetingPaper.meeting_id).in_(_old(before))
        ),
    )
    return _gone(session, delete(MeetingSaid).where(col(MeetingSaid.meeting_id).in_(_old(before))))


def _asked(session: Session, before: datetime) -> int:
    return _gone(session, delete(UrgentWish).where(col(UrgentWish.meeting_id).in_(_old(before))))


def _lists(session: Session, before: datetime) -> int:
    """Delete the lines of the lists, the papers that show them, and the guests. Returns how many people went."""
    guests = _gone(session, delete(MeetingGuest).where(col(MeetingGuest.meeting_id).in_(_old(before))))
    _gone(session, delete(MeetingScan).where(col(MeetingScan.meeting_id).in_(_old(before))))
    _gone(session, delete(MeetingList).where(col(MeetingList.meeting_id).in_(_old(before))))
    _gone(
        session,
        delete(MeetingPaper).where(col(MeetingPaper.kind) == "minutes", col(MeetingPaper.meeting_id).in_(_old(before))),
    )
    return guests + _gone(session, delete(Attendance).where(col(Attendance.meeting_id).in_(_old(before))))


def _note_lists(session: Session, before: datetime, at: datetime) -> None:
    """Note on each meeting that its list goes now, so that its minutes can say so."""
    signed = select(Attendance.meeting_id)
    rows = session.exec(
        select(Meeting).where(
            col(Meeting.id).in_(_old(before)), col(Meeting.id).in_(signed), col(Meeting.list_deleted_at).is_(None)
        )
    ).all()
    for row in rows:
        row.list_deleted_at = at
        session.add(row)
    session.flush()


def _missing(session: Session, before: datetime) -> int:
    return _gone(session, delete(NotSigned).where(col(NotSigned.meeting_id).in_(_old(before))))


def _promises(session: Session, before: datetime) -> int:
    """Delete undertakings that no list names any more."""
    named = select(Attendance.undertaking_id)
    old = select(Undertaking.id).where(col(Undertaking.signed_at) < before, col(Undertaking.id).not_in(named))
    _gone(session, delete(KnownPhone).where(col(KnownPhone.undertaking_id).in_(old)))
    return _gone(
        session,
        delete(Undertaking).where(col(Undertaking.signed_at) < before, col(Undertaking.id).not_in(named)),
    )


def _members(session: Session, before: datetime) -> int:
    """Delete members who left, and those of a group that has not met since."""
    meets = select(Meeting.name).where(col(Meeting.starts_at) >= before)
    return _gone(
        session,
        delete(GroupMember).where(
            or_(
                col(GroupMember.ended_at) < before,
                and_(col(GroupMember.added_at) < before, col(GroupMember.group_name).not_in(meets)),
            )
        ),
    )


def _gone(session: Session, statement: object) -> int:
    result = session.exec(statement)  # type: ignore[call-overload]  # one of the deletions above
    return result.rowcount if isinstance(result, CursorResult) else 0


# In this order: what hangs on a line goes before the line, and the line before the undertaking.
_PURGES: dict[str, Callable[[Session, datetime], int]] = {
    "appendix": _appendix,
    "wishes": _asked,
    "not_signed": _missing,
    "attendance": _lists,
    "undertakings": _promises,
    "members": _members,
}
KINDS = tuple(_PURGES)
