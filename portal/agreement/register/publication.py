"""Where each partner publishes the agreement: on its website, and in its publication scheme (s15)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models.agreements import Standing
from models.organisations import Organisation
from models.reviews import Publication
from portal.agreement.notices.standing import SignatoryStatus
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading, transaction
from portal.ground.input.web_addresses import checked_web_address
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event


@dataclass(frozen=True, kw_only=True)
class PublicationAddress:
    """Where one signatory publishes the agreement; `address` is '' where it has not said."""

    organisation: str
    slug: str
    address: str
    in_scheme: bool
    since: date | None


def record_address(act: Act, organisation_id: str, address: str, *, in_scheme: bool) -> None:
    """Record where an organisation publishes the agreement (clause s15.publish). Raises AnswersNeededError ("address")."""
    allow(act, Permission.PROPOSE_WITHHOLDING, organisation_id)
    checked = checked_web_address(address, "address")
    with transaction(act.store.engine) as session:
        row = session.get(Publication, organisation_id)
        if row is not None and (row.address, row.in_scheme) == (checked, in_scheme):
            return
        row = row or Publication(
            organisation_id=organisation_id, address="", in_scheme=False, recorded_at=act.at, recorded_by=""
        )
        row.address, row.in_scheme = checked, in_scheme
        row.recorded_at, row.recorded_by = act.at, act.person.name
        session.add(row)
        record(session, act, Event.PUBLICATION_RECORDED, f"organisation:{organisation_id}", organisation_id)


def published(store: Store) -> list[PublicationAddress]:
    """List every signatory of today with where it publishes the agreement, by name."""
    with reading(store.engine) as session:
        rows = session.exec(
            select(Organisation, Publication)
            .join(Standing, col(Standing.organisation_id) == col(Organisation.id))
            .join(Publication, col(Publication.organisation_id) == col(Organisation.id), isouter=True)
            .where(col(Standing.ends_at).is_(None), Standing.status != SignatoryStatus.LEFT.value)
            .order_by(col(Organisation.search_name))
        ).all()
    return [
        PublicationAddress(
            organisation=organisation.name,
            slug=organisation.slug,
            address=row.address if row else "",
            in_scheme=bool(row and row.in_scheme),
            since=today(row.recorded_at) if row else None,
        )
        for organisation, row in rows
    ]


def published_by(store: Store, organisation_id: str) -> PublicationAddress | None:
    """Give where one organisation publishes the agreement, None where it is no signatory."""
    with reading(store.engine) as session:
        slug = session.exec(select(Organisation.slug).where(Organisation.id == organisation_id)).first()
    return next((one for one in published(store) if one.slug == slug), None)
