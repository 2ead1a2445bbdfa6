"""Every kind of mess that an office's file may be in gives the same return."""

from datetime import date, datetime, time

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import ods, text, xls, xlsx

HEADINGS = ["Incident No", "Date", "Time", "Location", "Category", "Postcode", "Caller", "Remarks"]
RECORDS = [
    [
        "CAN-001417",
        "03/07/2026",
        "08:15",
        "12 High Street",
        "Noise nuisance",
        "LE11 3QP",
        "Jane Canary",
        "07700 900417",
    ],
    [
        "CAN-001418",
        "14/08/2026",
        "21:30",
        "Park Lane",
        "Missing person",
        "LE12 5AB",
        "Jon Canary",
        "line one\nline two",
    ],
    ["CAN-001419", "25/09/2026", "00:05", "A6 / B5324 junction", "Alarm", "LE1 1AA", "Al Canary", ""],
]
KEPT = [
    {
        "date": "2026-07-03",
        "time": "08:15",
        "location": "High Street",
        "category_code": "ASB-N",
        "outward_postcode": "LE11",
    },
    {
        "date": "2026-08-14",
        "time": "21:30",
        "location": "Park Lane",
        "category_code": "PSW-MISS",
        "outward_postcode": "LE12",
    },
    {
        "date": "2026-09-25",
        "time": "00:05",
        "location": "A6 / B5324 junction",
        "category_code": "PSW-ALARM",
        "outward_postcode": "LE1",
    },
]
TITLE = [["Anytown Constabulary"], ["Incidents July to September 2026"], []]
NOTES = [[], ["Notes: prepared by Jane Canary, extension 4417"], ["Source: command and control"]]


def sent(source, data_set="police-incidents", quarter="2026-Q3", edition="2026", **more):
    return work(source, ReturnOptions(data_set, Quarter.parse(quarter), edition, **more))


def kept_of(outcome):
    return [{name: row[name] for name in KEPT[0]} for row in outcome.table.to_pylist()]


