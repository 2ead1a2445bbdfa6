"""The record: an append-only chain of what was done, and the messages that wait to be sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlmodel import Field

from models.base import SQLModel


class AuditEntry(SQLModel, table=True):
    """One act. No foreign keys, so that the record reads on when what it speaks of has gone (triggers forbid change)."""

    __tablename__ = "audit_entry"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str = Field(max_length=64, index=True)
    actor_name: str = Field(max_length=200)
    organisation_id: str | None = Field(default=None, max_length=32, index=True)
    event: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=120, index=True)
    details: str = Field(description="canonical JSON; never the content of personal data")
    changes: str = Field(
        default="",
        sa_type=Text,
        sa_column_kwargs={"server_default": ""},
        description="JSON: each watched row that the act wrote -> its hash; '' in entries of before",
    )
    previous_hash: str = Field(unique=True, min_length=64, max_length=64)
    hash: str = Field(unique=True, min_length=64, max_length=64)


class AuditHead(SQLModel, table=True):
    """Where the chain stands: the row that writers lock, so that the chain cannot fork."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True)
    number: int
    hash: str = Field(max_length=64)


class Message(SQLModel, table=True):
    """An e-mail to send. Address and body are sealed; a secret in it is shown once where no mail can go."""

    id: str = Field(primary_key=True, max_length=32)
    template: str = Field(max_length=60)
    to: bytes = Field(sa_type=LargeBinary)
    subject: str = Field(max_length=200)
    body: bytes = Field(sa_type=LargeBinary)
    secret: bytes | None = Field(default=None, sa_type=LargeBinary, description="the link or code, kept apart")
    queued_at: datetime
    good_until: datetime | None = Field(default=None, description="not worth sending after; empty in rows of before")
    about: str = Field(default="", max_length=80, index=True, description="what settles it, unsent: request:<id>")
    sent_at: datetime | None = Field(default=None, index=True)
    settled_at: datetime | None = Field(default=None, description="when what it tells of was over: it is kept unsent")
    given_up_at: datetime | None = Field(default=None, description="when the portal stopped trying")
    claimed_until: datetime | None = Field(default=None, description="somebody is sending it until then")
    next_try_at: datetime | None = None
    secret_shown_at: datetime | None = None
    secret_shown_by: str | None = Field(default=None, max_length=200)
    tries: int = 0
    last_error: str = Field(default="", max_length=200)
