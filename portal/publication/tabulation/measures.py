"""Find the numbers in a stored return: a record counts as one, a file of numbers says how many (App 1)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from portal.privacy.suppression.protecting import NotPublishableError
from portal.publication.tabulation.fields import AGES, labels
from portal.rules.datasets.catalogue import DataSet, code_list_for
from portal.rules.edition.editions import editions

GUESSED = 2  # stands for '<5' or 'suppressed' in a sum; whatever holds it is withheld, so that it is never told
_SEXES = frozenset({"M", "F", "O", "U"})
_BAND = re.compile(r"^(?:under )?\d+(?:-\d+|\+)?$|^(?:under|over) ")
_CASUALTIES = {"killed_or_serious": "Killed or badly hurt", "slight": "Slightly hurt"}
COUNT, UNKNOWN, RECORDS = "#count", "#unknown", "#records"


@dataclass(frozen=True)
class _Column:
    """A column of numbers, and the values that it is narrowed to."""

    name: str
    parts: Mapping[str, str]


def numbered(frame: pd.DataFrame, entry: DataSet, fields: Sequence[str], measure: str) -> pd.DataFrame:
    """Give a row for each number of a return: a label for each field, the number, and whether it is exactly known.

    Raises:
        NotPublishableError: the return does not hold a field or the numbers asked for.
    """
    frame = own_rows(frame, entry)
    if entry.level == "record":
        if "severity" in fields and entry.asked.counts_inside_rows:
            return _casualties(frame, entry, fields)
        each = _labelled(frame, entry, fields)
        each[COUNT], each[UNKNOWN], each[RECORDS] = 1, False, 1
        return each
    return _added(frame, entry, fields, measure)


def own_rows(frame: pd.DataFrame, entry: DataSet) -> pd.DataFrame:
    """Leave out the rows of related data sets that came in the same file."""
    return frame[frame["dataset"].isna() | (frame["dataset"] == entry.id)] if "dataset" in frame else frame


def measure_of(entry: DataSet, fields: Collection[str], wanted: str = "") -> str:
    """Give the count that a table is of: the one asked for, else that of its fields; "" where records are counted."""
    own = [field.name for field in entry.fields if field.treatment == "count"]
    if entry.level == "record":
        if wanted:
            raise NotPublishableError("This data set counts its records. Leave the count out.")
        return ""
    if wanted and wanted not in own:
        raise NotPublishableError(f"'{wanted}' is no count of '{entry.title}'. Choose from: {', '.join(own)}.")
    wide = entry.policy.wide
    return wanted or (wide.count if wide and wide.by in fields else own[0])


def _labelled(frame: pd.DataFrame, entry: DataSet, fields: Sequence[str]) -> pd.DataFrame:
    found = {}
    for name in fields:
        values = labels(frame, name, entry)
        if values is None:
            raise NotPublishableError(f"A return does not hold '{name}'. Choose another field.")
        found[name] = values
    return pd.DataFrame(found, index=frame.index)


def _casualties(frame: pd.DataFrame, entry: DataSet, fields: Sequence[str]) -> pd.DataFrame:
    """Count casualties by how badly they were hurt; a collision is a record."""
    parts = []
    for ending, title in _CASUALTIES.items():
        columns = [name for name in frame if str(name).endswith(ending)]
        many = sum(
            (pd.to_numeric(frame[name], errors="coerce").fillna(0) for name in columns), pd.Series(0, frame.index)
        )
        unknown = pd.Series(False, frame.index)  # noqa: FBT003 - a column of them
        for name in columns:
            unknown |= pd.to_numeric(frame[name], errors="coerce").isna() & frame[name].notna()
        rest = _labelled(frame, entry, [name for name in fields if name != "severity"])
        rest["severity"] = title
        rest[COUNT], rest[UNKNOWN], rest[RECORDS] = many.astype(int), unknown, (many > 0).astype(int)
        parts.append(rest)
    return pd.concat(parts, ignore_index=True)


def _added(frame: pd.DataFrame, entry: DataSet, fields: Sequence[str], measure: str) -> pd.DataFrame:
    long = {name: values for name in fields if (values := labels(frame, name, entry)) is not None}
    family = _family(frame, entry, measure, frozenset(fields) - frozenset(long))
    rows = []
    for column in family:
        values = frame[column.name].map(lambda one: "" if pd.isna(one) else str(one).removesuffix(".0"))
        known = values.str.isdecimal()
        count = values.where(known, str(GUESSED)).astype(int)
        part = pd.DataFrame({name: long[name] if name in long else column.parts[name] for name in fields}, frame.index)
        part[COUNT], part[UNKNOWN], part[RECORDS] = count, ~known, count
        rows.append(part)
    return pd.concat(rows, ignore_index=True)


def _family(frame: pd.DataFrame, entry: DataSet, measure: str, needed: frozenset[str]) -> list[_Column]:
    """Choose the columns of a count that split it by what is needed and by as little else as there is."""
    own = f"{entry.id}."
    related = any(str(name).startswith(own) for name in frame)
    families: dict[frozenset[str], list[_Column]] = {}
    for name in map(str, frame.columns):
        if related and not name.startswith(own):
            continue
        first, *parts = name.removeprefix(own).split(".")
        if first != measure:
            continue
        read = [_part(part, entry) for part in parts]
        column = _Column(name, {field: value for field, value in read if field})
        if len(column.parts) == len(parts):
            families.setdefault(frozenset(column.parts), []).append(column)
    fitting = sorted((each for each in families if needed <= each), key=lambda each: (len(each), sorted(each)))
    if not fitting:
        what = " and ".join(sorted(needed)) or "its numbers"
        raise NotPublishableError(f"A return does not hold {what} with '{measure}'. Choose other fields.")
    return families[fitting[0]]


def _part(part: str, entry: DataSet) -> tuple[str, str]:
    """Read what a column of numbers is narrowed to: ('gender', 'F'); ("", "") where it cannot be read."""
    if part.startswith("ethnicity-"):
        return "ethnicity", part.removeprefix("ethnicity-")[:1]
    wide = entry.policy.wide
    if wide and part in _codes(entry, wide.by):
        return wide.by, part
    if part in _SEXES:
        return "gender", part
    if _BAND.match(part):
        return next((field.name for field in entry.fields if field.name in AGES), ""), part
    return (wide.by, part) if wide else ("", "")


def _codes(entry: DataSet, name: str) -> frozenset[str]:
    field = entry.field(name)
    lists = [code_list_for(field, each.id) for each in editions()]
    return frozenset(code.code for one in lists if one for code in one.codes)
