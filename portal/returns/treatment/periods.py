"""Read what a column of periods says: a return of counts is of one quarter, which its sender has chosen."""

import re
from collections.abc import Sequence

from portal.privacy.identifiers.folding import fold
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets import errors
from portal.spreadsheets.arrow_columns import Cells, coded_of, values
from portal.spreadsheets.errors import RefusedFileError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(_MONTHS)})[a-z]{{0,6}}")
_QUARTER = re.compile(r"(?:\bq(?:uarter|tr)?|\b) ?([1-4])(?:st|nd|rd|th)?(?: q(?:uarter|tr))?\b")
_DAY = re.compile(r"\b(?:20\d{2}[/.-](\d{1,2})(?:[/.-]\d{1,2})?|\d{1,2}[/.-](\d{1,2})[/.-](?:20)?\d{2})\b")
_YEARS = re.compile(r"\b(20\d{2}|\d{2}) ?[/-] ?((?:20)?\d{2})\b")  # 2026/27: from April
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_SHORT_YEAR = re.compile(r"[a-z.]{3,9}[ '/-]{0,2}(\d{2})\b")  # Jul-26
_CENTURY = 2000


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
