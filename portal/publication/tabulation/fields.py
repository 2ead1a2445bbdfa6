"""What a published table may cross, and the values of a field in a stored return (s6; `docs/depersonalisation.md`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
from pandas.api.types import is_scalar

from portal.privacy.formula_injection import safe_cell
from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import SUPPRESSED, TOTAL
from portal.rules.datasets.catalogue import DEMOGRAPHICS, DataSet, book

NOT_RECORDED = "Not recorded"
SUBTOTAL = " (all)"  # ends the line of a group
IMAGINED = "#imagined"  # a column of records that nobody sent: they hold labels, not values
AGES = frozenset({"age", "age_band"})
# Fields of which one says the other, the finer first: crossed, they say little but what a reader knows.
RELATED = (
    ("outward_postcode", "area"),
    ("month", "quarter"),
    ("offence_code", "offence_class"),
    ("offence_code", "sub_category"),
    ("offence_class", "sub_category"),
    ("age", "age_band"),
)
_WEEKDAYS = ("1 Monday", "2 Tuesday", "3 Wednesday", "4 Thursday", "5 Friday", "6 Saturday", "7 Sunday")
_HOURS = 6  # hours of a band: a single hour in a small place is nearly a witness
_NEVER = {
    "date": "Single days are never published; use month.",
    "time": "Times of day are never published; use hour_band.",
    "location": "Streets and other single places are never published; use area.",
    "purported_location": "Streets and other single places are never published; use area.",
    "map_point": "Points on a map are never published; use area.",
    "school_name": "Schools are never published; use type or reason.",
    "school_address": "Schools are never published; use type or reason.",
}
_ETHNIC_WORDS = {"white": "W", "mixed": "M", "asian": "A", "black": "B", "chinese": "O", "other": "O", "arab": "O"}
_AGE_NUMBERS = re.compile(r"\d+")


def check_fields(entry: DataSet, names: Sequence[str]) -> tuple[str, ...]:
    """Give the fields that a table may cross, by their names, or raise NotPublishableError with the reason."""
    wanted = tuple(name.removesuffix("_code") for name in names)
    for name in wanted:
        if name in _NEVER:
            raise NotPublishableError(f"'{name}' may not be published. {_NEVER[name]}")
    if len(set(wanted)) < len(wanted):
        raise NotPublishableError("Rows and columns are the same field. Choose two.")
    allowed = publishable(entry)
    for name in wanted:
        if name not in allowed:
            raise NotPublishableError(
                f"'{name}' is no field that a public table of '{entry.title}' may use. Choose from: {', '.join(allowed)}."
            )
    if not may_cross(entry, wanted):
        raise NotPublishableError(
            f"A public table of '{entry.title}' may not cross {' and '.join(wanted)}: the groups would be too small. "
            "Choose one of them."
        )
    return wanted


def publishable(entry: DataSet) -> tuple[str, ...]:
    """List the fields that a public table of a data set may use."""
    policy = entry.policy
    named = [name for group in policy.public for name in group]
    if entry.level == "record" and not policy.public_never:
        named += [name for name in entry.asked.group_by if name not in _NEVER]
    named.append("quarter")
    dated = any(field.treatment == "date" for field in entry.fields) and not policy.no_date
    if dated and "month" in named:
        named.append("weekday")
        if any(field.treatment == "time" for field in entry.fields):
            named.append("hour_band")
    if "outward_postcode" in named:
        named.append("area")
    if "area" in named and "outward_postcode" in policy.place_parts:
        named.append("outward_postcode")
    return tuple(name for name in dict.fromkeys(named) if name not in policy.public_never)


def may_cross(entry: DataSet, names: Sequence[str]) -> bool:
    """Tell whether a table may cross fields that may each be published.

    A set of numbers, or with something never public, keeps to the pairs that are written for it; another may cross any two,
    since it is suppressed and attacked either way.
    """
    if len(names) == 1:
        return True
    pair = {"area" if name == "outward_postcode" else name for name in names}
    if set(names) in map(set, RELATED) or (entry.policy.one_demographic and len(pair & DEMOGRAPHICS) > 1):
        return False
    if entry.level == "record" and not entry.policy.public_never:
        return True
    return any(pair - {"quarter"} <= set(allowed) for allowed in entry.policy.public)


def labels(frame: pd.DataFrame, name: str, entry: DataSet) -> pd.Series | None:
    """Give the label of a field for each row of a stored return, or None where the return does not hold the field."""
    if IMAGINED in frame:
        return frame.get(name)
    found = _values(frame, name, entry)
    if found is None:
        return None
    places, values = pd.factorize(found, use_na_sentinel=False)
    written = pd.Series([label(value) for value in values], dtype="object")
    return pd.Series(written.to_numpy()[places], found.index, dtype="object")


def label(value: object) -> str:
    """Write a value as a label that no spreadsheet runs and nobody takes for a total or a withheld count."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of whole numbers in which one is missing
    missing = is_scalar(value) and pd.isna(value)  # type: ignore[call-overload]
    text = "" if missing else " ".join(str(value).split())
    if not text:
        return NOT_RECORDED
    said = text.casefold()
    if said in {TOTAL.casefold(), SUPPRESSED, NOT_RECORDED.casefold()} or said.endswith(SUBTOTAL):
        return f"{text} (as sent)"
    return str(safe_cell(text))


