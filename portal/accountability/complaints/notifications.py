"""The letters about a complaint: a reference and a day; nothing of what was written, or of whom it is about."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.accountability import Complaint
from portal.accounts.holders import addresses_of
from portal.ground.access import GRANTED, Permission
from portal.ground.act import Act
from portal.ground.partnership import facts
from portal.ground.settings import load_settings
from portal.ground.wording import day
from portal.record.letters import notify

_MOST = 20  # letters to each handler in a day: beyond them a flood would only fill their mailbox


def tell_handlers(session: Session, act: Act, row: Complaint) -> None:
    """Tell whoever handles complaints that one came, in the open transaction.

    The last letter of a day says that it is the last; what comes after it waits in To do.
    """
    came = session.exec(
        select(func.count()).where(col(Complaint.logged_at) > act.at - timedelta(days=1), Complaint.came == row.came)
    ).one()
    if came > _MOST:
        return
    handlers = [role for role, granted in GRANTED.items() if Permission.HANDLE_COMPLAINTS in granted]
    to = addresses_of(session, *handlers)
    asked = "" if row.acknowledged_on else f" Tell them by {day(row.acknowledge_by)} that you have it."
    last = f" That makes {_MOST} in one day, so we write of no more today. Look in To do for others."
    link = f"{load_settings().base_url}/complaint?id={row.id}"
    more = last if came == _MOST else ""
    notify(session, act, "complaint-came", to, asked=asked, more=more, reference=row.reference, link=link)


def acknowledgement(session: Session, act: Act, row: Complaint, to: str) -> None:
    """Tell whoever complained that it came, in the open transaction. The letter says nothing of what it is about."""
    own = facts(act.store).name
    notify(
        session, act, "complaint-acknowledged", to, day=day(row.received_on), reference=row.reference, partnership=own
    )
