"""What the partnership keeps to show that it keeps the law: complaints about how people's information is used.

Columns in clear hold ids, codes and moments. What people wrote, and who they are, is sealed.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class Complaint(SQLModel, table=True):
    """A complaint about how somebody's information is used. Its clock runs from `received_on` (DPA 2018 s164A)."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("came IN ('web','post','email','phone','person')", name="known_way_in"),
        CheckConstraint("(acknowledged_on IS NULL) = (acknowledged_how IS NULL)", name="acknowledgement_is_whole"),
        CheckConstraint("acknowledged_on IS NULL OR acknowledged_on >= received_on", name="acknowledged_after"),
        CheckConstraint("(told_at IS NULL) = (result = '')", name="outcome_is_whole"),
        CheckConstraint("result IN ('','upheld','partly','not_upheld')", name="known_result"),
        CheckConstraint(
            "purged_at IS NULL OR (words IS NULL AND outcome IS NULL AND paper IS NULL)", name="purged_is_empty"
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    came: str = Field(max_length=10)
    received_on: date = Field(index=True)
    acknowledge_by: date
    logged_at: datetime
    logged_by: str = Field(default="", max_length=200, description="'' where the person wrote it in the portal")
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed JSON: name, reach, about")
    reachable: bool = Field(description="whether they left a way to be answered")
    acknowledged_on: date | None = None
    acknowledged_how: str | None = Field(default=None, max_length=10)
    acknowledged_by: str = Field(default="", max_length=200)
    result: str = Field(default="", max_length=12)
    outcome: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: what was found and done")
    told_at: datetime | None = None
    told_how: str = Field(default="", max_length=10)
    told_by: str = Field(default="", max_length=200)
    paper: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: the letter of the outcome")
    purged_at: datetime | None = None


class ComplaintStep(SQLModel, table=True):
    """One step taken about a complaint: an enquiry, word of progress, what was put right. Steps stand in a row and stay."""

    __tablename__ = "complaint_step"
    __table_args__ = (
        UniqueConstraint("complaint_id", "number", name="complaint_step_one_at_a_time"),
        UniqueConstraint("complaint_id", "key", name="complaint_step_once"),
    )

    id: str = Field(primary_key=True, max_length=32)
    complaint_id: str = Field(foreign_key="complaint.id", index=True)
    number: int
    key: str = Field(max_length=64, description="a double click must not write it twice")
    at: datetime
    by_name: str = Field(max_length=200)
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")


class AccountabilityAnswers(SQLModel, table=True):
    """What only the body itself knows, asked once for a kind of paper: contacts, transfers, who was asked for advice."""

    __tablename__ = "accountability_answers"
    __table_args__ = (UniqueConstraint("subject", name="accountability_asked_once"),)

    id: str = Field(primary_key=True, max_length=32)
    subject: str = Field(max_length=120, description="the kind, the data set and the body that it is about")
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", index=True)
    words: bytes = Field(sa_type=LargeBinary, description="sealed JSON: question -> answer")
    saved_at: datetime
    saved_by: str = Field(max_length=200)


class AccountabilityPaper(SQLModel, table=True):
    """A paper that shows that the law is kept, as the portal made it on a day; a newer one of its subject takes its place."""

    __tablename__ = "accountability_paper"
    __table_args__ = (UniqueConstraint("subject", "number", name="accountability_one_at_a_time"),)

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    subject: str = Field(max_length=120, index=True)
    kind: str = Field(max_length=30)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", index=True)
    number: int
    content: bytes = Field(sa_type=LargeBinary, description="sealed JSON: its sections")
    sha256: str = Field(min_length=64, max_length=64, description="of the content: what signatures bind to")
    paper: bytes = Field(sa_type=LargeBinary, description="sealed: the PDF, made again with each signature")
    made_at: datetime
    made_by: str = Field(max_length=200)
    review_on: date
    ended_at: datetime | None = None


class AccountabilitySignature(SQLModel, table=True):
    """Somebody's signature to such a paper; no paper comes with one."""

    __tablename__ = "accountability_signature"

    paper_id: str = Field(foreign_key="accountability_paper.id", primary_key=True)
    account_id: str = Field(foreign_key="account.id", primary_key=True, index=True)
    name: str = Field(max_length=200)
    position: str = Field(max_length=200)
    signed_at: datetime
