"""Files as offices' systems write them, each standing for a class that once went wrong."""

from datetime import datetime

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text, xlsx

# As a spreadsheet holds them: without a time zone.
AT_NIGHT, AT_MIDNIGHT = datetime.fromisoformat("2026-07-01T22:15"), datetime.fromisoformat("2026-08-21T00:00")
QUARTER = Quarter.parse("2026-Q3")


def kept(source, data_set):
    outcome = work(source, ReturnOptions(data_set, QUARTER, "2026"))
    assert outcome.status == "accepted", outcome.message
    return outcome.table.to_pylist()


def test_a_time_of_call_that_holds_its_day_gives_both():
    rows = [
        ["Incident Number", "Time of Call", "Incident Type", "Station Ground", "Address 1"],
        [1001, AT_NIGHT, "Deliberate primary fire", "Loughborough", "Meadow Lane"],
        [1002, AT_MIDNIGHT, "Deliberate secondary fire", "Shepshed", "Rear of 23 Hallcroft"],
        ["Total", 2],
    ]
    found = kept(xlsx({"Export": rows}), "fire-deliberate")
    assert [(row["date"], row["time"]) for row in found] == [("2026-07-01", "22:15"), ("2026-08-21", "00:00")]


def test_one_column_of_date_and_time_holds_the_time_that_is_asked_for():
    rows = [
        ["Call date/time", "Alleged address"],
        ["03/07/2026 22:10", "Flat 4, 9 Tower Court"],
        ["14/08/2026 02:00", "Primark"],
    ]
    assert [row["time"] for row in kept(text(rows), "fire-false-alarms")] == ["22:10", "02:00"]


def test_a_crime_is_dated_from_when_it_began():
    rows = [
        ["Offence", "HO Class", "Committed From Date", "Committed To Date", "Location"],
        ["Burglary", "28/3", "2026-07-03", "2026-07-14", "High Street"],
        ["Common assault", "105A", "2026-07-13", "", "Victoria Hall"],
        ["Wounding", "8N", "2026-07-15", "", "May Street"],
        ["Public order", "66/91", "2026-07-16", "", "A6"],
    ]
    found = kept(text(rows), "police-crimes")
    assert [row["date"] for row in found] == ["2026-07-03", "2026-07-13", "2026-07-15", "2026-07-16"]
    assert [row["offence_class"] for row in found] == ["28/3", "105A", "8N", "66/91"]


@pytest.mark.clause("app1.aggregates")
@pytest.mark.parametrize("with_reference", [True, False])
def test_casualties_are_counted_by_collision(with_reference):
    rows = [
        ["Accident Ref", "Date", "Time", "Road", "Junction With", "Casualty No", "Casualty Age", "Casualty Severity"],
        ["A1", "13/07/2026", "0830", "A6", "Forest Rd", 1, 45, "Slight"],
        ["A1", "13/07/2026", "0830", "A6", "Forest Rd", 2, 9, "Serious"],
        ["A2", "14/07/2026", "1730", "Ashby Rd", "", 1, 70, "Fatal"],
    ]
    rows = rows if with_reference else [row[1:] for row in rows]
    first, second = kept(text(rows), "la-road-collisions")
    assert (first["adults_slight"], first["children_killed_or_serious"]) == (1, 1)
    assert (second["adults_killed_or_serious"], second["location"]) == (1, "Ashby Rd")


def test_an_age_is_never_taken_for_a_number_of_people():
    rows = [["Date", "Road", "Casualty Age"], ["13/07/2026", "A6", 45], ["14/07/2026", "B591", 9]]
    assert work(text(rows), ReturnOptions("la-road-collisions", QUARTER, "2026")).status == "refused"


def test_a_table_wide_by_gender_and_age_stays_wide():
    rows = [
        ["Offence type", "Male", "", "Female", ""],
        ["", "10-13", "14-15", "10-13", "14-15"],
        ["Theft and handling", 1, 2, 0, 1],
        ["Violence against the person", 2, "<5", 0, 0],
    ]
    first, second = kept(xlsx({"A": rows}, merged=[("A", "B1:C1"), ("A", "D1:E1")]), "yos-offences")
    assert (first["number.M.10-13"], first["number.F.14-15"], second["number.M.14-15"]) == (1, 1, "<5")
    assert "number.M" not in first


@pytest.mark.clause("app1.aggregates")
def test_people_are_counted_by_severity_whatever_the_day():
    rows = [
        ["Inc No", "Date", "Victim Name", "Age", "Severity", "District"],
        [1, "03/07/2026", "Ann Quibblewick", 77, "Fatal", "Blaby"],
        [2, "13/07/2026", "Bob Quibblewick", 7, "Slight injury", "Blaby"],
        [3, "14/07/2026", "Cy Quibblewick", 27, "Slight injury", "Blaby"],
    ]
    assert [row["number"] for row in kept(text(rows), "fire-casualties")] == [1, 2]


@pytest.mark.clause("app1.aggregates")
def test_needs_marked_yes_and_no_are_counted():
    rows = [
        ["CRN", "DOB", "LAU", "Gender", "Accom need", "ETE need", "Drugs need", "MH need"],
        ["X123456", "01/02/1980", "Charnwood", "M", "Y", "N", "Y", "Y"],
        ["X123458", "01/02/1981", "Charnwood", "M", "Y", "N", "Y", "N"],
    ]
    (group,) = kept(text(rows), "probation-offenders")
    assert (group["offenders"], group["number_with_need.accommodation"], group["number_with_need.mental-health"]) == (
        2,
        2,
        1,
    )


