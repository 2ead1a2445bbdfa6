"""What partners write down: sharing statements (App 5), access requests (s5, s15), privacy notices (s6).

Columns in clear hold ids, codes and days. What people wrote is sealed; a privacy notice is written to be published.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from models.base import SQLModel


class SharingStatement(SQLModel, table=True):
    """A statement of regular sharing. In force only once every party has signed the same version of its words."""

    __tablename__ = "sharing_statement"
    __table_args__ = (
        CheckConstraint("status IN ('draft','in_force','replaced','ended')", name="known_status"),
        CheckConstraint("(in_force_at IS NULL) = (paper IS NULL)", name="in_force_has_its_paper"),
        CheckConstraint("status NOT IN ('in_force','replaced') OR in_force_at IS NOT NULL", name="force_says_when"),
        CheckConstraint("(status IN ('replaced','ended')) = (ended_at IS NOT NULL)", name="end_says_when"),
        CheckConstraint("replaces_id IS NULL OR replaces_id <> id", name="replaces_another"),
        Index(
            "one_new_version",
            "replaces_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    edition: str = Field(max_length=20)
    edition_hash: str = Field(min_length=64, max_length=64)
    status: str = Field(max_length=12, index=True)
    version: int = Field(default=1, description="counts changes of the words")
    text_sha256: str = Field(min_length=64, max_length=64, description="over the words of this version")
    words: bytes = Field(sa_type=LargeBinary, description="sealed JSON")
    begun_at: datetime
    begun_by: str = Field(max_length=200)
    changed_at: datetime
    changed_by: str = Field(max_length=200)
    replaces_id: str | None = Field(default=None, foreign_key="sharing_statement.id")
    in_force_at: datetime | None = None
    review_on: date | None = None
    reviewed_at: datetime | None = Field(default=None, description="when a party last said that it still holds")
    ended_at: datetime | None = None
    ended_by_organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    end_reason: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    paper: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed PDF, sealed at rest")
    paper_sha256: str = Field(default="", max_length=64)


class StatementParty(SQLModel, table=True):
    """An organisation that a statement binds; `turn` is its place in the order of signing."""

    __tablename__ = "statement_party"
    __table_args__ = (UniqueConstraint("statement_id", "turn", name="one_at_each_turn"),)

    statement_id: str = Field(foreign_key="sharing_statement.id", primary_key=True)
    organisation_id: str = Field(foreign_key="organisation.id", primary_key=True, index=True)
    turn: int


class StatementPost(SQLModel, table=True):
    """Who holds a post that runs the sharing day to day. The post's name stands in the words; `number` is its place there."""

    __tablename__ = "statement_post"
    __table_args__ = (UniqueConstraint("statement_id", "organisation_id", "number", name="one_at_each_place"),)

    id: str = Field(primary_key=True, max_length=32)
    statement_id: str = Field(foreign_key="sharing_statement.id", index=True)
    organisation_id: str = Field(foreign_key="organisation.id")
    number: int
    account_id: str | None = Field(default=None, foreign_key="account.id", description="where the holder has one")
    named_at: datetime = Field(description="since when it is said who holds it")


