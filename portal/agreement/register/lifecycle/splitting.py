"""An organisation that becomes several: it leaves the agreement, its people go where they are sent, and each new body signs anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models.organisations import Organisation
from portal.accounts.people import people_of
from portal.agreement.notices.standing import standing_of, take_turn
from portal.agreement.register.lifecycle.changes import open_row
from portal.agreement.register.lifecycle.closing import end_here, leave, reason_in_words
from portal.agreement.register.lifecycle.handing_over import hand_over_sent
from portal.agreement.register.lifecycle.partners_told import tell_partners
from portal.agreement.register.organisations import NewOrganisation, check_new, find_or_add
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day, folded, listed, today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

FEWEST, MOST = 2, 6
NOWHERE = -1  # where somebody goes whose roles end


@dataclass(frozen=True, kw_only=True)
class RelatedOrganisation:
    """A body that another came from or became: its name, its address in the register, and whether it has signed."""

    name: str
    slug: str
    signed: bool


def split(
    act: Act, organisation_id: str, parts: Sequence[NewOrganisation], goes: Mapping[str, int], reason: str, *, key: str
) -> list[str]:
    """Split an organisation into new ones, and give their ids. None of them has signed: a signature binds who gave it.

    Args:
        act: by the Information Manager.
        organisation_id: the one that ends. What it signed, shared and sent stays under its name.
        parts: the new ones, at least two, with names that no organisation has.
        goes: to which of them (by its place in `parts`) the roles of each person go, by account id; NOWHERE: they end.
        reason: why, in words.
        key: made when the form was first shown, so that a notice is given once.

    Raises AnswersNeededError (name-0, kind-0, …, goes-ACCOUNT, reason), NotFoundError or AlreadyDoneError (closed already).
    """
    allow(act, Permission.INVITE_ANYBODY)
    unsaid = {
        f"goes-{one.id}": f"Choose where {one.name} goes, or that their roles end"
        for one in people_of(act, organisation_id)
        if one.id not in goes
    }
    made, words = _checked(act, parts, reason, unsaid)
    leave(act, organisation_id, words, f"Split into {listed([one.name for one in made])}", key=key)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = open_row(session, organisation_id)
        bodies = [find_or_add(session, act, one) for one in made]
        for body in bodies:
            body.split_from_id = row.id
            session.add(body)
            record(session, act, Event.ORGANISATION_SPLIT_OFF, f"organisation:{body.id}", body.id, split_from=row.id)
        to = {account: bodies[place].id for account, place in goes.items() if 0 <= place < len(bodies)}
        posts = end_here(session, act, row, to)
        requests = hand_over_sent(session, row.id, to)
        tell_partners(session, act, row.id)
        record(
            session,
            act,
            Event.ORGANISATION_SPLIT,
            f"organisation:{row.id}",
            row.id,
            into=[body.id for body in bodies],
            posts=posts,
            requests=requests,
        )
        return [body.id for body in bodies]


def became(act: Act, slug: str) -> tuple[RelatedOrganisation, ...]:
    """Give the bodies into which an organisation was split, by name; none where it was not."""
    with reading(act.store.engine) as session:
        row = session.exec(select(Organisation).where(Organisation.slug == slug)).first()
        return _related(session, col(Organisation.split_from_id) == row.id) if row else ()


def came_from(act: Act, slug: str) -> tuple[RelatedOrganisation, str] | None:
    """Give the body from which an organisation was split, and the day; None where it was not."""
    with reading(act.store.engine) as session:
        row = session.exec(select(Organisation).where(Organisation.slug == slug)).first()
        if row is None or row.split_from_id is None:
            return None
        (before,) = _related(session, col(Organisation.id) == row.split_from_id)
        return before, day(row.added_at)


def _related(session: Session, which: ColumnElement[bool]) -> tuple[RelatedOrganisation, ...]:
    rows = session.exec(select(Organisation).where(which).order_by(col(Organisation.search_name))).all()
    return tuple(
        RelatedOrganisation(name=row.name, slug=row.slug, signed=standing_of(session, row.id) is not None)
        for row in rows
    )


def _checked(
    act: Act, parts: Sequence[NewOrganisation], reason: str, unsaid: Mapping[str, str]
) -> tuple[list[NewOrganisation], str]:
    """Check the new ones and the reason, each problem beside its own field; `unsaid` are more. Raises AnswersNeededError."""
    made: list[NewOrganisation] = []
    problems: dict[str, str] = {}
    with reading(act.store.engine) as session:
        there = select(Organisation.search_name).where(col(Organisation.closed_at).is_(None))
        taken = set(session.exec(there).all())
    for number, new in enumerate(parts):
        try:
            made.append(check_new(edition_in_force(today(act.at)), new))
        except AnswersNeededError as error:
            problems |= {f"{field}-{number}": sentence for field, sentence in error.problems.items()}
            continue
        if folded(new.name) in taken:
            problems[f"name-{number}"] = "Another organisation has that name already"
        taken.add(folded(new.name))
    if not FEWEST <= len(parts) <= MOST:
        problems["parts"] = f"Name {FEWEST} to {MOST} new organisations"
    problems |= unsaid
    words = ""
    try:
        words = reason_in_words(reason)
    except AnswersNeededError as error:
        problems |= error.problems
    if problems:
        raise AnswersNeededError(problems)
    return made, words
