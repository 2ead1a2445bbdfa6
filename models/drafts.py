"""Drafts: what a person has typed so far, so that refresh, time-out and another device lose nothing."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from models.base import SQLModel


class Draft(SQLModel, table=True):
    """Answers of one journey, sealed. It belongs to an account, or to whoever holds its token."""

    __table_args__ = (CheckConstraint("(account_id IS NOT NULL) OR (token_hash IS NOT NULL)", name="has_a_holder"),)

    id: str = Field(primary_key=True, max_length=32)
    journey: str = Field(max_length=30, index=True)
    account_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    token_hash: str | None = Field(default=None, unique=True, max_length=64)
    answers: bytes = Field(sa_type=LargeBinary)
    begun_at: datetime
    saved_at: datetime
    expires_at: datetime = Field(index=True)
    warned_at: datetime | None = Field(default=None, description="when its holder was told that it will be deleted")
    finished_at: datetime | None = None
    outcome: str = Field(default="", max_length=64, description="the id of what the draft became")
