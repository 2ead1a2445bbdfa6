"""The partnership that this portal serves: one row of what first-run set-up asked for, and the places that it knows."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field

from models.base import SQLModel


class Partnership(SQLModel, table=True):
    """The partnership's own facts, which fill the agreement's placeholders (title page, summary sheet)."""

    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=200)
    placeholders: str = Field(default="{}", description="JSON: placeholder key of the edition -> value")
    logo: bytes | None = Field(default=None, sa_type=LargeBinary)
    logo_type: str | None = Field(default=None, max_length=40)
    accent: str | None = Field(default=None, max_length=7)
    weighing: bool = Field(default=True, description="Section 4 weighs benefit against harm")
    demonstration: bool = Field(default=False)
    set_up_at: datetime


class SetUpCode(SQLModel, table=True):
    """The one-time code printed in the terminal while the store is empty; only its hash is kept."""

    __tablename__ = "set_up_code"

    id: int = Field(default=1, primary_key=True)
    code_hash: str = Field(max_length=64)
    made_at: datetime
    used_at: datetime | None = None


class ConfirmedFact(SQLModel, table=True):
    """A fact of an edition that was not verified, now confirmed or struck out by the Information Manager, who says how."""

    __tablename__ = "confirmed_fact"
    __table_args__ = (UniqueConstraint("edition", "fact"),)

    id: str = Field(primary_key=True, max_length=32)
    edition: str = Field(max_length=20, index=True)
    fact: str = Field(max_length=120, description="kind/id, as rules.editions.unverified names it")
    how: bytes = Field(sa_type=LargeBinary, description="sealed: what was read, or whom they asked")
    struck: bool = Field(default=False, description="struck out: the portal neither shows nor offers it")
    confirmed_by: str = Field(max_length=200)
    confirmed_at: datetime


class PlaceList(SQLModel, table=True):
    """One kind of place: its names, sealed; of secret places only the keyed hashes of names and addresses, sealed."""

    __tablename__ = "place_list"
    __table_args__ = (CheckConstraint("places >= 0", name="counts_places"),)

    kind: str = Field(primary_key=True, max_length=20)
    content: bytes = Field(sa_type=LargeBinary)
    places: int
    with_set_up: bool = Field(default=False, description="the wards that came on the first day, by the council's name")
    loaded_at: datetime
    loaded_by: str = Field(max_length=200)
