"""What came of a body that is no more: said to whoever looks for it by its name."""

from datetime import date

from sqlmodel import Session, col, select

from models.organisations import Organisation
from portal.agreement.register.matching import matches_name
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.wording import listed, today

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


def _sentence(session: Session, gone: Organisation) -> str:
    if gone.merged_into_id:
        into = session.get_one(Organisation, gone.merged_into_id)
        return f"{gone.name} is now part of {into.name}."
    parts = session.exec(
        select(Organisation.name).where(Organisation.split_from_id == gone.id).order_by(col(Organisation.search_name))
    ).all()
    return f"{gone.name} was split into {listed(parts)}." if parts else ""
