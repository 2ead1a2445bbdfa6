"""The people of a group who have an account: their calendar has its meetings, and they hear of a change."""

import json

from sqlmodel import Session, col, or_, select

from models.groups import GroupMember
from models.meetings import Meeting, MinuteTaker
from portal.accounts.holders import post_holders
from portal.accounts.names import called
from portal.agreement.register.successors import bodies_named
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.ground.wording import folded
from portal.meetings.meeting import Planned, shown
from portal.meetings.planning.group import kept_by
from portal.meetings.planning.guests import guest_names_as_typed


def meetings_of_mine(act: Act) -> list[Planned]:
    """List the meetings of every group on whose list the person stands, or is named as a deputy, and those they minute.

    The list knows people by name and organisation: both must be those of the account, each also by a name that it had; a
    body that is closed means what it became.
    Raises NotAllowedError.
    """
    allow(act, Permission.READ_MEETING_PAPERS)
    with reading(act.store.engine) as session:
        asked_to_write = select(MinuteTaker.meeting_id).where(MinuteTaker.account_id == act.person.id)
        rows = session.exec(
            select(Meeting)
            .where(or_(col(Meeting.name).in_(_groups(session, act)), col(Meeting.id).in_(asked_to_write)))
            .order_by(col(Meeting.starts_at))
        ).all()
        return [shown(act, row) for row in rows]


def addresses_of_members(session: Session, act: Act, group: str) -> set[str]:
    """Give the addresses of a group's members and their deputies who have an account. For other services: nothing is checked."""
    return {address for _, address in _members(session, act, group) if address}


def to_tell_in_person(act: Act, meeting_id: str) -> list[str]:
    """Name the members and guests of a meeting who have no account: no letter of the portal reaches them.

    For those who keep the group's list. Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        group = kept_by(session, act, meeting_id).name
        without = [name for name, address in _members(session, act, group) if not address]
        return sorted({*without, *guest_names_as_typed(session, act, meeting_id)}, key=folded)


def _members(session: Session, act: Act, group: str) -> list[tuple[str, str]]:
    """Give each member and deputy of a group by name, with the address of their account, '' where they have none."""
    found = []
    for row in _listed(session, group):
        entry = _opened(act, row)
        for name in filter(None, (entry["name"], entry.get("deputy", ""))):
            found += [
                (name, address) for address in addresses_called(session, act, entry["organisation"], name) or [""]
            ]
    return found


def addresses_called(session: Session, act: Act, organisation: str, name: str) -> list[str]:
    """Give the addresses of the accounts that a list means by a name and an organisation. For other services: nothing is checked."""
    people = post_holders(session, *Role, organisations=bodies_named(session, organisation))
    return [one.email for one in called(act, people, name)]


def _groups(session: Session, act: Act) -> set[str]:
    ours = act.person.organisation_id
    if ours is None:
        return set()
    people = post_holders(session, *Role, organisations=[ours])
    found = set()
    for row in _listed(session):
        entry = _opened(act, row)
        meant = [one for name in (entry["name"], entry.get("deputy", "")) for one in called(act, people, name)]
        if act.person.id in {one.id for one in meant} and ours in bodies_named(session, entry["organisation"]):
            found.add(row.group_name)
    return found


def _listed(session: Session, group: str | None = None) -> list[GroupMember]:
    current = select(GroupMember).where(col(GroupMember.ended_at).is_(None))
    return list(session.exec(current if group is None else current.where(GroupMember.group_name == group)).all())


def _opened(act: Act, row: GroupMember) -> dict[str, str]:
    entry: dict[str, str] = json.loads(act.store.vault.open_text(row.entry, f"group_member.entry:{row.id}"))
    return entry
