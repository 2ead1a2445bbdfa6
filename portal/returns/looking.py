"""Looking at returns: what is due, what was sent, and opening what is kept (each opening recorded)."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from pyarrow import parquet
from sqlalchemy import func
from sqlmodel import Session, col, select

from models.agreements import Standing
from models.organisations import Organisation
from models.returns import Return
from portal.access import Permission, allow, may
from portal.act import Act
from portal.database import reading, transaction
from portal.errors import NotFoundError
from portal.privacy.exporting import safe_cell
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.certifying import certificate_of
from portal.rules.datasets import DataSet, data_set, data_sets, data_sets_of
from portal.rules.editions import edition_in_force
from portal.rules.quarters import Quarter
from portal.wording import counted, day, today

Shown = Literal["done", "waiting", "stopped"]
QUARTERS_SHOWN = 4
_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Due:
    """One data set of one quarter, as it stands for an organisation."""

    data_set: DataSet
    quarter: Quarter
    return_id: str | None
    status: str
    standing: Shown


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A return as those entitled see it; its records are opened apart."""

    id: str
    reference: str
    organisation: str
    data_set: DataSet
    quarter: Quarter
    edition: str
    nothing_to_report: bool
    rows_read: int
    rows_kept: int
    small_groups: bool
    sent_at: datetime
    sent_by: str
    ended_at: datetime | None
    ended_why: str
    ended_reason: str
    replaces: str | None
    report: Mapping[str, object]
    own: bool


def due(act: Act, organisation_id: str) -> list[Due]:
    """List what an organisation sends, newest quarter first, with what is due, late, sent or nil (s11.quarterly)."""
    allow(act, Permission.OPEN_OWN_RETURN, organisation_id)
    on = today(act.at)
    with reading(act.store.engine) as session:
        organisation = session.get(Organisation, organisation_id)
        joined = _joined(session).get(organisation_id)
        rows = session.exec(
            select(Return).where(Return.organisation_id == organisation_id, col(Return.ended_at).is_(None))
        ).all()
    if organisation is None:
        raise NotFoundError
    current = {(row.data_set, row.quarter): row for row in rows}
    sets = data_sets_of(organisation.kind, edition_in_force(on).id)
    return [
        _due(entry, quarter, row, on)
        for quarter in quarters_shown(on)
        for entry in sets
        if entry.exists_in(quarter)
        and ((row := current.get((entry.id, quarter.label))) is not None or _is_asked(quarter, joined))
    ]


def _joined(session: Session) -> dict[str, date]:
    """Give the day each organisation first signed; one that never did is not in it."""
    rows = session.exec(
        select(Standing.organisation_id, func.min(col(Standing.since))).group_by(Standing.organisation_id)
    )
    return {organisation_id: today(since) for organisation_id, since in rows.all()}


def _is_asked(quarter: Quarter, joined: date | None) -> bool:
    """Say whether a return is asked for: of those that have signed, from the first quarter still due when they did."""
    return joined is not None and quarter.due >= joined


def quarters_shown(on: date) -> list[Quarter]:
    """Give the quarters whose returns people still work on, newest first."""
    found = [Quarter.just_ended(on)]
    while len(found) < QUARTERS_SHOWN:
        found.append(found[-1].previous)
    return found


def view(act: Act, return_id: str) -> Sent:
    """Show a return to its organisation or the Community Safety Officer. Raises NotFoundError to everybody else."""
    with reading(act.store.engine) as session:
        row, name = _seen(session, act, return_id)
    return _sent(act, row, name)


def history(act: Act, return_id: str) -> list[Sent]:
    """Give every return of the same set and quarter, newest first."""
    with reading(act.store.engine) as session:
        row, name = _seen(session, act, return_id)
        rows = session.exec(
            select(Return)
            .where(
                Return.organisation_id == row.organisation_id,
                Return.data_set == row.data_set,
                Return.quarter == row.quarter,
            )
            .order_by(col(Return.ended_at).is_not(None), col(Return.sent_at).desc())
        ).all()
    return [_sent(act, r, name) for r in rows]


def open_records(act: Act, return_id: str) -> tuple[list[str], list[list[str]], int]:
    """Open a stored return's records: headings, the first 200 rows as text, and how many there are.

    Recorded each time (s9.datasets-secured).
    """
    with transaction(act.store.engine) as session:
        row, _ = _seen(session, act, return_id)
        record(session, act, Event.RETURN_OPENED, f"return:{row.id}", organisation_id=row.organisation_id)
    if not row.content:
        return [], [], 0
    content = act.store.vault.open(row.content, f"quarterly_return.content:{row.id}")
    if not content:
        return [], [], 0
    table = parquet.read_table(io.BytesIO(content))
    shown = table.slice(0, _SHOWN).to_pylist()
    return (
        table.column_names,
        [["" if v is None else safe_cell(str(v)) for v in r.values()] for r in shown],
        table.num_rows,
    )


