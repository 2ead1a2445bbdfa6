"""Organisations: who the partners are, whether or not they have signed."""

from datetime import datetime

from sqlmodel import Field

from models.base import SQLModel


class Organisation(SQLModel, table=True):
    """A body that may take part in the partnership (s2 who may join)."""

    id: str = Field(primary_key=True, max_length=32)
    slug: str = Field(unique=True, max_length=120, description="its lasting public address; kept when the name changes")
    name: str = Field(max_length=200, index=True)
    search_name: str = Field(max_length=200, index=True, description="the name folded: lower case, no accents")
    kind: str = Field(max_length=60, index=True, description="an organisation type of the edition")
    protocol_signatory: bool | None = Field(default=None, description="None: not yet known (s10)")
    public_contact: str = Field(default="", max_length=300, description="a role and address, never a person")
    email_domain: str = Field(default="", max_length=120)
    added_at: datetime
    added_by: str = Field(max_length=200)
