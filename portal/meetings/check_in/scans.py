"""Scans of what was signed on paper at a meeting: added by its Chair or minute taker, sealed, each opening recorded (s10)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Meeting, MeetingScan
from portal.documents.scans import CheckedScan, checked
from portal.ground.act import Act
from portal.ground.database import next_number, reading, transaction
from portal.ground.errors import NotAllowedError, NotFoundError, PortalError
from portal.ground.wording import new_id
from portal.meetings.errors import DoorClosedError
from portal.meetings.meeting import for_keeper
from portal.meetings.minutes.minute_takers import for_writer
from portal.record.audit import record
from portal.record.events import Event

_MOST = 20  # scans of one meeting


@dataclass(frozen=True, kw_only=True)
class ListedScan:
    """A scan as it is listed: nothing of what it shows."""

    id: str
    number: int
    kind: str
    size: int
    added_at: datetime
    added_by: str


def add_scan(act: Act, meeting_id: str, data: bytes) -> None:
    """Keep the scan of a paper that was signed at a meeting (clause s10.with-attendance-list). The same one is kept once.

    Args:
        act: by the meeting's Chair, or whoever takes its minutes.
        meeting_id: a meeting whose door has opened.
        data: the file; only what is seen of it is kept.

    Raises NotAllowedError, NotFoundError, DoorClosedError, PortalError (too many) or AnswersNeededError (scan).
    """
    with reading(act.store.engine) as session:
        for_writer(session, act, meeting_id, lock=False)  # before a stranger's file is read
    found = checked(data)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        with transaction(act.store.engine) as session:
            meeting = for_writer(session, act, meeting_id)
            if meeting.opened_at is None:
                raise DoorClosedError("Open the door first. A meeting that never opened has no list.")
            if len(_of(session, meeting_id)) >= _MOST:
                raise PortalError(f"A meeting keeps {_MOST} scans. Put the pages into one PDF.")
            row = MeetingScan(
                id=new_id(),
                meeting_id=meeting_id,
                number=next_number(session, MeetingScan.number, MeetingScan.meeting_id == meeting_id),
                kind=found.kind,
                size=len(found.content),
                sha256=sha256,
                scan=b"",
                added_at=act.at,
                added_by=act.person.name,
            )
            row.scan = act.store.vault.seal(found.content, _place(row))
            session.add(row)
            session.flush()
            record(session, act, Event.SCAN_ADDED, f"meeting:{meeting_id}", scan=row.id, sha256=sha256, kind=row.kind)
    except IntegrityError:
        return  # the same scan again


def scans(act: Act, meeting_id: str) -> list[ListedScan]:
    """List a meeting's scans for those who may read its list, and whoever takes its minutes. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        _may_read(session, act, meeting_id)
        return [
            ListedScan(
                id=row.id,
                number=row.number,
                kind=row.kind,
                size=row.size,
                added_at=row.added_at,
                added_by=row.added_by,
            )
            for row in _of(session, meeting_id)
        ]


def open_scan(act: Act, scan_id: str) -> CheckedScan:
    """Open a scan, and record it. Raises NotAllowedError, or NotFoundError where it is not for this person."""
    with transaction(act.store.engine) as session:
        row = session.get(MeetingScan, scan_id)
        if row is None:
            raise NotFoundError
        _may_read(session, act, row.meeting_id)
        record(session, act, Event.SCAN_OPENED, f"meeting:{row.meeting_id}", scan=row.id)
        return CheckedScan(content=act.store.vault.open(row.scan, _place(row)), kind=row.kind)


def remove_scan(act: Act, scan_id: str) -> None:
    """Remove a scan that was added by mistake; the record keeps that it was. Raises NotAllowedError or NotFoundError."""
    with transaction(act.store.engine) as session:
        row = session.get(MeetingScan, scan_id)
        if row is None:
            raise NotFoundError
        for_writer(session, act, row.meeting_id)
        session.delete(row)
        record(session, act, Event.SCAN_REMOVED, f"meeting:{row.meeting_id}", scan=row.id, sha256=row.sha256)


def _may_read(session: Session, act: Act, meeting_id: str) -> Meeting:
    try:
        return for_writer(session, act, meeting_id, lock=False)
    except NotAllowedError:
        return for_keeper(session, act, meeting_id)


def _of(session: Session, meeting_id: str) -> list[MeetingScan]:
    return list(
        session.exec(
            select(MeetingScan).where(MeetingScan.meeting_id == meeting_id).order_by(col(MeetingScan.number))
        ).all()
    )


def _place(row: MeetingScan) -> str:
    return f"meeting_scan.scan:{row.id}"
