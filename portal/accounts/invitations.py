"""Invitations: a link to an address; whoever holds it has that address, says who they are, and gets the role."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.accounts import Account, Link
from models.organisations import Organisation
from portal.accounts import addresses
from portal.accounts.authentication import passwords, recovery_codes
from portal.accounts.authentication.secret_links import (
    LinkPurpose,
    about_link,
    end_link,
    live_link,
    make_link,
    use_link,
)
from portal.accounts.authentication.sessions import end_all_sessions
from portal.accounts.details import new_account_problems
from portal.accounts.names import rename
from portal.accounts.posts import OwnRoleError, add_post, allow_granting, check_role
from portal.ground.access import Permission, allow, may
from portal.ground.act import ROLE_TITLES, Act, Person, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, LinkError, NotFoundError
from portal.ground.partnership import facts
from portal.ground.rate_limits import Limit, attempt
from portal.ground.wording import new_id, one_line
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

LASTS = timedelta(days=7)
_PER_PERSON = Limit(kind="invitation:person", most=60, within=timedelta(hours=1))
_PER_PASSWORD = Limit(kind="invitation:password", most=5, within=timedelta(hours=1), wait=timedelta(minutes=1))


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An open invitation. `known` says that there is an open account for its address already."""

    id: str
    email: str
    role: Role
    organisation_id: str | None
    organisation: str
    made_at: datetime
    made_by: str
    expires_at: datetime
    known: bool = False

    @property
    def title(self) -> str:
        """Say what the role is, in words."""
        return ROLE_TITLES[self.role]


def invite(act: Act, email: str, role: Role | None, organisation_id: str | None = None, *, base_url: str) -> str:
    """Invite an address to a role; a newer invitation to the same role replaces the older one.

    The link (7 days, once) waits in the outbox: sent by mail, or handed over by the Information Manager.

    Returns: the link, for the command line; pages never show it. Raises NotAllowedError, AnswersNeededError,
    OwnRoleError, TooManyTriesError.
    """
    problems = {"email": addresses.problem_with(email), "role": "" if role else "Select what they will do"}
    if role is not None:
        allow_granting(act, role, organisation_id)
    if role is None or problems["email"]:
        raise AnswersNeededError({field: sentence for field, sentence in problems.items() if sentence})
    address = addresses.tidy(email)
    if address == act.person.email:
        raise OwnRoleError
    attempt(act, (_PER_PERSON, act.person.id))
    with transaction(act.store.engine) as session:
        return invite_in(session, act, address, role, organisation_id, base_url=base_url)


def invite_in(
    session: Session, act: Act, address: str, role: Role, organisation_id: str | None, *, base_url: str
) -> str:
    """Invite an address in the open transaction, for whoever has checked it and may grant the role; gives the link."""
    where, tidied = check_role(session, role, organisation_id), addresses.tidy(address)
    secret = make_link(
        session,
        act,
        LinkPurpose.INVITATION,
        tidied,
        LASTS,
        subject=act.person.id,
        role=role.value,
        organisation_id=where,
    )
    link = f"{base_url}/invitation/{secret}"
    whose = facts(act.store).name
    notify(session, act, "invitation", tidied, partnership=whose, secret=link, about=about_link(link))
    record(session, act, Event.INVITED, "account:new", where, role=role.value)
    return link


def invitations(act: Act, organisation_id: str | None = None) -> list[Invitation]:
    """List the open invitations, newest first: all for a manager, those of one organisation for its approver."""
    allow(act, Permission.INVITE_OWN if organisation_id else Permission.INVITE_ANYBODY, organisation_id)
    query = select(Link).where(
        Link.purpose == LinkPurpose.INVITATION.value,
        col(Link.used_at).is_(None),
        col(Link.ended_at).is_(None),
        col(Link.expires_at) > act.at,
    )
    if organisation_id:
        query = query.where(Link.organisation_id == organisation_id)
    with reading(act.store.engine) as session:
        return [_shown(session, row) for row in session.exec(query.order_by(col(Link.made_at).desc()).limit(200))]


def invited_to(organisation_id: str) -> SelectOfScalar[Link]:
    """Choose the invitations to act for an organisation that nobody has used, withdrawn or ended."""
    return select(Link).where(
        Link.purpose == LinkPurpose.INVITATION.value,
        Link.organisation_id == organisation_id,
        col(Link.used_at).is_(None),
        col(Link.ended_at).is_(None),
    )


