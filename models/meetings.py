"""Meetings: the door, the promises signed there, who attended, who did not sign, the checklist, and the kept lists."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class Meeting(SQLModel, table=True):
    """A planned meeting (Appendix 6). Its code is kept only while the door is open; its hash tells that it has closed."""

    __table_args__ = (
        UniqueConstraint("plan_key", "number", name="uq_meeting_planned_once"),
        CheckConstraint("code IS NULL OR (opened_at IS NOT NULL AND closed_at IS NULL)", name="code_lives_while_open"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closing_is_whole"),
        CheckConstraint(
            "called_off_at IS NULL OR (called_off_by IS NOT NULL AND called_off_why IS NOT NULL AND opened_at IS NULL)",
            name="called_off_is_whole",
        ),
        CheckConstraint("agenda_by <> '' AND minutes_by <> '' AND actions_by <> ''", name="duties_are_given"),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    plan_key: str = Field(max_length=64, description="the form that planned it: a double click plans once")
    number: int = Field(default=1, description="its place in the year that was planned in one step")
    name: str = Field(max_length=200)
    place: str = Field(max_length=200)
    starts_at: datetime = Field(index=True)
    chair_id: str = Field(foreign_key="account.id", index=True)
    chair_name: str = Field(max_length=200, description="as people at the door know the Chair")
    agenda_by: str = Field(max_length=200)
    minutes_by: str = Field(max_length=200)
    actions_by: str = Field(max_length=200)
    planned_at: datetime
    planned_by: str = Field(max_length=200)
    opened_at: datetime | None = None
    closed_part_at: datetime | None = Field(default=None, description="when the closed session began")
    closed_at: datetime | None = None
    closed_by: str | None = Field(default=None, max_length=200)
    code: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    code_hash: str | None = Field(default=None, unique=True, max_length=64)
    list_deleted_at: datetime | None = Field(default=None, description="when its attendance list went, by rule")
    changed_at: datetime | None = Field(default=None, description="when its day, place or people last changed")
    called_off_at: datetime | None = None
    called_off_by: str | None = Field(default=None, max_length=200)
    called_off_why: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")


class MinuteTaker(SQLModel, table=True):
    """A colleague whom the Chair named to write the minutes of one meeting, and of no other."""

    __tablename__ = "minute_taker"

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=32)
    account_id: str = Field(primary_key=True, foreign_key="account.id", index=True)
    named_at: datetime
    named_by: str = Field(max_length=200)


class Undertaking(SQLModel, table=True):
    """One person's signature to the confidentiality agreement of Appendix 2, in the words of one edition (s10)."""

    __table_args__ = (UniqueConstraint("holder_hash", "edition_hash", name="uq_undertaking_once"),)

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    holder_hash: str = Field(max_length=64, description="the phone's cookie, or the form, by its hash")
    person: bytes = Field(sa_type=LargeBinary, description="sealed JSON: name, organisation, e-mail, signature")
    drawing: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed PNG: drawn with a finger")
    email_hash: str | None = Field(
        default=None, index=True, max_length=64, description="keyed; finds it by a link sent"
    )
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    kind: str = Field(default="", max_length=60, description="organisation type; '' where it is not on the list")
    edition: str = Field(max_length=20)
    edition_hash: str = Field(min_length=64, max_length=64)
    signed_at: datetime


class KnownPhone(SQLModel, table=True):
    """Another phone of somebody who signed before, known since they opened the link that was sent to their address."""

    __tablename__ = "known_phone"

    holder_hash: str = Field(primary_key=True, max_length=64)
    undertaking_id: str = Field(foreign_key="undertaking.id", index=True)
    at: datetime


class Attendance(SQLModel, table=True):
    """A line of a meeting's attendance list. There is none without a signed undertaking (s10)."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "undertaking_id", name="uq_attendance_once"),
        CheckConstraint(
            "(struck_at IS NULL) = (struck_by IS NULL) AND (struck_at IS NULL) = (struck_why IS NULL)",
            name="striking_is_whole",
        ),
        CheckConstraint("how IN ('phone','portal','tablet','paper')", name="how_is_known"),
        CheckConstraint("entitlement IN ('open','open_closed')", name="entitlement_is_known"),
        CheckConstraint(
            "stayed_at IS NULL OR entitlement = 'open_closed' OR admitted_why IS NOT NULL",
            name="closed_part_is_entitled",
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    undertaking_id: str = Field(foreign_key="undertaking.id", index=True)
    how: str = Field(max_length=10)
    entitlement: str = Field(max_length=12, description="Appendix 6: open, or open and closed session")
    signed_at: datetime
    recorded_by: str = Field(default="", max_length=200, description="who typed a paper signature in")
    stayed_at: datetime | None = Field(default=None, description="when the Chair noted them in the closed session")
    admitted_why: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="sealed: why the Chair admitted them"
    )
    struck_at: datetime | None = None
    struck_by: str | None = Field(default=None, max_length=200)
    struck_why: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")


class NotSigned(SQLModel, table=True):
    """Somebody at a meeting did not sign. Their name is kept only where it was given."""

    __tablename__ = "not_signed"
    __table_args__ = (UniqueConstraint("meeting_id", "holder_hash", name="uq_not_signed_once"),)

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    holder_hash: str = Field(max_length=64)
    name: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    at: datetime


class MeetingTick(SQLModel, table=True):
    """A line of the Chair's checklist (Appendix 3), done."""

    __tablename__ = "meeting_tick"

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id")
    task: str = Field(primary_key=True, max_length=60)
    at: datetime
    by: str = Field(max_length=200)


class MeetingList(SQLModel, table=True):
    """A meeting's attendance list as it was issued: the sealed PDF, encrypted; a later change makes a new one."""

    __tablename__ = "meeting_list"

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id")
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content_hash: str = Field(max_length=64, description="of the lines it shows")
    paper: bytes = Field(sa_type=LargeBinary, description="sealed")
    sha256: str = Field(min_length=64, max_length=64, description="of the PDF")
    made_at: datetime


class MeetingScan(SQLModel, table=True):
    """A scan of a signed paper of a meeting: checked, rid of what it says beside its picture, and encrypted."""

    __tablename__ = "meeting_scan"
    __table_args__ = (
        UniqueConstraint("meeting_id", "sha256", name="uq_meeting_scan_once"),
        CheckConstraint("kind IN ('pdf','png','jpeg')", name="scan_kind_is_known"),
    )

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    number: int
    kind: str = Field(max_length=4)
    size: int = Field(description="bytes as kept")
    sha256: str = Field(min_length=64, max_length=64, description="of the file as it came, so that it is kept once")
    scan: bytes = Field(sa_type=LargeBinary, description="sealed")
    added_at: datetime
    added_by: str = Field(max_length=200)


class KeepingPeriod(SQLModel, table=True):
    """How long the partnership keeps one kind of what meetings hold, where it has decided otherwise than proposed."""

    __tablename__ = "keeping_period"
    __table_args__ = (CheckConstraint("months BETWEEN 1 AND 120", name="months_are_sensible"),)

    kind: str = Field(primary_key=True, max_length=20)
    months: int
    set_at: datetime
    set_by: str = Field(max_length=200)
