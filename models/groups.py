"""Joint Action Groups: who belongs to one, and who is invited to one open session (Appendix 6)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from models.base import SQLModel


class GroupMember(SQLModel, table=True):
    """A member of a group, for one organisation; an entry that ended stays until its time is over, by rule."""

    __tablename__ = "group_member"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="member_ending_is_whole"),
        CheckConstraint("(inducted_at IS NULL) = (inducted_by IS NULL)", name="induction_is_whole"),
    )

    id: str = Field(primary_key=True, max_length=32)
    group_name: str = Field(index=True, max_length=200, description="a group is known by its meetings' name")
    form_key: str = Field(unique=True, max_length=64, description="a double click adds once")
    entry: bytes = Field(sa_type=LargeBinary, description="sealed JSON: who, and what they can decide")
    kind: str = Field(default="", max_length=60, description="organisation type; '' where it is not on the list")
    added_at: datetime
    added_by: str = Field(max_length=200)
    inducted_at: datetime | None = Field(default=None, description="when the Chair ticked that they know how it works")
    inducted_by: str | None = Field(default=None, max_length=200)
    ended_at: datetime | None = Field(default=None, index=True)
    ended_by: str | None = Field(default=None, max_length=200)


class MeetingGuest(SQLModel, table=True):
    """Somebody whom the Chair invited to the open session of one meeting, because it is about them (Appendix 6)."""

    __tablename__ = "meeting_guest"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="guest_ending_is_whole"),)

    id: str = Field(primary_key=True, max_length=32)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    form_key: str = Field(unique=True, max_length=64, description="a double click invites once")
    guest: bytes = Field(sa_type=LargeBinary, description="sealed JSON: name, for whom they come, why")
    invited_at: datetime
    invited_by: str = Field(max_length=200)
    ended_at: datetime | None = None
    ended_by: str | None = Field(default=None, max_length=200)
