"""The letters about a complaint: a reference and a day; nothing of what was written, or of whom it is about."""

from sqlmodel import Session

from models.accountability import Complaint
from portal.accounts.holders import addresses_of
from portal.ground.access import GRANTED, Permission
from portal.ground.act import Act
from portal.ground.partnership import facts
from portal.ground.settings import load_settings
from portal.ground.wording import day
from portal.record.letters import notify


def tell_handlers(session: Session, act: Act, row: Complaint) -> None:
    """Tell whoever handles complaints that one came, in the open transaction."""
    handlers = [role for role, granted in GRANTED.items() if Permission.HANDLE_COMPLAINTS in granted]
    to = addresses_of(session, *handlers)
    asked = "" if row.acknowledged_on else f" Tell them by {day(row.acknowledge_by)} that you have it."
    link = f"{load_settings().base_url}/complaint?id={row.id}"
    notify(session, act, "complaint-came", to, asked=asked, reference=row.reference, link=link)


def acknowledgement(session: Session, act: Act, row: Complaint, to: str) -> None:
    """Tell whoever complained that it came, in the open transaction. The letter says nothing of what it is about."""
    own = facts(act.store).name
    notify(
        session, act, "complaint-acknowledged", to, day=day(row.received_on), reference=row.reference, partnership=own
    )
