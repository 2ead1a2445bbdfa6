"""People who sign in, the posts they hold, and their sessions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from models.base import SQLModel


class Account(SQLModel, table=True):
    """A person who can sign in. An e-mail address is kept in lower case and belongs to one account."""

    __table_args__ = (CheckConstraint("digest IN ('daily','weekly','late','never')", name="digest_known"),)

    id: str = Field(primary_key=True, max_length=32)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(max_length=200)
    former_names: bytes | None = Field(
        default=None,
        sa_type=LargeBinary,
        description="sealed JSON: names they had, by which lists of people still find them",
    )
    position: str = Field(default="", max_length=200)
    password_hash: str = Field(max_length=300)
    totp_secret: bytes | None = Field(default=None, sa_type=LargeBinary, description="sealed")
    totp_last: int | None = Field(default=None, description="last time step used: a code counts once")
    created_at: datetime
    closed_at: datetime | None = None
    digest: str = Field(default="weekly", max_length=10, description="how often they are reminded of what is asked")
    digest_at: datetime | None = Field(default=None, description="when they were last reminded")


class Absence(SQLModel, table=True):
    """The days on which somebody is away, and the colleague who stands in for them; one at a time for each person."""

    __table_args__ = (CheckConstraint("last >= first", name="absence_has_an_end"),)

    account_id: str = Field(primary_key=True, foreign_key="account.id", max_length=32)
    first: date
    last: date = Field(index=True)
    stand_in_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    said_at: datetime


class Post(SQLModel, table=True):
    """A role that a person holds, for an organisation where the role acts for one."""

    __table_args__ = (
        CheckConstraint(
            "(role IN ('partner','approver')) = (organisation_id IS NOT NULL) OR role = 'chair'", name="acts_for_one"
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ending_is_whole"),
        Index(
            "one_live_post",
            "account_id",
            "role",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(  # a second one, since two empty organisations count as different
            "one_live_post_at_large",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND organisation_id IS NULL"),
            postgresql_where=text("ended_at IS NULL AND organisation_id IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", index=True)
    role: str = Field(max_length=20)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", index=True)
    granted_at: datetime
    granted_by: str = Field(max_length=200)
    ended_at: datetime | None = None
    ended_by: str | None = Field(default=None, max_length=200)


class WebSession(SQLModel, table=True):
    """A signed-in browser. The cookie's token is kept only as its hash."""

    __tablename__ = "web_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", index=True)
    started_at: datetime
    seen_at: datetime
    second_factor_at: datetime | None = None
    ended_at: datetime | None = None


class KnownBrowser(SQLModel, table=True):
    """A browser that signed in to an account, by its cookie. The cookie is kept only as its hash, and no address with it."""

    __tablename__ = "known_browser"

    mark_hash: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", index=True)
    first_at: datetime
    seen_at: datetime


class RecoveryCode(SQLModel, table=True):
    """A code that signs in once in place of the app's, for whoever lost their phone. Kept only as its keyed hash."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", index=True)
    made_at: datetime


class Link(SQLModel, table=True):
    """A secret link or code sent to an address: invitation, password reset, e-mail check, resuming a draft."""

    id: str = Field(primary_key=True, max_length=32)
    purpose: str = Field(max_length=30, index=True)
    token_hash: str = Field(unique=True, max_length=64)
    email: str = Field(max_length=254, index=True)
    subject: str = Field(default="", max_length=64, description="the id of what it is about")
    role: str = Field(default="", max_length=20)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id")
    made_at: datetime
    made_by: str = Field(max_length=200)
    expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None
    ended_at: datetime | None = None


class Attempt(SQLModel, table=True):
    """One try at something that is limited. The key (an address, an account, a code) is kept only as a keyed hash."""

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=30)
    key_hash: str = Field(max_length=64)
    at: datetime

    __table_args__ = (Index("attempt_lookup", "kind", "key_hash", "at"),)
