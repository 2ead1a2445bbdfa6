"""What the portal does by itself and could not do: written into the record when that changes, so that a manager is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.record import AuditEntry
from portal.ground.act import Act, Store
from portal.ground.database import reading, transaction
from portal.ground.wording import day_and_time
from portal.record.audit import record
from portal.record.events import Event

_KINDS = (Event.UNATTENDED_FAILED.value, Event.UNATTENDED_DONE.value)


@dataclass(frozen=True, kw_only=True)
class FailedTasks:
    """What could not be done since a moment (UTC): each task by its name, with the number under which the log has why."""

    since: datetime
    tasks: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """Say what it is, since when, and what helps."""
        return (
            f"Since {day_and_time(self.since)} the portal cannot do all that it does by itself: {', '.join(self.tasks)}. "
            f"It tries again each hour. Tell whoever runs the portal: {', '.join(self.tasks.values())}."
        )


def note_undone(act: Act, tasks: Mapping[str, str]) -> None:
    """Write down which tasks failed now, where they are others than at the run before; none at all ends it."""
    with reading(act.store.engine) as session:
        known = _newest(session)
    if set(tasks) != set(known.tasks if known else ()):
        kind = Event.UNATTENDED_FAILED if tasks else Event.UNATTENDED_DONE
        with transaction(act.store.engine) as session:
            record(session, act, kind, "portal:unattended", tasks=dict(tasks))


def undone(store: Store) -> FailedTasks | None:
    """Give what could not be done at the last run; None where all was."""
    with reading(store.engine) as session:
        return _newest(session)


def _newest(session: Session) -> FailedTasks | None:
    told = session.exec(
        select(AuditEntry).where(col(AuditEntry.event).in_(_KINDS)).order_by(col(AuditEntry.number).desc()).limit(1)
    ).first()
    tasks = json.loads(told.details)["tasks"] if told is not None else {}
    return FailedTasks(since=told.at, tasks=tasks) if told is not None and tasks else None
