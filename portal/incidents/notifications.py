"""The letters about a loss: a reference, a link and the regulator's last moment; nothing about a person or what happened."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.incidents import Breach, BreachBody
from portal.ground.act import Act, Role
from portal.ground.partnership import chair_address
from portal.ground.settings import load_settings
from portal.ground.wording import day_and_time
from portal.record.outbox import Letter, post
from portal.requests.participants import people_of
from portal.statements.contacts import copy_goes_to

SUBJECTS = {
    "breach-reported": "A loss of shared information was reported",
    "breach-step": "A step was recorded about a loss of shared information",
    "breach-soon": "The time to tell the regulator of a loss ends soon",
    "breach-late": "The time to tell the regulator of a loss is over",
    "breach-closed": "A loss of shared information was closed",
}
_SAID = {
    "breach-reported": "A loss of information shared under the agreement was reported (Section 9). It may concern you.",
    "breach-step": "A new step was recorded about a loss of shared information.",
    "breach-soon": "Nobody has recorded that the Information Commissioner was told of a loss, or why not.",
    "breach-late": "The 72 hours are over, and nobody has recorded that the regulator was told, or why not. Act at once.",
    "breach-closed": "A loss of shared information was closed. Read the lesson.",
}


def everybody(session: Session, act: Act, breach_id: str) -> list[str]:
    """Give the addresses of all who are told: the Chair of the Partnership, the managers, each body's information management and its approvers."""
    chair = chair_address(session)  # the Chair of the Partnership; until one is named, whoever chairs its meetings
    roles = (Role.MANAGER.value,) if chair else (Role.CHAIR.value, Role.MANAGER.value)
    held = select(Post.account_id).where(col(Post.role).in_(roles), col(Post.ended_at).is_(None))
    told = session.exec(select(Account.email).where(col(Account.id).in_(held), col(Account.closed_at).is_(None))).all()
    told = [*told, *({chair} - {""})]
    bodies = session.exec(select(BreachBody.organisation_id).where(BreachBody.breach_id == breach_id)).all()
    for organisation_id in bodies:
        told = [*told, *copy_goes_to(session, act, organisation_id)]
        told = [*told, *(one.email for one in people_of(session, organisation_id, Role.APPROVER))]
    return sorted(set(told))


def tell(session: Session, act: Act, template: str, row: Breach, addresses: Iterable[str]) -> None:
    """Queue one letter to each address, in the open transaction."""
    link = f"{load_settings().base_url}/breach?id={row.id}"
    clock = ""
    if row.regulator_by is not None and template != "breach-closed":
        clock = f"\n\nWhere it must be told at all, the regulator's time ends on {day_and_time(row.regulator_by)}."
    body = f"{_SAID[template]}{clock}\n\nReference {row.reference}.\n\nSign in to read it:\n{link}"
    for address in addresses:
        post(session, act, Letter(template=template, to=address, subject=SUBJECTS[template], body=body))
