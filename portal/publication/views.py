"""What is public, and what waits for approval: read only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from models.publications import PublishedTable
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.privacy.suppression.tables import TOTAL, SuppressedTable
from portal.publication.table_file import read
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter


@dataclass(frozen=True)
class PublicTable:
    """A table as it stands: its words, its standing, and who sent."""

    id: str
    entry: DataSet
    quarter: Quarter
    rows: str
    columns: str
    version: int
    status: str
    content: str
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
        return read(self.content, self.columns or "columns")

    @property
    def title(self) -> str:
        """Name it in words."""
        fields = " and ".join(name.replace("_", " ") for name in (self.rows, self.columns) if name)
        return f"{self.entry.title} by {fields}, {self.quarter.months}"

    @property
    def lines(self) -> list[list[str]]:
        """Give the table as words: its headings first."""
        shape = self.table.shape
        columns = shape.columns.nodes() if shape.columns else (TOTAL,)
        shown = self.table.shown
        rows = [
            [row, *("suppressed" if (n := shown[shape.key(row, c)]) is None else f"{n:,}" for c in columns)]
            for row in shape.rows.nodes()
        ]
        return [[self.rows.replace("_", " ").capitalize(), *columns], *rows]

    @property
    def totals(self) -> list[tuple[str, int | None]]:
        """Give each row's total, for a chart; None where it is withheld."""
        shape, shown = self.table.shape, self.table.shown
        return [(row, shown[shape.key(row)]) for row in shape.rows.labels]


def quarters_to_choose(on: date, count: int = 20) -> list[Quarter]:
    """List the quarters that are over, newest first."""
    found = [Quarter.just_ended(on)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found


def public_tables(store: Store, data_set_id: str = "") -> list[PublicTable]:
    """List what is public, and the notices of what was withdrawn, newest quarter first."""
    return [_seen(row) for row in _rows(store, ("published", "withdrawn"), data_set_id)]


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
        quarter=Quarter.parse(row.quarter),
        rows=row.rows_field,
        columns=row.columns_field,
        version=row.version,
        status=row.status,
        content=row.content,
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
