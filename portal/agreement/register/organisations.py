"""Organisations: finding one by what somebody types, and adding one that is not on the list."""

import difflib
from dataclasses import dataclass

from sqlalchemy import or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.organisations import FormerName, Organisation
from portal.agreement.errors import CannotSignError
from portal.agreement.register.look_alikes import look_alikes
from portal.agreement.register.matching import matches
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.forgiving import is_meant
from portal.ground.wording import NAME_LENGTH, folded, is_name, new_id, one_line, slug
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import Edition

MOST_FOUND = 8
_CANDIDATES = 500  # names compared letter by letter when nothing matches; more would keep people waiting
_CONTACT_LENGTH = 300
_STEM = 4  # letters of a word that near names share


@dataclass(frozen=True, kw_only=True)
class KnownOrganisation:
    """An organisation of the portal's list."""

    id: str
    slug: str
    name: str
    kind: str
    protocol_signatory: bool | None
    public_contact: str
    email_domain: str


@dataclass(frozen=True, kw_only=True)
class NewOrganisation:
    """What somebody tells of an organisation that is not on the list. `number` is a charity or company number.

    `another` says that it is not the one on the list whose name looks like it.
    """

    name: str
    kind: str
    contact: str = ""
    number: str = ""
    another: bool = False


def find(store: Store, words: str, *, most: int = MOST_FOUND) -> list[KnownOrganisation]:
    """Find organisations that these words mean: by name, an old name or the kind; signs, accents and case aside."""
    meant = matches(words)
    if meant is None:
        return []
    with reading(store.engine) as session:
        rows = session.exec(
            select(Organisation)
            .where(meant, col(Organisation.closed_at).is_(None))
            .order_by(col(Organisation.search_name))
            .limit(most)
        ).all()
    return [shown(row) for row in rows]


def near(store: Store, words: str, *, most: int = MOST_FOUND, there: bool = False) -> list[KnownOrganisation]:
    """Offer organisations whose names are close to what was typed: slips of the pen, doubles, and names that look alike.

    `there` leaves out those that are closed: nobody can sign for them.
    """
    wanted = folded(one_line(words))[:NAME_LENGTH]
    stems = [word[:_STEM] for word in wanted.split() if len(word) >= _STEM] or wanted.split()[:1]
    if not stems:
        return []
    with reading(store.engine) as session:
        alike = [folded(name) for name in look_alikes(session, wanted)]
        close_to = or_(*(col(Organisation.search_name).contains(stem, autoescape=True) for stem in stems))
        rows = session.exec(
            select(Organisation)
            .where(
                or_(close_to, col(Organisation.search_name).in_(alike[:most])),
                col(Organisation.closed_at).is_(None) if there else true(),
            )
            .order_by(col(Organisation.search_name))
            .limit(_CANDIDATES)
        ).all()
    by_name = {row.search_name: row for row in rows}
    close = difflib.get_close_matches(wanted, by_name, most, 0.75)
    slips = [name for name in by_name if name not in close and is_meant(name, wanted)]
    names = dict.fromkeys((*(name for name in alike if name in by_name), *close, *slips))
    return [shown(by_name[name]) for name in list(names)[:most]]


def organisation(where: Store | Session, organisation_id: str) -> KnownOrganisation:
    """Give an organisation by its id. Raises NotFoundError."""
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return organisation(session, organisation_id)
    row = where.get(Organisation, organisation_id)
    if row is None:
        raise NotFoundError
    return shown(row)


def check_new(edition: Edition, new: NewOrganisation) -> NewOrganisation:
    """Clean and check what was typed of a new organisation. Raises AnswersNeededError."""
    made = NewOrganisation(
        name=one_line(new.name), kind=new.kind, contact=one_line(new.contact), number=one_line(new.number)
    )
    problems = {}
    if not is_name(made.name):
        problems["name"] = "Enter the name of your organisation"
    elif len(made.name) > NAME_LENGTH:
        problems["name"] = f"The name of your organisation must be {NAME_LENGTH} characters or fewer"
    if not edition.has_kind(made.kind):
        problems["kind"] = "Select what kind of organisation it is"
    if len(made.contact) > _CONTACT_LENGTH:
        problems["contact"] = f"The public contact must be {_CONTACT_LENGTH} characters or fewer"
    if len(made.number) > NAME_LENGTH:
        problems["number"] = f"The number must be {NAME_LENGTH} characters or fewer"
    if problems:
        raise AnswersNeededError(problems)
    return made


def find_or_add(session: Session, act: Act, new: NewOrganisation) -> Organisation:
    """Add an organisation in the open transaction, or take the one of that name that is there already.

    One that is closed is not there: a body that is made anew under its name is another one. The caller has taken its turn
    (`standing.take_turn`), so that two people cannot add the same one at once.
    """
    same = session.exec(open_by_name(new.name)).first()
    if same is not None:
        return same
    contact = "; ".join(part for part in (new.contact, f"No. {new.number}" if new.number else "") if part)
    row = Organisation(
        id=new_id(),
        slug=_free_slug(session, new.name),
        name=new.name,
        search_name=folded(new.name),
        kind=new.kind,
        public_contact=contact[:_CONTACT_LENGTH],
        added_at=act.at,
        added_by=act.person.name,
    )
    session.add(row)
    session.flush()
    record(session, act, Event.ORGANISATION_ADDED, f"organisation:{row.id}", organisation_id=row.id, kind=row.kind)
    return row


def open_by_name(name: str) -> SelectOfScalar[Organisation]:
    """Choose the organisation of a name that is not closed; case and accents do not matter."""
    return select(Organisation).where(Organisation.search_name == folded(name), col(Organisation.closed_at).is_(None))


def organisation_named(session: Session, name: str) -> Organisation | None:
    """Find the one body that a typed name is the name of, or was before it was renamed; None where it is none or several."""
    former = select(FormerName.organisation_id).where(FormerName.search_name == folded(name))
    had = select(Organisation).where(col(Organisation.id).in_(former), col(Organisation.closed_at).is_(None))
    found = session.exec(open_by_name(name)).all() or session.exec(had).all()
    return found[0] if len(found) == 1 else None


def check_there(row: Organisation) -> Organisation:
    """Give an organisation for which somebody may still sign. Raises CannotSignError where it is closed."""
    if row.closed_at is not None:
        raise CannotSignError(f"{row.name} is closed, so nobody can sign for it any more.")
    return row


def shown(row: Organisation) -> KnownOrganisation:
    """Give an organisation as other rooms see it."""
    return KnownOrganisation(
        id=row.id,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        protocol_signatory=row.protocol_signatory,
        public_contact=row.public_contact,
        email_domain=row.email_domain,
    )


def _free_slug(session: Session, name: str) -> str:
    """Find an address that no organisation has: anytown, anytown-2, anytown-3."""
    wanted = slug(name)
    taken = set(
        session.exec(select(Organisation.slug).where(col(Organisation.slug).startswith(wanted, autoescape=True))).all()
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(one for one in numbered if one not in taken)
