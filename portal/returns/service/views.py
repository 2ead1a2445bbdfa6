"""Looking at returns that were sent, and opening what is kept (each opening recorded)."""

import io
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from pyarrow import parquet
from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.returns import Return
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.privacy.formula_injection import safe_cell
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.report.certificate import certificate_of
from portal.returns.report.file_report import FileReport, report_from_json
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter

_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class SentReturn:
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
    report: FileReport | None  # None where there was nothing to report, or its content is destroyed
    own: bool


def view(act: Act, return_id: str) -> SentReturn:
    """Show a return to its organisation or the Community Safety Officer. Raises NotFoundError to everybody else."""
    with reading(act.store.engine) as session:
        row, name = _seen(session, act, return_id)
    return _sent(act, row, name)


def history(act: Act, return_id: str) -> list[SentReturn]:
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
    """Give the certificate's data as JSON: the same for the same file, but for who and when and what it takes the place of."""
    with reading(act.store.engine) as session:
        row, _ = _seen(session, act, return_id)
    report = _report(act, row)
    told = asdict(certificate_of(act, row, report)) | {"sent_by": row.sent_by_name, "reference": row.reference}
    told["submitted_at"] = row.sent_at.isoformat()
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _seen(session: Session, act: Act, return_id: str) -> tuple[Return, str]:
    row = session.get(Return, return_id)
    if row is None or not (
        may(act.person, Permission.OPEN_ANY_RETURN) or may(act.person, Permission.OPEN_OWN_RETURN, row.organisation_id)
    ):
        raise NotFoundError
    organisation = session.get(Organisation, row.organisation_id)
    return row, organisation.name if organisation else ""


def _report(act: Act, row: Return) -> FileReport | None:
    if not row.report:
        return None
    return report_from_json(act.store.vault.open_text(row.report, f"quarterly_return.report:{row.id}"))


def _ended_reason(act: Act, row: Return) -> str:
    if not row.ended_reason:
        return ""
    return act.store.vault.open_text(row.ended_reason, f"quarterly_return.ended_reason:{row.id}")


def _sent(act: Act, row: Return, organisation: str) -> SentReturn:
    report = _report(act, row)
    return SentReturn(
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
        ended_reason=_ended_reason(act, row),
        replaces=row.replaces,
        report=report,
        own=act.person.organisation_id == row.organisation_id,
    )
