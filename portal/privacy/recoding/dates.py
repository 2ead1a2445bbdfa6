"""Dates in every form that offices write, as ISO days; what one cell leaves open, the whole column settles, or it is asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from portal.privacy.columns import AnyColumn, encoded, spread, texts_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.recoding.date_forms import NOTHING, Form, WrittenDate, read_day
from portal.privacy.recoding.treated import Treated, TreatmentQuestion, compare

Quarter = tuple[date, date]
MONTH_FIRST, DAY_FIRST, SWAPPED, AS_WRITTEN, FROM_1904 = (
    "month-first",
    "day-first",
    "swapped",
    "as-written",
    "from-1904",
)
_MOSTLY = 10  # to one: a slip among dates of one order is a slip
_LATE_YEARS = 2  # a return may bring days of the quarters before; what is older was not meant as its day
_NOT_A_DATE = "This is not a date that can be read. Write it as day/month/year."
_TOO_OLD = "This day lies years before the quarter, perhaps a birth date. It is left out."
_AFTER = "This day lies after the quarter. It is left out."
_ROUGH = "Only the {precision} is given. Its first day stands for it."
_MONTH_FIRST_HERE = "The month comes first in these dates: some of them can be read in no other way."
_ASK_ORDER = "Which comes first in these dates: the day or the month? Nothing in the file settles it."
_ASK_MIXED = "Some dates can only have the day first, others only the month. Which comes first in all the others?"
_ASK_SWAPPED = (
    "In some dates day and month seem to have been swapped when a spreadsheet program of another country opened the "
    "file: as they stand they lie outside the quarter, swapped they lie in it. Swap them back?"
)
_ASK_1904 = (
    "The dates are numbers that lie four years before the quarter, as a spreadsheet on an older Mac counts days. "
    "Count them from 1904?"
)


def dates(
    column: AnyColumn,
    *,
    quarter: Quarter | None = None,
    order: str | None = None,
    swap: str | None = None,
    fits: bool = False,
) -> Treated:
    """Read dates as ISO days.

    Args:
        column: text as sent.
        quarter: its first and last day. Then a day of two years before it, or after it, is no date of the return, and is
            left out with its reason; unless no date at all lies in the quarter, which the check of the quarter says.
        order: the answer 'day-first' or 'month-first' to the question 'date-order'.
        swap: the answer 'swapped' or 'as-written' (or 'from-1904') to the question 'date-swap'.
        fits: whether dates of the same file are known to lie in the quarter.

    Gives the extra columns 'time' (HH:MM where the cell held one) and 'said' (what the sender is told of a date that is kept).
    """
    coded = encoded(column)
    texts = [fold(value).strip() for value in texts_of(coded)]
    latest = quarter[1] if quarter is not None else None
    readings = [read_day(text, latest) if text else NOTHING for text in texts]
    readings, questions, decided = _settled(readings, quarter, order, swap)
    reasons = [_NOT_A_DATE if text and one.day is None else None for text, one in zip(texts, readings, strict=True)]
    if quarter is not None and (fits or any(_inside(one.day, quarter) for one in readings)):
        out = [_outside(one.day, quarter) for one in readings]
        reasons = [reason or said for reason, said in zip(reasons, out, strict=True)]
        readings = [NOTHING if said else one for one, said in zip(readings, out, strict=True)]
    treated = compare(coded, [one.day.isoformat() if one.day else None for one in readings], reasons)
    turned = decided == MONTH_FIRST and order is None
    extra = {
        "time": spread(coded, [one.time if one.day else None for one in readings]),
        "said": spread(coded, [_said(one, turned=turned) for one in readings]),
    }
    return replace(treated, questions=questions, extra=extra)


def _said(one: WrittenDate, *, turned: bool) -> str | None:
    """Return what is told of a date that is kept."""
    if one.day is None:
        return None
    if one.precision != "day":
        return _ROUGH.format(precision=one.precision)
    return _MONTH_FIRST_HERE if turned and one.form is Form.PARTS else None


def _settled(
    readings: list[WrittenDate], quarter: Quarter | None, order: str | None, swap: str | None
) -> tuple[list[WrittenDate], tuple[TreatmentQuestion, ...], str]:
    """Settle what single cells leave open by what the others say; ask what they do not settle.

    Returns the readings, the questions, and which comes first, day or month.
    """
    readings = _days_of_months(readings, quarter)
    if quarter is not None and swap is None:
        if _are_swapped(readings, quarter):
            return readings, (TreatmentQuestion("date-swap", _ASK_SWAPPED, (SWAPPED, AS_WRITTEN)),), DAY_FIRST
        if _are_of_1904(readings, quarter):
            return readings, (TreatmentQuestion("date-swap", _ASK_1904, (FROM_1904, AS_WRITTEN)),), DAY_FIRST
    if swap == SWAPPED:
        readings = _turn(readings, Form.ISO, lambda one: one.turned is not None)
    elif swap == FROM_1904:
        readings = _turn(readings, Form.SERIAL, lambda _one: True)
    decided, questions = _order_of(readings, quarter, order)
    if decided == MONTH_FIRST:
        readings = _turn(readings, Form.PARTS, lambda _one: True)
    return readings, questions, decided


def _turn(readings: Sequence[WrittenDate], form: Form, which: Callable[[WrittenDate], bool]) -> list[WrittenDate]:
    return [replace(one, day=one.turned) if one.form is form and which(one) else one for one in readings]


def _days_of_months(readings: list[WrittenDate], quarter: Quarter | None) -> list[WrittenDate]:
    """Read 'July 26' as a day where its neighbours show that the number is none of a year ('July 3')."""
    numbered = [one for one in readings if one.form is Form.MONTH_NUMBER]
    if quarter is None or not numbered:
        return readings
    if not any(one.form is Form.MONTH_DAY for one in readings):
        as_months = _within((one.day for one in numbered), quarter)
        if as_months == len(numbered) or _within((one.turned for one in numbered), quarter) <= as_months:
            return readings
    return [replace(one, day=one.turned, precision="day") if one.form is Form.MONTH_NUMBER else one for one in readings]


def _are_swapped(readings: Sequence[WrittenDate], quarter: Quarter) -> bool:
    """Tell whether a spreadsheet program read days as months where it could: only those of up to 12 became dates.

    What it could not read so stayed text ('13/07/2026'): text that can be read one way alone, beside dates that all could
    be either, is its mark. Swapped, more of them must lie in the quarter.
    """
    cells = [one for one in readings if one.form is Form.ISO and one.day]
    if not cells or any(one.turned is None for one in cells):
        return False
    words = [one for one in readings if one.form is Form.PARTS and (one.day or one.turned)]
    inside = _within((one.day for one in cells), quarter)
    swapped = _within((one.turned for one in cells), quarter)
    if words:
        one_way = all((one.day is None) != (one.turned is None) for one in words)
        return one_way and swapped > inside
    return not inside and swapped == len(cells) > 1


def _are_of_1904(readings: Sequence[WrittenDate], quarter: Quarter) -> bool:
    cells = [one for one in readings if one.form is Form.SERIAL]
    inside = _within((one.day for one in cells), quarter)
    return not inside and 2 * _within((one.turned for one in cells), quarter) > len(cells)


def _order_of(
    readings: Sequence[WrittenDate], quarter: Quarter | None, order: str | None
) -> tuple[str, tuple[TreatmentQuestion, ...]]:
    """Return which comes first, day or month, and the question where nothing settles it."""
    parts = [one for one in readings if one.form is Form.PARTS]
    day_only = sum(one.day is not None and one.turned is None for one in parts)
    month_only = sum(one.turned is not None and one.day is None for one in parts)
    if order is not None:
        return order, ()
    if day_only and month_only and max(day_only, month_only) < _MOSTLY * min(day_only, month_only):
        return DAY_FIRST, (TreatmentQuestion("date-order", _ASK_MIXED, (DAY_FIRST, MONTH_FIRST)),)
    if day_only or month_only:
        return (MONTH_FIRST if month_only > day_only else DAY_FIRST), ()
    both = [one for one in parts if one.day != one.turned and one.day is not None]
    if not both or quarter is None:
        asked = bool(both)
    else:
        as_sent = _within((one.day for one in both), quarter)
        asked = as_sent < len(both) and _within((one.turned for one in both), quarter) > as_sent
    return DAY_FIRST, (TreatmentQuestion("date-order", _ASK_ORDER, (DAY_FIRST, MONTH_FIRST)),) if asked else ()


def _inside(day: date | None, quarter: Quarter) -> bool:
    return day is not None and quarter[0] <= day <= quarter[1]


def _within(days: Iterable[date | None], quarter: Quarter) -> int:
    return sum(_inside(day, quarter) for day in days)


def _outside(day: date | None, quarter: Quarter) -> str | None:
    """Say why a day is no date of the return; nothing where it may be one."""
    if day is None:
        return None
    if day > quarter[1]:
        return _AFTER
    return _TOO_OLD if (day.year + _LATE_YEARS, day.month, day.day) < (quarter[0].year, quarter[0].month, 1) else None
