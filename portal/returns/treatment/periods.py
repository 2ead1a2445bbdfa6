"""Read what a column of periods says, and the month of days that stand without one.

A return of counts is of one quarter, which its sender has chosen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from portal.privacy.identifiers.folding import fold
from portal.returns.matching.heading_text import key
from portal.returns.pipeline.assemble import Source
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets import errors
from portal.spreadsheets.arrow_columns import Cells, coded_of, texts, values
from portal.spreadsheets.errors import RefusedFileError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]{{0,6}}")
_QUARTER = re.compile(r"(?:\bq(?:uarter|tr)?|\b) ?([1-4])(?:st|nd|rd|th)?(?: q(?:uarter|tr))?\b")
_DAY = re.compile(r"\b(?:20\d{2}[/.-](\d{1,2})(?:[/.-]\d{1,2})?|\d{1,2}[/.-](\d{1,2})[/.-](?:20)?\d{2})\b")
_YEARS = re.compile(r"\b(20\d{2}|\d{2}) ?[/-] ?((?:20)?\d{2})\b")  # 2026/27: from April
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_SHORT_YEAR = re.compile(r"[a-z.]{3,9}[ '/-]{0,2}(\d{2})\b")  # Jul-26
_CENTURY = 2000
_DAY_ALONE = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:the )?(\d{1,2})(?:\.0|st|nd|rd|th)?"
)


def of_one_quarter(column: Cells, heading: str, quarter: Quarter) -> None:
    """Refuse counts of which some are said to be of another quarter; nothing of the column is kept.

    Args:
        column: what the file holds; a wording that names no period says nothing.
        heading: the column's heading, as it may be shown.
        quarter: the quarter that the return is sent for.

    Raises:
        RefusedFileError: some rows are of another quarter.
    """
    said = [is_of(text, quarter) for text in values(coded_of(column).dictionary)]
    if False in said:
        raise RefusedFileError(errors.other_quarter(heading, quarter.months, some=True in said))


def is_of(text: str, quarter: Quarter) -> bool | None:
    """Say whether a period is the quarter, or within it; None where the text names none.

    An office's own 'Q2' may be of the calendar or of the financial year: it is the quarter where either is.
    """
    plain = fold(text).lower().strip()
    first, last = quarter.start.month, quarter.end.month
    years = _years(plain)
    if months := [_MONTHS.index(found) + 1 for found in _MONTH.findall(plain)]:
        return all(first <= month <= last for month in months) and (not years or quarter.year in years)
    spans = len(years) > 1
    if not spans and (day := _DAY.search(plain)):
        return first <= int(day[1] or day[2]) <= last and (not years or quarter.year in years)
    rest = _YEAR.sub(" ", _YEARS.sub(" ", plain)).strip(" -/")
    if number := _QUARTER.search(rest):
        return _is_numbered(int(number[1]), quarter, years, financial=spans)
    return None if not years or spans else quarter.year in years


def _is_numbered(number: int, quarter: Quarter, years: Sequence[int], *, financial: bool) -> bool:
    own = (quarter.number + 2) % 4 + 1  # of the financial year, which begins in April
    begins = quarter.year - (quarter.number == 1)
    if financial:
        return number == own and begins == years[0]
    by_calendar = number == quarter.number and (not years or quarter.year in years)
    return by_calendar or (number == own and (not years or bool({begins, begins + 1} & set(years))))


def _years(plain: str) -> list[int]:
    """Return the years that a text names, the first first; of '2026/27' both."""
    if spans := _YEARS.search(plain):
        first, second = (int(each) % 100 for each in spans.groups())
        if second == first + 1:
            return [_CENTURY + first, _CENTURY + second]
    return [int(each) for each in _YEAR.findall(plain)] or [_CENTURY + int(each) for each in _SHORT_YEAR.findall(plain)]


def with_their_month(source: Source, quarter: Quarter) -> Source:
    """Return a source whose dates, if they are days of a month and no more, have the month that stands beside or above them.

    It stands in a column headed 'Month', or is the one month that the sheet's name or its title has; the year is the one
    that is said, or else the quarter's.
    """
    dates = next(iter(source.matching.of("date")), None)
    if dates is None:
        return source
    column = source.table.columns[dates.column]
    plain = {text: fold(text).strip().lower() for text in values(coded_of(column).dictionary)}
    days = {text: _DAY_ALONE.fullmatch(each) for text, each in plain.items()}
    if not any(days.values()) or any(each and not days[text] for text, each in plain.items()):
        return source
    made = [
        f"{int(day[1])}/{month[1]}/{month[0]}" if (day := days.get(text)) and month else plain.get(text, "")
        for text, month in zip(values(column), _months_of_rows(source, quarter), strict=True)
    ]
    columns = list(source.table.columns)
    columns[dates.column] = texts(made)
    return source.with_table(replace(source.table, columns=tuple(columns)))


def _months_of_rows(source: Source, quarter: Quarter) -> list[tuple[int, int] | None]:
    """Return the year and the month of each row."""
    table = source.table
    beside = {
        key(match.heading): values(table.columns[match.column])
        for match in source.matching.matches
        if match.target is None and key(match.heading) in {"month", "year"}
    }
    if "month" in beside:
        years = beside.get("year", [""] * table.height)
        return [_month_in(f"{month} {year}", quarter) for month, year in zip(beside["month"], years, strict=True)]
    return [_month_in(table.sheet, quarter) or _month_in(table.title, quarter)] * table.height


def _month_in(text: str, quarter: Quarter) -> tuple[int, int] | None:
    """Return the year and month of a text that names one month, in words or as a number alone."""
    plain = fold(text).lower().strip()
    found = {_MONTHS.index(name) + 1 for name in _MONTH.findall(plain)}
    number = _YEAR.sub("", plain).strip().removesuffix(".0")
    if not found and number.isdecimal() and 1 <= int(number) <= len(_MONTHS):
        found = {int(number)}
    if len(found) != 1:
        return None
    month = found.pop()
    said = _YEAR.findall(plain)
    return (int(said[0]) if said else quarter.year - (month > quarter.end.month), month)
