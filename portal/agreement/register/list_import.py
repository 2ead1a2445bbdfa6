"""Adding many organisations at once: each row of a spreadsheet is checked and shown, then all are added, and can be undone as one."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from models.accounts import Link, Post
from models.agreements import Signature
from models.organisations import FormerName, Organisation, OrganisationImport
from portal.accounts.addresses import problem_with
from portal.accounts.authentication.secret_links import end_link
from portal.accounts.invitations import invite_in
from portal.agreement.notices.standing import take_turn
from portal.agreement.register.list_reading import ListedRow
from portal.agreement.register.matching import kinds_meant
from portal.agreement.register.organisations import NewOrganisation, check_new, find_or_add, organisation_named
from portal.ground import drafts
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.wording import day, folded, new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

JOURNEY = "organisation-import"
_APPROVES = (col(Post.role) == Role.APPROVER.value, col(Post.ended_at).is_(None))


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    """A row as it was understood. `problem` says what to mend; `there`: the organisation is in the list already; `invites`: its approver is."""

    row: ListedRow
    kind: str
    problem: str = ""
    there: bool = False
    invites: bool = False


@dataclass(frozen=True, kw_only=True)
class Imported:
    """An import that was made: how many organisations it added, and how many approvers it invited."""

    id: str
    added: int
    invited: int
    undone: bool
    kept: int = 0


def check_rows(act: Act, rows: Sequence[ListedRow]) -> list[CheckedRow]:
    """Check each row: a name, a kind that the agreement knows, an address that can be one; doubles are said."""
    allow(act, Permission.INVITE_ANYBODY)
    with reading(act.store.engine) as session:
        known, closed = _known(session)
        held = set(session.exec(select(Post.organisation_id).where(*_APPROVES)).all())
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        checked = _checked(act, row)
        name = folded(row.name)
        if not checked.problem and name in seen:
            checked = replace(checked, problem=f"Row {seen[name]} names the same organisation.")
        elif not checked.problem and name not in known and name in closed:
            checked = replace(checked, problem=closed[name])
        seen.setdefault(name, row.line)
        invites = bool(row.email) and not checked.problem and known.get(name) not in held
        found.append(replace(checked, there=name in known, invites=invites))
    return found


def _known(session: Session) -> tuple[dict[str, str], dict[str, str]]:
    """Give the bodies that are there by name, also by one that they had, and of each that is closed what to say of it."""
    rows = session.exec(select(Organisation)).all()
    still = {row.id for row in rows if row.closed_at is None}
    had: dict[str, set[str]] = {}
    for name, body_id in session.exec(select(FormerName.search_name, FormerName.organisation_id)).all():
        had.setdefault(name, set()).update({body_id} & still)
    there = {name: next(iter(bodies)) for name, bodies in had.items() if len(bodies) == 1}
    there |= {row.search_name: row.id for row in rows if row.closed_at is None}
    return there, {
        row.search_name: f"It closed on {day(row.closed_at)}. If this is a new body of that name, add it by itself."
        for row in rows
        if row.closed_at is not None
    }


def keep_rows(act: Act, rows: Sequence[ListedRow]) -> str:
    """Keep the rows of a file, sealed, until they are imported or 28 days are over; gives the draft's id."""
    allow(act, Permission.INVITE_ANYBODY)
    return drafts.begin(act, JOURNEY, {"rows": [asdict(row) for row in rows]})[0].id


def kept_rows(act: Act, draft_id: str) -> tuple[list[CheckedRow], str]:
    """Give the rows that were kept, checked against the list as it is now, and the import they became ('' where none yet)."""
    kept = drafts.resume(act, JOURNEY, draft_id=draft_id)
    return check_rows(act, [ListedRow(**row) for row in kept.answers.get("rows", [])]), kept.outcome


