"""How the lines of a table are put together: small places with their neighbour, codes and places with subtotals (s6)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.privacy.grammar.gazetteer import spelt, wards_by_district
from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import Axis
from portal.publication.tabulation.fields import NOT_RECORDED, SUBTOTAL, label

OwnGroups = Sequence[tuple[str, Sequence[str]]]  # the name of each group, and its lines
_OWN = "own_"
PLACES = ("area", "outward_postcode")
_POSTCODE = re.compile(r"([A-Z]{1,2})(\d{1,2})[A-Z]?")
_NICL = re.compile(r"[A-Z]{3}(?=-)")  # ASB-P is of ASB
_ICD = re.compile(r"[A-Z]\d\d(?=\.?[\dX])")  # T51.0 is of T51
_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True)
class LineGrouping:
    """How the lines of one field are put together.

    Attributes:
        merged: values that share a line with others, each with that line's label.
        levels: from below, the name of each level of groups, and the group of each line or group below it.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[tuple[str, Mapping[str, str]], ...] = ()

    def line_of(self, value: str) -> str:
        """Give the label of the line that counts a value."""
        return self.merged.get(value, value)

    def axis(self, name: str, lines: Iterable[str]) -> Axis:
        """Give the axis of a field from its lines, those of groups among them or not."""
        groups: dict[str, tuple[str, ...]] = {}
        parts: dict[str, tuple[str, str]] = {}
        labels = tuple(line for line in lines if line not in self._subtotals)
        below = {label: label for label in labels}  # the value of each node that may stand in a group
        for level, of in self.levels:
            above: dict[str, str] = {}
            for node, value in below.items():
                if value in of:
                    whole = f"{of[value]}{SUBTOTAL}"
                    groups[whole] = (*groups.get(whole, ()), node)
                    parts[whole], above[whole] = (level, of[value]), of[value]
                else:
                    above[node] = value  # a level above may group it: an area of districts, and of a ward in none
            below = above
        return Axis(name, labels, groups, parts)

    @property
    def _subtotals(self) -> frozenset[str]:
        return frozenset(f"{group}{SUBTOTAL}" for _, of in self.levels for group in of.values())


