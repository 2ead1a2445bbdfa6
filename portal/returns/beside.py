"""Tell what a return would give away beside the other returns of its quarter: counted in memory, never listed (5.8)."""

import io
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
from pyarrow import parquet
from sqlmodel import col, select

from models.returns import Return
from portal.act import Act
from portal.database import reading
from portal.returns.outcomes import Outcome
from portal.returns.risk_words import JOINED_ON, with_joins
from portal.rules.datasets import data_set

_MOST = 24  # returns of one quarter that are looked at, the newest first


def beside_others(act: Act, outcome: Outcome, data_set_id: str, quarter: str) -> Outcome:
    """Add to an accepted outcome's risk what joining it with held returns of the quarter would tell: counts only.

    Args:
        act: whose store.
        outcome: what came of the file.
        data_set_id: its data set; an earlier return of the same set is no other set.
        quarter: its quarter's label.
    """
    table, risk = outcome.table, outcome.report.get("risk")
    if table is None or "date" not in table.column_names or not isinstance(risk, Mapping):
        return outcome
    joined = with_joins(risk, table, _others(act, data_set_id, quarter))
    return replace(outcome, report={**outcome.report, "risk": joined})


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
