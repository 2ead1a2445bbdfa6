"""Check the dates of a return against its quarter."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import Cells, count_true, pc


@dataclass(frozen=True)
class QuarterCheck:
    """How many dated rows lie inside the quarter and outside, and the quarter that most lie in."""

    inside: int
    outside: int
    likeliest: Quarter | None
    outside_flags: Cells

    @property
    def is_wrong(self) -> bool:
        """Tell whether no date at all lies in the quarter."""
        return not self.inside and self.outside > 0


def check_quarter(days: Cells, quarter: Quarter) -> QuarterCheck:
    """Compare ISO days with a quarter.

    Args:
        days: ISO days as text, null where a row has none.
        quarter: the chosen quarter.
    """
    first, last = quarter.start.isoformat(), quarter.end.isoformat()
    inside = pc.and_(pc.greater_equal(days, first), pc.less_equal(days, last))
    outside = pc.fill_null(pc.invert(inside), fill_value=False)
    months = pc.value_counts(pc.utf8_slice_codeunits(days.drop_null(), 0, 7)).to_pylist()
    quarters: Counter[Quarter] = Counter()
    for entry in months:
        year, _, month = entry["values"].partition("-")
        quarters[Quarter.of(date(int(year), int(month), 1))] += entry["counts"]
    likeliest = min(quarters, key=lambda each: (-quarters[each], each)) if quarters else None
    return QuarterCheck(
        count_true(pc.fill_null(inside, fill_value=False)),
        count_true(outside),
        likeliest,
        outside,
    )
