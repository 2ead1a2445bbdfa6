"""The life of an organisation in the list: added by the manager, renamed, or of another kind."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.organisations import FormerName, Organisation
from portal.accounts.holders import addresses_of
from portal.accounts.invitations import invited_for
from portal.agreement.notices.standing import SignatoryStatus, standing_of, take_turn
from portal.agreement.register.organisations import NewOrganisation, check_new, find_or_add, open_by_name
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.wording import NAME_LENGTH, day, folded, is_name, new_id, one_line, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.edition.editions import Edition, edition_in_force


@dataclass(frozen=True, kw_only=True)
class ListedOrganisation:
    """An organisation as the manager's list shows it. `closed_at` is None while it is there."""

    id: str
    slug: str
    name: str
    kind: str
    status: SignatoryStatus | None
    approvers: int
    invited: bool  # somebody was asked to be its approver, and has not come yet
    closed_at: datetime | None
    merged_into: str


@dataclass(frozen=True, kw_only=True)
class EarlierName:
    """A name that an organisation had, and until when."""

    name: str
    until: datetime


def every_organisation(act: Act) -> list[ListedOrganisation]:
    """List every organisation by name, those that are closed at the end (Permission INVITE_ANYBODY)."""
    allow(act, Permission.INVITE_ANYBODY)
    with reading(act.store.engine) as session:
        rows = session.exec(select(Organisation).order_by(col(Organisation.search_name))).all()
        held = dict(
            session.exec(
                select(Post.organisation_id, func.count())
                .join(Account, col(Account.id) == col(Post.account_id))
                .where(Post.role == Role.APPROVER.value, col(Post.ended_at).is_(None), col(Account.closed_at).is_(None))
                .group_by(col(Post.organisation_id))
            ).all()
        )
        names, asked = {row.id: row.name for row in rows}, invited_for(session, Role.APPROVER, act.at)
        found = [
            ListedOrganisation(
                id=row.id,
                slug=row.slug,
                name=row.name,
                kind=row.kind,
                status=stands.status if (stands := standing_of(session, row.id)) else None,
                approvers=held.get(row.id, 0),
                invited=row.id in asked,
                closed_at=row.closed_at,
                merged_into=names.get(row.merged_into_id or "", ""),
            )
            for row in rows
        ]
    return sorted(found, key=lambda one: one.closed_at is not None)


def former_names(act: Act, slug: str) -> tuple[EarlierName, ...]:
    """List the names that an organisation had, the newest first, by its lasting address. They are as public as the present one."""
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(FormerName)
            .join(Organisation, col(Organisation.id) == col(FormerName.organisation_id))
            .where(Organisation.slug == slug)
            .order_by(col(FormerName.until).desc())
        ).all()
    return tuple(EarlierName(name=row.name, until=row.until) for row in rows)


def add(act: Act, new: NewOrganisation) -> str:
    """Add an organisation to the list, without waiting for it to sign; one of that name is given as it is. Returns its id.

    Raises AnswersNeededError (name, kind, contact, number).
    """
    allow(act, Permission.INVITE_ANYBODY)
    made = check_new(edition_in_force(today(act.at)), new)
    with transaction(act.store.engine) as session:
        take_turn(session)
        return find_or_add(session, act, made).id


def rename(act: Act, organisation_id: str, name: str) -> None:
    """Give an organisation another name: its address stays, and the old name is kept, found by search and shown.

    Raises AnswersNeededError (name), NotFoundError. The same name again changes nothing.
    """
    allow(act, Permission.INVITE_ANYBODY)
    wanted = one_line(name)
    if not is_name(wanted) or len(wanted) > NAME_LENGTH:
        raise AnswersNeededError({"name": f"Enter its name, in {NAME_LENGTH} characters or fewer"})
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = open_row(session, organisation_id)
        if row.name == wanted:
            return
        if any(other.id != row.id for other in session.exec(open_by_name(wanted)).all()):
            raise AnswersNeededError({"name": "Another organisation has that name. Merge the two instead"})
        session.add(
            FormerName(
                id=new_id(), organisation_id=row.id, name=row.name, search_name=row.search_name, until=act.at,
                changed_by=act.person.name,
            )
        )  # fmt: skip
        row.name, row.search_name = wanted, folded(wanted)
        session.add(row)
        record(session, act, Event.ORGANISATION_RENAMED, f"organisation:{row.id}", row.id)
        _tell_its_people(session, act, row, f"its name is {wanted} now")


def change_kind(act: Act, organisation_id: str, kind: str) -> None:
    """Say that an organisation is of another kind: other laws and data sets follow from the next act on.

    Raises AnswersNeededError (kind), NotFoundError.
    """
    allow(act, Permission.INVITE_ANYBODY)
    of: Edition = edition_in_force(today(act.at))
    if not of.has_kind(kind):
        raise AnswersNeededError({"kind": "Select what kind of organisation it is"})
    with transaction(act.store.engine) as session:
        row = open_row(session, organisation_id)
        if row.kind != kind:
            before, row.kind = row.kind, kind
            session.add(row)
            record(
                session,
                act,
                Event.ORGANISATION_CHANGED,
                f"organisation:{row.id}",
                row.id,
                changed=["kind"],
                before=before,
            )
            title = of.kind(kind).title
            _tell_its_people(session, act, row, f"its kind is “{title}” now, so other laws and data sets hold for it")


def _tell_its_people(session: Session, act: Act, row: Organisation, said: str) -> None:
    told = addresses_of(session, Role.PARTNER, Role.APPROVER, organisations=[row.id])
    notify(session, act, "organisation-changed", told, said=said)


def merged_into(act: Act, slug: str) -> tuple[str, str, str] | None:
    """Say what became of a closed organisation: when, and the one it is part of now (name and slug, '' where none)."""
    with reading(act.store.engine) as session:
        row = session.exec(select(Organisation).where(Organisation.slug == slug)).first()
        if row is None or row.closed_at is None:
            return None
        into = session.get(Organisation, row.merged_into_id) if row.merged_into_id else None
    return day(row.closed_at), into.name if into else "", into.slug if into else ""


def open_row(session: Session, organisation_id: str) -> Organisation:
    """Give an organisation that is not closed. Raises NotFoundError, AlreadyDoneError."""
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFoundError
    if row.closed_at is not None:
        raise AlreadyDoneError("This organisation is closed already.")
    return row
