"""The places that the partnership knows, as it loaded them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from models.base import SQLModel


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
