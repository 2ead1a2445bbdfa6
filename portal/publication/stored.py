"""The stored returns that tables are made of: opened, each opening recorded; who sent, and who was asked and did not."""

import io

import pandas as pd
from pyarrow import parquet
from sqlmodel import col, select

from models.organisations import Organisation
from models.returns import Return
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.service.providers import providers
from portal.rules.datasets.quarters import QuarterRun


def opened(act: Act, data_set_id: str, quarter: str, why: str) -> dict[str, pd.DataFrame]:
    """Open the returns of a data set and quarter that hold records, by their ids. Whoever calls has asked whether it may."""
    with transaction(act.store.engine) as session:
        rows = session.exec(
            select(Return)
            .where(
                Return.data_set == data_set_id,
                Return.quarter == quarter,
                col(Return.ended_at).is_(None),
                col(Return.content).is_not(None),
            )
            .order_by(col(Return.id))
        ).all()
        for row in rows:
            record(session, act, Event.RETURN_OPENED, f"return:{row.id}", row.organisation_id, why=why)
        sealed = {row.id: row.content for row in rows if row.content is not None}
    vault = act.store.vault
    return {
        one: parquet.read_table(io.BytesIO(vault.open(content, f"quarterly_return.content:{one}"))).to_pandas()
        for one, content in sealed.items()
    }


def senders(act: Act, data_set_id: str, run: QuarterRun) -> tuple[list[str], list[str]]:
    """List who sent each quarter (also 'nothing to report'), and who was asked and did not, with the quarters that are missing."""
    labels = [one.label for one in run.quarters]
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Organisation.name, Return.quarter)
            .join(Return, col(Return.organisation_id) == col(Organisation.id))
            .where(Return.data_set == data_set_id, col(Return.quarter).in_(labels), col(Return.ended_at).is_(None))
        ).all()
    sent = {(name, quarter) for name, quarter in rows}
    names = {name for name, _ in sent}
    asked = names | {
        one.organisation for entry, who in providers(act) if entry.id == data_set_id for one in who if one.provides
    }
    missing = {name: [one.months for one in run.quarters if (name, one.label) not in sent] for name in sorted(asked)}
    return sorted(names), [
        name if len(quarters) == run.count else f"{name} ({', '.join(quarters)})"
        for name, quarters in missing.items()
        if quarters
    ]
