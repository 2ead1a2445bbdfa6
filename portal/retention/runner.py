"""Running the rules of the schedule: each in a transaction of its own, so that one that fails stops no other; or a rehearsal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from portal.ground.act import Act
from portal.ground.database import rehearsed, transaction
from portal.ground.process.logs import problem
from portal.record.audit import record
from portal.record.events import Event
from portal.record.row_digests import is_noted
from portal.retention.schedule import Rule, rule

Deletion = Callable[[Act, Rule], int]
"""What deletes one rule's things in a transaction of its own, says so in the record in it, and gives how many went."""


@dataclass(frozen=True, kw_only=True)
class RetentionRun:
    """What a rule did, or would do: how many went; and where it failed, the number under which the log has why."""

    rule: Rule
    count: int = 0
    problem: str = ""


def run(act: Act, deletions: Iterable[tuple[str, Deletion]]) -> list[RetentionRun]:
    """Run each rule; one that fails is logged under a number without what it touched, and the others go on."""
    return [_run(act, rule(rule_id), delete) for rule_id, delete in deletions]


def rehearse(act: Act, deletions: Iterable[tuple[str, Deletion]]) -> list[RetentionRun]:
    """Do what `run` does and take every bit of it back: what it would delete at this moment, counted by the same code."""
    with rehearsed(act.store.engine):
        return run(act, deletions)


def deleting(delete: Callable[[Session, Act, Rule], int]) -> Deletion:
    """Make a deletion of a function that deletes in an open transaction; the record says how many, where the rule is counted."""

    def in_transaction(act: Act, of: Rule) -> int:
        with transaction(act.store.engine) as session:
            count = delete(session, act, of)
            if (count and of.counted) or is_noted(session):
                record(
                    session,
                    act,
                    Event.RETENTION_RUN,
                    f"retention:{of.id}",
                    count=count,
                    before=str(of.past(act.at).date()),
                )
        return count

    return in_transaction


def _run(act: Act, of: Rule, delete: Deletion) -> RetentionRun:
    try:
        return RetentionRun(rule=of, count=delete(act, of))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rules must still run
        return RetentionRun(rule=of, problem=problem(error, f"retention:{of.id}"))
