"""Who holds a role now: the open accounts that letters go to and work waits for."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from portal.ground.act import Role


def post_holders(session: Session, *roles: Role, organisations: Collection[str] | None = None) -> list[Account]:
    """List the open accounts that hold one of these roles now; for these organisations alone, where any are named."""
    held = select(Post.account_id).where(
        col(Post.role).in_([role.value for role in roles]), col(Post.ended_at).is_(None)
    )
    if organisations is not None:
        held = held.where(col(Post.organisation_id).in_(organisations))
    open_ones = select(Account).where(col(Account.id).in_(held), col(Account.closed_at).is_(None))
    return list(session.exec(open_ones.order_by(col(Account.id))).all())


def addresses_of(session: Session, *roles: Role, organisations: Collection[str] | None = None) -> set[str]:
    """Give the addresses of `post_holders`."""
    return {account.email for account in post_holders(session, *roles, organisations=organisations)}


def still_acting(session: Session, account_ids: Collection[str], organisation_id: str) -> list[Account]:
    """List those of these people who act for an organisation now; its approvers where none does, so that somebody hears."""
    acting = post_holders(session, Role.PARTNER, Role.APPROVER, organisations=[organisation_id])
    found = [account for account in acting if account.id in account_ids]
    return found or post_holders(session, Role.APPROVER, organisations=[organisation_id])
