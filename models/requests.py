"""Requests for information about a person, what was said about them, and what was decided (s4, s6).

Everything about a person is sealed under the request's own key (`data_key`, itself sealed by the vault), so that emptying
that one column makes the whole of it unreadable. Columns in clear hold ids and codes only.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class InformationRequest(SQLModel, table=True):
    """A written request, sent. One draft becomes one request, however often its button is pressed."""

    __tablename__ = "information_request"
    __table_args__ = (
        CheckConstraint("status IN ('waiting','question','decided','withdrawn')", name="known_status"),
        CheckConstraint("asking_organisation_id <> holding_organisation_id", name="asks_another"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawal_is_whole"),
        CheckConstraint("(status = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_says_when"),
        CheckConstraint("status <> 'withdrawn' OR data_key IS NULL", name="withdrawn_is_empty"),
        CheckConstraint("purged_at IS NULL OR (data_key IS NULL AND paper IS NULL)", name="purged_is_empty"),
        CheckConstraint("(data_key IS NULL) = (content IS NULL)", name="key_and_content_together"),
        Index("request_asked_by", "asking_organisation_id", "status"),
        Index("request_held_by", "holding_organisation_id", "status"),
    )

    id: str = Field(primary_key=True, max_length=32)
    reference: str = Field(unique=True, max_length=20)
    draft_id: str = Field(unique=True, max_length=32, description="a double click must not send twice")
    edition: str = Field(max_length=20)
    edition_hash: str = Field(min_length=64, max_length=64)
    asking_organisation_id: str = Field(foreign_key="organisation.id")
    holding_organisation_id: str = Field(foreign_key="organisation.id")
    requester_id: str = Field(foreign_key="account.id", index=True)
    status: str = Field(max_length=20)
    data_type: str = Field(max_length=20)
    outcome: str = Field(max_length=30, description="what the Section 4 check advised when it was sent")
    urgent: bool = False
    wanted_by: date | None = None
    sent_at: datetime = Field(index=True)
    assigned_to_id: str | None = Field(
        default=None, foreign_key="account.id", description="the colleague of the holder who sees to it"
    )
    turn_since: datetime = Field(description="since when it has been the turn of whoever it waits for")
    reminded_at: datetime | None = Field(default=None, description="when whoever it waits for was last reminded")
    data_key: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed by the vault")
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    paper: bytes | None = Field(default=None, sa_type=LargeBinary)
    paper_sha256: str = Field(default="", max_length=64)
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = Field(default=None, max_length=200)
    purged_at: datetime | None = Field(default=None, description="when its content was deleted, its keeping time over")


class RequestRecipient(SQLModel, table=True):
    """One of the people, named in the request, to whom alone the answer opens (s4 proportionality)."""

    __tablename__ = "request_recipient"

    request_id: str = Field(foreign_key="information_request.id", primary_key=True)
    account_id: str = Field(foreign_key="account.id", primary_key=True)


class KeepingTime(SQLModel, table=True):
    """How long an organisation keeps what it was asked and what it answered, by its own retention policy (s12)."""

    __tablename__ = "keeping_time"
    __table_args__ = (CheckConstraint("years BETWEEN 1 AND 100", name="years_in_reason"),)

    organisation_id: str = Field(foreign_key="organisation.id", primary_key=True)
    years: int
    set_at: datetime
    set_by: str = Field(max_length=200)


class UrgentRecord(SQLModel, table=True):
    """What was written down at once of an urgent request, and by when the full record of it is due."""

    __tablename__ = "urgent_record"
    __table_args__ = (CheckConstraint("(completed_at IS NULL) = (completed_by IS NULL)", name="completion_is_whole"),)

    request_id: str = Field(foreign_key="information_request.id", primary_key=True)
    complete_by: date = Field(description="the last day for the full record")
    draft_id: str = Field(default="", max_length=32, description="where the full record is being written")
    completed_at: datetime | None = None
    completed_by: str | None = Field(default=None, max_length=200)
    reminded_at: datetime | None = None
    escalated_at: datetime | None = Field(default=None, description="when the managers were told that it is overdue")
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="why, who was telephoned and when")


class RequestMessage(SQLModel, table=True):
    """A question that the holder asks back, or the answer to it. Question and answer take turns by number."""

    __tablename__ = "request_message"
    __table_args__ = (
        UniqueConstraint("request_id", "number", name="request_message_one_at_a_time"),
        CheckConstraint("kind IN ('question','reply')", name="known_kind"),
    )

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", index=True)
    number: int
    kind: str = Field(max_length=10)
    by_id: str = Field(foreign_key="account.id")
    by_name: str = Field(max_length=200)
    at: datetime
    body: bytes | None = Field(default=None, sa_type=LargeBinary)


class Consultation(SQLModel, table=True):
    """Somebody who was asked before anything was shared: who, when and what they said (s4 Ongoing Investigation)."""

    __table_args__ = (
        UniqueConstraint("request_id", "number", name="consultation_one_at_a_time"),
        CheckConstraint("view IN ('no_objection','conditions','objects')", name="known_view"),
    )

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", index=True)
    number: int
    whom: str = Field(max_length=30, description="a code: investigating_officer, cps, person, originator, adviser")
    view: str = Field(max_length=20)
    recorded_at: datetime
    recorded_by: str = Field(max_length=200)
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="name, post, day and what they said")


class Decision(SQLModel, table=True):
    """What the holder decided. There is one for each request, so two people cannot both decide."""

    __table_args__ = (CheckConstraint("outcome IN ('disclose','in_part','refuse')", name="known_outcome"),)

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", unique=True)
    outcome: str = Field(max_length=20)
    against_check: bool = Field(default=False, description="the check advised otherwise; the reason is in the content")
    decided_at: datetime
    decided_by_id: str = Field(foreign_key="account.id")
    decided_by: str = Field(max_length=200)
    position: str = Field(default="", max_length=200)
    marking: str = Field(default="", max_length=30, description="a marking of the edition (App 4)")
    opens_until: datetime | None = Field(default=None, description="after this the answer no longer opens here")
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    paper: bytes | None = Field(default=None, sa_type=LargeBinary)
    paper_sha256: str = Field(default="", max_length=64)


class AnswerFile(SQLModel, table=True):
    """A file sent with an answer. Its name may say something about a person, so it is sealed with the rest."""

    __tablename__ = "answer_file"
    __table_args__ = (UniqueConstraint("decision_id", "number", name="answer_file_one_at_a_time"),)

    id: str = Field(primary_key=True, max_length=32)
    decision_id: str = Field(foreign_key="decision.id", index=True)
    number: int
    kind: str = Field(max_length=10, description="its ending: pdf, png, …")
    size: int
    name: bytes | None = Field(default=None, sa_type=LargeBinary)
    content: bytes | None = Field(default=None, sa_type=LargeBinary)


class ConsentRecord(SQLModel, table=True):
    """That the person agreed, as a request rests on it: who, when, how and the evidence; and the day they took it back."""

    __tablename__ = "consent_record"
    __table_args__ = (
        UniqueConstraint("request_id", "key", name="consent_once"),
        CheckConstraint("how IN ('written','electronic','spoken','for_them')", name="known_way"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by IS NULL)", name="withdrawal_is_whole"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="withdrawn_after_it_was_given"),
    )

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(foreign_key="information_request.id", index=True)
    organisation_id: str = Field(foreign_key="organisation.id", index=True, description="whose people took it")
    key: str = Field(max_length=64, description="a double click must not write it twice")
    given_on: date
    how: str = Field(max_length=12)
    explicit: bool = Field(description="whether they said it in express words")
    recorded_at: datetime
    recorded_by: str = Field(max_length=200)
    words: bytes | None = Field(default=None, sa_type=LargeBinary, description="who, who asked, what for, the evidence")
    withdrawn_on: date | None = None
    withdrawn_by: str | None = Field(default=None, max_length=200, description="who recorded that it was taken back")
    withdrawal: bytes | None = Field(default=None, sa_type=LargeBinary, description="how they took it back")


class ConsentConsequence(SQLModel, table=True):
    """What one side did once a consent was taken back."""

    __tablename__ = "consent_consequence"

    consent_id: str = Field(foreign_key="consent_record.id", primary_key=True)
    organisation_id: str = Field(foreign_key="organisation.id", primary_key=True, index=True)
    at: datetime
    by_name: str = Field(max_length=200)
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