def typed(record):
    day = datetime.strptime(record[1], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone
    hour = time.fromisoformat(record[2])
    return [record[0], day, hour, *record[3:]]


TEXTS = {
    "plain": text([HEADINGS, *RECORDS]),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + text([HEADINGS, *RECORDS]),
    "UTF-16 little-endian with a mark": b"\xff\xfe" + text([HEADINGS, *RECORDS], encoding="utf-16-le"),
    "UTF-16 big-endian with a mark": b"\xfe\xff" + text([HEADINGS, *RECORDS], encoding="utf-16-be"),
    "UTF-16 little-endian without": text([HEADINGS, *RECORDS], encoding="utf-16-le"),
    "UTF-16 big-endian without": text([HEADINGS, *RECORDS], encoding="utf-16-be"),
    "Windows-1252": text(
        [HEADINGS, *RECORDS, ["x", "", "", "", "", "", "Zo\u00eb \u2018Canary\u2019", ""]], encoding="cp1252"
    ),
    "semicolons": text([HEADINGS, *RECORDS], delimiter=";"),
    "tabs": text([HEADINGS, *RECORDS], delimiter="\t"),
    "bars": text([HEADINGS, *RECORDS], delimiter="|"),
    "line feeds": text([HEADINGS, *RECORDS], line_end="\n"),
    "carriage returns": text([HEADINGS, *RECORDS], line_end="\r"),
    "a hint of the separator": b"sep=;\r\n" + text([HEADINGS, *RECORDS], delimiter=";"),
    "a title": text([*TITLE, HEADINGS, *RECORDS]),
    "notes below": text([HEADINGS, *RECORDS, *NOTES]),
    "blank rows between": text([HEADINGS, RECORDS[0], [], [""] * 8, *RECORDS[1:]]),
    "headings repeated": text([HEADINGS, RECORDS[0], HEADINGS, *RECORDS[1:]]),
    "a total": text([HEADINGS, *RECORDS, ["Total", "3"]]),
    "ragged rows": text([HEADINGS, RECORDS[0][:6], RECORDS[1], [*RECORDS[2], "", "", ""]]),
    "shouted headings": text([[heading.upper() for heading in HEADINGS], *RECORDS]),
    "misspelt headings": text(
        [["Incident No", "Dtae", "Tiem", "Locaton", "Catagory", "Post code", "Caller", "Remarks"], *RECORDS]
    ),
    "headings with spaces and lines": text([[f" {heading} \n" for heading in HEADINGS], *RECORDS]),
    "joined headings": text(
        [
            [
                "IncidentNo",
                "IncidentDate",
                "IncidentTime",
                "IncidentLocation",
                "IncidentCategory",
                "PostCode",
                "CallerName",
                "Notes",
            ],
            *RECORDS,
        ]
    ),
    "columns in another order": text([list(reversed(HEADINGS)), *(list(reversed(record)) for record in RECORDS)]),
}


@pytest.mark.parametrize("source", TEXTS.values(), ids=list(TEXTS))
def test_a_text_file_in_any_form_gives_the_same_return(source):
    outcome = sent(source)
    assert outcome.status == "accepted", outcome.message
    assert kept_of(outcome) == KEPT
    assert b"Canary" not in outcome.parquet + outcome.report_bytes()
    assert b"1417" not in outcome.parquet + outcome.report_bytes()


WORKBOOKS = {
    "XLSX of words": xlsx({"Sheet1": [HEADINGS, *RECORDS]}),
    "XLSX of dates and times": xlsx({"Sheet1": [*TITLE, HEADINGS, *map(typed, RECORDS), *NOTES]}),
    "ODS of words": ods({"Sheet1": [HEADINGS, *RECORDS]}),
    "ODS of dates and times": ods({"Sheet1": [*TITLE, HEADINGS, *map(typed, RECORDS), *NOTES]}),
    "XLS": xls([HEADINGS, *RECORDS]),
    "a sheet a month": xlsx(
        {
            "July": [*TITLE, HEADINGS, RECORDS[0]],
            "August": [list(reversed(HEADINGS)), list(reversed(RECORDS[1]))],
            "September": [HEADINGS, RECORDS[2], ["Total", 1]],
        }
    ),
    "sheets that are no return": xlsx(
        {
            "Read me": [["Prepared by Jane Canary"], ["Ring 07700 900417"]],
            "Data": [HEADINGS, *RECORDS],
            "Lists": [["Noise"], ["Alarm"]],
        }
    ),
    "hidden rows count, hidden sheets do not": xlsx(
        {"Data": [HEADINGS, *RECORDS], "Old": [HEADINGS, *RECORDS]}, hidden_rows=[("Data", 3)], hidden_sheets=["Old"]
    ),
    "comments and properties": xlsx(
        {"Data": [HEADINGS, *RECORDS]}, comments=[("Data", "D2", "Jane Canary lives here")], title="Canary family"
    ),
}


@pytest.mark.parametrize("source", WORKBOOKS.values(), ids=list(WORKBOOKS))
def test_a_workbook_in_any_form_gives_the_same_return(source):
    outcome = sent(source)
    assert outcome.status == "accepted", outcome.message
    assert kept_of(outcome) == KEPT
    assert b"Canary" not in outcome.parquet + outcome.report_bytes()


def test_a_hidden_column_is_never_read():
    source = xlsx({"Data": [HEADINGS, *RECORDS]}, hidden_columns=[("Data", "F")])
    outcome = sent(source)
    assert "outward_postcode" not in outcome.table.column_names
    assert "1 hidden column was left out." in outcome.report.warnings


def test_a_merged_cell_holds_for_all_its_rows():
    rows = [["Date", "Location", "Category"], ["03/07/2026", "Park Lane", "Alarm"], [None, "Mill Lane", "Alarm"]]
    outcome = sent(xlsx({"Data": rows}, merged=[("Data", "A2:A3")]))
    assert outcome.table.column("date").to_pylist() == ["2026-07-03", "2026-07-03"]


def test_headings_in_two_rows_are_read_together():
    rows = [
        ["Date", "Location", "Adults", None, "Children", None],
        [None, None, "KSI", "Slight", "KSI", "Slight"],
        [date(2026, 7, 3), "M1 J24", 1, 0, 0, 2],
    ]
    merged = [("Data", "A1:A2"), ("Data", "B1:B2"), ("Data", "C1:D1"), ("Data", "E1:F1")]
    outcome = sent(xlsx({"Data": rows}, merged=merged), "la-road-collisions")
    (row,) = outcome.table.to_pylist()
    assert (row["adults_killed_or_serious"], row["children_slight"]) == (1, 2)


def test_a_repeated_heading_is_named_by_its_place():
    rows = [["Date", "Date", "Location", "Category"], ["03/07/2026", "01/02/1990", "Park Lane", "Alarm"]] * 1
    rows += [["04/07/2026", "11/02/1965", "Park Lane", "Alarm"], ["05/07/2026", "11/02/1978", "Park Lane", "Alarm"]]
    outcome = sent(text(rows))
    assert outcome.report.columns["Date"].field == "date"
    assert outcome.report.columns["Date (2)"].field is None
    assert outcome.table.column("date").to_pylist()[0] == "2026-07-03"


def test_rows_are_numbered_as_the_spreadsheet_numbers_them():
    source = text([["Police"], [], HEADINGS, RECORDS[1], [], RECORDS[0]])
    (finding,) = [each for each in sent(source).report.findings if each.column == "Location"]
    assert finding.row == 6


def test_a_heading_that_names_somebody_is_masked():
    source = text([[*HEADINGS, "Jane Canary 07700 900417"], *([*record, "x"] for record in RECORDS)])
    outcome = sent(source)
    assert "Canary" not in outcome.report_bytes().decode()
    assert "900417" not in outcome.report_bytes().decode()


@pytest.mark.clause("app1.whatever-is-recorded")
def test_totals_are_checked_against_the_rows_and_left_out():
    rows = [["District", "Caseload", "Drugs"], ["Blaby", 20, 4], ["Charnwood", 30, 6], ["Total", 50, 11]]
    outcome = sent(text(rows), "probation-offenders")
    assert outcome.report.rows_kept == 2
    assert any("The totals in row 4 do not agree" in each for each in outcome.report.warnings)


def test_a_place_called_total_is_a_record():
    rows = [HEADINGS, [*RECORDS[0][:3], "Total Garage", *RECORDS[0][4:]], [*RECORDS[1][:3], "Total", *RECORDS[1][4:]]]
    assert sent(text(rows)).report.rows_kept == 2


def test_another_data_sets_file_is_refused_with_its_name():
    rows = [
        ["UPN", "Age", "Gender", "School", "Reason", "Exclusion type"],
        ["A1", 14, "M", "Mary Webb Academy", "PP", "Permanent"],
    ]
    outcome = sent(text(rows), "police-crimes")
    assert outcome.status == "refused"
    assert "la-exclusions" in outcome.message
    assert outcome.parquet is None


def test_codes_of_another_data_set_are_refused_with_its_name():
    rows = [["Date", "Category", "Postcode"], ["03/07/2026", "X99.1", "LE11 3QP"], ["04/07/2026", "Y04", "LE11 3QP"]]
    outcome = sent(text(rows))
    assert outcome.status == "refused"
    assert "health-assault" in outcome.message


def test_another_quarters_file_is_refused_with_its_months():
    outcome = sent(text([HEADINGS, *RECORDS]), quarter="2026-Q1")
    assert outcome.status == "refused"
    assert "July to September 2026" in outcome.message


def test_rows_outside_the_quarter_are_kept_as_late_or_left_out():
    source = text([HEADINGS, *RECORDS, ["CAN-001420", "30/06/2026", *RECORDS[0][2:]]])
    late = sent(source)
    assert late.report.rows_kept == 4
    assert any("kept as late: row 5" in each for each in late.report.warnings)
    assert sent(source, answers={"outside-quarter": "leave-out"}).report.rows_kept == 3


def test_an_unclear_order_of_day_and_month_is_asked():
    rows = [
        ["Date", "Location", "Category"],
        ["03/04/2026", "Park Lane", "Alarm"],
        ["04/07/2026", "Mill Lane", "Alarm"],
    ]
    source = text([rows[0], ["07/03/2026", "Park Lane", "Alarm"], ["08/04/2026", "Mill Lane", "Alarm"]])
    outcome = sent(source)
    assert outcome.status == "question"
    assert [each.id for each in outcome.report.questions] == ["date-order"]
    answered = sent(source, answers={"date-order": "month-first"})
    assert answered.table.column("date").to_pylist() == ["2026-07-03", "2026-08-04"]


def test_a_column_that_may_hold_a_missing_field_is_asked_with_masked_examples():
    rows = [
        ["Date", "Category", "Colour of day"],
        ["03/07/2026", "Alarm", "Stanley Road"],
        ["04/07/2026", "Alarm", "Park Lane"],
    ]
    outcome = sent(text(rows))
    assert outcome.status == "question"
    (question,) = outcome.report.questions
    assert question.choices == ("location", "none")
    assert "Stanley" not in question.ask
    answered = sent(text(rows), mapping={"Colour of day": "location"})
    assert answered.table.column("location").to_pylist() == ["Stanley Road", "Park Lane"]


def test_the_same_file_gives_the_same_bytes():
    source = WORKBOOKS["a sheet a month"]
    first, second = sent(source), sent(source)
    assert first.parquet == second.parquet
    assert first.report_bytes() == second.report_bytes()


def test_sister_sets_in_one_file_are_kept_apart():
    rows = [
        ["Admission Date", "ICD10", "Postcode"],
        ["01/07/2026", "X99.1", "LE1 1AA"],
        ["02/07/2026", "F10.0", "LE2 2BB"],
        ["04/07/2026", "Domestic violence", "LE4 4EE"],
    ]
    table = sent(text(rows), "health-assault").table
    assert table.column("dataset").to_pylist() == ["health-assault", "health-substance", "health-domestic-abuse"]
    assert table.column("sub_category").to_pylist() == ["X99.1", "F10.0", None]


def test_counts_of_a_sister_set_stand_in_columns_of_their_own():
    rows = [["Age", "Gender", "Offences", "Referred to YISP", "Waiting list"], ["10-13", "M", 4, 2, 1]]
    (row,) = sent(text(rows), "yos-offences").table.to_pylist()
    assert (row["number"], row["yos-yisp-referred.number"], row["yos-yisp-waiting.waiting"]) == (4, 2, 1)


@pytest.mark.clause("app1.aggregates")
def test_a_file_with_a_row_a_person_is_counted_and_discarded():
    rows = [
        ["CRN", "Name", "Gender", "DOB", "Drugs", "Alcohol"],
        ["X1", "Jo Canary", "M", "01/02/1990", "Y", "N"],
        ["X2", "Al Canary", "M", "01/03/1991", "Y", "Y"],
        ["X3", "Di Canary", "F", "01/03/1951", "N", "Y"],
    ]
    outcome = sent(text(rows), "probation-offenders")
    first, second = outcome.table.to_pylist()
    assert (first["age_band"], first["offenders"], first["number_with_need.drugs"]) == ("25-39", 2, 2)
    assert (second["age_band"], second["offenders"], second["number_with_need.drugs"]) == ("60+", 1, 0)
    assert b"Canary" not in outcome.parquet + outcome.report_bytes()


@pytest.mark.clause("app1.outward-postcode")
def test_only_the_first_half_of_a_postcode_is_kept():
    rows = [["Admitted", "Postcode", "ICD10"], ["01/07/2026", "l e 1 1 3 q p", "X99"], ["02/07/2026", "LE113QP", "Y04"]]
    assert sent(text(rows), "health-assault").table.column("outward_postcode").to_pylist() == ["LE11", "LE11"]


@pytest.mark.clause("app1.aggregates")
def test_numbers_whose_columns_are_headed_alike_are_refused_once_and_never_guessed():
    rows = [["Offence type", "Male", "Female", "Male", "Female"], ["Theft", 3, 1, 4, 2], ["Drugs", 2, 0, 1, 1]]
    outcome = sent(text(rows), "yos-offences")
    assert (outcome.status, outcome.table) == ("refused", None)
    assert "headed 'Male'" in outcome.message
