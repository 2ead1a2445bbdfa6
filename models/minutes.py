"""What a meeting leaves behind: the restricted appendix and who reads it, minutes, agenda, actions, wishes, papers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class MeetingSaid(SQLModel, table=True):
    """One disclosure at the closed session (s6): an entry of the restricted appendix. It cannot be kept without its source."""

    __tablename__ = "meeting_said"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number", name="uq_meeting_said_number"),
        UniqueConstraint("form_key", name="uq_meeting_said_once"),
    )

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    number: int
    form_key: str = Field(max_length=64, description="the form that recorded it: a double click records once")
    purpose: str = Field(max_length=40, description="id of one of the edition's purposes")
    subject: bytes = Field(sa_type=LargeBinary, description="sealed: the names of whom it is about, one a line")
    source: bytes = Field(sa_type=LargeBinary, description="sealed JSON: the body and the person's post")
    words: bytes = Field(sa_type=LargeBinary, description="sealed: what was said")
    said_at: datetime
    recorded_by: str = Field(max_length=200)


class SaidReader(SQLModel, table=True):
    """Somebody who needed to know an entry: reads it in the portal (an account), or gets it on paper."""

    __tablename__ = "meeting_said_reader"
    __table_args__ = (
        CheckConstraint("(handed_at IS NULL) = (handed_by IS NULL)", name="handing_is_whole"),
        CheckConstraint("account_id IS NULL OR handed_at IS NULL", name="portal_or_paper"),
    )

    said_id: str = Field(primary_key=True, foreign_key="meeting_said.id", max_length=32)
    line_id: str = Field(primary_key=True, foreign_key="attendance.id", max_length=32)
    account_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    handed_at: datetime | None = None
    handed_by: str | None = Field(default=None, max_length=200)
    action_id: str | None = Field(
        default=None,
        foreign_key="meeting_action.id",
        index=True,
        description="not written since EntryKeeper; it stays because hashes in the record hold it",
    )


class EntryKeeper(SQLModel, table=True):
    """A reader keeps an entry for an action, and for a second one as well: whoever stands in no row keeps nothing (App 2)."""

    __tablename__ = "meeting_entry_keeper"
    __table_args__ = (
        ForeignKeyConstraint(
            ["said_id", "line_id"],
            ["meeting_said_reader.said_id", "meeting_said_reader.line_id"],
            name="keeps_what_they_read",
        ),
    )

    said_id: str = Field(primary_key=True, max_length=32)
    line_id: str = Field(primary_key=True, max_length=32)
    action_id: str = Field(primary_key=True, foreign_key="meeting_action.id", max_length=32, index=True)


class MeetingMinutes(SQLModel, table=True):
    """The minutes' body of a meeting, and how far it has come: written, circulated, final, published."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (
        CheckConstraint("(final_at IS NULL) = (final_by IS NULL)", name="final_is_whole"),
        CheckConstraint("circulated_at IS NULL OR grounds <> ''", name="grounds_before_circulation"),
        CheckConstraint("final_at IS NULL OR circulated_at IS NOT NULL", name="circulated_before_final"),
        CheckConstraint(
            "published_at IS NULL OR (final_at IS NOT NULL AND marking = '')", name="restricted_is_not_published"
        ),
    )

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=32)
    body: bytes = Field(sa_type=LargeBinary, description="sealed")
    lesson: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: what other groups can learn")
    need: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: what the partnership should do")
    saved_at: datetime
    saved_by: str = Field(max_length=200)
    grounds: str = Field(
        default="", description="JSON: each ground of Restricted by its id, yes or no; '' not answered"
    )
    marking: str = Field(default="", max_length=40, description="marking that a yes calls for; '' where there is none")
    circulated_at: datetime | None = None
    final_at: datetime | None = None
    final_by: str | None = Field(default=None, max_length=200)
    published_at: datetime | None = None


class MinutesReader(SQLModel, table=True):
    """Somebody at a meeting, with an account, to whom its minutes went."""

    __tablename__ = "meeting_minutes_reader"

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=32)
    account_id: str = Field(primary_key=True, foreign_key="account.id", max_length=32)


class FalseAlarm(SQLModel, table=True):
    """Words that look like an identifier and are none, by their hash, and the Chair's reason."""

    __tablename__ = "minutes_false_alarm"

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=32)
    finding: str = Field(primary_key=True, max_length=64)
    reason: bytes = Field(sa_type=LargeBinary, description="sealed")
    at: datetime
    by: str = Field(max_length=200)


class AgendaItem(SQLModel, table=True):
    """An item of a meeting's agenda: the source it stands on, who is affected, and why no action follows (Appendix 6)."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("form_key", name="uq_agenda_item_once"),
        CheckConstraint("source <> ''", name="source_is_named"),
        CheckConstraint("asked IN ('yes','no','nobody')", name="asked_is_known"),
        CheckConstraint("asked <> 'no' OR not_asked_why IS NOT NULL", name="not_asking_has_a_reason"),
    )

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    number: int
    form_key: str = Field(max_length=64)
    title: bytes = Field(sa_type=LargeBinary, description="sealed")
    source: str = Field(max_length=200, description="one of the edition's sources")
    affected: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: who is affected")
    asked: str = Field(max_length=10)
    not_asked_why: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    no_action_why: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")


class MeetingAction(SQLModel, table=True):
    """Something that somebody does by a day; it follows the group from meeting to meeting until it is done."""

    __tablename__ = "meeting_action"
    __table_args__ = (
        UniqueConstraint("form_key", name="uq_meeting_action_once"),
        CheckConstraint(
            "(done_at IS NULL) = (done_by IS NULL) AND (done_at IS NULL) = (note IS NULL)", name="doing_is_whole"
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    item_id: str | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    form_key: str = Field(max_length=64)
    what: bytes = Field(sa_type=LargeBinary, description="sealed")
    owner: bytes = Field(sa_type=LargeBinary, description="sealed")
    due: date
    agreed_at: datetime
    done_at: datetime | None = None
    done_by: str | None = Field(default=None, max_length=200)
    note: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: how it was done")


class UrgentWish(SQLModel, table=True):
    """Somebody who signed asks the Chair whether they may pass something on; the Chair decides with a reason (App 2)."""

    __tablename__ = "urgent_wish"
    __table_args__ = (
        UniqueConstraint("form_key", name="uq_urgent_wish_once"),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (allowed IS NULL)"
            " AND (decided_at IS NULL) = (reason IS NULL)",
            name="deciding_is_whole",
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    line_id: str = Field(foreign_key="attendance.id", index=True)
    form_key: str = Field(max_length=64)
    words: bytes = Field(sa_type=LargeBinary, description="sealed JSON: what, to whom, why it cannot wait")
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = Field(default=None, max_length=200)
    allowed: bool | None = None
    reason: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")


class MeetingPaper(SQLModel, table=True):
    """A paper of a meeting as it was issued: the sealed PDF, encrypted; changed content makes a new one beside it."""

    __tablename__ = "meeting_paper"
    __table_args__ = (CheckConstraint("kind IN ('agenda','minutes','published','appendix')", name="kind_is_known"),)

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id", max_length=32)
    kind: str = Field(primary_key=True, max_length=10)
    holder: str = Field(primary_key=True, max_length=40, description="whose copy of an appendix; '' for everybody's")
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content_hash: str = Field(max_length=64)
    paper: bytes = Field(sa_type=LargeBinary, description="sealed")
    sha256: str = Field(min_length=64, max_length=64, description="of the PDF")
    made_at: datetime
