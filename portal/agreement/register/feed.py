"""The newest changes of the register, for a feed: which organisation, to what, since when; nothing about a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models.agreements import Standing
from models.organisations import Organisation
from portal.agreement.notices.standing import SignatoryStatus
from portal.ground.act import Store
from portal.ground.database import reading

MOST = 100  # a feed tells what is new; the whole register is a download


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One change of the register. `id` never changes; `name` is the organisation's lasting name in addresses."""

    id: str
    name: str
    organisation: str
    status: SignatoryStatus
    edition: str
    at: datetime


def newest_changes(store: Store) -> tuple[Changed, ...]:
    """List the newest changes, the newest first (clause s16.public-list)."""
    with reading(store.engine) as session:
        rows = session.exec(
            select(Standing, Organisation)
            .join(Organisation)
            .order_by(col(Standing.begins_at).desc(), col(Standing.id))
            .limit(MOST)
        ).all()
    return tuple(
        Changed(
            id=standing.id,
            name=organisation.slug,
            organisation=organisation.name,
            status=SignatoryStatus(standing.status),
            edition=standing.edition,
            at=standing.begins_at,
        )
        for standing, organisation in rows
    )
