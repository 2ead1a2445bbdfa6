"""The words as the public may read them: passages that the partners withheld stand as withheld, in every edition (s15)."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.withholdings import Withholding
from portal.agreement.editions.passages import mark_of, passages, replaced
from portal.ground.act import Store
from portal.ground.database import reading
from portal.rules.edition.edition_type import Edition

_ITEM = re.compile(r"^(\s*(?:[-*]|\d+[.)])\s+)")
_SAME_WORDS = ("sections", "appendices", "rules")  # tables of an edition that repeat sentences of its text


@dataclass(frozen=True, kw_only=True)
class PublicLine:
    """What the public is told of a withheld passage: where, under what, since when; not one word of it."""

    part: str
    exemption: str
    passages: int
    since: datetime


def withheld(where: Store | Session) -> dict[str, str]:
    """Give what is withheld now: the mark of each passage, and the exemption that stands in its place."""
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return withheld(session)
    rows = where.exec(select(Withholding).where(Withholding.status == "withheld").order_by(col(Withholding.id))).all()
    return {mark: row.exemption for row in rows for mark in row.marks.split()}


def public_edition(of: Edition, hidden: Mapping[str, str]) -> Edition:
    """Give an edition without its withheld passages. Its hash stays that of the whole text, which signatories have."""
    if not hidden:
        return of
    text = of.text
    for one in reversed(passages(text)):
        if one.mark in hidden:
            text = replaced(text, one, _in_place(one.words, hidden[one.mark]))
    tables: dict[str, Any] = {name: tuple(_without(fact, hidden) for fact in getattr(of, name)) for name in _SAME_WORDS}
    return dataclasses.replace(of, text=text, **tables)


def withheld_in(of: Edition, hidden: Mapping[str, str]) -> int:
    """Count the passages of a whole edition that are withheld."""
    return sum(one.mark in hidden for one in passages(of.text))


def public_lines(store: Store) -> list[PublicLine]:
    """List what is withheld, as the public is told (clause s15.withhold)."""
    with reading(store.engine) as session:
        rows = session.exec(
            select(Withholding).where(Withholding.status == "withheld").order_by(col(Withholding.decided_at))
        ).all()
    return [
        PublicLine(
            part=row.part,
            exemption=row.exemption,
            passages=len(row.marks.split()),
            since=row.decided_at or row.proposed_at,
        )
        for row in rows
    ]


def said_in_place(exemption: str) -> str:
    """Give the words that stand where a passage is withheld."""
    return f"[Withheld under Section 15: {exemption}]"


def _in_place(words: str, exemption: str) -> str:
    begin = _ITEM.match(words)
    return f"{begin.group(1) if begin else ''}{said_in_place(exemption)}"


def places(of: Edition) -> int:
    """Count the places of a public edition where words are withheld."""
    return of.text.count(said_in_place("")[:-1])


def _without(fact: Any, hidden: Mapping[str, str]) -> Any:  # noqa: ANN401 - any entry of an edition
    changed: dict[str, Any] = {}
    for name in ("summary", "text"):
        said = getattr(fact, name, None)
        found = _hidden_as(said, hidden) if isinstance(said, str) else ""
        if found:
            changed[name] = said_in_place(found)
    return dataclasses.replace(fact, **changed) if changed else fact


def _hidden_as(said: str, hidden: Mapping[str, str]) -> str:
    return hidden.get(mark_of(said)) or hidden.get(mark_of(f"- {said}")) or ""
