"""A loss of shared information, reported and followed to its closing (s9).

Columns in clear hold ids, codes and moments. What people wrote is sealed.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class Breach(SQLModel, table=True):
    """A loss or breach as it was reported. Its clock runs from `found_at`. One form makes one report."""

    __tablename__ = "breach"
    __table_args__ = (
        CheckConstraint("kind IN ('lost','wrong_person','seen','other_use','machine','other')", name="known_kind"),
        CheckConstraint("about IN ('request','return','meeting','statement','other')", name="known_about"),
        CheckConstraint("(about = 'other') = (about_id = '')", name="about_names_it"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closing_is_whole"),
        CheckConstraint("found_at <= reported_at", name="found_before_it_was_reported"),
        CheckConstraint("purged_at IS NULL OR (words IS NULL AND lesson IS NULL)", name="purged_is_empty"),
        CheckConstraint("reminded IN ('','soon','late')", name="known_reminder"),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    kind: str = Field(max_length=20)
    about: str = Field(max_length=10)
    about_id: str = Field(default="", max_length=32)
    about_words: str = Field(
        default="", max_length=200, description="what it was, by reference: no word about a person"
    )
    edition: str = Field(max_length=20)
    edition_hash: str = Field(min_length=64, max_length=64)
    found_at: datetime
    regulator_by: datetime | None = Field(default=None, description="None where the edition names no such clock")
    reported_at: datetime = Field(index=True)
    reported_by_id: str = Field(foreign_key="account.id", index=True)
    reported_by: str = Field(max_length=200)
    words: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="sealed JSON: what happened, what was done"
    )
    closed_at: datetime | None = None
    closed_by: str | None = Field(default=None, max_length=200)
    lesson: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    reminded: str = Field(default="", max_length=10)
    purged_at: datetime | None = None


class BreachBody(SQLModel, table=True):
    """An organisation that a breach concerns: where it happened, or whose information it was."""

    __tablename__ = "breach_body"
    __table_args__ = (CheckConstraint("part IN ('concerned','originator')", name="known_part"),)

    breach_id: str = Field(foreign_key="breach.id", primary_key=True)
    organisation_id: str = Field(foreign_key="organisation.id", primary_key=True, index=True)
    part: str = Field(max_length=12)


class BreachStep(SQLModel, table=True):
    """One step after a report: contained, people told, the regulator told or why not. Steps stand in a row and stay."""

    __tablename__ = "breach_step"
    __table_args__ = (
        UniqueConstraint("breach_id", "number", name="breach_step_one_at_a_time"),
        UniqueConstraint("breach_id", "key", name="breach_step_once"),
        CheckConstraint(
            "kind IN ('contained','told','regulator_told','regulator_not_needed','note')", name="known_step"
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    breach_id: str = Field(foreign_key="breach.id", index=True)
    number: int
    key: str = Field(max_length=64, description="a double click must not write it twice")
    kind: str = Field(max_length=24)
    at: datetime
    by_name: str = Field(max_length=200)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
