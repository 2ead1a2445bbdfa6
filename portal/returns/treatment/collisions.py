"""Count a file of road casualties by collision: a row a person becomes a row a collision (App 1, road collisions)."""

from collections.abc import Sequence
from dataclasses import replace

from portal.returns.matching.column_content import sample_of
from portal.returns.matching.column_names import SHARES, dropped_score, name_score
from portal.returns.matching.heading_text import key, words
from portal.returns.matching.schema import targets_of
from portal.returns.pipeline.assemble import Source
from portal.returns.tables.extraction import ExtractedTable, LeftOut
from portal.rules.datasets.catalogue import DataSet
from portal.rules.edition.editions import editions
from portal.spreadsheets.arrow_columns import pc, row_numbers, texts, values

WHY = "casualty"
_NAMED = 0.9  # how surely a heading names a count
_CHILD_BEFORE = 16  # as the road casualty statistics have it
_KILLED_OR_SERIOUS = frozenset(
    {"fatal", "killed", "died", "death", "serious", "seriously injured", "very serious", "ksi", "1", "2"}
)
_SLIGHT = frozenset({"slight", "slightly injured", "minor", "3"})
_CHILD = frozenset({"child", "children", "c"})
_CASUALTIES = (
    _KILLED_OR_SERIOUS
    | _SLIGHT
    | frozenset(
        {
            "casualty",
            "casualties",
            "injured",
            "injury",
            "injuries",
            "hurt",
            "seriously",
            "slightly",
            "fatalities",
            "deaths",
        }
    )
)
_GRADES = {
    "_serious": _KILLED_OR_SERIOUS | {"seriously", "fatalities", "deaths", "fatality"},
    "_slight": _SLIGHT | {"slightly"},
}
_AGES = frozenset({"adult", "adults", "child", "children", "aged", "age", "under", "over"})
_UNSAID = frozenset({"adult", "adults", "a", "unknown", "not known", "nk"})
_COUNTS = (
    ("Adults KSI", False, _KILLED_OR_SERIOUS),
    ("Children KSI", True, _KILLED_OR_SERIOUS),
    ("Adults slight", False, _SLIGHT),
    ("Children slight", True, _SLIGHT),
)


def by_collision(table: ExtractedTable, entry: DataSet) -> ExtractedTable:
    """Return a table of casualties with a row a collision and its four counts; any other table as it is.

    A table is one of casualties where a column tells how badly each was hurt and another how old, and none counts. Rows
    are one collision's where they share its reference, or else all that is not the casualty's own.
    """
    if not any(each.name == "adults_killed_or_serious" for each in entry.fields) or not table.height:
        return table
    severity = _column(table, ("severity",), _KILLED_OR_SERIOUS | _SLIGHT)
    age = _age_column(table)
    if severity is None or age is None or _counts(table, entry):
        return table
    collisions = _collisions(table, _keys(table, {severity, age}))
    told = values(table.columns[severity])
    young = [_is_child(text) for text in values(table.columns[age])]
    added = tuple(
        texts(str(sum(young[row] is child and key(told[row]) in grades for row in rows)) for rows in collisions)
        for _, child, grades in _COUNTS
    )
    firsts = [rows[0] for rows in collisions]
    own = [place for place in range(len(table.headings)) if place not in {severity, age}]
    numbers = row_numbers(table.rows)
    further = [LeftOut(numbers[row], WHY) for rows in collisions for row in rows[1:]]
    end = max(table.positions, default=0) + 1
    return replace(
        table,
        headings=(*(table.headings[place] for place in own), *(heading for heading, _, _ in _COUNTS)),
        columns=(*(table.columns[place].take(firsts) for place in own), *added),
        rows=table.rows.take(firsts),
        positions=(*(table.positions[place] for place in own), *range(end, end + len(_COUNTS))),
        left_out=(*table.left_out, *further),
        filled=frozenset(),
    )


