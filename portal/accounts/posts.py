"""Posts: who holds which role, for whom. Nobody raises their own, and one Information Manager always stays."""

from collections.abc import Iterable

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, and_, col, or_, select

from models.accounts import Account, Link, Post
from models.organisations import Organisation
from portal.accounts.authentication.secret_links import LinkPurpose, end_link
from portal.accounts.authentication.sessions import end_all_sessions
from portal.ground import drafts
from portal.ground.access import Permission, allow
from portal.ground.act import ROLE_TITLES, SYSTEM, Act, Person, Role, RolePost
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError, PortalError
from portal.ground.wording import listed, new_id
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

FOR_ONE_ORGANISATION = frozenset({Role.PARTNER, Role.APPROVER})


class OwnRoleError(PortalError):
    """A person tried to give themselves a role, or to close their own account."""

    message = "You cannot change your own role or close your own account. Ask another Information Manager."


class LastManagerError(PortalError):
    """Without this person nobody could run the portal."""

    message = "This is the only Information Manager. Give somebody else that role first."


class OtherOrganisationError(PortalError):
    """An account acts for one organisation at a time."""

    message = (
        "This person already acts for another organisation. End that role first, or invite them by another address."
    )


def allow_granting(act: Act, role: Role, organisation_id: str | None) -> None:
    """Go on only if this person may give this role: a manager any, an approver those of their own organisation.

    Whoever runs the machine may give any (the command line acts as the portal itself).
    """
    if act.person == SYSTEM:
        return
    if role in FOR_ONE_ORGANISATION and act.person.holds(Role.APPROVER, organisation_id) and organisation_id:
        allow(act, Permission.INVITE_OWN, organisation_id)
    else:
        allow(act, Permission.INVITE_ANYBODY)


def check_role(session: Session, role: Role, organisation_id: str | None) -> str | None:
    """Give the organisation that a role is for (None where it acts for the partnership). Raises AnswersNeededError."""
    if role not in FOR_ONE_ORGANISATION:
        return None
    body = session.get(Organisation, organisation_id) if organisation_id else None
    if body is None:
        raise AnswersNeededError({"organisation": "Select the organisation that this person acts for"})
    if body.closed_at is not None:
        raise AnswersNeededError({"organisation": f"{body.name} is closed. Select the one that they act for now"})
    return organisation_id


def grant(act: Act, account_id: str, role: Role | None, organisation_id: str | None = None) -> None:
    """Give somebody with an account a role; doing it twice changes nothing.

    Their sessions end, so that nothing goes on under the old roles. Raises NotAllowedError, OwnRoleError,
    OtherOrganisationError, NotFoundError, AnswersNeededError.
    """
    if role is None:
        raise AnswersNeededError({"role": "Select a role"})
    allow_granting(act, role, organisation_id)
    if account_id == act.person.id:
        raise OwnRoleError
    try:
        with transaction(act.store.engine) as session:
            where = check_role(session, role, organisation_id)
            account = session.get(Account, account_id)
            if account is None or account.closed_at is not None:
                raise NotFoundError
            add_post(session, act, account.id, role, where)
            end_all_sessions(session, act, account_id)
            notify(session, act, "role-given", account.email, role=ROLE_TITLES[role])
    except IntegrityError:
        return  # they hold it already


def person_with_posts(session: Session, account: Account) -> Person:
    """Give the person of an account with the roles they hold now, as signing in would."""
    posts = session.exec(select(Post).where(Post.account_id == account.id, col(Post.ended_at).is_(None))).all()
    held = frozenset(RolePost(role=Role(one.role), organisation_id=one.organisation_id) for one in posts)
    return Person(id=account.id, name=account.name, email=account.email, position=account.position, posts=held)


