"""A table of the store: returns of one quarter or several, counted and protected beside all of them that the public has or had."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.publications import PublishedTable
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import PortalError
from portal.partnership.places.place_lists import districts_here, rural_places
from portal.privacy.suppression.protecting import NotPublishableError, Protected
from portal.privacy.suppression.tables import SuppressedTable
from portal.publication.outlining import OutlineContext, outlines_for
from portal.publication.stored import opened
from portal.publication.tabulation.counting import StoredReturns
from portal.publication.tabulation.fields import check_fields
from portal.publication.tabulation.measures import measure_of
from portal.publication.tabulation.outlines import LineGrouping, OwnGroups, coarsest, groups_typed, outlines_of, written
from portal.publication.tabulation.table_file import read, write
from portal.publication.tabulation.tabulating import OtherRecordsError, TableWish, tabulate_over
from portal.publication.tabulation.windows import PublishedOver, changes_told
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter, QuarterRun


class TableNotPublishableError(PortalError):
    """Nothing may be published of this; the message is the reason in words."""

    message = "Nothing may be published of this."


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Which table: a data set, one quarter or several up to it, one or two fields, and whether lines are added up in groups, and groups of the rows of one's own."""

    data_set: str
    quarter: str
    rows: str
    columns: str = ""
    subtotals: bool = False
    quarters: int = 1
    groups: OwnGroups = ()

    @property
    def fields(self) -> tuple[str, str]:
        """Give its fields, rows first."""
        return self.rows, self.columns

    @property
    def run(self) -> QuarterRun:
        """Give its quarters."""
        return QuarterRun(Quarter.parse(self.quarter), self.quarters)


def typed(groups: str) -> OwnGroups:
    """Read groups as somebody typed them. Raises TableNotPublishableError."""
    try:
        return groups_typed(groups)
    except NotPublishableError as error:
        raise TableNotPublishableError(error.message) from error


@dataclass(frozen=True)
class _Public:
    """A table that the public has or had, in all its editions, the oldest first."""

    run: QuarterRun
    fields: tuple[str, str]
    editions: tuple[SuppressedTable, ...]
    outlines: Mapping[str, LineGrouping]


@dataclass(frozen=True, kw_only=True)
class BuiltTable:
    """A table as it would be published, what it was made of, and beside what.

    `returns_hash` and `public_hash` are of the ids of the returns and of the public tables.
    """

    content: str
    outlines: str
    made: Protected
    returns_hash: str
    public_hash: str
    version: int


def build(act: Act, subject: Subject) -> BuiltTable:
    """Make a table of the stored returns beside all that is public of its quarters, and of those that hang on these.

    Raises:
        TableNotPublishableError: nothing may be published, with the reason in words.
    """
    entry, mine = data_set(subject.data_set), subject.fields
    with reading(act.store.engine) as session:
        rows = public_rows(session, subject.data_set)
        public_hash = hash_of(row.id for row in rows)
        tables = _tables(_linked(rows, subject.run))
    quarters = {one for run in (subject.run, *(each.run for each in tables)) for one in run.quarters}
    frames = {one.label: opened(act, subject.data_set, one.label, why="publication") for one in sorted(quarters)}
    held = {label: tuple(found.values()) for label, found in frames.items() if found}
    asked = _held(subject.run, held)
    if not asked:
        raise TableNotPublishableError(
            "No return of this data set and quarter holds records. A missing return is no nought."
        )
    earlier = next((one for one in tables if (one.run, one.fields) == (subject.run, mine)), None)
    others = [one for one in tables if one is not earlier]
    try:
        fields = check_fields(entry, [name for name in mine if name])
        around = OutlineContext(
            rural=rural_places(act.store),
            districts=districts_here(act.store),
            public={
                name: coarsest([one.outlines for one in tables if name in one.fields], name) for name in _used(tables)
            },
            before=earlier.outlines if earlier else None,
            own=subject.groups,
        )
        counts = StoredReturns(entry, tuple(one for label in asked for one in held[label]), measure_of(entry, fields))
        outlines = outlines_for(counts, fields, around, with_subtotals=subject.subtotals)
        made = tabulate_over(
            entry,
            held,
            TableWish(*mine, outlines=outlines, quarters=asked),
            # Of each table the newest edition: a later one was proved against those before it.
            [PublishedOver(one.editions[-1], _held(one.run, held), one.outlines) for one in others],
            earlier.editions[-1] if earlier else None,
        )
    except OtherRecordsError as error:
        raise TableNotPublishableError(
            "The returns changed since another table of these quarters was published. Correct that table first."
        ) from error
    except NotPublishableError as error:
        raise TableNotPublishableError(error.message) from error
    corrected = [(one.run.quarters, one.editions) for one in others]
    if earlier and changes_told(
        [*corrected, (subject.run.quarters, (*earlier.editions, made.published))], entry.threshold
    ):
        raise TableNotPublishableError(
            "The correction is held back: beside the corrections of other quarters it would tell a small change. "
            "Keep the earlier edition, or publish the change with a later quarter or a coarser table."
        )
    return BuiltTable(
        content=write(made.published, entry.threshold),
        outlines=written({name: outlines[name] for name in fields if outlines[name] != LineGrouping()}),
        made=made,
        returns_hash=hash_of(one for found in frames.values() for one in found),
        public_hash=public_hash,
        version=1 + (len(earlier.editions) if earlier else 0),
    )


def _held(run: QuarterRun, held: Collection[str]) -> tuple[str, ...]:
    return tuple(one.label for one in run.quarters if one.label in held)


def _used(tables: Iterable[_Public]) -> set[str]:
    return {name for one in tables for name in one.fields if name}


def _run_of(row: PublishedTable) -> QuarterRun:
    return QuarterRun(Quarter.parse(row.quarter), row.quarters)


def _linked(rows: Sequence[PublishedTable], run: QuarterRun) -> list[PublishedTable]:
    """List what is public of quarters that hang on some: those of the tables that share one, of those that share one with these, and so on."""
    reached, found = [run], list[PublishedTable]()
    while len(more := [row for row in rows if any(_run_of(row).overlaps(one) for one in reached)]) > len(found):
        found, reached = more, [run, *map(_run_of, more)]
    return found


def _tables(rows: Sequence[PublishedTable]) -> list[_Public]:
    found: dict[tuple[QuarterRun, tuple[str, str]], list[PublishedTable]] = {}
    for row in rows:
        found.setdefault((_run_of(row), (row.rows_field, row.columns_field)), []).append(row)
    return [
        _Public(
            run,
            fields,
            tuple(read(row.content, row.columns_field or "columns", outlines_of(row.outlines)) for row in editions),
            outlines_of(editions[-1].outlines),
        )
        for (run, fields), editions in found.items()
    ]


def public_rows(session: Session, data_set_id: str) -> list[PublishedTable]:
    """List every table of a data set that the public has or had: what was out once is not forgotten."""
    return list(
        session.exec(
            select(PublishedTable)
            .where(
                PublishedTable.data_set == data_set_id,
                col(PublishedTable.status).in_(("published", "withdrawn", "replaced")),
            )
            .order_by(col(PublishedTable.decided_at), col(PublishedTable.version), col(PublishedTable.id))
        ).all()
    )


def hash_of(ids: Iterable[str]) -> str:
    """Hash a list of ids, so that a change of it shows."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()
