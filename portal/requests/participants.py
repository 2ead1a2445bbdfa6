"""Who may ask, who may be asked, and who else of an organisation may see an answer."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from models.accounts import Account
from models.agreements import Standing
from models.organisations import Organisation
from portal.accounts.holders import post_holders
from portal.agreement.errors import NotActiveError
from portal.agreement.notices.standing import SignatoryStatus, require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import today
from portal.requests.case import Body, Colleague

ACTING = (Role.PARTNER.value, Role.APPROVER.value)


def is_active(act: Act, organisation_id: str) -> bool:
    """Say whether an organisation takes part in the agreement now."""
    try:
        require_active(act.store, organisation_id)
    except NotActiveError:
        return False
    return True


def own_organisation(act: Act) -> str:
    """Give the organisation that this person acts for. Raises NotFoundError where there is none."""
    if act.person.organisation_id is None:
        raise NotFoundError
    return act.person.organisation_id


def body(session: Session, organisation_id: str) -> Body:
    """Give an organisation as a request names it. Raises NotFoundError."""
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFoundError
    return Body(id=row.id, name=row.name, kind=row.kind)


def closed_bodies(session: Session, organisation_ids: Collection[str]) -> dict[str, date]:
    """Give which of these organisations are closed, each with the day: nobody there acts on anything any more."""
    query = select(Organisation.id, Organisation.closed_at).where(
        col(Organisation.id).in_(organisation_ids), col(Organisation.closed_at).is_not(None)
    )
    return {id_: today(at) for id_, at in session.exec(query).all() if at is not None}


def bodies_to_ask(act: Act) -> list[Body]:
    """List the organisations that take part now, other than one's own, by name. For whoever may ask."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Organisation)
            .join(Standing, col(Standing.organisation_id) == col(Organisation.id))
            .where(
                col(Standing.ends_at).is_(None),
                Standing.status == SignatoryStatus.SIGNED.value,
                Organisation.id != act.person.organisation_id,
            )
            .order_by(col(Organisation.search_name))
        ).all()
    return [Body(id=row.id, name=row.name, kind=row.kind) for row in rows]


def bodies_named(act: Act) -> list[Body]:
    """List every organisation that takes part now, one's own too, by name. For whoever may report a loss."""
    allow(act, Permission.REPORT_BREACH)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Organisation)
            .join(Standing, col(Standing.organisation_id) == col(Organisation.id))
            .where(col(Standing.ends_at).is_(None), Standing.status != SignatoryStatus.LEFT.value)
            .order_by(col(Organisation.search_name))
        ).all()
    return [Body(id=row.id, name=row.name, kind=row.kind) for row in rows]


def colleagues(session: Session, organisation_id: str) -> tuple[Colleague, ...]:
    """List the people with an account who act for an organisation, by name."""
    rows = people_of(session, organisation_id)
    return tuple(Colleague(id=row.id, name=row.name, position=row.position) for row in rows)


def people_of(session: Session, organisation_id: str, *roles: Role) -> list[Account]:
    """List the accounts that act for an organisation now, in one of these roles (any, where none is named)."""
    found = post_holders(session, *(roles or map(Role, ACTING)), organisations=[organisation_id])
    return sorted(found, key=lambda one: (one.name, one.id))
