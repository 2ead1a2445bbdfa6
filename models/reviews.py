"""Where partners publish the agreement (s15), and the reviews of the agreement (s13)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from models.base import SQLModel


class Publication(SQLModel, table=True):
    """Where one organisation publishes the agreement."""

    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id", max_length=32)
    address: str = Field(max_length=300)
    in_scheme: bool = Field(description="whether its publication scheme names it")
    recorded_at: datetime
    recorded_by: str = Field(max_length=200)


class AgreementReview(SQLModel, table=True):
    """A review of the agreement: who reviewed it, what came of it, and when the next is due."""

    __tablename__ = "agreement_review"
    __table_args__ = (
        CheckConstraint("outcome IN ('no change','new edition')", name="outcome_known"),
        CheckConstraint("next_on > reviewed_on", name="next_is_later"),
    )

    id: str = Field(primary_key=True, max_length=32, description="made when the form was first shown")
    edition: str = Field(max_length=20)
    reviewed_on: date = Field(index=True)
    outcome: str = Field(max_length=12)
    words: bytes = Field(sa_type=LargeBinary, description="sealed: who reviewed it and what they found")
    next_on: date
    recorded_at: datetime
    recorded_by: str = Field(max_length=200)
