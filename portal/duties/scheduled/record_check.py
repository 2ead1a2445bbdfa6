"""The state of the record: its chain, its head outside the store, and the rows it speaks of; compared each night and on demand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.record import AuditEntry
from portal.accounts.holders import addresses_of
from portal.ground.act import Act, Role, Store
from portal.ground.database import reading, transaction
from portal.ground.settings import Settings
from portal.record.audit import ChainVerdict, head, record, verify
from portal.record.events import Event
from portal.record.kept_head import difference
from portal.record.letters import notify
from portal.record.row_digests import RowDifference, not_taken_over, note_all, reconcile
from portal.retention.clock import clock_jump

_WALKED_AT_ONCE = 5_000  # entries, and the rows that they speak of: about a third of a second
_NIGHTLY, _WEEKLY = timedelta(hours=20), timedelta(days=7)
_SHOWN = 20  # differences that are named in one sentence


def record_state(act: Act) -> ChainVerdict | None:
    """Compare the record with the head kept outside it, and walk it where it is short enough; None where it is not."""
    why = difference(act.store)
    number, newest = head(act.store)
    if why:
        return ChainVerdict(entries=number, head=newest, why=why)
    return whole_check(act.store) if number <= _WALKED_AT_ONCE else None


def whole_check(store: Store, *, known_head: str | None = None) -> ChainVerdict:
    """Walk the chain, and compare with it the head that was kept outside the store and every row that it speaks of."""
    verdict = verify(store, known_head=known_head)
    if not verdict.whole:
        return verdict
    why = difference(store) or in_words(reconcile(store))
    return replace(verdict, why=why)


def in_words(found: Sequence[RowDifference]) -> str:
    """Say which rows are not as the record left them; '' where all are."""
    more = f" And {len(found) - _SHOWN:,} more." if len(found) > _SHOWN else ""
    return " ".join(one.sentence for one in found[:_SHOWN]) + more


def take_over(act: Act) -> int:
    """Write down once what an earlier version of the portal left in each watched table; it is known from then on."""
    with transaction(act.store.engine) as session:
        tables = not_taken_over(session)
        if not tables:
            return 0
        count = note_all(session, tables)
        record(session, act, Event.ROWS_TAKEN_OVER, "record:rows", count=count, tables=tables)
        return count


def compare_nightly(act: Act, settings: Settings) -> int:
    """Compare once a night, write down what came of it, and tell the managers; returns how many letters were queued.

    Once a week, where mail goes, each manager gets the newest entry's number and hash: kept elsewhere, they show a record
    that was cut or rewritten together with everything on this machine.
    """
    with reading(act.store.engine) as session:
        compared = _last(session, Event.RECORD_COMPARED)
        sent = _last(session, Event.RECORD_HEAD_SENT)
    if compared is not None and timedelta(0) <= act.at - compared < _NIGHTLY:  # one of a later day is of a wrong clock
        return 0
    verdict, jump = whole_check(act.store), clock_jump(act)
    number, newest = head(act.store)
    weekly = settings.smtp_url is not None and (sent is None or not timedelta(0) <= act.at - sent < _WEEKLY)
    with transaction(act.store.engine) as session:
        managers = addresses_of(session, Role.MANAGER)
        record(session, act, Event.RECORD_COMPARED, "record:rows", whole=verdict.whole)
        if not verdict.whole:
            link = f"{settings.base_url}/audit"
            notify(session, act, "record-differs", managers, link=link, about="record:differs")
        if jump is not None and (compared is None or compared < jump.after):
            link = f"{settings.base_url}/audit"
            notify(session, act, "date-asked", managers, what=jump.sentence, link=link, about="record:clock")
        if weekly and managers:
            record(session, act, Event.RECORD_HEAD_SENT, "record:head", number=number, head=newest)
            notify(session, act, "record-head", managers, number=number, newest=newest)
    return len(managers) * (weekly + (not verdict.whole))


def is_disturbed(store: Store) -> bool:
    """Say whether the record disagrees with its head outside the store, or the last nightly comparison found a difference."""
    with reading(store.engine) as session:
        last = session.exec(
            select(AuditEntry.details)
            .where(AuditEntry.event == Event.RECORD_COMPARED.value)
            .order_by(col(AuditEntry.number).desc())
            .limit(1)
        ).first()
    return bool(difference(store)) or (last is not None and json.loads(last).get("whole") is False)


def _last(session: Session, kind: Event) -> datetime | None:
    found = session.exec(
        select(AuditEntry.at).where(AuditEntry.event == kind.value).order_by(col(AuditEntry.number).desc()).limit(1)
    )
    return found.first()
