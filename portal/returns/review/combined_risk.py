"""Tell what a return would give away beside the other returns of its quarter: counted in memory, never listed."""

import io
from dataclasses import replace

import pyarrow as pa
from pyarrow import parquet
from sqlmodel import col, select

from models.returns import Return
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.wording import today
from portal.returns.pipeline.outcomes import FileOutcome
from portal.returns.report.file_report import JoinsReport
from portal.returns.report.risk_wording import JOINED_ON, told_by_joins
from portal.rules.datasets.catalogue import data_set

_MOST = 24  # returns of one quarter that are looked at, the newest first


def beside_others(act: Act, outcome: FileOutcome, data_set_id: str, quarter: str) -> JoinsReport | None:
    """Return what joining an accepted file with held returns of the quarter would tell: counts only, and when.

    It stands beside the outcome, never in it: another agency's return changes this, and not what came of the file.

    Args:
        act: whose store.
        outcome: what came of the file.
        data_set_id: its data set; an earlier return of the same set is no other set.
        quarter: its quarter's label.
    """
    table = outcome.table
    if table is None or "date" not in table.column_names:
        return None
    return replace(told_by_joins(table, _others(act, data_set_id, quarter)), on=today(act.at))


def _others(act: Act, data_set_id: str, quarter: str) -> dict[str, pa.Table]:
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Return)
            .where(Return.quarter == quarter, Return.data_set != data_set_id, col(Return.ended_at).is_(None))
            .where(col(Return.nothing_to_report).is_(False))
            .order_by(col(Return.sent_at).desc())
            .limit(_MOST)
        ).all()
        sealed = [(row.id, row.data_set, row.content) for row in rows if row.content]
    found: dict[str, list[pa.Table]] = {}
    for return_id, other, content in sealed:
        opened = io.BytesIO(act.store.vault.open(content, f"quarterly_return.content:{return_id}"))
        names = [name for name in parquet.read_schema(opened).names if name in JOINED_ON]
        if "date" in names:
            found.setdefault(data_set(other).title, []).append(parquet.read_table(opened, columns=names))
    return {title: pa.concat_tables(tables, promote_options="default") for title, tables in found.items()}