def add_post(session: Session, act: Act, account_id: str, role: Role, organisation_id: str | None) -> None:
    """Add a live post in the open transaction. Raises OtherOrganisationError; IntegrityError where it is held."""
    if organisation_id is not None:
        elsewhere = select(Post).where(
            Post.account_id == account_id,
            col(Post.ended_at).is_(None),
            col(Post.organisation_id).is_not(None),
            Post.organisation_id != organisation_id,
        )
        if session.exec(elsewhere).first() is not None:
            raise OtherOrganisationError
    row = Post(
        id=new_id(),
        account_id=account_id,
        role=role.value,
        organisation_id=organisation_id,
        granted_at=act.at,
        granted_by=act.person.name,
    )
    session.add(row)
    session.flush()
    record(session, act, Event.POST_GRANTED, f"account:{account_id}", organisation_id, role=role.value)


def end_post(act: Act, post_id: str) -> None:
    """End a role that somebody holds, and their sessions; an ended one stays ended.

    A manager may end any but their own last say; an approver those of their own organisation. Raises NotFoundError,
    OwnRoleError, LastManagerError.
    """
    with transaction(act.store.engine) as session:
        row = session.exec(select(Post).where(Post.id == post_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        try:
            allow_granting(act, Role(row.role), row.organisation_id)
        except NotAllowedError as error:
            raise NotFoundError from error
        if row.account_id == act.person.id:
            raise OwnRoleError
        if row.ended_at is not None:
            return
        keep_a_manager(session, row.account_id if row.role == Role.MANAGER else "")
        close_post(session, act, row)
        end_all_sessions(session, act, row.account_id)


def close_post(session: Session, act: Act, row: Post) -> None:
    """End one post in the open transaction, and with the last one for an organisation the drafts that were begun for it.

    Its holder is told, unless the open transaction has told them more about their account already (`about_account`).
    """
    row.ended_at, row.ended_by = act.at, act.person.name
    session.add(row)
    session.flush()
    still = select(Post.id).where(
        Post.account_id == row.account_id, Post.organisation_id == row.organisation_id, col(Post.ended_at).is_(None)
    )
    if row.organisation_id is not None and session.exec(still).first() is None:
        drafts.end_with_post(session, row.account_id, row.organisation_id)
    _end_invitations(session, act, row)
    record(session, act, Event.POST_ENDED, f"account:{row.account_id}", row.organisation_id, role=row.role)
    body = session.get_one(Organisation, row.organisation_id) if row.organisation_id else None
    notify(
        session,
        act,
        "role-ended",
        session.get_one(Account, row.account_id).email,
        about=about_account(row.account_id),
        role=role_words([Role(row.role)]),
        where=f" for {body.name}" if body else "",
    )


def about_account(account_id: str) -> str:
    """Name what letters on a person's own account are about, so that one act sends one: the first, which says most."""
    return f"account:{account_id}"


def role_words(roles: Iterable[Role]) -> str:
    """Name roles by the short words of their titles."""
    return listed([ROLE_TITLES[role].partition(":")[0] for role in sorted(roles)])


def _end_invitations(session: Session, act: Act, row: Post) -> None:
    """End what somebody invited others to by a role that ends now: they could have invited themselves, by another address."""
    if row.role not in {Role.APPROVER, Role.MANAGER}:
        return
    name = session.get_one(Account, row.account_id).name
    query = select(Link).where(
        Link.purpose == LinkPurpose.INVITATION.value,
        # An invitation of before this was kept names its maker by name alone.
        or_(Link.subject == row.account_id, and_(Link.subject == "", Link.made_by == name)),
        col(Link.used_at).is_(None),
        col(Link.ended_at).is_(None),
    )
    own = query if row.organisation_id is None else query.where(Link.organisation_id == row.organisation_id)
    for link in session.exec(own).all():
        end_link(session, act, link)


def keep_a_manager(session: Session, leaving: str) -> None:
    """Refuse to let the last manager go. The managers' rows are locked, so that two cannot go at once."""
    managers = session.exec(
        select(Post).where(Post.role == Role.MANAGER.value, col(Post.ended_at).is_(None)).with_for_update()
    ).all()
    held = {row.account_id for row in managers}
    if leaving and held <= {leaving}:
        raise LastManagerError
