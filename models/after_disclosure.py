"""What becomes of an answer at the organisation that received it: received, kept until a day, passed on, gone (s7, s9, s12).

Columns in clear hold ids, codes, days and the names of those who acted for an organisation. What was typed is sealed
under the request's own key, so that it goes when the request's content goes.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class RecipientCopy(SQLModel, table=True):
    """The copy of what was shared, at the organisation that asked. One for each request that was answered with something."""

    __tablename__ = "recipient_copy"
    __table_args__ = (
        CheckConstraint("status IN ('unconfirmed','wrong','held','gone')", name="known_status"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="receipt_is_whole"),
        CheckConstraint("status <> 'held' OR confirmed_at IS NOT NULL", name="held_is_confirmed"),
        CheckConstraint("(status = 'gone') = (gone_at IS NOT NULL)", name="gone_says_when"),
        CheckConstraint("(gone_at IS NULL) = (gone_by IS NULL)", name="gone_says_who"),
        CheckConstraint("(gone_at IS NULL) = (certificate IS NULL)", name="gone_is_certified"),
    )

    request_id: str = Field(foreign_key="information_request.id", primary_key=True)
    status: str = Field(max_length=12)
    turn_since: datetime = Field(description="since when it stands as it does")
    keep_until: date = Field(index=True, description="the last day on which the recipient may keep it")
    reminded_at: datetime | None = Field(default=None, description="when whoever it waits for was last reminded")
    confirmed_at: datetime | None = None
    confirmed_by: str | None = Field(default=None, max_length=200)
    gone_at: datetime | None = None
    gone_by: str | None = Field(default=None, max_length=200)
    gone_how: str = Field(default="", max_length=20, description="a code: deleted, shredded, returned, never_copied")
    certificate_reference: str | None = Field(default=None, unique=True, max_length=20)
    certificate: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="the sealed paper, under the vault"
    )
    certificate_sha256: str = Field(default="", max_length=64)


class AnswerNote(SQLModel, table=True):
    """What the recipient found wrong with an answer, or what the holder says to that. They take turns by number."""

    __tablename__ = "answer_note"
    __table_args__ = (
        UniqueConstraint("request_id", "number", name="answer_note_one_at_a_time"),
        CheckConstraint("kind IN ('trouble','remedy')", name="known_kind"),
    )

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", index=True)
    number: int
    kind: str = Field(max_length=10)
    by_id: str = Field(foreign_key="account.id")
    by_name: str = Field(max_length=200)
    at: datetime
    body: bytes | None = Field(default=None, sa_type=LargeBinary)


class LongerKeeping(SQLModel, table=True):
    """That the recipient still needs what it was given, to a new day and why; the holder may object, once."""

    __tablename__ = "longer_keeping"
    __table_args__ = (
        UniqueConstraint("request_id", "number", name="longer_keeping_one_at_a_time"),
        CheckConstraint("(objected_at IS NULL) = (objected_by IS NULL)", name="objection_is_whole"),
    )

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", index=True)
    number: int
    until: date
    asked_at: datetime
    asked_by: str = Field(max_length=200)
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
    objected_at: datetime | None = None
    objected_by: str | None = Field(default=None, max_length=200)
    objection: bytes | None = Field(default=None, sa_type=LargeBinary)


class OnwardSharing(SQLModel, table=True):
    """The wish to pass facts of an answer on to another body, put to the body that they came from. Nothing moves by itself."""

    __tablename__ = "passing_on"
    __table_args__ = (
        UniqueConstraint("request_id", "key", "originator_id", name="passing_on_asked_once"),
        CheckConstraint("status IN ('waiting','yes','no','lapsed')", name="known_status"),
        CheckConstraint("(status IN ('yes','no')) = (answered_at IS NOT NULL)", name="answer_says_when"),
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_says_who"),
    )

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", index=True)
    key: str = Field(max_length=32, description="a double click must not ask twice")
    originator_id: str = Field(foreign_key="organisation.id", index=True)
    receiver_id: str | None = Field(default=None, foreign_key="organisation.id")
    gateway: str = Field(max_length=60, description="a gateway of the edition")
    status: str = Field(max_length=10)
    asked_at: datetime
    asked_by_id: str = Field(foreign_key="account.id")
    asked_by: str = Field(max_length=200)
    reminded_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by_id: str | None = Field(default=None, foreign_key="account.id")
    answered_by: str = Field(default="", max_length=200)
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="to whom, which facts, and why")
    answer: bytes | None = Field(default=None, sa_type=LargeBinary, description="the conditions, or why not")