def invited_for(session: Session, role: Role, at: datetime) -> list[str | None]:
    """Say for whom each open invitation to a role is: an organisation, or None where it is for the partnership."""
    waiting = select(col(Link.organisation_id)).where(
        Link.purpose == LinkPurpose.INVITATION.value,
        Link.role == role.value,
        col(Link.used_at).is_(None),
        col(Link.ended_at).is_(None),
        col(Link.expires_at) > at,
    )
    return list(session.exec(waiting).all())


def withdraw(act: Act, invitation_id: str) -> None:
    """Withdraw an open invitation: its link is worthless from now on. Raises NotFoundError."""
    with transaction(act.store.engine) as session:
        row = session.get(Link, invitation_id)
        mine = row is not None and (
            may(act.person, Permission.INVITE_ANYBODY)
            or (row.organisation_id is not None and may(act.person, Permission.INVITE_OWN, row.organisation_id))
        )
        if row is None or row.purpose != LinkPurpose.INVITATION.value or not mine:
            raise NotFoundError
        if row.ended_at is None and row.used_at is None:
            end_link(session, act, row)
            record(session, act, Event.INVITATION_WITHDRAWN, "account:new", row.organisation_id, role=row.role)


def invitation(act: Act, secret: str) -> Invitation:
    """Give the invitation that a link opens. Raises LinkError."""
    with reading(act.store.engine) as session:
        link = live_link(session, act, LinkPurpose.INVITATION, secret) if secret else None
        if link is None:
            raise LinkError("This invitation has been used or is too old. Ask whoever invited you for a new one.")
        return _shown(session, link)


def accept(act: Act, secret: str, *, name: str = "", position: str = "", password: str) -> None:
    """Accept an invitation: open the account, or add the role to the account that its address has.

    Somebody with an account proves it by their password. Raises LinkError, AnswersNeededError, TooManyTriesError,
    AlreadyDoneError.
    """
    offered = invitation(act, secret)
    if offered.known:
        _join(act, secret, offered, password)
        return
    names = [offered.email, offered.organisation, facts(act.store).name]
    problems = new_account_problems(name=name, position=position, password=password, names=names)
    if problems:
        raise AnswersNeededError(problems)
    kept = passwords.hash_password(password)
    try:
        with transaction(act.store.engine) as session:
            link = use_link(session, act, LinkPurpose.INVITATION, secret)
            account = session.exec(_of(link.email).with_for_update()).first()
            back = account is not None and account.closed_at is not None
            if account is None or not back:
                account = Account(id=new_id(), email=link.email, name="", password_hash="", created_at=act.at)
            rename(act, account, name)
            account.position, account.password_hash = one_line(position), kept
            account.closed_at, account.totp_secret, account.totp_last = None, None, None
            recovery_codes.end(session, account.id)
            session.add(account)
            session.flush()
            _take_up(session, act, account, link, Event.ACCOUNT_REOPENED if back else Event.ACCOUNT_CREATED)
    except IntegrityError as error:
        raise AlreadyDoneError("There is an account for this address already. Open the link again.") from error


def _join(act: Act, secret: str, offered: Invitation, password: str) -> None:
    attempt(act, (_PER_PASSWORD, offered.email))
    with reading(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.email == offered.email)).one()
    if account.closed_at is not None or not passwords.is_right(account.password_hash, password):
        raise AnswersNeededError({"password": "Enter the password of your account. What you typed is not it"})
    try:
        with transaction(act.store.engine) as session:
            link = use_link(session, act, LinkPurpose.INVITATION, secret)
            _take_up(session, act, account, link)
            end_all_sessions(session, act, account.id)
    except IntegrityError as error:
        raise AlreadyDoneError("You hold this role already. Sign in to use it.") from error


def _take_up(session: Session, act: Act, account: Account, link: Link, opened: Event | None = None) -> None:
    mine = act.as_(Person(id=account.id, name=account.name, email=account.email))
    if opened:
        record(session, mine, opened, f"account:{account.id}", link.organisation_id)
    record(session, mine, Event.INVITATION_ACCEPTED, f"account:{account.id}", link.organisation_id, role=link.role)
    inviter = act.as_(Person(id=account.id, name=link.made_by))
    add_post(session, inviter, account.id, Role(link.role), link.organisation_id)


def _of(email: str) -> SelectOfScalar[Account]:
    return select(Account).where(Account.email == email)


def _shown(session: Session, row: Link) -> Invitation:
    organisation = session.get(Organisation, row.organisation_id) if row.organisation_id else None
    known = session.exec(_of(row.email).where(col(Account.closed_at).is_(None))).first() is not None
    return Invitation(
        id=row.id,
        email=row.email,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        organisation=organisation.name if organisation else "",
        made_at=row.made_at,
        made_by=row.made_by,
        expires_at=row.expires_at,
        known=known,
    )