class StatementSignature(SQLModel, table=True):
    """A party's signature to one version of the words. A change of the words makes it void; it stays on record."""

    __tablename__ = "statement_signature"
    __table_args__ = (
        CheckConstraint("(voided_at IS NULL) = (voided_why = '')", name="voiding_is_whole"),
        CheckConstraint("voided_why IN ('','words_changed')", name="known_reason"),
        Index(
            "one_signature_per_party",
            "statement_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    statement_id: str = Field(foreign_key="sharing_statement.id", index=True)
    organisation_id: str = Field(foreign_key="organisation.id")
    version: int
    text_sha256: str = Field(min_length=64, max_length=64)
    signer: bytes = Field(sa_type=LargeBinary, description="sealed JSON: name, post")
    signed_by_id: str = Field(foreign_key="account.id")
    signed_at: datetime
    voided_at: datetime | None = None
    voided_why: str = Field(default="", max_length=20)


class InformationContact(SQLModel, table=True):
    """Where an organisation's information management gets its copies (App 5): a role and an address, never a person."""

    __tablename__ = "information_contact"

    organisation_id: str = Field(foreign_key="organisation.id", primary_key=True)
    role: str = Field(max_length=200)
    email: bytes = Field(sa_type=LargeBinary, description="sealed")
    changed_at: datetime
    changed_by: str = Field(max_length=200)


class AccessRequest(SQLModel, table=True):
    """Somebody outside asked to see information. Who asks, and what for, is sealed: no column here says it."""

    __tablename__ = "access_request"
    __table_args__ = (
        CheckConstraint("kind IN ('foi','eir','subject_access','law_enforcement')", name="known_kind"),
        CheckConstraint("outcome IN ('','disclose','part','withhold','not_held')", name="known_outcome"),
        CheckConstraint("(decided_at IS NULL) = (outcome = '')", name="decision_is_whole"),
        CheckConstraint(
            "(decided_at IS NULL AND paper IS NULL) OR (decided_at IS NOT NULL AND (paper IS NULL) = (purged_at IS NOT NULL))",
            name="decided_has_its_paper",
        ),
        CheckConstraint("(words IS NULL) = (purged_at IS NOT NULL)", name="purged_is_empty"),
        CheckConstraint("stopped_on IS NULL OR decided_at IS NULL", name="decided_is_not_stopped"),
        CheckConstraint("paused_days >= 0", name="paused_in_reason"),
        CheckConstraint("extended_to IS NULL OR kind IN ('subject_access','eir')", name="only_where_law_gives_time"),
        CheckConstraint("due_on >= received_on", name="due_after_it_came"),
        Index("access_of_organisation", "organisation_id", "decided_at"),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    organisation_id: str = Field(foreign_key="organisation.id")
    kind: str = Field(max_length=20)
    edition: str = Field(max_length=20)
    edition_hash: str = Field(min_length=64, max_length=64)
    received_on: date
    due_on: date
    extended_to: date | None = None
    logged_at: datetime
    logged_by: str = Field(max_length=200)
    stopped_on: date | None = Field(default=None, description="since when the clock stands still for a clarification")
    paused_days: int = Field(default=0, description="days that did not count (subject access)")
    counts_from: date | None = Field(
        default=None, description="from when the clock counts anew (freedom of information)"
    )
    words: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="sealed JSON: who asks, how to reach them, what they ask"
    )
    extension: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: why it takes longer")
    outcome: str = Field(default="", max_length=20)
    decision: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed JSON")
    decided_at: datetime | None = None
    decided_by_id: str | None = Field(default=None, foreign_key="account.id")
    paper: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed PDF, sealed at rest")
    paper_sha256: str = Field(default="", max_length=64)
    reminded: str = Field(default="", max_length=10, description="the last reminder sent: soon, late")
    purged_at: datetime | None = Field(default=None, description="when its content was deleted, its keeping time over")


class Clarification(SQLModel, table=True):
    """A question to the person who asks, without whose answer the request cannot be met: until then no day counts."""

    __tablename__ = "access_clarification"
    __table_args__ = (
        UniqueConstraint("access_request_id", "number", name="clarification_one_at_a_time"),
        CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="answered_after_it_was_asked"),
    )

    id: str = Field(primary_key=True, max_length=32)
    access_request_id: str = Field(foreign_key="access_request.id", index=True)
    number: int
    asked_on: date
    asked_by: str = Field(max_length=200)
    question: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    answered_on: date | None = None
    answer: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")


class OriginatorView(SQLModel, table=True):
    """What a partner is asked about information that came from it, and its view (s5). One question to each partner."""

    __tablename__ = "originator_view"
    __table_args__ = (
        UniqueConstraint("access_request_id", "organisation_id", name="one_question_each"),
        CheckConstraint("view IN ('','no_objection','part','withhold','not_ours')", name="known_view"),
        CheckConstraint("(answered_at IS NULL) = (view = '')", name="view_is_whole"),
    )

    id: str = Field(primary_key=True, max_length=32)
    access_request_id: str = Field(foreign_key="access_request.id", index=True)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    asked_at: datetime
    asked_by: str = Field(max_length=200)
    answer_by: date
    question: bytes | None = Field(
        default=None,
        sa_type=LargeBinary,
        description="sealed: all that the partner sees; gone with the request's content",
    )
    view: str = Field(default="", max_length=20)
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed: what the partner says")
    answered_at: datetime | None = None
    answered_by: str | None = Field(default=None, max_length=200)
    reminded: str = Field(default="", max_length=10, description="the last reminder sent: soon, late")


class PrivacyNotice(SQLModel, table=True):
    """A notice by which an organisation tells people how it shares (s6 fair obtaining). Public words, so not sealed."""

    __tablename__ = "privacy_notice"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number", name="one_at_each_number"),
        CheckConstraint("(published_at = '') = (published_on IS NULL)", name="publication_is_whole"),
    )

    id: str = Field(primary_key=True, max_length=32)
    key: str = Field(unique=True, max_length=64, description="made when the form was first shown: a repeat is the same")
    reference: str = Field(unique=True, max_length=20)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    number: int = Field(description="1 for the first notice of an organisation")
    edition: str = Field(max_length=20)
    edition_hash: str = Field(min_length=64, max_length=64)
    choices: str = Field(description="JSON: purposes, gateways, recipients, contact role and address")
    made_at: datetime
    made_by: str = Field(max_length=200)
    paper: bytes = Field(sa_type=LargeBinary, description="sealed PDF")
    published_at: str = Field(default="", max_length=300)
    published_on: date | None = None
