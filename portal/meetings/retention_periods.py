"""How long meetings keep what names people: as this portal proposes, or as the partnership has decided (s12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from models.meetings import KeepingPeriod
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.record.audit import record
from portal.record.events import Event
from portal.retention.schedule import rule

TITLES = {
    "not_signed": "Who did not sign",
    "appendix": "Restricted appendices",
    "wishes": "Wishes to pass something on",
    "attendance": "Attendance lists and scans",
    "undertakings": "Confidentiality agreements",
    "members": "Members who left a group",
}
MONTHS = {kind: rule(f"meetings-{kind}").keep.months for kind in TITLES}  # what the schedule proposes
_LONGEST = 120  # months
_LAST_TO_GO = ("attendance", "undertakings")


@dataclass(frozen=True, kw_only=True)
class RetentionPeriod:
    """How long one kind is kept, in months after the meeting. `decided_by` is '' where the proposal stands."""

    kind: str
    title: str
    months: int
    proposed: int
    decided_by: str = ""
    decided_at: datetime | None = None


def months_kept(session: Session) -> dict[str, int]:
    """Give the months that hold for each kind."""
    return MONTHS | {row.kind: row.months for row in session.exec(select(KeepingPeriod)).all()}


def periods(act: Act) -> list[RetentionPeriod]:
    """List how long each kind is kept, for the Information Manager. Raises NotAllowedError."""
    allow(act, Permission.CHANGE_SETTINGS)
    with reading(act.store.engine) as session:
        decided = {row.kind: row for row in session.exec(select(KeepingPeriod)).all()}
    return [
        RetentionPeriod(
            kind=kind,
            title=title,
            months=decided[kind].months if kind in decided else MONTHS[kind],
            proposed=MONTHS[kind],
            decided_by=decided[kind].set_by if kind in decided else "",
            decided_at=decided[kind].set_at if kind in decided else None,
        )
        for kind, title in TITLES.items()
    ]


def change_periods(act: Act, typed: Mapping[str, str]) -> None:
    """Change how long meetings keep what names people (clause s12.personal-retention); what is older goes at the next run.

    Raises NotAllowedError or AnswersNeededError (each kind): a whole number of months, and nothing that hangs on a line
    of a list outlives the list, nor the list the agreements behind it.
    """
    allow(act, Permission.CHANGE_SETTINGS)
    wanted, problems = {}, {}
    for kind in TITLES:
        said = typed.get(kind, "").strip()
        if said.isascii() and said.isdecimal() and 1 <= int(said) <= _LONGEST:
            wanted[kind] = int(said)
        else:
            problems[kind] = f"Enter a number of months from 1 to {_LONGEST}."
    if not problems:
        problems = _out_of_order(wanted)
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        before = months_kept(session)
        changed = {kind: months for kind, months in wanted.items() if months != before[kind]}
        for kind, months in changed.items():
            row = session.get(KeepingPeriod, kind) or KeepingPeriod(kind=kind, months=months, set_at=act.at, set_by="")
            row.months, row.set_at, row.set_by = months, act.at, act.person.name
            session.add(row)
        if changed:
            kinds = sorted(changed)
            after = [changed[kind] for kind in kinds]
            record(session, act, Event.KEEPING_CHANGED, "meetings:keeping", kinds=kinds, months=after)


def _out_of_order(wanted: Mapping[str, int]) -> dict[str, str]:
    lists, promises = (wanted[kind] for kind in _LAST_TO_GO)
    problems = {
        kind: "This hangs on a line of the attendance list. Keep it no longer than the lists."
        for kind in ("not_signed", "appendix", "wishes")
        if wanted[kind] > lists
    }
    if promises < lists:
        problems["undertakings"] = "The lists stand on these. Keep them at least as long as the lists."
    return problems
