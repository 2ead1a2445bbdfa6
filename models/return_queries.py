"""What follows a return: questions about it, and which organisation does not owe which data set."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from models.base import SQLModel


class ReturnQuery(SQLModel, table=True):
    """A question of the Community Safety Officer about one return, until it is closed. One is open at a time."""

    __tablename__ = "return_query"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_why IS NULL)", name="closing_is_whole"),
        CheckConstraint("closed_why IN ('explained', 'corrected', 'withdrawn', 'dropped')", name="closing_is_known"),
        Index(
            "one_open_query",
            "organisation_id",
            "data_set",
            "quarter",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    key: str = Field(unique=True, max_length=64, description="made when the form was shown: a double click asks once")
    return_id: str = Field(foreign_key="quarterly_return.id", index=True)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    data_set: str = Field(max_length=60)
    quarter: str = Field(max_length=7)
    asked_at: datetime
    waits_for_officer: bool = Field(default=False, description="the organisation has answered; the officer's turn")
    turn_since: datetime
    closed_at: datetime | None = None
    closed_why: str | None = Field(default=None, max_length=20)
    closed_by_name: str = Field(default="", max_length=200)
    corrected_by: str | None = Field(default=None, foreign_key="quarterly_return.id")


class ReturnQueryWord(SQLModel, table=True):
    """What one side said about a return: the question, or an answer to it. Sealed."""

    __tablename__ = "return_query_word"
    __table_args__ = (UniqueConstraint("query_id", "number", name="one_word_a_number"),)

    id: str = Field(primary_key=True, max_length=32)
    query_id: str = Field(foreign_key="return_query.id", index=True)
    number: int = Field(description="1 is the question")
    at: datetime
    by_id: str = Field(max_length=32)
    by_name: str = Field(max_length=200)
    from_officer: bool
    words: bytes = Field(sa_type=LargeBinary)


class NotProvided(SQLModel, table=True):
    """An organisation that does not send a data set which its kind is asked for, and why."""

    __tablename__ = "not_provided"
    __table_args__ = (
        Index(
            "one_not_provided",
            "organisation_id",
            "data_set",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    data_set: str = Field(max_length=60)
    reason: bytes = Field(sa_type=LargeBinary, description="sealed")
    said_at: datetime
    said_by_name: str = Field(max_length=200)
    ended_at: datetime | None = None
    ended_by_name: str = Field(default="", max_length=200)