def of_all_ages(source: Source, entry: DataSet) -> dict[int, tuple[str, ...]]:
    """Return the columns that count casualties of all ages, each with the counts of the set that it may stand for.

    The set asks for adults and children apart, so that only the sender knows. What is counted apart beside it already, or was
    asked about, is no matter; a number of casualties of every kind is a total of the others.
    """
    counts = [each.name for each in entry.fields if each.treatment == "count"]
    if "adults_slight" not in counts:
        return {}
    graded: dict[int, tuple[str, ...]] = {}
    every: dict[int, tuple[str, ...]] = {}
    for match in source.matching.matches:
        said = set(words(match.heading))
        column = source.table.columns[match.column]
        if match.target is not None or match.why == "confirmed" or not said & _CASUALTIES or said & _AGES:
            continue
        if SHARES & said or sample_of(column).whole < _NAMED:
            continue
        named = tuple(end for end, grades in _GRADES.items() if said & grades)
        may = tuple(
            name for name in counts if name.endswith(named or tuple(_GRADES)) and name not in source.matching.names
        )
        if may:
            (graded if named else every)[match.column] = may
    return graded or ({} if source.matching.names & set(counts) else every)


def lacking(
    missing: Sequence[tuple[str, ...]], sources: Sequence[Source], entry: DataSet
) -> tuple[tuple[str, ...], ...]:
    """Return what a return lacks: no counts, where the sender said that its casualties of all ages stand for none of them."""
    counts = {each.name for each in entry.fields if each.treatment == "count"}
    left_out = "adults_slight" in counts and any(
        match.target is None and match.why == "confirmed" and set(words(match.heading)) & _CASUALTIES
        for source in sources
        for match in source.matching.matches
    )
    return tuple(group for group in missing if not (left_out and set(group) <= counts))


def _counts(table: ExtractedTable, entry: DataSet) -> bool:
    """Tell whether a table counts already: one of its headings names a number of casualties."""
    targets = [each for each in targets_of(entry.id, editions()[-1].id) if each.treatment == "count"]
    return any(name_score(heading, each) >= _NAMED for heading in table.headings for each in targets)


def _column(table: ExtractedTable, named: Sequence[str], grades: frozenset[str]) -> int | None:
    for place, heading in enumerate(table.headings):
        if set(named) & set(words(heading)):
            found = [value for value in values(table.columns[place].unique()) if value]
            if found and all(key(value) in grades for value in found):
                return place
    return None


def _age_column(table: ExtractedTable) -> int | None:
    for place, heading in enumerate(table.headings):
        said = set(words(heading))
        if (
            said & {"age", "adult", "child"}
            and not said & {"driver", "vehicle"}
            and len(said) <= len(("casualty", "age", "band"))
        ):
            found = [value for value in values(table.columns[place].unique()) if value]
            if found and all(_is_age(value) for value in found):
                return place
    return None


def _is_age(text: str) -> bool:
    return key(text) in _CHILD | _UNSAID or any(char.isdigit() for char in text)


def _is_child(text: str) -> bool:
    """Tell whether an age, or a word for one, is a child's; nothing said counts as an adult."""
    said = key(text)
    first = "".join(char for char in said.split(" ")[0] if char.isdigit()) if said else ""
    return said in _CHILD or (bool(first) and int(first) < _CHILD_BEFORE)


def _keys(table: ExtractedTable, own: set[int]) -> list[int]:
    """Return the columns that say which collision a row is of."""
    references = [
        place
        for place, heading in enumerate(table.headings)
        if dropped_score(heading).what == "case_number" and not {"casualty", "vehicle"} & set(words(heading))
    ]
    if references:
        return references[:1]
    theirs = {"casualty", "vehicle", "driver", "name", "sex", "gender", "seat", "passenger"}
    return [
        place for place, heading in enumerate(table.headings) if place not in own and not theirs & set(words(heading))
    ]


def _collisions(table: ExtractedTable, keys: Sequence[int]) -> list[list[int]]:
    """Return the rows of each collision, in the file's order; a row without a reference is a collision of its own."""
    found: dict[tuple[str, ...], list[int]] = {}
    columns = [values(pc.fill_null(table.columns[place], "")) for place in keys]
    for row in range(table.height):
        said = tuple(column[row].strip() for column in columns)
        found.setdefault(said if any(said) else (str(row), ""), []).append(row)
    return list(found.values())
