"""The letters about a complaint: a reference and a day; nothing of what was written, or of whom it is about."""

from sqlmodel import Session, col, select

from models.accountability import Complaint
from models.accounts import Account, Post
from portal.ground.access import GRANTED, Permission
from portal.ground.act import Act
from portal.ground.partnership import facts
from portal.ground.settings import load_settings
from portal.ground.wording import day
from portal.record.outbox import Letter, post


def tell_handlers(session: Session, act: Act, row: Complaint) -> None:
    """Tell whoever handles complaints that one came, in the open transaction."""
    roles = [role.value for role, granted in GRANTED.items() if Permission.HANDLE_COMPLAINTS in granted]
    held = select(Post.account_id).where(col(Post.role).in_(roles), col(Post.ended_at).is_(None))
    addresses = session.exec(select(Account.email).where(col(Account.id).in_(held), col(Account.closed_at).is_(None)))
    asked = "" if row.acknowledged_on else f" Tell them by {day(row.acknowledge_by)} that you have it."
    body = (
        f"Somebody complained about how their information is used.{asked} Look into it without delay.\n\n"
        f"Reference {row.reference}.\n\nSign in to read it:\n{load_settings().base_url}/complaint?id={row.id}"
    )
    for address in sorted(set(addresses.all())):
        post(session, act, Letter(template="complaint-came", to=address, subject="A complaint came", body=body))


def acknowledgement(session: Session, act: Act, row: Complaint, to: str) -> None:
    """Tell whoever complained that it came, in the open transaction. The letter says nothing of what it is about."""
    body = (
        f"We have your complaint of {day(row.received_on)}. Its reference is {row.reference}.\n\n"
        "We look into it without delay, and tell you what we found. You can also complain to the Information "
        f"Commissioner, at ico.org.uk.\n\n{facts(act.store).name}"
    )
    post(session, act, Letter(template="complaint-acknowledged", to=to, subject="We have your complaint", body=body))
