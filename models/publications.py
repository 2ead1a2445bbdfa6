"""Figures that the public may see (s6): each table as proposed, approved, corrected and withdrawn."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from models.base import SQLModel


class PublishedTable(SQLModel, table=True):
    """One table of one data set and one quarter or several, small counts suppressed.

    It holds no personal data, so it is kept for good: what was public once can be shown again.
    """

    __tablename__ = "published_table"
    __table_args__ = (
        CheckConstraint(
            "status IN ('proposed','refused','published','replaced','withdrawn')", name="publication_status_known"
        ),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="proposed_is_undecided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="publication_decision_is_whole"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_people_publish"),
        CheckConstraint(
            "(status IN ('replaced','withdrawn')) = (ended_at IS NOT NULL)", name="publication_end_is_whole"
        ),
        CheckConstraint("quarters BETWEEN 1 AND 8", name="publication_quarters_follow"),
        CheckConstraint("status <> 'withdrawn' OR notice <> ''", name="withdrawal_leaves_a_notice"),
        Index(
            "one_public_table",
            "data_set",
            "quarter",
            "quarters",
            "rows_field",
            "columns_field",
            unique=True,
            sqlite_where=text("status = 'published'"),
            postgresql_where=text("status = 'published'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    key: str = Field(
        unique=True, max_length=64, description="made when the form was shown: a double click proposes once"
    )
    data_set: str = Field(max_length=60, index=True)
    quarter: str = Field(max_length=7, description="the last one")
    quarters: int = Field(default=1, description="how many, up to the last")
    rows_field: str = Field(max_length=60)
    columns_field: str = Field(default="", max_length=60)
    version: int = 1
    status: str = Field(default="proposed", max_length=12, index=True)
    content: str = Field(max_length=500_000, description="the table as CSV, as the public gets it")
    outlines: str = Field(
        default="", max_length=500_000, description="JSON: places that share a line, and the levels of subtotals"
    )
    returns_hash: str = Field(max_length=64, description="of the ids of the returns that it counts")
    tried: int = Field(description="withheld counts that the attack tried to work out, and could not")
    sums: int = Field(description="sums of all public tables that it tried them with")
    sent_by: str = Field(default="", max_length=40_000, description="organisations whose return it counts, one a line")
    not_sent_by: str = Field(
        default="", max_length=40_000, description="organisations that were asked and did not send"
    )
    proposed_at: datetime
    proposed_by: str = Field(max_length=64)
    proposed_by_name: str = Field(max_length=200)
    decided_at: datetime | None = None
    decided_by: str | None = Field(default=None, max_length=64)
    decided_by_name: str = Field(default="", max_length=200)
    notice: str = Field(default="", max_length=500, description="why it was corrected or withdrawn: public")
    ended_at: datetime | None = None
