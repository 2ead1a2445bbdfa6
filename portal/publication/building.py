"""A table of the store: the returns of one quarter, counted and protected beside all of it that the public has or had."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.publications import PublishedTable
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import PortalError
from portal.partnership.places.place_lists import districts_here, rural_places
from portal.privacy.suppression.protecting import NotPublishableError, Protected
from portal.publication.counting import Holding
from portal.publication.fields import check_fields
from portal.publication.measures import measure_of
from portal.publication.outlines import LineGrouping, outlines_of, written
from portal.publication.outlining import Around, outlines_for
from portal.publication.stored import opened
from portal.publication.table_file import read, write
from portal.publication.tabulating import TableWish, tabulate
from portal.rules.datasets.catalogue import data_set


class TableNotPublishableError(PortalError):
    """Nothing may be published of this; the message is the reason in words."""

    message = "Nothing may be published of this."


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Which table: a data set, one quarter, one or two fields, and whether lines are added up in groups."""

    data_set: str
    quarter: str
    rows: str
    columns: str = ""
    subtotals: bool = False

    @property
    def fields(self) -> tuple[str, str]:
        """Give its fields, rows first."""
        return self.rows, self.columns


@dataclass(frozen=True, kw_only=True)
class Built:
    """A table as it would be published, what it was made of, and beside what.

    `returns_hash` and `public_hash` are of the ids of the returns and of the public tables.
    """

    content: str
    outlines: str
    made: Protected
    returns_hash: str
    public_hash: str
    version: int


def build(act: Act, subject: Subject) -> Built:
    """Make a table of the stored returns beside all that is public of the quarter.

    Raises:
        TableNotPublishableError: nothing may be published, with the reason in words.
    """
    entry, mine = data_set(subject.data_set), subject.fields
    frames = opened(act, subject.data_set, subject.quarter, why="publication")
    with reading(act.store.engine) as session:
        rows = public_rows(session, subject.data_set)
        public_hash = hash_of(row.id for row in rows)
        editions = {
            row.id: ((row.rows_field, row.columns_field), row.content, outlines_of(row.outlines))
            for row in rows
            if row.quarter == subject.quarter
        }
    if not frames:
        raise TableNotPublishableError(
            "No return of this data set and quarter holds records. A missing return is no nought."
        )
    # Of each table the newest edition: a later one was proved against those before it.
    newest = {named: read(text, named[1] or "columns", outlines) for named, text, outlines in editions.values()}
    drawn = {named: outlines for named, _, outlines in editions.values()}
    earlier = newest.pop(mine, None)
    try:
        fields = check_fields(entry, [name for name in mine if name])
        around = Around(
            rural=rural_places(act.store),
            districts=districts_here(act.store),
            public={name: one.get(name, LineGrouping()) for named, one in drawn.items() for name in named if name},
            before=drawn.get(mine),
        )
        held = Holding(entry, tuple(frames.values()), measure_of(entry, fields))
        outlines = outlines_for(held, fields, around, with_subtotals=subject.subtotals)
        made = tabulate(entry, held.frames, TableWish(*mine, outlines=outlines), tuple(newest.values()), earlier)
    except NotPublishableError as error:
        raise TableNotPublishableError(error.message) from error
    return Built(
        content=write(made.published, entry.threshold),
        outlines=written({name: outlines[name] for name in fields if outlines[name] != LineGrouping()}),
        made=made,
        returns_hash=hash_of(frames),
        public_hash=public_hash,
        version=1 + [named for named, _, _ in editions.values()].count(mine),
    )


def public_rows(session: Session, data_set_id: str) -> list[PublishedTable]:
    """List every table of a data set that the public has or had: what was out once is not forgotten."""
    return list(
        session.exec(
            select(PublishedTable)
            .where(
                PublishedTable.data_set == data_set_id,
                col(PublishedTable.status).in_(("published", "withdrawn", "replaced")),
            )
            .order_by(col(PublishedTable.decided_at), col(PublishedTable.id))
        ).all()
    )


def hash_of(ids: Iterable[str]) -> str:
    """Hash a list of ids, so that a change of it shows."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()