def certificate(act: Act, return_id: str) -> bytes:
    """Give the sealed certificate, as it was issued."""
    with reading(act.store.engine) as session:
        row, _ = _seen(session, act, return_id)
    if row.certificate is None:
        raise NotFoundError
    return act.store.vault.open(row.certificate, f"quarterly_return.certificate:{row.id}")


def certificate_data(act: Act, return_id: str) -> bytes:
    """Give the certificate's data as JSON: the same for the same file, but for who and when."""
    with reading(act.store.engine) as session:
        row, _ = _seen(session, act, return_id)
    report = (
        json.loads(act.store.vault.open_text(row.report, f"quarterly_return.report:{row.id}")) if row.report else {}
    )
    told = asdict(certificate_of(act, row, report)) | {"sent_by": row.sent_by_name, "reference": row.reference}
    told["submitted_at"] = row.sent_at.isoformat()
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def received(act: Act, quarter: Quarter) -> list[tuple[str, list[Due]]]:
    """Give the officer's matrix for a quarter: each organisation that sends returns, with each of its data sets."""
    allow(act, Permission.OPEN_ANY_RETURN)
    on, edition = today(act.at), edition_in_force(today(act.at)).id
    providers = {entry.provider(edition) for entry in data_sets(edition)}
    with reading(act.store.engine) as session:
        organisations = session.exec(select(Organisation).order_by(col(Organisation.search_name))).all()
        rows = session.exec(select(Return).where(Return.quarter == quarter.label, col(Return.ended_at).is_(None))).all()
        joined = _joined(session)
    current = {(row.organisation_id, row.data_set): row for row in rows}
    lines = []
    for organisation in organisations:
        sets = data_sets_of(organisation.kind, edition) if organisation.kind in providers else ()
        items = [
            _due(entry, quarter, row, on)
            for entry in sets
            if entry.exists_in(quarter)
            and (
                (row := current.get((organisation.id, entry.id))) is not None
                or _is_asked(quarter, joined.get(organisation.id))
            )
        ]
        if items:
            lines.append((organisation.name, items))
    return lines


def _due(entry: DataSet, quarter: Quarter, row: Return | None, on: date) -> Due:
    if row is not None:
        words = (
            "Nothing to report"
            if row.nothing_to_report
            else f"Sent on {day(row.sent_at)}, {counted(row.rows_kept, 'record')}"
        )
        return Due(data_set=entry, quarter=quarter, return_id=row.id, status=words, standing="done")
    if on > quarter.due:
        late = f"{counted((on - quarter.due).days, 'day')} late"
        return Due(data_set=entry, quarter=quarter, return_id=None, status=late, standing="stopped")
    return Due(data_set=entry, quarter=quarter, return_id=None, status=f"Due on {day(quarter.due)}", standing="waiting")


def _seen(session: Session, act: Act, return_id: str) -> tuple[Return, str]:
    row = session.get(Return, return_id)
    if row is None or not (
        may(act.person, Permission.OPEN_ANY_RETURN) or may(act.person, Permission.OPEN_OWN_RETURN, row.organisation_id)
    ):
        raise NotFoundError
    organisation = session.get(Organisation, row.organisation_id)
    return row, organisation.name if organisation else ""


def _sent(act: Act, row: Return, organisation: str) -> Sent:
    report = (
        json.loads(act.store.vault.open_text(row.report, f"quarterly_return.report:{row.id}")) if row.report else {}
    )
    return Sent(
        id=row.id,
        reference=row.reference,
        organisation=organisation,
        data_set=data_set(row.data_set),
        quarter=Quarter.parse(row.quarter),
        edition=row.edition,
        nothing_to_report=row.nothing_to_report,
        rows_read=row.rows_read,
        rows_kept=row.rows_kept,
        small_groups=row.small_groups,
        sent_at=row.sent_at,
        sent_by=row.sent_by_name,
        ended_at=row.ended_at,
        ended_why=row.ended_why or "",
        ended_reason=row.ended_reason,
        replaces=row.replaces,
        report=report,
        own=act.person.organisation_id == row.organisation_id,
    )
