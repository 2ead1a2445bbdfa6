"""The people with an account: who they are, what they hold, closing an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.accounts import Account, Post, WebSession
from models.organisations import Organisation
from models.record import AuditEntry
from portal.accounts.authentication import second_factor as second_step
from portal.accounts.authentication.sessions import end_all_sessions
from portal.accounts.posts import OwnRoleError, about_account, close_post, keep_a_manager
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import day_and_time, folded
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A role somebody holds; `organisation` is '' where it acts for the partnership."""

    id: str
    role: Role
    organisation_id: str | None
    organisation: str


@dataclass(frozen=True, kw_only=True)
class AccountHolder:
    """Somebody with an account, as those who manage people see them."""

    id: str
    name: str
    email: str
    position: str
    posts: tuple[HeldPost, ...]
    second_step: bool
    created_at: datetime
    closed_at: datetime | None
    seen_at: datetime | None


def people(act: Act, *, search: str = "", page: int = 1) -> tuple[list[AccountHolder], int]:
    """List the people with an account by name, a page at a time, and how many there are (Permission MANAGE_PEOPLE)."""
    allow(act, Permission.MANAGE_PEOPLE)
    with reading(act.store.engine) as session:
        query = select(Account)
        if search.strip():
            like = "%" + _escaped(search.strip().lower()) + "%"
            query = query.where(
                func.lower(Account.name).like(like, escape="\\") | col(Account.email).like(like, escape="\\")
            )
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        rows = session.exec(
            query.order_by(col(Account.closed_at).is_not(None), func.lower(Account.name), Account.id)
            .offset((max(page, 1) - 1) * PAGE)
            .limit(PAGE)
        ).all()
        return _shown(session, rows), total


def people_of(act: Act, organisation_id: str) -> list[AccountHolder]:
    """List the people who act for one organisation, for its own people and for managers."""
    if not act.person.holds(Role.MANAGER) and act.person.organisation_id != organisation_id:
        raise NotFoundError
    with reading(act.store.engine) as session:
        held = select(Post.account_id).where(Post.organisation_id == organisation_id, col(Post.ended_at).is_(None))
        rows = session.exec(select(Account).where(col(Account.id).in_(held), col(Account.closed_at).is_(None))).all()
        return sorted(_shown(session, rows), key=lambda member: folded(member.name))


def member(act: Act, account_id: str) -> AccountHolder:
    """Give one person with an account (Permission MANAGE_PEOPLE). Raises NotFoundError."""
    allow(act, Permission.MANAGE_PEOPLE)
    with reading(act.store.engine) as session:
        row = session.get(Account, account_id)
        if row is None:
            raise NotFoundError
        return _shown(session, [row])[0]


def close(act: Act, account_id: str) -> None:
    """Close an account: its posts and sessions end, and it cannot sign in; what it did stays in the record.

    Raises OwnRoleError, LastManagerError, NotFoundError.
    """
    allow(act, Permission.MANAGE_PEOPLE)
    if account_id == act.person.id:
        raise OwnRoleError
    with transaction(act.store.engine) as session:
        row = session.get(Account, account_id)
        if row is None:
            raise NotFoundError
        if row.closed_at is not None:
            return
        live = session.exec(select(Post).where(Post.account_id == account_id, col(Post.ended_at).is_(None))).all()
        keep_a_manager(session, account_id if any(p.role == Role.MANAGER for p in live) else "")
        at = day_and_time(act.at)
        notify(session, act, "account-closed", row.email, about=about_account(account_id), at=at)
        for held in live:
            close_post(session, act, held)
        row.closed_at = act.at
        session.add(row)
        end_all_sessions(session, act, account_id)
        record(session, act, Event.ACCOUNT_CLOSED, f"account:{account_id}")


def remove_second_step(act: Act, account_id: str) -> None:
    """Turn off the second step of somebody who lost their phone (Permission MANAGE_PEOPLE), not one's own."""
    allow(act, Permission.MANAGE_PEOPLE)
    if account_id == act.person.id:
        raise OwnRoleError
    second_step.turn_off(act, account_id)


def _shown(session: Session, accounts: Sequence[Account]) -> list[AccountHolder]:
    ids = [a.id for a in accounts]
    held: dict[str, list[HeldPost]] = {i: [] for i in ids}
    query = (
        select(Post, Organisation)
        .join(Organisation, col(Organisation.id) == col(Post.organisation_id), isouter=True)
        .where(col(Post.account_id).in_(ids), col(Post.ended_at).is_(None))
        .order_by(Post.role)
    )
    for post, organisation in session.exec(query):
        held[post.account_id].append(
            HeldPost(
                id=post.id,
                role=Role(post.role),
                organisation_id=post.organisation_id,
                organisation=organisation.name if organisation else "",
            )
        )
    # A signed-in browser is forgotten after a month, the record keeps that somebody was here.
    signed_in = dict(
        session.exec(
            select(AuditEntry.actor, func.max(col(AuditEntry.at)))
            .where(col(AuditEntry.actor).in_(ids), AuditEntry.event == Event.SIGNED_IN.value)
            .group_by(AuditEntry.actor)
        ).all()
    )
    seen = signed_in | dict(
        session.exec(
            select(WebSession.account_id, func.max(col(WebSession.seen_at)))
            .where(col(WebSession.account_id).in_(ids))
            .group_by(WebSession.account_id)
        ).all()
    )
    return [
        AccountHolder(
            id=a.id,
            name=a.name,
            email=a.email,
            position=a.position,
            posts=tuple(held[a.id]),
            second_step=a.totp_secret is not None,
            created_at=a.created_at,
            closed_at=a.closed_at,
            seen_at=seen.get(a.id),
        )
        for a in accounts
    ]


def _escaped(text: str) -> str:
    """Let % and _ stand for themselves in a search."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