@pytest.mark.clause("app1.aggregates")
def test_a_birth_date_gives_the_age_of_young_people_that_are_counted():
    rows = [
        ["YP", "DOB", "Sex", "Ethnic Code", "Offence"],
        ["Q", "01/02/2011", "M", "W1", "Theft"],
        ["R", "01/02/2011", "M", "W1", "Theft"],
        ["R", "01/02/2011", "M", "W1", "Theft"],
    ]
    (group,) = kept(text(rows), "leicester-yos")
    assert (group["age"], group["young_people"], group["offences"]) == ("14-15", 2, 3)


@pytest.mark.parametrize("make", [text, lambda rows: xlsx({"S": rows})])
def test_tables_side_by_side_are_two_tables(make):
    rows = [
        ["Referrals", "", "", "", "Supported", "", ""],
        ["Age", "Gender", "Number", "", "Age", "Gender", "Number"],
        ["10-13", "Male", 5, "", "10-13", "Male", 7],
        ["14-15", "Female", 4, "", "14-15", "Female", 2],
        ["", "", "", "", "16-17", "Male", 1],
    ]
    found = kept(make(rows), "yos-yisp-referred")
    assert [(row["dataset"], row["age"], row["number"]) for row in found] == [
        ("yos-yisp-referred", "10-13", 5), ("yos-yisp-referred", "14-15", 4),
        ("yos-supported", "10-13", 7), ("yos-supported", "14-15", 2), ("yos-supported", "16-17", 1),
    ]  # fmt: skip


def test_a_name_in_a_heading_hides_nothing_of_what_the_column_is():
    rows = [["Date", "Incident Location (J Quibblewick)", "Type"], ["13/07/2026", "High Street", "Alarm"]]
    (row,) = kept(text(rows), "police-incidents")
    assert row["location"] == "High Street"


def test_a_repeated_or_masked_heading_is_answered_by_the_name_that_the_report_shows():
    rows = [
        ["Date", "Type", "Where Jane Quibblewick lives", "Date"],
        ["13/07/2026", "Alarm", "High Street", "14/07/2026"],
    ]
    first = work(text(rows), ReturnOptions("police-incidents", QUARTER, "2026"))
    masked = next(heading for heading in first.report.columns if "•••" in heading)
    answers = {masked: "location", "Date": "none", "Date (2)": "date"}
    (row,) = work(text(rows), ReturnOptions("police-incidents", QUARTER, "2026", answers)).table.to_pylist()
    assert (row["date"], row["location"]) == ("2026-07-14", "High Street")


def test_a_column_of_listed_codes_is_taken_before_one_whose_heading_alone_fits():
    rows = [["ADMIDATE", "DIAG_01", "EXT_CAUSE", "POSTCODE"], ["20260703", "S0085", "Y048", "LE1 4AB"]]
    assert [row["sub_category_code"] for row in kept(text(rows), "health-assault")] == ["Y04"]


@pytest.mark.clause("app1.aggregates")
def test_needs_linked_to_offending_are_counts_of_needs():
    rows = [
        ["Criminogenic need", "No. offenders with need linked to offending", "% of caseload"],
        ["Accommodation", 84, "40%"],
        ["Alcohol Misuse", 31, "15%"],
    ]
    assert [row["number_with_need"] for row in kept(text(rows), "probation-offenders")] == [84, 31]


@pytest.mark.clause("app1.aggregates")
def test_a_column_that_names_each_offender_counts_none_and_each_need_is_counted():
    needs = ["Drugs linked to offending behaviour", "Alcohol Linked"]
    rows = [["PNC", "Offender", "Gender", *needs]]
    names = ["Abena Asante", "Olha Kovalchuk", "Kajan Nadarajah", "Thuy Tran", "Fatou Ceesay", "Mahnaz Hotak"]
    rows += [[f"2001/{place}A", name, "M", "Y", "N" if place else "Y"] for place, name in enumerate(names)]
    found = kept(text(rows), "probation-offenders")
    counted = sum(row["number_with_need.drugs"] for row in found), sum(row["number_with_need.alcohol"] for row in found)
    assert counted == (6, 1)


def test_the_number_of_records_below_them_is_no_record():
    rows = [["Log", "Date", "Time", "ASB Type", "Location"], *([1, "03/07/2026", "10:00", "Noise", "Mill Lane"] for _ in "ab"), ["", "", "", "2 incidents", ""]]  # fmt: skip
    assert len(kept(text(rows), "la-asb")) == 2


def test_a_group_said_without_its_heading_has_its_code_and_other_has_none():
    rows = [["Age", "Gender", "Ethnicity", "Number"], *([14, "M", each, 6] for each in ("Pakistani", "African", "Any other"))]  # fmt: skip
    found = kept(text(rows), "yos-yisp-referred")
    assert [row["ethnicity_code"] for row in found] == ["A2", "B2", None]


def test_the_place_that_a_caller_gave_is_no_fact_about_the_caller():
    rows = [["Time of Call", "Address given by caller"], ["03/07/2026 22:10", "9 Brazil Street"]]
    assert [row["purported_location"] for row in kept(text(rows), "fire-false-alarms")] == ["Brazil Street"]


@pytest.mark.parametrize("heading", ["Where", "Scene", "Place of incident", "Location of call"])
def test_the_place_that_a_caller_gave_is_headed_as_any_place_is(heading):
    rows = [["Date", "Time", heading], ["03/07/2026", "10:00", "Mill Road"]]
    assert [row["purported_location"] for row in kept(text(rows), "fire-false-alarms")] == ["Mill Road"]
