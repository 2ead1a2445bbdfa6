"""Read roads that a file tells by class and number, as the road casualty statistics do: '3' and '38' are the A38."""

from dataclasses import replace

from portal.returns.matching.column_names import name_score
from portal.returns.matching.heading_text import key
from portal.returns.matching.schema import targets_of
from portal.returns.tables.extraction import ExtractedTable
from portal.rules.datasets.catalogue import DataSet
from portal.spreadsheets.arrow_columns import texts, values

_NAMED = 0.9  # how surely a heading names the place
_CLASSES = {"1": "M", "motorway": "M", "m": "M", "2": "A", "a m": "A", "3": "A", "a": "A", "4": "B", "b": "B", "5": "C", "c": "C"}  # fmt: skip
_LIKE_MOTORWAYS = frozenset({"2", "a m"})


def with_roads(table: ExtractedTable, entry: DataSet, edition_id: str) -> ExtractedTable:
    """Return a table that has its roads by class and number with a column of them in words; any other table as it is."""
    place = next((each for each in targets_of(entry.id, edition_id) if each.treatment == "location"), None)
    if place is None or any(name_score(heading, place) >= _NAMED for heading in table.headings):
        return table
    first, second = (_roads(table, which) for which in ("first", "second"))
    if not any(first):
        return table
    met = second or [""] * len(first)
    told = [f"{one} junction with {other}" if one and other else one for one, other in zip(first, met, strict=True)]
    return replace(
        table,
        headings=(*table.headings, "First road"),
        columns=(*table.columns, texts(told)),
        positions=(*table.positions, max(table.positions, default=0) + 1),
    )


def _roads(table: ExtractedTable, which: str) -> list[str]:
    """Return the road of each row, '' where it has no number; nothing where no columns tell them."""
    said = {key(heading): column for column, heading in enumerate(table.headings)}
    columns = [said.get(f"{which} road {what}") for what in ("class", "number")]
    kinds, numbers = (values(table.columns[column]) if column is not None else [] for column in columns)
    return [_road(kind or "", number or "") for kind, number in zip(kinds, numbers, strict=False)]


def _road(kind: str, number: str) -> str:
    plain = number.strip().removesuffix(".0")
    letter = _CLASSES.get(key(kind), "")
    if not letter or not plain.isdecimal() or not int(plain):
        return ""
    return f"{letter}{int(plain)}(M)" if key(kind) in _LIKE_MOTORWAYS else f"{letter}{int(plain)}"
