"""Editions that the partnership words itself: drafted from the last, authorised by two people, in force from a day (s13)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from models.base import SQLModel


class AgreementEdition(SQLModel, table=True):
    """An edition with words of its own; its rules are those of a release's edition. Once authorised it never changes."""

    __tablename__ = "agreement_edition"
    __table_args__ = (
        CheckConstraint("state IN ('draft','handed','authorised','dropped')", name="state_known"),
        CheckConstraint(
            "state NOT IN ('handed','authorised') OR (sha256 IS NOT NULL AND force_from IS NOT NULL)",
            name="handed_fixed",
        ),
        CheckConstraint("(state = 'authorised') = (authorised_at IS NOT NULL)", name="authorised_is_whole"),
        Index(
            "one_open_draft",
            "rules",
            unique=True,
            sqlite_where=text("state IN ('draft','handed')"),
            postgresql_where=text("state IN ('draft','handed')"),
        ),
    )

    id: str = Field(primary_key=True, max_length=20, description="2026-2: the second wording of the rules of 2026")
    rules: str = Field(max_length=20, description="the release's edition whose machine-checked rules stay with it")
    rules_sha256: str | None = Field(
        default=None, max_length=64, description="the text of those rules, fixed at hand-over; a draft takes today's"
    )
    based_on: str = Field(max_length=20)
    number: int
    change: str = Field(default="", max_length=500, description="what changed, for the version record")
    text: str = Field(description="Markdown, as it is signed")
    blanks: str = Field(description="JSON: placeholder key -> value, as the edition says it")
    force_from: date | None = Field(default=None, index=True)
    state: str = Field(default="draft", max_length=12)
    round: int = Field(default=0, description="how often it was handed over: authorisations count for one round")
    sha256: str | None = Field(
        default=None, max_length=64, description="of the words and the blanks, fixed at hand-over"
    )
    begun_at: datetime
    begun_by: str = Field(max_length=64)
    changed_at: datetime
    handed_at: datetime | None = None
    authorised_at: datetime | None = None


class EditionWriter(SQLModel, table=True):
    """Somebody who wrote words of an edition, and so may not authorise it."""

    __tablename__ = "edition_writer"

    edition_id: str = Field(primary_key=True, foreign_key="agreement_edition.id", max_length=20)
    account_id: str = Field(primary_key=True, max_length=64)
    name: str = Field(max_length=200)


class EditionDecision(SQLModel, table=True):
    """One person's answer to an edition that was handed over: authorised, or sent back with a reason."""

    __tablename__ = "edition_decision"
    __table_args__ = (
        UniqueConstraint("edition_id", "round", "by", name="one_answer_a_person"),
        CheckConstraint("decision IN ('authorised','sent back')", name="decision_known"),
        CheckConstraint("(decision = 'sent back') = (words IS NOT NULL)", name="sent_back_with_reason"),
    )

    id: str = Field(primary_key=True, max_length=32)
    edition_id: str = Field(foreign_key="agreement_edition.id", max_length=20, index=True)
    round: int
    decision: str = Field(max_length=12)
    sha256: str = Field(max_length=64, description="what was on the screen when they decided")
    by: str = Field(max_length=64)
    by_name: str = Field(max_length=200)
    role: str = Field(max_length=20)
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: why it was sent back")
    at: datetime


class SigningAsked(SQLModel, table=True):
    """That an organisation was asked by letter to sign an edition: when last, and how often."""

    __tablename__ = "signing_asked"

    edition: str = Field(primary_key=True, max_length=20)
    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id", max_length=32)
    asked_at: datetime
    times: int


class EditionAdoption(SQLModel, table=True):
    """That the partnership brought a release's edition into force: its blanks as they were then, and who authorised it."""

    __tablename__ = "edition_adoption"

    edition: str = Field(primary_key=True, max_length=20)
    rules_sha256: str = Field(max_length=64, description="of the release's sealed edition, as it stood then")
    sha256: str = Field(max_length=64, description="of the words and the blanks, as they were authorised")
    blanks: str = Field(description="JSON: placeholder key -> value")
    struck: str = Field(default="[]", description="JSON: the facts that the partnership struck out, as table/id")
    authorised: str = Field(max_length=300, description="the posts of who authorised it, in words")
    adopted_at: datetime


class AdoptionDecision(SQLModel, table=True):
    """One person's authorisation of a release's edition; it counts only for the words that were on their screen."""

    __tablename__ = "adoption_decision"

    edition: str = Field(primary_key=True, max_length=20)
    by: str = Field(primary_key=True, max_length=64)
    sha256: str = Field(max_length=64, description="of the words on the screen when they decided")
    by_name: str = Field(max_length=200)
    role: str = Field(max_length=20)
    at: datetime
