"""Name the columns of a table of counts that is wide: by need, gender, age, ethnic group or month, or by several at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portal.returns.matching.column_names import name_score
from portal.returns.matching.columns import Match, Matching
from portal.returns.matching.heading_text import key
from portal.returns.matching.schema import Target, counts_of, targets_of
from portal.returns.matching.synonyms import synonyms
from portal.returns.report.masking import shown_heading
from portal.returns.tables.axes import AGE, MEASURE, MONTH, OUTSIDE, AxisValues, axes_of, name_of, read_all
from portal.returns.tables.crosstabs import labels_told
from portal.returns.tables.extraction import ExtractedTable
from portal.rules.datasets.catalogue import DataSet
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import row_numbers, values

TOTAL = "a total"
_ROWS_NAMED = 5
_HEADS = 0.8  # how surely a heading names the column of needs


@dataclass(frozen=True)
class CrossedHeadings:
    """What the columns of one table may hold, and what some say by themselves: column -> target, '' for another quarter."""

    targets: tuple[Target, ...]
    told: Mapping[int, str] = field(default_factory=dict)


def crossed(table: ExtractedTable, entry: DataSet, edition_id: str, quarter: Quarter) -> CrossedHeadings:
    """Return what the columns of a table may hold, the combinations that its own headings name among them."""
    targets, headings = targets_of(entry.id, edition_id), table.headings
    if entry.level != "aggregate":
        return CrossedHeadings(targets)
    said = [
        (heading, each)
        for heading, each in zip(headings, read_all(axes_of(entry.id, edition_id), headings, quarter), strict=True)
        if each is not None
    ]
    measure = _measure(headings, entry, targets)
    wide: dict[str, list[tuple[str, AxisValues]]] = {}
    for heading, each in said:
        if each.kinds - {MEASURE} and each.axes.get(MONTH) != OUTSIDE:
            wide.setdefault(name_of(each, measure, entry), []).append((heading, each))
    outside = {heading for heading, each in said if each.axes.get(MONTH) == OUTSIDE}
    outside |= {heading for heading, each in said if outside and each.total and not each.axes}  # the year's
    made = {name: _target(name, columns, targets) for name, columns in wide.items()}
    used = {key(heading) for columns in wide.values() for heading, _ in columns}
    rest = [made.pop(each.name, each) for each in targets if each.name in made or not _rivals(each, used)]
    told = labels_told(table, entry, edition_id, quarter)
    told |= {place: "" for place, heading in enumerate(headings) if heading in outside}
    return CrossedHeadings((*rest, *made.values()), told)


def _measure(headings: Sequence[str], entry: DataSet, targets: Sequence[Target]) -> str:
    """Return the count that a heading means which names none: of needs, where needs stand down or across."""
    wide, counts = entry.policy.wide, counts_of(entry)
    first = next((name for name in counts if entry.field(name).required is True), counts[0])
    if wide is None or wide.count == first:
        return first
    by = next(each for each in targets if each.name == wide.by)
    return wide.count if any(name_score(heading, by) >= _HEADS for heading in headings) else first


def _rivals(target: Target, used: set[str]) -> bool:
    return "." in target.name and not target.listed and bool(target.sure & used)


def _target(name: str, columns: Sequence[tuple[str, AxisValues]], known: Sequence[Target]) -> Target:
    """Return the target of some columns; several single years or months are added."""
    headings = frozenset(key(heading) for heading, _ in columns)
    listed = next((each for each in known if each.name == name), None)
    whole = {key(heading) for heading, said in columns if MONTH not in said.axes and _says_band(heading, said)}
    parts = headings - whole if len(columns) > 1 or any(MONTH in said.axes for _, said in columns) else frozenset[str]()
    if listed is None:
        return Target(
            name,
            "count",
            name.replace("_", " ").replace(".", ", "),
            headings,
            listed=False,
            many=len(headings),
            parts=parts,
        )
    return replace(
        listed,
        sure=listed.sure | headings,
        many=len(headings) + 1 if len(headings) == len(columns) else 1,
        parts=listed.parts | parts,
    )


def _says_band(heading: str, said: AxisValues) -> bool:
    return key(said.axes.get(AGE, "-")) in key(heading)


def crossed_fields(names: Iterable[str], entry: DataSet) -> set[str]:
    """Return the fields that the names of crossed counts hold: `number.F.10-13` has a gender and an age."""
    parts = {part for name in names for part in name.split(".")[1:]}
    held = {
        "sex": bool(parts & set(synonyms().values["gender"])),
        "ethnicity_group": any(part.startswith("ethnicity-") for part in parts),
        "age_band": any(part[0].isdigit() for part in parts),
    }
    return {each.name for each in entry.fields if held.get(each.treatment)}


def settle_totals(
    table: ExtractedTable, matching: Matching, entry: DataSet, edition_id: str, quarter: Quarter
) -> tuple[ExtractedTable, Matching]:
    """Check each column of totals against the columns beside it; one that adds what must not be added is left out.

    Args:
        table: the table.
        matching: its columns matched.
        entry: its data set.
        edition_id: the edition whose words hold.
        quarter: the quarter.
    """
    if entry.level != "aggregate":
        return table, matching
    said = read_all(axes_of(entry.id, edition_id), [match.heading for match in matching.matches], quarter)
    notes, matches = list(table.notes), list(matching.matches)
    for place, (match, each) in enumerate(zip(matching.matches, said, strict=True)):
        if each is None or not each.total or each.axes or match.target is None or "." in match.target.name:
            continue
        groups = _groups(matching.matches, said)
        own = [rows for measure, rows in groups if measure == match.target.name]
        other = [rows for measure, rows in groups if measure != match.target.name]
        wrong = [_wrong_rows(table, match, rows) for rows in own]
        if own and all(wrong):
            notes.append(_disagrees(table, match, min(wrong, key=len)))
        elif not own and any(len(rows) > 1 and not _wrong_rows(table, match, rows) for rows in other):
            matches[place] = replace(match, target=None, why=TOTAL)
    return replace(table, notes=tuple(notes)), replace(matching, matches=tuple(matches))


def _groups(matches: Sequence[Match], said: Sequence[AxisValues | None]) -> list[tuple[str, list[Match]]]:
    """Return the columns that break a count down in one way, by the count."""
    found: dict[tuple[str, frozenset[str]], list[Match]] = {}
    for match, each in zip(matches, said, strict=True):
        if match.target is None or match.target.treatment != "count" or each is None or each.total or not each.axes:
            continue
        measure = match.target.name.partition(".")[0]
        if each.kinds - {MEASURE}:
            found.setdefault((measure, each.kinds), []).append(match)
    return [(measure, rows) for (measure, _), rows in found.items()]


def _wrong_rows(table: ExtractedTable, total: Match, parts: Sequence[Match]) -> list[int]:
    """Return the rows in which a total is not the sum of its parts; a row with a bound or a blank is not judged."""
    wrong = []
    numbers = row_numbers(table.rows)
    columns = [values(table.columns[match.column]) for match in parts]
    for row, whole in enumerate(values(table.columns[total.column])):
        cells = [column[row].replace(",", "") for column in columns]
        plain = [cell if cell not in {"", "-"} else "0" for cell in cells]
        judged = whole.replace(",", "").isdecimal() and all(cell.isdecimal() for cell in plain)
        if judged and sum(map(int, plain)) != int(whole.replace(",", "")):
            wrong.append(numbers[row])
    return wrong


def _disagrees(table: ExtractedTable, match: Match, rows: Sequence[int]) -> str:
    named = ", ".join(map(str, list(dict.fromkeys(rows))[:_ROWS_NAMED]))
    return f"The totals in '{shown_heading(table, match.column)}' do not agree with the columns beside them: row {named}. Check the numbers."
