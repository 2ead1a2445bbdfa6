"""What an organisation's own words for a category stood for last time: sealed, and of the words only a digest (App 1; s6)."""

import json
from collections.abc import Mapping, Sequence

from sqlmodel import Session, select

from models.returns import WordingMemory
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.wording import new_id
from portal.record.audit import record
from portal.record.events import Event

PREFIX = "wording:"  # begins the id of an answer about words: field and digest follow
MOST = 2_000  # digests of one field: the newest stay
Wordings = dict[str, dict[str, str]]


def answer_about(field: str, digest: str) -> str:
    """Name the answer that says which code some words of a field stand for."""
    return f"{PREFIX}{field}:{digest}"


def answered(answers: Mapping[str, str]) -> Wordings:
    """Give field -> digest -> code, out of a sender's answers; the code is '' where none fits."""
    found: Wordings = {}
    for name, code in answers.items():
        if name.startswith(PREFIX):
            field, _, digest = name.removeprefix(PREFIX).rpartition(":")
            found.setdefault(field, {})[digest] = code
    return found


def remembered_wordings(act: Act, organisation_id: str, data_set: str) -> Wordings:
    """Give field -> digest -> code, as this organisation's senders chose them before."""
    with reading(act.store.engine) as session:
        rows = _rows(session, organisation_id, data_set)
    return {row.field: _opened(act, row) for row in rows}


def how_many(act: Act, organisation_id: str, data_set: str) -> int:
    """Count the wordings that are remembered, for their sender."""
    allow(act, Permission.SEND_RETURN, organisation_id)
    with reading(act.store.engine) as session:
        return sum(row.wordings for row in _rows(session, organisation_id, data_set))


def forget_wordings(act: Act, organisation_id: str, data_set: str) -> None:
    """Forget what an organisation's words stood for in one data set: they are asked about anew."""
    allow(act, Permission.SEND_RETURN, organisation_id)
    with transaction(act.store.engine) as session:
        rows = _rows(session, organisation_id, data_set)
        for row in rows:
            session.delete(row)
        if rows:
            _record(
                session, act, Event.WORDINGS_FORGOTTEN, (organisation_id, data_set), sum(row.wordings for row in rows)
            )


def remember_wordings(session: Session, act: Act, organisation_id: str, data_set: str, said: Wordings) -> None:
    """Keep what a sender chose, in the transaction of the return; what was remembered before has been used again."""
    rows = {row.field: row for row in _rows(session, organisation_id, data_set)}
    for field in {*rows, *said}:
        row = rows.get(field)
        before = _opened(act, row) if row is not None else {}
        row = row or WordingMemory(
            id=new_id(), organisation_id=organisation_id, data_set=data_set, field=field, content=b"", wordings=0,
            used_at=act.at,
        )  # fmt: skip
        kept = dict(list({**before, **said.get(field, {})}.items())[-MOST:])
        if kept != before:
            row.content = act.store.vault.seal_text(json.dumps(kept), f"wording_memory.content:{row.id}")
            row.wordings = len(kept)
        row.used_at = act.at
        session.add(row)
    if new := sum(map(len, said.values())):
        _record(session, act, Event.WORDINGS_REMEMBERED, (organisation_id, data_set), new)


def _record(session: Session, act: Act, event: Event, whose: tuple[str, str], wordings: int) -> None:
    record(
        session, act, event, f"organisation:{whose[0]}",
        organisation_id=whose[0], data_set=whose[1], wordings=wordings,
    )  # fmt: skip


def _opened(act: Act, row: WordingMemory) -> dict[str, str]:
    kept: dict[str, str] = json.loads(act.store.vault.open_text(row.content, f"wording_memory.content:{row.id}"))
    return kept


def _rows(session: Session, organisation_id: str, data_set: str) -> Sequence[WordingMemory]:
    return session.exec(
        select(WordingMemory).where(
            WordingMemory.organisation_id == organisation_id, WordingMemory.data_set == data_set
        )
    ).all()
