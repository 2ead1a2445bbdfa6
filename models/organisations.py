"""Organisations: who the partners are, whether or not they have signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint
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
    closed_at: datetime | None = Field(default=None, description="when it ceased to be, or became part of another")
    merged_into_id: str | None = Field(default=None, foreign_key="organisation.id")
    split_from_id: str | None = Field(
        default=None, foreign_key="organisation.id", description="the one that was split, where it came of that"
    )


class OrganisationImport(SQLModel, table=True):
    """Organisations that were added from one spreadsheet, so that they can be taken back as one."""

    __tablename__ = "organisation_import"
    __table_args__ = (CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undoing_is_whole"),)

    id: str = Field(primary_key=True, max_length=32)
    imported_at: datetime
    imported_by: str = Field(max_length=200)
    added: str = Field(description="JSON: the ids of the organisations that were added")
    invited: str = Field(description="JSON: the ids of the organisations whose approver was invited")
    undone_at: datetime | None = None
    undone_by: str | None = Field(default=None, max_length=200)


class FormerName(SQLModel, table=True):
    """A name that an organisation had: shown in the register, and found by search."""

    __tablename__ = "organisation_former_name"

    id: str = Field(primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=200)
    search_name: str = Field(max_length=200, index=True, description="the name folded, as the present one is")
    until: datetime
    changed_by: str = Field(max_length=200)