def _values(frame: pd.DataFrame, name: str, entry: DataSet) -> pd.Series | None:
    if name in {"month", "quarter", "weekday", "hour_band"}:
        return _when(frame, name)
    if name in {"area", "outward_postcode"}:
        places = ("area", "outward_postcode") if name == "area" else ("outward_postcode",)
        return next((frame[place] for place in places if place in frame), None)
    coded = frame.get(f"{name}_code")
    if name == "ethnicity":
        return _ethnic_groups(coded, frame.get("ethnicity"))
    if name in AGES:
        return frame[name].map(lambda age: _band(age, entry)) if name in frame else None
    field = next((each for each in entry.fields if each.name == name), None)
    if coded is None and field is not None and field.code_list:
        return None  # the office's own words are not published, only what they map to
    return coded if coded is not None else frame.get(name)


def _when(frame: pd.DataFrame, name: str) -> pd.Series | None:
    if name == "quarter" and "period" in frame:
        return frame["period"]
    if name == "hour_band":
        return frame["time"].map(_hours) if "time" in frame else None
    if "date" not in frame:
        return None
    days = pd.to_datetime(frame["date"], errors="coerce", format="ISO8601")
    if name == "month":
        return days.dt.strftime("%Y-%m")
    if name == "weekday":
        return days.dt.day_of_week.map(lambda day: None if pd.isna(day) else _WEEKDAYS[int(day)])
    quarters = (days.dt.month + 2) // 3
    written = days.dt.year.astype("Int64").astype("string") + "-Q" + quarters.astype("Int64").astype("string")
    return written.where(days.notna(), None)


def _hours(time: object) -> str | None:
    text = str(time or "")
    if not text[:2].isdigit():
        return None
    begins = int(text[:2]) // _HOURS * _HOURS
    return f"{begins:02d}:00 to {begins + _HOURS - 1:02d}:59"


def _ethnic_groups(coded: pd.Series | None, words: pd.Series | None) -> pd.Series | None:
    """Fold detailed groups to the 5+1 that may be published (datasets.toml, ethnicity-5-1)."""
    like = words if coded is None else coded
    if like is None:
        return None
    codes = like.map(lambda _: None) if coded is None else coded
    said = codes if words is None else words

    def group(code: object, word: object) -> str | None:
        if isinstance(code, str) and code:
            return code[0]
        first = str(word or "").lower().split()
        return next((_ETHNIC_WORDS[one] for one in first[:1] if one in _ETHNIC_WORDS), "N" if first else None)

    return pd.Series([group(code, word) for code, word in zip(codes, said, strict=True)], index=like.index)


def _band(age: object, entry: DataSet) -> object:
    """Put an age in years in the set's bands; a band as sent stays."""
    text = str(age) if age is not None and not pd.isna(age) else ""  # type: ignore[call-overload]
    text = text.removesuffix(".0")
    bands = getattr(book().age_bands, entry.policy.age_bands) if entry.policy.age_bands else ()
    if not text.isdecimal() or not bands:
        return text or None
    years = int(text)
    for band in bands:
        ends = [int(found) for found in _AGE_NUMBERS.findall(band)]
        inside = years < ends[0] if "under" in band else ends[0] <= years and (len(ends) == 1 or years <= ends[1])
        if inside:
            return band
    return None
