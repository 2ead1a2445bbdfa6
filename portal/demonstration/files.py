"""Files as offices really have them: title rows, semicolons, old code pages, totals, and columns that no one asked for."""

import io
import random
from collections.abc import Callable
from datetime import date, timedelta

from openpyxl import Workbook

from portal.demonstration.stage import Table
from portal.rules.datasets.quarters import Quarter

Row = list[str]
_SHARE = 90  # in a hundred: hours of the night have fewer incidents than the evening


def file_of(told: Table, common: Table, quarter: Quarter) -> tuple[bytes, str]:
    """Write one quarter's file: its bytes, and a name. The same quarter always gives the same rows."""
    chance = random.Random(f"{told['by']}:{told['data_set']}:{quarter}")  # noqa: S311 - made-up rows, no secret
    rows = [_row(told, common, quarter, chance) for _ in range(chance.randint(*told["rows"]))]
    return _HANDS[told["hand"]](told, rows, quarter)


def _row(told: Table, common: Table, quarter: Quarter, chance: random.Random) -> Row:
    return [_CELLS[column](told, common, quarter, chance) for column in told["columns"]]


def _date(_told: Table, _common: Table, quarter: Quarter, chance: random.Random) -> str:
    day: date = quarter.start + timedelta(days=chance.randrange((quarter.end - quarter.start).days + 1))
    return f"{day:%d/%m/%Y}"


def _time(_told: Table, _common: Table, _quarter: Quarter, chance: random.Random) -> str:
    evening = chance.randrange(100) < _SHARE
    hour = chance.randint(16, 23) if evening else chance.randint(0, 15)
    return f"{hour:02d}:{chance.choice([0, 5, 10, 15, 30, 45, 50]):02d}"


def _street(_told: Table, common: Table, _quarter: Quarter, chance: random.Random) -> str:
    return f"{chance.choice(common['streets'])}, {chance.choice(common['towns'])}"


def _ward(_told: Table, common: Table, _quarter: Quarter, chance: random.Random) -> str:
    return str(chance.choice(common["wards"]))


def _postcode(_told: Table, common: Table, _quarter: Quarter, chance: random.Random) -> str:
    return f"{chance.choice(common['outcodes'])} {chance.randint(1, 9)}{chance.choice('ABDE')}{chance.choice('FGHJ')}"


def _address(told: Table, common: Table, quarter: Quarter, chance: random.Random) -> str:
    number = f"{chance.randint(1, 90)} " if chance.randrange(3) == 0 else ""
    code = f", {_postcode(told, common, quarter, chance)}" if chance.randrange(4) == 0 else ""
    return f"{number}{_street(told, common, quarter, chance)}{code}"


def _person(_told: Table, common: Table, _quarter: Quarter, chance: random.Random) -> str:
    return f"{chance.choice(common['first_names'])} {chance.choice(common['last_names'])}"


def _mail(told: Table, common: Table, quarter: Quarter, chance: random.Random) -> str:
    return f"{_person(told, common, quarter, chance).lower().replace(' ', '.')}@example.org"


def _pick(told: Table, _common: Table, _quarter: Quarter, chance: random.Random) -> str:
    return str(chance.choice(told["choices"]))


def _birth(_told: Table, _common: Table, _quarter: Quarter, chance: random.Random) -> str:
    return f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1945, 2006)}"


def _nhs(_told: Table, _common: Table, _quarter: Quarter, chance: random.Random) -> str:
    """Give ten digits in the range that is kept for tests (999 …)."""
    digits = [9, 9, 9, *(chance.randrange(10) for _ in range(6))]
    check = (11 - sum(d * (10 - n) for n, d in enumerate(digits)) % 11) % 11
    return "".join(map(str, digits)) + str(check % 10)


def _number(least: int, most: int) -> Callable[[Table, Table, Quarter, random.Random], str]:
    return lambda _told, _common, _quarter, chance: str(chance.randint(least, most))


def _one_of(*words: str) -> Callable[[Table, Table, Quarter, random.Random], str]:
    return lambda _told, _common, _quarter, chance: chance.choice(words)


_CELLS: dict[str, Callable[[Table, Table, Quarter, random.Random], str]] = {
    "date": _date,
    "time": _time,
    "street": _street,
    "address": _address,
    "postcode": _postcode,
    "ward": _ward,
    "person": _person,
    "email": _mail,
    "telephone": lambda _t, _c, _q, chance: f"07700 900{chance.randint(100, 999)}",  # the range kept for stories
    "pick": _pick,
    "birth": _birth,
    "nhs": _nhs,
    "reference": lambda _t, _c, quarter, chance: f"{quarter.year}/{chance.randint(10000, 99999)}",
    "few": _one_of("0", "0", "0", "0", "1"),
    "count": _number(1, 12),
    "many": _number(12, 60),
    "young": _number(12, 17),
    "band": _one_of("18-24", "25-34", "35-44", "45-54"),
    "sex": _one_of("M", "M", "M", "F"),
    "ethnicity": _one_of("W1", "W1", "W1", "M1", "A2", "B1"),
}


def _semicolons(told: Table, rows: list[Row], quarter: Quarter) -> tuple[bytes, str]:
    """Write a file of an office in an old Windows code page, with a title above and an empty line below."""
    lines = [
        f"{told['data_set']} \u2013 extract;;",
        "",
        ";".join(told["headings"]),
        *(";".join(row) for row in rows),
        "",
    ]
    return "\r\n".join(lines).encode("cp1252"), f"extract {quarter}.csv"


def _plain(told: Table, rows: list[Row], quarter: Quarter) -> tuple[bytes, str]:
    lines = [",".join(f'"{cell}"' for cell in row) for row in (told["headings"], *rows)]
    return ("\n".join(lines) + "\n").encode("utf-8-sig"), f"{quarter}.csv"


def _titled(told: Table, rows: list[Row], quarter: Quarter) -> tuple[bytes, str]:
    book = _book(told, rows, title=f"Cases from {quarter.months}, printed from the case system")
    return book, f"cases {quarter}.xlsx"


def _workbook(told: Table, rows: list[Row], quarter: Quarter) -> tuple[bytes, str]:
    return _book(told, rows, title=""), f"{quarter}.xlsx"


def _totalled(told: Table, rows: list[Row], quarter: Quarter) -> tuple[bytes, str]:
    """Write a table with a row of totals, as it comes out of a report."""
    last = ["Total", *("" for _ in told["headings"][1:-1]), str(sum(int(row[-1]) for row in rows))]
    return _plain(told, [*rows, last], quarter)[0], f"report {quarter}.csv"


def _book(told: Table, rows: list[Row], *, title: str) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(told["headings"]))
        sheet.append([])
    for row in (told["headings"], *rows):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


_HANDS: dict[str, Callable[[Table, list[Row], Quarter], tuple[bytes, str]]] = {
    "semicolons": _semicolons,
    "plain": _plain,
    "titled": _titled,
    "workbook": _workbook,
    "totalled": _totalled,
}
