"""What is public, and what waits for approval: read only."""

import calendar
import csv
import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from models.publications import PublishedTable
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import day
from portal.privacy.suppression.tables import TOTAL, SuppressedTable
from portal.publication.tabulation.fields import SUBTOTAL
from portal.publication.tabulation.outlines import outlines_of
from portal.publication.tabulation.table_file import read
from portal.rules.datasets.catalogue import DataSet, code_list, data_set
from portal.rules.datasets.quarters import Quarter, QuarterRun

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_QUARTERS = 20  # those of five years may be published


@dataclass(frozen=True)
class PublicTable:
    """A table as it stands: its words, its standing, and who sent."""

    id: str
    entry: DataSet
    run: QuarterRun
    rows: str
    columns: str
    version: int
    status: str
    content: str
    outlines: str
    tried: int
    sums: int
    sent_by: tuple[str, ...]
    not_sent_by: tuple[str, ...]
    proposed_at: datetime
    proposed_by: str
    proposed_by_name: str
    decided_at: datetime | None
    notice: str

    @property
    def table(self) -> SuppressedTable:
        """Read the table."""
        return read(self.content, self.columns or "columns", outlines_of(self.outlines))

    @property
    def title(self) -> str:
        """Name it in words."""
        fields = " and ".join(field_words(name) for name in (self.rows, self.columns) if name)
        return f"{self.entry.title} by {fields}, {self.run.months}"

    @property
    def lines(self) -> list[list[str]]:
        """Give the table as words: its headings first, codes by what they stand for."""
        shape = self.table.shape
        columns = shape.columns.nodes() if shape.columns else (TOTAL,)
        shown = self.table.shown
        rows = [
            [
                self._label(self.rows, row),
                *("suppressed" if (n := shown[shape.key(row, c)]) is None else f"{n:,}" for c in columns),
            ]
            for row in shape.rows.nodes()
        ]
        head = [field_heading(self.rows), *(self._label(self.columns, one) for one in columns)]
        return [head, *rows]

    def line(self, row: str) -> list[tuple[str, str]]:
        """Give one row in words: each column with its count."""
        head, *rows = self.lines
        names = self.table.shape.rows.nodes()
        return list(zip(head[1:], rows[names.index(row)][1:], strict=True))

    @property
    def rows_to_choose(self) -> dict[str, str]:
        """List the rows of the table, each with its words."""
        return {row: self._label(self.rows, row) for row in self.table.shape.rows.nodes() if row != TOTAL}

    @property
    def totals(self) -> list[tuple[str, int | None]]:
        """Give each row's total, for a chart; None where it is withheld."""
        shape, shown = self.table.shape, self.table.shown
        return [(self._label(self.rows, row), shown[shape.key(row)]) for row in shape.rows.labels]

    @property
    def says(self) -> str:
        """Say in a sentence what the table shows, for whoever does not see the chart."""
        told = [(label, count) for label, count in self.totals if count is not None]
        if not told:
            return "Every count of this table is withheld."
        label, count = max(told, key=lambda pair: pair[1])
        whole = self.table.shown[()]
        of_all = f" of {whole:,} in all" if whole is not None else ""
        return f"The largest number shown is {count:,}{of_all}: {label}."

    @property
    def withheld_means(self) -> str:
        """Say what 'suppressed' stands for in this table, or that nothing of it is."""
        if not any("suppressed" in row for row in self.lines):
            return "No count of this table is suppressed."
        least = 0 if self.table.noughts_hidden else 1
        return (
            f"'suppressed' stands for a count of {least} to {self.entry.threshold - 1}. "
            "It also hides larger ones that would give such a count away."
        )

    @property
    def how_lines_go(self) -> str:
        """Say how lines go together, where some do; '' otherwise."""
        outlines = outlines_of(self.outlines)
        merged = any(one.merged for one in outlines.values())
        added = any(axis.groups for axis in self.table.shape.axes())
        return " ".join(
            told
            for told, is_so in (
                (
                    "Places with few people or few records share a line with their neighbour, which names them all.",
                    merged,
                ),
                (f"A line that ends in '{SUBTOTAL.strip()}' adds up lines above it.", added),
            )
            if is_so
        )

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """Say what the words of the table mean: what is counted, by which law, and what each code stands for."""
        asked = self.entry.asked
        told = [("What is counted", asked.covers), ("The law that asks for it", asked.law)]
        for axis in self.table.shape.axes():
            words = [(code, said(self.entry, axis.field, code)) for code in axis.labels]
            told += [(code, label) for code, label in words if code != label]
        return [(word, meaning) for word, meaning in told if meaning]

    @property
    def cite_as(self) -> str:
        """Say how to name the table in a paper."""
        return f"{self.title}. Version {self.version}, {day(self.decided_at or self.proposed_at)}."

    def _label(self, field: str, code: str) -> str:
        return said(self.entry, field, code)


