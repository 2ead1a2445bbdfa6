"""Whole files as offices send them, drawn at random: messy sheets with people planted in them, written in real formats."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from portal.privacy.identifiers.kinds import Setting
from portal.rules.datasets.quarters import Quarter
from tests.properties.privacy_cells import lawful, name, planted
from tests.spreadsheets import ods, text, xlsx

QUARTER = Quarter.parse("2026-Q3")
DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%d.%m.%Y", "%d/%m/%y", "%a %d %b %Y", "%d/%m/%Y 00:00")
TIME_FORMS = ("{:02d}:{:02d}", "{:02d}{:02d}", "{:02d}.{:02d}", "{:02d}:{:02d}:00", "{:02d}{:02d} hrs")
HEADINGS = {
    "date": ("Date", "Incident Date", "DATE OF INCIDENT", "date_occurred", "Dtae", "Date (dd/mm/yyyy)"),
    "time": ("Time", "Incident time", "TIME OF CALL", "Time (24hr)"),
    "location": ("Location", "Street", "Incident Location", "Locaton", "Where did it happen?"),
    "category": ("Category", "Incident Type", "Call Type", "CATAGORY"),
    "outward_postcode": ("Postcode", "Post Code", "Incident postcode", "P/Code"),
    "area": ("Ward", "Beat Code", "LSOA name", "Beat"),
}
DROPPED = ("Caller", "Remarks", "Crime No", "DOB", "Tel", "Officer", "E-mail", "Updates")
GROUPS = {
    "date": "When",
    "time": "When",
    "location": "Where",
    "outward_postcode": "Where",
    "area": "Where",
    "category": "What",
}
AREAS = ("Castle", "Hastings", "Shelthorpe", "NC1")
MONTHS = ("July", "August", "September")


@dataclass(frozen=True)
class File:
    """A file: its bytes, the records it holds in the order they are read, and words of columns that are never kept."""

    source: bytes
    records: tuple[dict, ...]
    unkept: tuple[str, ...]
    form: str


@st.composite
def files(draw) -> File:
    """Draw a file of incidents."""
    rng = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - made-up people, not secrets
    form = draw(st.sampled_from(sorted(FORMS)))
    by_month = form in {"XLSX", "ODS"} and draw(st.booleans())
    records = [_record(rng) for _ in range(draw(st.integers(3, 9)))]
    if not any(record["day"].day > 12 for record in records):
        records[0]["day"] = date(2026, 7, 31)
    sheets = _sheets(draw, rng, records, by_month=by_month)
    read = [record for sheet in sheets for record in sheet.records]
    unkept = [words for sheet in sheets for words in sheet.people if " " in words]
    return File(FORMS[form](sheets), tuple(read), ("Quibblewick", *unkept), form)


def _record(rng: random.Random) -> dict:
    cells = {}
    for field, setting in (("location", Setting.PLACE), ("category", Setting.CATEGORY)):
        make = planted if rng.random() < 0.4 else lawful
        cell = make(rng)
        while cell.setting is not setting:
            cell = make(rng)
        cells[field] = cell
    day = QUARTER.start + timedelta(days=rng.randint(0, 91))
    return {
        **cells,
        "day": day,
        "hour": rng.randint(1, 23),
        "minute": rng.randint(0, 59),
        "outward_postcode": rng.choice(["LE11", "LE3", "LE67"]),
        "area": rng.choice(AREAS),
    }


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, rows, what is merged or hidden in it, and whom its other cells name."""

    name: str
    rows: list
    records: list
    people: list
    merged: tuple = ()
    hidden_column: str = ""
    hidden_row: int = 0


def _sheets(draw, rng: random.Random, records: list, *, by_month: bool) -> list[Sheet]:
    order = draw(st.permutations([*HEADINGS, *draw(st.sets(st.sampled_from(DROPPED), max_size=4))]))
    names = {field: rng.choice(HEADINGS[field]) if field in HEADINGS else field for field in order}
    style = {
        "day": rng.choice(DAY_FORMS),
        "time": rng.choice(TIME_FORMS),
        "two_rows": draw(st.booleans()),
        "order": order,
        "names": names,
    }
    if not by_month:
        return [_sheet(draw, rng, "Data", records, style)]
    parts = {month: [each for each in records if each["day"].month == 7 + place] for place, month in enumerate(MONTHS)}
    return [_sheet(draw, rng, month, part, style) for month, part in parts.items() if part]


