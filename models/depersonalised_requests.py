"""Requests for figures or other data without names (s6 Depersonalised Data): short, and without the Section 4 check."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class DepersonalisedRequest(SQLModel, table=True):
    """A wish for data that names nobody, put to the organisation that holds it. One form becomes one request."""

    __tablename__ = "nameless_request"
    __table_args__ = (
        CheckConstraint("status IN ('waiting','answered','declined','withdrawn')", name="known_status"),
        CheckConstraint("asking_organisation_id <> holding_organisation_id", name="asks_another"),
        CheckConstraint("(status IN ('answered','declined')) = (answered_at IS NOT NULL)", name="answer_says_when"),
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answer_says_who"),
        CheckConstraint("(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_says_when"),
        Index("nameless_asked_by", "asking_organisation_id", "status"),
        Index("nameless_held_by", "holding_organisation_id", "status"),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=32, description="a double click must not send twice")
    asking_organisation_id: str = Field(foreign_key="organisation.id")
    holding_organisation_id: str = Field(foreign_key="organisation.id")
    requester_id: str = Field(foreign_key="account.id", index=True)
    after_request_id: str | None = Field(
        default=None, foreign_key="information_request.id", description="the refused request that led here"
    )
    status: str = Field(max_length=12)
    detail: str = Field(max_length=20, description="a code: totals, months, places, records")
    wanted_by: date
    sent_at: datetime = Field(index=True)
    turn_since: datetime
    reminded_at: datetime | None = None
    words: bytes = Field(sa_type=LargeBinary, description="what is wanted, and for what; sealed by the vault")
    answered_at: datetime | None = None
    answered_by_id: str | None = Field(default=None, foreign_key="account.id")
    answered_by: str = Field(default="", max_length=200)
    answer: bytes | None = Field(default=None, sa_type=LargeBinary, description="the answer, or why not")
    withdrawn_at: datetime | None = None


class DepersonalisedFile(SQLModel, table=True):
    """A file of figures that answers such a request; it was read before it was kept, and holds no identifier."""

    __tablename__ = "nameless_file"
    __table_args__ = (UniqueConstraint("request_id", "number", name="nameless_file_one_at_a_time"),)

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="nameless_request.id", index=True)
    number: int
    kind: str = Field(max_length=10)
    size: int
    name: bytes = Field(sa_type=LargeBinary)
    content: bytes = Field(sa_type=LargeBinary)