def said(entry: DataSet, field: str, code: str) -> str:
    """Say a code in the words of its list, of whichever edition: a return keeps the codes of its day."""
    if code.endswith(SUBTOTAL):
        return f"{said(entry, field, code.removesuffix(SUBTOTAL))}{SUBTOTAL}"
    if field == "month" and re.fullmatch(r"\d{4}-\d{2}", code):
        return f"{calendar.month_name[int(code[5:])]} {code[:4]}"
    if field == "quarter" and re.fullmatch(r"\d{4}-Q[1-4]", code):
        return Quarter.parse(code).months
    listed = next((one.code_list for one in entry.fields if one.name == field), "")
    lists = (listed,) if isinstance(listed, str) else tuple(listed.values())
    known = {one.code: one.label for name in lists if name for one in code_list(name).codes}
    return known.get(code, code)


def field_words(name: str) -> str:
    """Name a field within a sentence."""
    return name.replace("_", " ")


def field_heading(name: str) -> str:
    """Name a field by itself, at the head of a column or in a list to choose from; none is 'None'."""
    return field_words(name).capitalize() or "None"


def quarters_to_choose(on: date) -> list[Quarter]:
    """List the quarters of the last five years that are over, newest first."""
    return Quarter.last_ended(on, _QUARTERS)


def public_tables(store: Store, data_set_id: str = "") -> list[PublicTable]:
    """List what is public, and the notices of what was withdrawn, newest quarter first."""
    return [_seen(row) for row in _rows(store, ("published", "withdrawn"), data_set_id)]


def public_table(store: Store, table_id: str) -> PublicTable:
    """Give one table that is or was public, at its lasting address. Raises NotFoundError."""
    found = [one for one in _rows(store, ("published", "withdrawn", "replaced"), "") if one.id == table_id]
    if not found:
        raise NotFoundError
    return _seen(found[0])


def data_package(one: PublicTable, address: str) -> dict[str, object]:
    """Describe a table for machines (Frictionless Data Package): its licence, its file and what stands in each column."""
    head = one.content.splitlines()[1 if one.table.noughts_hidden else 0]
    names = next(csv.reader([head]))
    counts = [{"name": name, "type": "integer"} for name in names[1:]]
    return {
        "profile": "tabular-data-package",
        "name": f"{one.entry.id}-{one.run.label}-{one.id}".lower(),
        "title": one.title,
        "version": str(one.version),
        "description": " ".join(filter(None, (one.withheld_means, one.how_lines_go, one.notice))),
        "licenses": [{"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0", "path": LICENCE}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": one.entry.id,
                "path": address,
                "dialect": {"commentChar": "#"},
                "schema": {
                    "fields": [{"name": names[0], "type": "string"}, *counts],
                    "missingValues": ["suppressed"],
                },
            }
        ],
    }


def waiting(act: Act) -> list[PublicTable]:
    """List the tables that wait for approval, for those who propose and approve."""
    allow(act, Permission.APPROVE_FIGURES)
    return [_seen(row) for row in _rows(act.store, ("proposed",), "")]


def _rows(store: Store, statuses: tuple[str, ...], data_set_id: str) -> list[PublishedTable]:
    with reading(store.engine) as session:
        asked = select(PublishedTable).where(col(PublishedTable.status).in_(statuses))
        if data_set_id:
            asked = asked.where(PublishedTable.data_set == data_set_id)
        return list(session.exec(asked.order_by(col(PublishedTable.quarter).desc(), col(PublishedTable.proposed_at))))


def _seen(row: PublishedTable) -> PublicTable:
    return PublicTable(
        id=row.id,
        entry=data_set(row.data_set),
        run=QuarterRun(Quarter.parse(row.quarter), row.quarters),
        rows=row.rows_field,
        columns=row.columns_field,
        version=row.version,
        status=row.status,
        content=row.content,
        outlines=row.outlines,
        tried=row.tried,
        sums=row.sums,
        sent_by=tuple(row.sent_by.splitlines()),
        not_sent_by=tuple(row.not_sent_by.splitlines()),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        proposed_by_name=row.proposed_by_name,
        decided_at=row.decided_at,
        notice=row.notice,
    )
