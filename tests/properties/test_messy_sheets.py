"""Sheets in every office's form: whatever the form, the same records are kept, and nobody in them is."""

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import ods, text, xls, xlsx

QUARTER = Quarter.parse("2026-Q3")
WANTED = ReturnOptions("police-incidents", QUARTER, "2026")
CANARY = "Quibblewick"

DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%d.%m.%Y", "%d/%m/%y")
TIME_FORMS = ("{:02d}:{:02d}", "{:02d}{:02d}", "{:02d}.{:02d}", "{:02d}:{:02d}:00", "{:02d}{:02d} hrs")
HEADINGS = {
    "date": ["Date", "Incident Date", "DATE OF INCIDENT", "date_occurred", "Dtae"],
    "time": ["Time", "Incident time", "TIME OF CALL"],
    "location": ["Location", "Street", "Incident Location", "Locaton"],
    "category": ["Category", "Incident Type", "Call Type", "CATAGORY"],
    "outward_postcode": ["Postcode", "Post Code", "Incident postcode"],
    "area": ["Ward", "Beat", "LSOA name"],
}
DROPPED = {
    "Caller": f"Jane {CANARY}",
    "Remarks": f"ask for {CANARY} on 07700 900417",
    "Crime No": f"{CANARY}/26/1417",
    "DOB": "01/02/1987",
}
STREETS = ["Stanley Road", "High Street", "Victoria Hall, May Street", "A6 / B5324 junction", "M1 J24", "Park Lane"]
CATEGORIES = ["Alarm", "Missing person", "Noise nuisance", "Sudden death"]


@st.composite
def records(draw):
    days = [QUARTER.start + timedelta(days=draw(st.integers(0, 91))) for _ in range(draw(st.integers(2, 6)))]
    if not any(day.day > 12 for day in days):
        days[0] = date(2026, 7, 31)
    return [
        {
            "day": day,
            "hour": draw(st.integers(1, 23)),
            "minute": draw(st.integers(0, 59)),
            "location": draw(st.sampled_from(STREETS)),
            "category": draw(st.sampled_from(CATEGORIES)),
            "outward_postcode": draw(st.sampled_from(["LE11", "LE3", "LE67"])),
            "area": draw(st.sampled_from(["Castle", "Hastings", "Shelthorpe"])),
        }
        for day in days
    ]


@st.composite
def sheets(draw):
    """Draw records and the rows of a sheet that holds them in some form."""
    kept = draw(records())
    day_form, time_form = draw(st.sampled_from(DAY_FORMS)), draw(st.sampled_from(TIME_FORMS))
    fields = draw(st.permutations([*HEADINGS, *draw(st.sets(st.sampled_from(sorted(DROPPED))))]))
    headings = [draw(st.sampled_from(HEADINGS[field])) if field in HEADINGS else field for field in fields]
    body = [[_cell(record, field, day_form, time_form) for field in fields] for record in kept]
    rows = [*draw(st.sampled_from([[], [["Anytown Police"], []], [["Return", "", "July to September 2026"]]]))]
    rows.append(headings)
    for place, row in enumerate(body):
        if place and draw(st.integers(0, 9)) == 0:
            rows += draw(st.sampled_from([[[]], [headings]]))
        rows.append(row)
    rows += draw(
        st.sampled_from([[], [["Total", str(len(kept))]], [[], [f"Notes: prepared by {CANARY}, extension 4417"]]])
    )
    return kept, rows


def _cell(record, field, day_form, time_form):
    if field == "date":
        return record["day"].strftime(day_form)
    if field == "time":
        return time_form.format(record["hour"], record["minute"])
    if field == "outward_postcode":
        return f"{record[field]} 3QP"
    return DROPPED.get(field) or record[field]


FORMS = {
    "comma": text,
    "semicolon": lambda rows: text(rows, delimiter=";"),
    "tab": lambda rows: text(rows, delimiter="\t"),
    "UTF-16": lambda rows: b"\xff\xfe" + text(rows, encoding="utf-16-le"),
    "Windows-1252": lambda rows: text(rows, encoding="cp1252"),
    "carriage return": lambda rows: text(rows, line_end="\r"),
    "XLSX": lambda rows: xlsx({"Data": rows}),
    "ODS": lambda rows: ods({"Data": rows}),
    "XLS": xls,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.sampled_from(sorted(FORMS)))
def test_the_form_of_a_sheet_changes_nothing_that_is_kept(sheet, form):
    kept, rows = sheet
    outcome = work(FORMS[form](rows), WANTED)
    assert outcome.status == "accepted", (outcome.message, rows)
    wanted = [
        (
            record["day"].isoformat(),
            f"{record['hour']:02d}:{record['minute']:02d}",
            record["location"],
            record["category"],
            record["outward_postcode"],
            record["area"],
        )
        for record in kept
    ]
    names = ("date", "time", "location", "category", "outward_postcode", "area")
    assert [tuple(row[name] for name in names) for row in outcome.table.to_pylist()] == wanted
    assert CANARY.encode() not in outcome.parquet + outcome.report_bytes()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(b'"')
@example(b",\n,\n")
@example(b"sep=")
def test_any_bytes_end_in_an_outcome_with_a_sentence(source):
    outcome = work(source, WANTED)
    assert outcome.status in {"refused", "question", "accepted"}
    assert outcome.message


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=12))
def test_any_table_ends_in_an_outcome_with_a_sentence(rows):
    outcome = work(text(rows, encoding="utf-16").replace(b"\x00\x00", b" \x00"), WANTED)
    assert outcome.message
