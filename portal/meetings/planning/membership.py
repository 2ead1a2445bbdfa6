"""The meetings of the groups in which somebody is a member, for their own calendar: name, place and time, as members know them."""

import json

from sqlmodel import Session, col, or_, select

from models.groups import GroupMember
from models.meetings import Meeting, MinuteTaker
from models.organisations import Organisation
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.wording import folded
from portal.meetings.meeting import Planned, shown


def meetings_of_mine(act: Act) -> list[Planned]:
    """List the meetings of every group on whose list the person stands, or is named as a deputy, and those they minute.

    The list knows people by name and organisation: both must be those of the account. Raises NotAllowedError.
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


def _groups(session: Session, act: Act) -> set[str]:
    ours = session.get(Organisation, act.person.organisation_id) if act.person.organisation_id else None
    if ours is None:
        return set()
    found = set()
    for row in session.exec(select(GroupMember).where(col(GroupMember.ended_at).is_(None))).all():
        entry = json.loads(act.store.vault.open_text(row.entry, f"group_member.entry:{row.id}"))
        names = {folded(entry["name"]), folded(entry.get("deputy", ""))}
        if folded(act.person.name) in names and folded(entry["organisation"]) == ours.search_name:
            found.add(row.group_name)
    return found