def import_rows(act: Act, draft_id: str, *, base_url: str) -> Imported:
    """Add every organisation whose row holds, and invite the approvers that the rows name, all of it or nothing.

    Rows with a problem are left out. The same draft again gives the same import. Raises AnswersNeededError (nothing to add).
    """
    checked, outcome = kept_rows(act, draft_id)
    if outcome:
        return imported(act, outcome)
    good = [one for one in checked if not one.problem]
    if not good:
        raise AnswersNeededError({"rows": "No row can be added. Mend the file and choose it again"})
    with transaction(act.store.engine) as session:
        take_turn(session)
        before = set(session.exec(select(Organisation.id)).all())
        added, invited = [], []
        for one in good:
            new = NewOrganisation(name=one.row.name, kind=one.kind, contact=one.row.contact)
            body = organisation_named(session, one.row.name) or find_or_add(session, act, new)
            if body.id not in before:
                added.append(body.id)
            if one.row.email and (body.id not in before or not _has_approver(session, body.id)):
                invite_in(session, act, one.row.email, Role.APPROVER, body.id, base_url=base_url)
                invited.append(body.id)
        made = OrganisationImport(
            id=new_id(), imported_at=act.at, imported_by=act.person.name, added=json.dumps(added), invited=json.dumps(invited)
        )  # fmt: skip
        session.add(made)
        session.flush()
        drafts.finish(session, act, JOURNEY, made.id, draft_id=draft_id)
        record(session, act, Event.ORGANISATIONS_IMPORTED, f"import:{made.id}", added=len(added), invited=len(invited))
    return Imported(id=made.id, added=len(added), invited=len(invited), undone=False)


def imported(act: Act, import_id: str) -> Imported:
    """Give an import that was made. Raises NotFoundError."""
    allow(act, Permission.INVITE_ANYBODY)
    with reading(act.store.engine) as session:
        row = session.get(OrganisationImport, import_id)
    if row is None:
        raise NotFoundError
    added, invited = len(json.loads(row.added)), len(json.loads(row.invited))
    return Imported(id=row.id, added=added, invited=invited, undone=row.undone_at is not None)


def undo(act: Act, import_id: str) -> Imported:
    """Take an import back as one: its invitations that nobody has used end, and its organisations that nobody has touched go.

    An organisation that has signed, or for which somebody acts by now, stays: `kept` says how many. Undoing twice is once.
    Raises NotFoundError.
    """
    allow(act, Permission.INVITE_ANYBODY)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = session.exec(
            select(OrganisationImport).where(OrganisationImport.id == import_id).with_for_update()
        ).first()
        if row is None:
            raise NotFoundError
        if row.undone_at is not None:
            raise AlreadyDoneError("This import was undone already.")
        added, invited = json.loads(row.added), json.loads(row.invited)
        _end_invitations(session, act, row, [*invited])
        kept = sum(not _take_away(session, organisation_id) for organisation_id in added)
        row.undone_at, row.undone_by = act.at, act.person.name
        session.add(row)
        record(session, act, Event.IMPORT_UNDONE, f"import:{row.id}", removed=len(added) - kept, kept=kept)
    return Imported(id=row.id, added=len(added), invited=len(invited), undone=True, kept=kept)


def _checked(act: Act, row: ListedRow) -> CheckedRow:
    of = edition_in_force(today(act.at))
    meant = kinds_meant(row.kind)
    exact = [kind.id for kind in of.organisation_types if folded(row.kind) in {folded(kind.title), kind.id}]
    kind = exact[0] if exact else meant[0][0] if len(meant) == 1 else ""
    problem = problem_with(row.email) if row.email else ""
    if not kind:
        ways = [title for _, title in meant]
        problem = f"Kind must be one of: {'; '.join(ways)}." if ways else "Kind must be one that the agreement names."
    try:
        check_new(of, NewOrganisation(name=row.name, kind=kind or of.organisation_types[0].id, contact=row.contact))
    except AnswersNeededError as error:
        problem = next(iter(error.problems.values())) if row.name else "The row names no organisation."
    return CheckedRow(row=row, kind=kind, problem=problem)


def _has_approver(session: Session, organisation_id: str) -> bool:
    return session.exec(select(Post.id).where(Post.organisation_id == organisation_id, *_APPROVES)).first() is not None


def _end_invitations(session: Session, act: Act, row: OrganisationImport, organisation_ids: Sequence[str]) -> None:
    links = session.exec(
        select(Link).where(
            col(Link.organisation_id).in_(organisation_ids),
            Link.made_at == row.imported_at,
            col(Link.used_at).is_(None),
            col(Link.ended_at).is_(None),
        )
    ).all()
    for link in links:
        end_link(session, act, link)
    session.flush()


def _take_away(session: Session, organisation_id: str) -> bool:
    """Delete an organisation that nothing but its own invitations refers to; say whether it could be."""
    touched = session.exec(select(Signature.id).where(Signature.organisation_id == organisation_id)).first()
    if touched is not None or session.exec(select(Post.id).where(Post.organisation_id == organisation_id)).first():
        return False
    try:
        with session.begin_nested():
            session.exec(delete(Link).where(col(Link.organisation_id) == organisation_id))
            session.delete(session.get_one(Organisation, organisation_id))
            session.flush()
    except IntegrityError:
        return False
    return True
