"""Set a return beside earlier ones: counts, what changed in words, and which changes are surprising by a stated rule.

Each return that is opened for it is recorded. The numbers are for the organisation and the officer, never for the public.
"""

import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet
from sqlmodel import Session, col, select

from models.returns import Return
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import day, listed
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.review.tallies import ALL, Tally, ordered, tally
from portal.returns.service.upload_check import Checked
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter

_RULES = Path(__file__).parents[1] / "data" / "comparing.toml"
_MOST_SAID = 5
NOT_SENT = "Not sent"


@dataclass(frozen=True)
class SurpriseRule:
    """When a change is surprising: by more than `share` of the earlier number, and by at least `least`."""

    share: float
    least: int
    words: str

    def marks(self, now: int, before: int) -> bool:
        """Tell whether a change is surprising."""
        change = abs(now - before)
        return change >= self.least and change > self.share * before


@dataclass(frozen=True, kw_only=True)
class ComparisonLine:
    """One number of a return and the same number of each earlier one; None where that was not sent."""

    part: str
    label: str
    now: int
    before: tuple[int | None, ...]
    surprising: tuple[bool, ...]

    @property
    def changed(self) -> bool:
        """Tell whether it differs from any of the earlier ones."""
        return any(number is not None and number != self.now for number in self.before)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A return beside earlier ones: a heading for each, the lines, and what to know in words."""

    headings: tuple[str, ...]
    lines: tuple[ComparisonLine, ...]
    words: tuple[str, ...]
    rule: str


@cache
def rule() -> SurpriseRule:
    """Give the rule that marks surprising changes; read once."""
    with _RULES.open("rb") as file:
        return SurpriseRule(**tomllib.load(file)["surprising"])


def compare(act: Act, return_id: str) -> Comparison:
    """Set a return beside the one it replaced, the last quarter's and that of the same quarter last year.

    Raises NotFoundError to all but its organisation and the officer.
    """
    with transaction(act.store.engine) as session:
        row = session.get(Return, return_id)
        if row is None or not _may_see(act, row):
            raise NotFoundError
        quarter = Quarter.parse(row.quarter)
        beside: list[tuple[str, Return | None]] = []
        if row.replaces is not None:
            replaced = session.get(Return, row.replaces)
            beside.append((f"Before the correction of {day(row.sent_at)}", replaced))
        beside += [
            (earlier.months, _current(session, row.organisation_id, row.data_set, earlier.label))
            for earlier in (quarter.previous, Quarter(quarter.year - 1, quarter.number))
        ]
        now = _opened(session, act, row)
        before = [None if one is None else _opened(session, act, one) for _, one in beside]
    if now is None:
        raise NotFoundError("This return was withdrawn, so there is nothing to compare.")
    return compared(now, before, tuple(title for title, _ in beside))


def against_current(act: Act, checked: Checked) -> Comparison | None:
    """Set a checked file beside the return that it would replace; None where there is none."""
    allow(act, Permission.SEND_RETURN, checked.organisation_id)
    entry, quarter = data_set(checked.data_set), Quarter.parse(checked.quarter)
    with transaction(act.store.engine) as session:
        row = _current(session, checked.organisation_id, entry.id, quarter.label)
        if row is None:
            return None
        before = _opened(session, act, row)
    now = tally(checked.outcome.table, entry, quarter, checked.edition)
    return compared(now, [before], (f"Sent on {day(row.sent_at)}",))


def compared(now: Tally, before: Sequence[Tally | None], titles: tuple[str, ...]) -> Comparison:
    """Set counts beside earlier counts."""
    keys = ordered([*now, *(key for each in before for key in each or ())])
    lines = [_line(key, now, before) for key in keys]
    return Comparison(
        headings=titles, lines=tuple(lines), words=tuple(_words(lines, before, titles)), rule=rule().words
    )


def _line(key: tuple[str, str], now: Tally, before: Sequence[Tally | None]) -> ComparisonLine:
    earlier = tuple(None if each is None else each.get(key, 0) for each in before)
    marks = tuple(number is not None and rule().marks(now.get(key, 0), number) for number in earlier)
    return ComparisonLine(part=key[0], label=key[1], now=now.get(key, 0), before=earlier, surprising=marks)


def _words(lines: Sequence[ComparisonLine], before: Sequence[Tally | None], titles: tuple[str, ...]) -> list[str]:
    """Say what changed: the whole first, then what is surprising, the greatest change first."""
    missing = [title for title, each in zip(titles, before, strict=True) if each is None]
    said = [_sentence(line, place, title) for line in lines if line.part == ALL for place, title in enumerate(titles)]
    marked = [
        (abs(line.now - (line.before[place] or 0)), _sentence(line, place, title))
        for line in lines
        for place, title in enumerate(titles)
        if line.part != ALL and line.surprising[place]
    ]
    said += [sentence for _, sentence in sorted(marked, key=lambda one: -one[0])[:_MOST_SAID]]
    if missing:
        said.append(f"{NOT_SENT}: {listed(missing)}.")
    return [sentence for sentence in said if sentence]


def _sentence(line: ComparisonLine, place: int, title: str) -> str:
    earlier = line.before[place]
    if earlier is None:
        return ""
    told = title if title.startswith(("Sent", "Before")) else f"in {title}"
    told = f"{told[0].lower()}{told[1:]}"
    if earlier == line.now:
        return f"{line.label}: {line.now:,}, as {told}."
    verb = "up" if line.now > earlier else "down"
    return f"{line.label}: {line.now:,}, {verb} from {earlier:,} {told}."


def _may_see(act: Act, row: Return) -> bool:
    return may(act.person, Permission.OPEN_ANY_RETURN) or may(
        act.person, Permission.OPEN_OWN_RETURN, row.organisation_id
    )


def _current(session: Session, organisation_id: str, data_set_id: str, quarter: str) -> Return | None:
    return session.exec(
        select(Return).where(
            Return.organisation_id == organisation_id,
            Return.data_set == data_set_id,
            Return.quarter == quarter,
            col(Return.ended_at).is_(None),
        )
    ).first()


def _opened(session: Session, act: Act, row: Return) -> Tally | None:
    """Count a stored return; a withdrawn one holds nothing any more."""
    entry, quarter = data_set(row.data_set), Quarter.parse(row.quarter)
    if row.content is None:
        return tally(None, entry, quarter, row.edition)
    content = act.store.vault.open(row.content, f"quarterly_return.content:{row.id}")
    if not content:
        return None
    record(session, act, Event.RETURN_OPENED, f"return:{row.id}", organisation_id=row.organisation_id, why="compared")
    table: pa.Table = parquet.read_table(io.BytesIO(content))
    return tally(table, entry, quarter, row.edition)
