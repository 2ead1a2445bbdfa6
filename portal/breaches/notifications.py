"""The letters about a loss: a reference, a link and the regulator's last moment; nothing about a person or what happened."""

from collections.abc import Iterable

from sqlmodel import Session, select

from models.breaches import Breach, BreachBody
from portal.accounts.holders import addresses_of
from portal.ground.act import Act, Role
from portal.ground.partnership import chair_address
from portal.ground.settings import load_settings
from portal.ground.wording import day_and_time
from portal.record.letters import notify
from portal.statements.contacts import copy_goes_to


def everybody(session: Session, act: Act, breach_id: str) -> list[str]:
    """Give the addresses of all who are told: the Chair of the Partnership, the managers, each body's information management and its approvers."""
    chair = chair_address(session)  # the Chair of the Partnership; until one is named, whoever chairs its meetings
    roles = (Role.MANAGER,) if chair else (Role.CHAIR, Role.MANAGER)
    bodies = session.exec(select(BreachBody.organisation_id).where(BreachBody.breach_id == breach_id)).all()
    told = addresses_of(session, *roles) | {chair} | addresses_of(session, Role.APPROVER, organisations=bodies)
    for organisation_id in bodies:
        told |= set(copy_goes_to(session, act, organisation_id))
    return sorted(told - {""})


def tell(session: Session, act: Act, template: str, row: Breach, addresses: Iterable[str]) -> None:
    """Queue one letter to each address, in the open transaction."""
    link = f"{load_settings().base_url}/breach?id={row.id}"
    clock = ""
    if row.regulator_by is not None and template != "breach-closed":
        clock = f"\n\nWhere it must be told at all, the regulator's time ends on {day_and_time(row.regulator_by)}."
    notify(session, act, template, addresses, more=clock, reference=row.reference, link=link)