def written(outlines: Mapping[str, LineGrouping]) -> str:
    """Write outlines as JSON, to be kept beside a published table; '' where there are none."""
    told = {
        name: {"merged": dict(one.merged), "levels": [[level, dict(of)] for level, of in one.levels]}
        for name, one in outlines.items()
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""


def outlines_of(text: str) -> dict[str, LineGrouping]:
    """Read what `written` wrote."""
    return {
        name: LineGrouping(told["merged"], tuple((level, of) for level, of in told["levels"]))
        for name, told in json.loads(text or "{}").items()
    }


def subtotals(
    values: Sequence[str], name: str, districts: Iterable[str] = ()
) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Give the levels that lines can be added up to by rule: postcodes to their letters, wards to districts, codes to families.

    Args:
        values: the lines.
        name: their field.
        districts: where the partnership is; a ward of the same name elsewhere is another.
    """
    if name in PLACES:
        by_ward = _districts(districts)
        towns = {one: found[1] for one in values if (found := _POSTCODE.fullmatch(one))}
        wards = {one: by_ward[spelt(one)] for one in values if spelt(one) in by_ward}
        return tuple((level, of) for level, of in (("postcode_letters", towns), ("district", wards)) if of)
    families = {one: found[0] for one in values for rule in (_NICL, _ICD) if (found := rule.match(one))}
    return ((f"{name}_family", families),) if len(set(families.values())) > 1 else ()


def groups_typed(text: str) -> OwnGroups:
    """Read groups as somebody typed them, one a line: 'North: Blaby, Melton'; semicolons where a name has a comma.

    Raises:
        NotPublishableError: a line has no name, or nothing behind it.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, behind = line.partition(":")
        members = tuple(one.strip() for one in behind.split(";" if ";" in behind else ",") if one.strip())
        if not name.strip() or not members:
            raise NotPublishableError(
                f"'{line}' is no group. Write a name, a colon and its lines, such as 'North: A, B'."
            )
        found.append((label(name), members))
    return tuple(found)


def own_level(
    groups: OwnGroups, words: Mapping[str, str], below: Iterable[Mapping[str, str]]
) -> tuple[str, Mapping[str, str]]:
    """Give the level of groups that somebody chose: of lines, by label or words, or of groups of the levels below.

    The level's name holds whatever it groups: another grouping under the same names is of other cells.

    Raises:
        NotPublishableError: a group names no line of the table, or one twice, or has the name of a group below.
    """
    lower = {spelt(group): group for of in below for group in of.values()}
    known = {spelt(said): line for line, said in words.items()} | lower | {spelt(line): line for line in words}
    of: dict[str, str] = {}
    for name, members in groups:
        if spelt(name) in lower:
            raise NotPublishableError(f"'{name}' is a subtotal of this table already. Choose another name.")
        for member in members:
            line = known.get(spelt(member))
            if line is None or line in of:
                why = "stands in two groups" if line else "is no line of this table"
                raise NotPublishableError(f"'{member}' {why}. Its lines are: {'; '.join(sorted(set(known.values())))}.")
            of[line] = name
    return f"{_OWN}{hashlib.sha256(json.dumps(sorted(of.items())).encode()).hexdigest()[:12]}", of


def own_groups(outline: LineGrouping) -> OwnGroups:
    """Give the groups that somebody chose, as `own_level` took them."""
    found: dict[str, tuple[str, ...]] = {}
    for line, name in (pair for level, of in outline.levels if level.startswith(_OWN) for pair in of.items()):
        found[name] = (*found.get(name, ()), line)
    return tuple(found.items())


def _districts(districts: Iterable[str]) -> dict[str, str]:
    known = wards_by_district()
    found: dict[str, str] = {}
    for district in districts:
        for ward in known.get(district, ()):
            key = spelt(ward)
            found[key] = "" if found.get(key, district) != district else district  # in two districts: in neither
    return {ward: district for ward, district in found.items() if district}


def coarsest(outlines: Sequence[Mapping[str, LineGrouping]], name: str) -> LineGrouping:
    """Put places of a field together wherever one or more of some tables do."""
    lines: dict[str, set[str]] = {}
    for one in outlines:
        together: dict[str, set[str]] = {}
        for value, line in one.get(name, LineGrouping()).merged.items():
            together.setdefault(line, set()).add(value)
        for values in together.values():
            joined = values.union(*(lines.get(value, ()) for value in values))
            lines.update(dict.fromkeys(joined, joined))
    return LineGrouping({value: " and ".join(sorted(joined, key=_in_order)) for value, joined in lines.items()})


@dataclass(frozen=True)
class SmallPlaces:
    """When a place is too small for a line of its own: on the partnership's rural list, or with too few records.

    `least`: the fewest records that a line holds. A line of several holds three times as many, so that whoever knows the rule
    does not know the size of a place on it.
    """

    rural: Iterable[str]
    least: int

    def lines(self, counts: Mapping[str, int], group: Mapping[str, str]) -> dict[str, str]:
        """Put small places on a line with their neighbour: the next of their group by name or number, else of the next group.

        Returns: each place that shares a line, with the label of the line, which names them all.
        """
        groups: dict[str, list[list[str]]] = {}
        for place in sorted(
            (one for one in counts if one != NOT_RECORDED), key=lambda one: (group.get(one, ""), _in_order(one))
        ):
            groups.setdefault(group.get(place, ""), []).append([place])
        together = self._joined([line for each in groups.values() for line in self._joined(each, counts)], counts)
        return {place: " and ".join(line) for line in together if len(line) > 1 for place in line}

    def _joined(self, lines: Sequence[list[str]], counts: Mapping[str, int]) -> list[list[str]]:
        done: list[list[str]] = []
        waits: list[str] = []
        for line in lines:
            waits = [*waits, *line]
            if self._is_enough(waits, counts):
                done.append(waits)
                waits = []
        while waits and done and not self._is_enough(waits, counts):
            waits = [*done.pop(), *waits]
        return [*done, waits] if waits else done

    def _is_enough(self, line: Sequence[str], counts: Mapping[str, int]) -> bool:
        held, small = sum(counts[one] for one in line), {spelt(one) for one in self.rural}
        if all(spelt(one) in small for one in line):
            return False
        return held >= (self.least if len(line) == 1 else 3 * self.least)


def _in_order(value: str) -> tuple[tuple[int, int, str], ...]:
    """Order LE2 before LE10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in _FIGURES.split(value) if part
    )
