"""How an organisation matched its columns last time: sealed, since an office's heading may name somebody."""

import json
from collections.abc import Mapping

from sqlmodel import Session, select

from models.returns import ColumnMemory
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.wording import new_id
from portal.record.audit import record
from portal.record.events import Event


def remembered(act: Act, organisation_id: str, data_set: str) -> dict[str, str]:
    """Give heading -> field as this organisation confirmed it last time ('none' for a column that it left out)."""
    with reading(act.store.engine) as session:
        row = _row(session, organisation_id, data_set)
    if row is None:
        return {}
    mapping: dict[str, str] = json.loads(act.store.vault.open_text(row.mapping, f"column_memory.mapping:{row.id}"))
    return mapping


def remember(session: Session, act: Act, organisation_id: str, data_set: str, mapping: Mapping[str, str]) -> None:
    """Keep what a person confirmed or corrected, in the transaction of the return; an empty mapping changes nothing."""
    if not mapping:
        return
    row = _row(session, organisation_id, data_set)
    earlier: dict[str, str] = {}
    if row is None:
        row = ColumnMemory(
            id=new_id(), organisation_id=organisation_id, data_set=data_set, mapping=b"", confirmed_at=act.at
        )
    else:
        earlier = json.loads(act.store.vault.open_text(row.mapping, f"column_memory.mapping:{row.id}"))
    row.mapping = act.store.vault.seal_text(
        json.dumps({**earlier, **mapping}, ensure_ascii=False), f"column_memory.mapping:{row.id}"
    )
    row.confirmed_at = act.at
    session.add(row)
    record(
        session,
        act,
        Event.MATCHING_REMEMBERED,
        f"organisation:{organisation_id}",
        organisation_id=organisation_id,
        data_set=data_set,
        columns=len(mapping),
    )


def _row(session: Session, organisation_id: str, data_set: str) -> ColumnMemory | None:
    return session.exec(
        select(ColumnMemory).where(ColumnMemory.organisation_id == organisation_id, ColumnMemory.data_set == data_set)
    ).first()
