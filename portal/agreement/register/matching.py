"""Search that forgives: St Mary's by 'st marys', 'Healey & Rooley' by 'healey and rooley', old names, kinds and their initials.

A body that merged or was split is a former name too, of what came of it: whether or not it ever signed, it leads there.
"""

import re
from functools import cache

from sqlalchemy import ColumnElement, SelectBase, SQLColumnExpression, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.organisations import FormerName, Organisation
from portal.ground.wording import NAME_LENGTH, folded, one_line
from portal.rules.edition.editions import editions

_LEFT_OUT = frozenset({"and", "the", "of", "for"})  # words that people leave out, put in, or write as a sign
_ASIDE = re.compile(r"\(.*?\)|,.*")  # what a title adds after the name itself
_SAME = {"saint": ("saint", "st "), "st": ("st ", "saint"), "street": ("street", "st ")}


def matches(words: str) -> ColumnElement[bool] | None:
    """Give the condition that an organisation is meant by these words; None where there is nothing to look for.

    Every word must stand in its name, or every word in one of its old names or of those it came of, or the words must
    name its kind.
    """
    named = matches_name(words)
    if named is None:
        return None
    kinds = [kind for kind, _ in kinds_meant(words)]
    found = or_(named, col(Organisation.id).in_(_came_of(named)))
    return or_(found, col(Organisation.kind).in_(kinds)) if kinds else found


def matches_name(words: str) -> ColumnElement[bool] | None:
    """Give the condition that every word stands in an organisation's name, or in one it had; None for no words."""
    wanted = _words(words)
    if not wanted:
        return None
    former = select(FormerName.organisation_id).where(*_in(col(FormerName.search_name), wanted))
    return or_(and_(*_in(col(Organisation.search_name), wanted)), col(Organisation.id).in_(former))


def _came_of(named: ColumnElement[bool]) -> SelectBase:
    """Choose what came of the closed bodies of that name, over any number of mergers and splits."""
    gone = select(Organisation.id).where(named, col(Organisation.closed_at).is_not(None)).cte("gone", recursive=True)
    before, after = aliased(Organisation), aliased(Organisation)
    into = or_(col(after.id) == col(before.merged_into_id), col(after.split_from_id) == col(before.id))
    step = select(after.id).select_from(gone).join(before, col(before.id) == gone.c.id).join(after, into)
    return select(gone.union(step).c.id)


def kinds_meant(words: str) -> list[tuple[str, str]]:
    """Give the kinds of organisation that these words name, as (id, title): by words of the title, or by its initials."""
    wanted = _words(words)
    if not wanted or len(folded(one_line(words))) < 3:  # noqa: PLR2004 - two letters name a kind by chance
        return []
    return [
        (kind, title)
        for kind, title, initials in _kinds()
        if all(f" {word}" in f" {_plain(title)}" for word in wanted)
        or (len(wanted) == 1 and initials.endswith(wanted[0]))
    ]


@cache
def _kinds() -> tuple[tuple[str, str, str], ...]:
    """Give each kind of the newest edition: id, title, and the initials of its title."""
    return tuple(
        (
            kind.id,
            kind.title,
            "".join(word[0] for word in _plain(_ASIDE.sub("", kind.title)).split() if word not in _LEFT_OUT),
        )
        for kind in editions()[-1].organisation_types
    )


def _words(typed: str) -> list[str]:
    """Give the words to look for; those that people leave out count only where there are no others."""
    every = _plain(one_line(typed)[:NAME_LENGTH]).split()
    return [word for word in every if word not in _LEFT_OUT] or every


def _plain(text: str) -> str:
    """Write a name as the store's side of the comparison does (`_column`)."""
    return " ".join(folded(text).replace("'", "").replace(".", "").replace("-", " ").replace("&", " and ").split())


def _column(name: SQLColumnExpression[str]) -> SQLColumnExpression[str]:
    """Take the signs out of a stored name, and end it with a blank, so that a whole word can be asked for."""
    for sign, instead in (("'", ""), (".", ""), ("-", " "), ("&", "and")):
        name = func.replace(name, sign, instead)
    return name + " "


def _in(name: SQLColumnExpression[str], words: list[str]) -> list[ColumnElement[bool]]:
    column = _column(name)
    return [or_(*(column.contains(one, autoescape=True) for one in _SAME.get(word, (word,)))) for word in words]
