"""Part a column of numbers by the column beside it that says which count each is: 'Allocated, 4' and 'Waiting list, 2'."""

from dataclasses import replace

from portal.returns.matching.column_content import sample_of
from portal.returns.matching.heading_text import key, words
from portal.returns.matching.schema import counts_of, targets_of
from portal.returns.tables.crosstabs import is_numeric
from portal.returns.tables.extraction import ExtractedTable
from portal.rules.datasets.catalogue import DataSet
from portal.spreadsheets.arrow_columns import texts, values

_MOSTLY = 0.6
_MOST_ROWS = 500  # of a table of counts
_COUNTED = frozenset({"number", "count", "total", "value", "people"})


def by_status(table: ExtractedTable, entry: DataSet, edition_id: str) -> ExtractedTable:
    """Return a table with a column for each count of its set, where one column names the counts and another has the numbers.

    Args:
        table: the table as found; any other is returned as it is.
        entry: the data set it is sent for.
        edition_id: the edition whose words hold.
    """
    wanted = {
        target.name: target.sure for target in targets_of(entry.id, edition_id) if target.name in counts_of(entry)
    }
    if len(wanted) < 2 or not 0 < table.height <= _MOST_ROWS:  # noqa: PLR2004 - one count needs no telling apart
        return table
    status = next((place for place in range(len(table.columns)) if _names_counts(table, place, wanted)), None)
    counted = [
        place
        for place, heading in enumerate(table.headings)
        if set(words(heading)) & _COUNTED and is_numeric(table.columns[place])
    ]
    if status is None or len(counted) != 1:
        return table
    said, numbers = values(table.columns[status]), values(table.columns[counted[0]])
    parted = [
        texts(number if key(each) in known else "" for each, number in zip(said, numbers, strict=True))
        for known in wanted.values()
    ]
    rest = [place for place in range(len(table.columns)) if place not in {status, counted[0]}]
    return replace(
        table,
        headings=(*(table.headings[place] for place in rest), *(name.replace("_", " ") for name in wanted)),
        columns=(*(table.columns[place] for place in rest), *parted),
        positions=(*(table.positions[place] for place in rest), *[table.positions[counted[0]]] * len(parted)),
    )


def _names_counts(table: ExtractedTable, place: int, wanted: dict[str, frozenset[str]]) -> bool:
    sample = sample_of(table.columns[place])
    named = [name for value in sample.values for name, known in wanted.items() if key(value) in known]
    return len(set(named)) > 1 and len(named) >= _MOSTLY * len(sample.values)
