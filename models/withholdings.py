"""Passages of the published agreement that partners decide to withhold (s15): the proposal, the answers, the decision."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from models.base import SQLModel


class Withholding(SQLModel, table=True):
    """A proposal to withhold passages, and what became of it. Why is sealed: a reason can say what must not be public."""

    __table_args__ = (
        CheckConstraint("status IN ('open','withheld','published','ended')", name="status_known"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="open_is_undecided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decision_is_whole"),
        CheckConstraint("(status = 'ended') = (ended_at IS NOT NULL)", name="ending_is_whole"),
        Index(
            "one_open_withholding",
            "marks_sha256",
            unique=True,
            sqlite_where=text("status IN ('open','withheld')"),
            postgresql_where=text("status IN ('open','withheld')"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    edition: str = Field(max_length=20, description="the edition on the screen when it was proposed")
    part: str = Field(max_length=200)
    marks: str = Field(max_length=20_000, description="marks of the passages, one a line: hashes of their words")
    marks_sha256: str = Field(max_length=64, description="of the marks: the same passages are proposed once at a time")
    exemption: str = Field(max_length=200, description="public: shown in the passages' place")
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    reason: bytes = Field(sa_type=LargeBinary, description="sealed")
    proposed_at: datetime
    proposed_by: str = Field(max_length=64)
    proposed_by_name: str = Field(max_length=200)
    status: str = Field(default="open", max_length=12, index=True)
    decided_at: datetime | None = None
    decided_by: str | None = Field(default=None, max_length=64)
    decided_by_name: str | None = Field(default=None, max_length=200)
    decision_words: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="sealed: what was agreed and how"
    )
    ended_at: datetime | None = None


class WithholdingAnswer(SQLModel, table=True):
    """What one partner says to a proposal."""

    __tablename__ = "withholding_answer"

    withholding_id: str = Field(primary_key=True, foreign_key="withholding.id", max_length=32)
    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id", max_length=32)
    agrees: bool
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    answered_at: datetime
    answered_by: str = Field(max_length=64)
    answered_by_name: str = Field(max_length=200)