def _sheet(draw, rng: random.Random, title: str, records: list, style: dict) -> Sheet:
    order, people = style["order"], []

    def somebody() -> str:
        words, _ = name(rng)
        people.append(words)
        return words

    rows = list(
        draw(
            st.sampled_from([[], [["Anytown Police"], []], [["Return of incidents"], [f"Printed by {somebody()}"], []]])
        )
    )
    merged = []
    if style["two_rows"]:
        order = sorted(order, key=lambda field: (GROUPS.get(field, "~" + field), order.index(field)))
        groups = [GROUPS.get(field, "") for field in order]
        rows.append([group if groups.index(group) == place else "" for place, group in enumerate(groups)])
        merged = [
            (len(rows), groups.index(group), groups.index(group) + groups.count(group) - 1)
            for group in dict.fromkeys(filter(None, groups))
            if groups.count(group) > 1
        ]
    headings = [style["names"][field] for field in order]
    rows.append(headings)
    hidden_row = 0
    for place, record in enumerate(records):
        if place and rng.random() < 0.15:
            rows += rng.choice([[[]], [headings]])
        rows.append([_cell(record, field, style, somebody) for field in order])
        hidden_row = len(rows) if rng.random() < 0.2 else hidden_row
    rows += draw(
        st.sampled_from(
            [[], [["Total", str(len(records))]], [[], [f"Notes: prepared by {somebody()}, extension 4417"]]]
        )
    )
    droppable = [place for place, field in enumerate(order) if field in DROPPED]
    hidden_column = chr(65 + rng.choice(droppable)) if droppable and rng.random() < 0.3 else ""
    return Sheet(title, rows, records, people, tuple(merged), hidden_column, hidden_row)


def _cell(record: dict, field: str, style: dict, somebody) -> str:
    if field == "date":
        return record["day"].strftime(style["day"])
    if field == "time":
        return style["time"].format(record["hour"], record["minute"])
    if field == "outward_postcode":
        return f"{record[field]} 3QP"
    if field in {"location", "category"}:
        return record[field].text
    if field == "DOB":
        return "01/02/1987"
    return record[field] if field in HEADINGS else somebody()


def _delimited(sheets: list[Sheet], **more) -> bytes:
    return text(sheets[0].rows, **more)


def _workbook(sheets: list[Sheet]) -> bytes:
    return xlsx(
        {sheet.name: sheet.rows for sheet in sheets} | {"Look-ups": [["Jane Quibblewick", "07700 900417"]]},
        merged=[
            (sheet.name, f"{chr(65 + left)}{row}:{chr(65 + right)}{row}")
            for sheet in sheets
            for row, left, right in sheet.merged
        ],
        hidden_columns=[(sheet.name, sheet.hidden_column) for sheet in sheets if sheet.hidden_column],
        hidden_rows=[(sheet.name, sheet.hidden_row) for sheet in sheets if sheet.hidden_row],
        hidden_sheets=["Look-ups"],
        comments=[(sheets[0].name, "A1", "ask Jane Quibblewick")],
        title="Jane Quibblewick's list",
    )


FORMS = {
    "comma": _delimited,
    "semicolon": lambda sheets: _delimited(sheets, delimiter=";"),
    "tab": lambda sheets: _delimited(sheets, delimiter="\t"),
    "UTF-8 with a mark": lambda sheets: _delimited(sheets, encoding="utf-8-sig"),
    "UTF-16": lambda sheets: b"\xff\xfe" + _delimited(sheets, encoding="utf-16-le"),
    "XLSX": _workbook,
    "ODS": lambda sheets: ods({sheet.name: sheet.rows for sheet in sheets}),
}
