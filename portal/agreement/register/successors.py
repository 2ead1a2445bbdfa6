"""What came of a body that is no more: said to whoever looks for it by its name, and where its people are found now."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, or_, select

from models.organisations import FormerName, Organisation
from portal.agreement.register.matching import matches_name
from portal.agreement.register.organisations import organisation_named
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.wording import folded, listed, today

MOST = 5


def became_in_words(store: Store, words: str, on: date) -> tuple[str, ...]:
    """Say of each closed body that these words name what came of it, a sentence each; none for those that only closed."""
    named = matches_name(words)
    if named is None:
        return ()
    with reading(store.engine) as session:
        gone = session.exec(
            select(Organisation)
            .where(named, col(Organisation.closed_at).is_not(None))
            .order_by(col(Organisation.search_name))
        ).all()
        said = [_sentence(session, one) for one in gone if one.closed_at is not None and today(one.closed_at) <= on]
    return tuple([sentence for sentence in said if sentence][:MOST])


def bodies_named(session: Session, name: str) -> list[str]:
    """Give the ids of the bodies that a name on a list means now: the one of that name or, once it is closed, what it became."""
    there = organisation_named(session, name)
    if there is not None:
        return [there.id]
    former = select(FormerName.organisation_id).where(FormerName.search_name == folded(name))
    was = or_(Organisation.search_name == folded(name), col(Organisation.id).in_(former))
    return bodies_now(session, session.exec(select(Organisation.id).where(was)).all())


def bodies_now(session: Session, organisation_ids: Collection[str]) -> list[str]:
    """Give the bodies that are there of these, or that they became: what one was merged into, or the parts of a split one."""
    found, seen, ahead = set(), set(), set(organisation_ids)
    while ahead:
        rows = session.exec(select(Organisation).where(col(Organisation.id).in_(ahead))).all()
        parts = session.exec(
            select(Organisation.id).where(
                col(Organisation.split_from_id).in_([row.id for row in rows if row.closed_at is not None])
            )
        ).all()
        found |= {row.id for row in rows if row.closed_at is None}
        seen |= ahead
        ahead = {
            *parts,
            *(row.merged_into_id for row in rows if row.closed_at is not None and row.merged_into_id),
        } - seen
    return sorted(found)


def _sentence(session: Session, gone: Organisation) -> str:
    if gone.merged_into_id:
        into = session.get_one(Organisation, gone.merged_into_id)
        return f"{gone.name} is now part of {into.name}."
    parts = session.exec(
        select(Organisation.name).where(Organisation.split_from_id == gone.id).order_by(col(Organisation.search_name))
    ).all()
    return f"{gone.name} was split into {listed(parts)}." if parts else ""
