"""Quarterly returns: depersonalised records, sealed, with how they came about."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from models.base import SQLModel


class Return(SQLModel, table=True):
    """One data set of one organisation for one quarter (s11). A later one replaces it; the earlier stays in the history."""

    __tablename__ = "quarterly_return"
    __table_args__ = (
        CheckConstraint("nothing_to_report = (content IS NULL)", name="holds_records_or_says_none"),
        CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ending_is_whole"),
        CheckConstraint("ended_why IN ('replaced', 'withdrawn')", name="ending_is_known"),
        Index(
            "one_current_return",
            "organisation_id",
            "data_set",
            "quarter",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was shown: a double click sends once")
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    data_set: str = Field(max_length=60)
    quarter: str = Field(max_length=7, index=True)
    edition: str = Field(max_length=20)
    edition_hash: str = Field(max_length=64)
    rules_hash: str = Field(max_length=64)
    nothing_to_report: bool = False
    rows_read: int = 0
    rows_kept: int = 0
    small_groups: bool = Field(
        default=False, description="a group of fewer than the threshold: carried into publication"
    )
    content: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed Parquet")
    content_hash: str = Field(default="", max_length=64)
    report: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed JSON, without identifiers")
    certificate: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed PDF, as issued")
    sent_at: datetime
    sent_by: str = Field(max_length=32)
    sent_by_name: str = Field(max_length=200)
    replaces: str | None = Field(default=None, foreign_key="quarterly_return.id", unique=True)
    ended_at: datetime | None = None
    ended_why: str | None = Field(default=None, max_length=20)
    ended_reason: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="sealed: why it was withdrawn, for 28 days"
    )
    emptied_at: datetime | None = Field(
        default=None, description="when its records were deleted; line and certificate stay"
    )


class StoredDataReview(SQLModel, table=True):
    """One review of one return's records (s12): kept another year with a reason, or deleted for good."""

    __tablename__ = "stored_data_review"
    __table_args__ = (
        UniqueConstraint("return_id", "key", name="one_review_a_form"),
        CheckConstraint("decision IN ('kept', 'deleted')", name="decision_is_known"),
        CheckConstraint("(decision = 'kept') = (next_on IS NOT NULL)", name="kept_until_the_next"),
    )

    id: str = Field(primary_key=True, max_length=32)
    return_id: str = Field(foreign_key="quarterly_return.id", index=True)
    key: str = Field(max_length=64, description="made when the form was shown: a double click reviews once")
    decision: str = Field(max_length=10)
    reason: bytes = Field(sa_type=LargeBinary, description="sealed")
    next_on: date | None = None
    reviewed_at: datetime
    reviewed_by: str = Field(max_length=200)


class ColumnMemory(SQLModel, table=True):
    """How an organisation matched its columns last time, so that it is not asked again. Sealed: a heading may name a person."""

    __tablename__ = "column_memory"
    __table_args__ = (UniqueConstraint("organisation_id", "data_set", name="one_memory_a_data_set"),)

    id: str = Field(primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id")
    data_set: str = Field(max_length=60)
    mapping: bytes = Field(sa_type=LargeBinary)
    confirmed_at: datetime


class WordingMemory(SQLModel, table=True):
    """What an organisation's own words for a category stand for, as digests of them -> code, so that it is asked once. Sealed."""

    __tablename__ = "wording_memory"
    __table_args__ = (
        UniqueConstraint("organisation_id", "data_set", "field", name="one_memory_a_field"),
        CheckConstraint("wordings >= 0", name="counts_wordings"),
    )

    id: str = Field(primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id")
    data_set: str = Field(max_length=60)
    field: str = Field(max_length=60)
    content: bytes = Field(sa_type=LargeBinary)
    wordings: int
    used_at: datetime
