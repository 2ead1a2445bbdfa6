"""Small returns that came out wrong once: the right numbers out of the right columns, through the whole path."""

from pathlib import Path

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.catalogue import data_sets
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets import errors
from tests.spreadsheets import text, xls, xlsx

CASES = Path(__file__).parents[3] / "cases" / "returns"
QUARTER = Quarter.parse("2026-Q3")


def outcome_of(source, data_set, **answers):
    return work(source, ReturnOptions(data_set, QUARTER, "2026", {}, {name.replace("_", "-"): told for name, told in answers.items()}))  # fmt: skip


def handed(name, data_set, **answers):
    return outcome_of((CASES / "handed" / name).read_bytes(), data_set, **answers)


def kept(outcome, *columns):
    assert outcome.status == "accepted", outcome.message
    return [tuple(row[name] for name in columns) for row in outcome.table.to_pylist()]


def exported(name, data_set):
    return outcome_of((CASES / "exports" / f"{name}.csv").read_bytes(), data_set)


def test_a_narrative_is_asked_about_and_not_taken_for_a_category():
    outcome = handed("01-narrative-as-category.csv", "police-incidents")
    assert outcome.status == "question"
    assert [each.id for each in outcome.report.questions] == ["map:Incident Description"]


@pytest.mark.clause("s6.no-identifiers")
def test_short_sentences_are_no_categories_either_whatever_heads_them():
    told = ["Next door plays the drums", "Boys kicked Quxley's wall", "The man at 14 smokes", "Zelda was rude again", "Noise"]  # fmt: skip
    rows = [["Date", "Category", "Place"], *(["03/07/2026", one, "Mill Road"] for one in told)]
    outcome = outcome_of(text(rows), "la-asb")
    assert [each.id for each in outcome.report.questions] == ["map:Category"]
    assert "Quxley" not in outcome.report_bytes().decode()


def test_no_set_is_suggested_that_would_take_anything_with_a_date_and_a_place():
    outcome = handed("04-refuge-sheet-suggestion.csv", "health-domestic-abuse")
    assert outcome.status == "refused"
    assert "looks like '" not in outcome.message


def test_rows_of_single_people_are_counted_and_never_kept():
    rows = kept(handed("05-one-row-a-person-linked.csv", "probation-offenders"), "number_with_need.drugs", "number_with_need.alcohol", "offenders")  # fmt: skip
    assert [sum(column) for column in zip(*rows, strict=True)] == [2, 2, 3]


def test_rows_of_single_people_are_not_kept_where_their_words_are_not_known():
    rows = [["CRN", "Age", "Drugs need", "Alcohol need"], ["X1", "25", "Sig", "Y"], ["X2", "40", "Nonsig", "N"]]
    outcome = outcome_of(text(rows), "probation-offenders")
    assert outcome.status == "refused"
    assert "'Drugs need'" in outcome.message


def test_a_bound_added_to_numbers_is_a_range():
    rows = kept(handed("06-less-than-five-summed.csv", "yos-offences"), "offence_type", "number")
    assert rows == [("Theft", "15 to 18"), ("Drugs", "91 to 94")]


def test_every_mark_of_a_count_is_known_and_no_row_is_lost():
    rows = kept(handed("06-suppression-symbols.csv", "yos-offences"), "number")
    held = "suppressed"
    assert [number for (number,) in rows] == ["1234", "12", held, held, held, held, held, "0", "3", "<10", "<5", held]


@pytest.mark.parametrize("length", [60, 128])
def test_the_diagnosis_is_the_column_of_the_list_however_long_the_file(length):
    lines = (CASES / "handed" / "07-two-diagnosis-128-rows.csv").read_text("utf-8").splitlines(keepends=True)
    rows = kept(
        outcome_of("".join(lines[: length + 1]).encode(), "health-substance"), "sub_category", "sub_category_code"
    )
    assert len(rows) == length
    assert {code[:1] for _, code in rows} == {"F", "T", "Y"}
    assert {"F12.1", "F10.2"} <= {wording[:5] for wording, _ in rows}


def test_the_complaint_is_the_category_and_not_the_code_of_dispatch():
    rows = kept(handed("07-mpds-code-kept.csv", "ambulance-callouts"), "category_code")
    assert {code for (code,) in rows if code} >= {"assault", "stab-gunshot", "overdose"}


def test_offence_codes_of_every_form_are_kept():
    rows = kept(handed("07-offence-codes-lost.csv", "police-crimes"), "offence_code", "offence_class")
    assert rows == [("CJ105001A", "105A"), ("PL960010C", "58A"), ("01163030105", "34B"), ("08801", "039")]


def test_a_birth_date_among_dates_is_left_out_and_told_by_its_cell():
    outcome = handed("08-birth-date-in-date-column.csv", "la-asb")
    assert [day for (day,) in kept(outcome, "date")][:3] == ["2026-07-03", None, None]
    assert any("rows 3, 4" in warning and "birth date" in warning for warning in outcome.report.warnings)


def test_dates_in_every_form_are_read():
    rows = kept(handed("08-dates-not-read.csv", "la-asb"), "date", "time")
    assert rows == [("2026-08-15", "10:00"), ("2026-07-03", "10:00"), ("2026-07-03", "14:05"), ("2026-07-03", "14:05"), ("2026-07-01", "00:30")]  # fmt: skip


def test_days_that_a_spreadsheet_program_swapped_are_asked_about_once():
    name = "08-swapped-by-us-excel.xlsx"
    outcome = handed(name, "la-asb")
    assert [each.id for each in outcome.report.questions] == ["date-swap"]
    days = [day for (day,) in kept(handed(name, "la-asb", date_swap="swapped"), "date")]
    assert sorted(days) == ["2026-07-03", "2026-07-08", "2026-07-12", "2026-07-13", "2026-08-01", "2026-08-20", "2026-09-07", "2026-09-10", "2026-09-29"]  # fmt: skip


def test_a_total_of_records_is_no_record():
    outcome = handed("11-total-row-kept.csv", "police-incidents")
    assert len(kept(outcome, "date")) == 2
    assert any("totals" in warning for warning in outcome.report.warnings)


def test_a_file_that_tells_the_month_alone_is_taken_and_says_so_once():
    outcome = handed("12-month-only.csv", "police-crimes")
    assert kept(outcome, "date") == [("2026-07-01",), ("2026-08-01",)]
    assert sum("Only the month" in warning for warning in outcome.report.warnings) == 1


def test_one_date_settles_the_order_of_all():
    assert kept(handed("12-us-dates-settled.csv", "la-racial-incidents"), "date") == [("2026-07-06",), ("2026-07-18",), ("2026-08-05",)]  # fmt: skip


def test_a_place_of_worship_is_sheltered_in_each_row_about_hate_whatever_the_set():
    rows = [["Category", "Date", "Location"], ["Hate incident", "03/07/2026", "Umar Mosque, Evington Road"], ["Noise", "03/07/2026", "St Mary's Church"], ["Racially aggravated", "04/07/2026", "Church Lane"]]  # fmt: skip
    assert [place for (place,) in kept(outcome_of(text(rows), "police-incidents"), "location")] == [None, "St Mary's Church", "Church Lane"]  # fmt: skip


def test_headings_as_programs_write_them_are_shown_and_matched():
    outcome = handed("13-snake-heading.csv", "la-asb")
    assert list(outcome.report.columns) == ["Incident_Date1", "Ward_2", "Category", "Location"]
    assert kept(outcome, "date") == [(None,), (None,)]
    assert any("rows 2, 3" in warning for warning in outcome.report.warnings)


@pytest.mark.parametrize("below", [[["July", "34"], ["August", "12"]], [["Total", "2"]], [["TOTAL", "", "2 incidents"]], [["", "Noise", "2"], ["", "Begging", "0"]]])  # fmt: skip
def test_lists_below_the_records_are_no_records_in_whatever_columns(below):
    rows = [["Date", "Time", "Category", "Location"], ["03/07/2026", "10:00", "Noise", "High Street"], ["04/07/2026", "11:00", "Noise", "Mill Road"], [], *below]  # fmt: skip
    assert len(kept(outcome_of(text(rows), "la-asb"), "date")) == 2


BESIDE = [["", "Month", "Incidents"], ["", "July", "2"], ["", "August", "1"], ["", "Total", "3"]]


def test_a_list_of_months_beside_the_records_is_no_part_of_them():
    rows = [["Input Date/Time", "Category", "Location"], ["03/07/2026 10:00", "Noise", "High Street"], ["04/07/2026 11:00", "Noise", "Mill Road"], ["05/08/2026 11:00", "Noise", "Mill Road"]]  # fmt: skip
    outcome = outcome_of(text([row + more for row, more in zip(rows, BESIDE, strict=True)]), "la-asb")
    assert [day for (day,) in kept(outcome, "date")] == ["2026-07-03", "2026-07-04", "2026-08-05"]
    assert any("by month" in warning for warning in outcome.report.warnings)
    rows = [["Offence", "Jul", "Aug", "Sep", "Total"], ["Theft", "3", "2", "1", "6"], ["Violence", "4", "0", "<5", "4-8"], ["Total", "7", "2", "1+", "10"]]  # fmt: skip
    outcome = outcome_of(text([row + more for row, more in zip(rows, BESIDE, strict=True)]), "yos-offences")
    assert kept(outcome, "offence_type", "number") == [("Theft", "6"), ("Violence", "4 to 8")]


def test_of_two_equal_columns_of_categories_neither_is_chosen():
    rows = [["Date", "Category", "Category", "Location"], ["03/07/2026", "Noise", "Litter", "High Street"], ["04/07/2026", "Litter", "Noise", "Mill Road"]]  # fmt: skip
    outcome = outcome_of(text(rows), "la-asb")
    assert [each.id for each in outcome.report.questions] == ["map:Category", "map:Category (2)"]
    answered = work(text(rows), ReturnOptions("la-asb", QUARTER, "2026", {"Category": "none", "Category (2)": "category"}))  # fmt: skip
    assert [word for (word,) in kept(answered, "category")] == ["Litter", "Noise"]


@pytest.mark.parametrize(
    ("heads", "asked"),
    [
        (["Killed", "Serious", "Slight"], ["map:Killed", "map:Serious", "map:Slight"]),
        (["All KSI", "Child KSI", "Child slight"], ["map:All KSI"]),
        (["No of Casualties", "Lanes", "Severity"], ["map:No of Casualties"]),
    ],
)
def test_casualties_of_all_ages_are_asked_about_and_never_taken_for_adults_or_children(heads, asked):
    rows = [["Date", "Location", *heads], ["03/07/2026", "High Street", "0", "1", "2"], ["04/07/2026", "Mill Road", "1", "0", "2"]]  # fmt: skip
    outcome = outcome_of(text(rows), "la-road-collisions")
    assert (outcome.status, [each.id for each in outcome.report.questions]) == ("question", asked)


def test_the_answer_about_casualties_of_all_ages_is_taken():
    rows = [["Date", "Location", "Adult slight", "KSI"], ["03/07/2026", "High Street", "0", "1"]]
    said = {"KSI": "adults_killed_or_serious"}
    assert kept(work(text(rows), ReturnOptions("la-road-collisions", QUARTER, "2026", said)), "adults_killed_or_serious") == [(1,)]  # fmt: skip
    left = kept(work(text(rows), ReturnOptions("la-road-collisions", QUARTER, "2026", {"KSI": "none"})), "adults_slight")  # fmt: skip
    assert left == [(0,)]
    alone = [[row[0], row[1], row[3]] for row in rows]  # no count is left: when and where it was is kept all the same
    outcome = work(text(alone), ReturnOptions("la-road-collisions", QUARTER, "2026", {"KSI": "none"}))
    assert kept(outcome, "date", "location") == [("2026-07-03", "High Street")]


@pytest.mark.parametrize(("total", "wrong"), [("7", False), ("12", True), ("5", True)])
def test_a_total_of_numbers_below_five_agrees_within_their_bounds(total, wrong):
    rows = [["Offence", "Number"], ["Theft", "6"], ["Drugs", "<5"], ["Arson", "0"], ["Total", total]]
    told = outcome_of(text(rows), "yos-offences").report.warnings
    assert any("do not agree" in one for one in told) is wrong


def test_numbers_that_count_nothing_are_no_counts():
    rows = [["Offence", "Gravity"], ["Theft", "3"], ["Assault", "5"]]
    outcome = outcome_of(text(rows), "yos-offences")
    assert outcome.status != "accepted" or all(number == 1 for (number,) in kept(outcome, "number"))


@pytest.mark.clause("app1.aggregates")
def test_what_is_counted_of_each_person_is_added_up():
    rows = [["CRN", "Offence", "Number"], ["X1", "Theft", "2"], ["X2", "Theft", "3"], ["X3", "Robbery", "1"]]
    found = kept(outcome_of(text(rows), "yos-offences"), "offence_type", "number")
    assert found == [("Theft", 5), ("Robbery", 1)]


@pytest.mark.parametrize(
    ("name", "data_set", "columns", "first"),
    [
        ("data-police-uk", "police-crimes", ("date", "sub_category", "map_point"), ("2026-07-01", "Burglary", "-1.13, 52.63")),
        ("stats19", "la-road-collisions", ("date", "time", "adults_slight", "map_point", "location", "area"), ("2026-07-03", "08:15", 1, "458000, 304000", "A6", "E06000016, E01013660")),
        ("fire-irs", "fire-deliberate", ("date", "time", "type_code", "outward_postcode"), ("2026-07-03", "08:15", "secondary", "LE1")),
        ("hes-assault", "health-assault", ("date", "sub_category", "outward_postcode"), ("2026-07-03", "X99.1", "LE1")),
        ("sus-substance", "health-substance", ("date", "sub_category", "outward_postcode"), ("2026-07-03", "F10.2", "LE1")),
        ("sims-exclusions", "la-exclusions", ("type_code", "age", "reason_code"), ("SUSP", 14, "DB")),
        ("civica-app", "la-asb", ("date", "time", "category_code"), ("2026-07-03", "08:15", "noise")),
        ("uniform", "la-asb", ("date", "category_code", "map_point"), ("2026-07-03", "noise", "458000, 304000")),
        ("react", "la-asb", ("date", "time", "category_code"), ("2026-07-03", "22:15", "noise")),
        ("ambulance-cad", "ambulance-callouts", ("date", "time", "category_code"), ("2026-07-03", "22:15", "assault")),
        ("ndelius", "probation-offenders", ("offenders", "number_with_need.drugs", "number_with_need.accommodation"), (1, 1, 1)),
        ("childview", "yos-offences", ("offence_type_code", "number"), ("theft", 1)),
    ],
)  # fmt: skip
def test_exports_of_the_systems_that_agencies_have_go_in_as_they_are(name, data_set, columns, first):
    assert kept(exported(name, data_set), *columns)[0] == first


def test_the_day_of_a_meeting_is_asked_about_and_not_taken_for_that_of_an_admission():
    rows = [
        ["MARAC Date", "Postcode", "Risk (DASH score)"],
        ["09/07/2026", "LE11 3QP", "17"],
        ["13/08/2026", "LE2 7AB", "14"],
    ]
    outcome = outcome_of(text(rows), "health-domestic-abuse")
    assert [each.ask for each in outcome.report.questions] == [
        "What does the column '\u2022\u2022\u2022 Date' hold? It may be: Date of admission."
    ]


def test_columns_that_are_one_count_by_their_sender_s_word_are_added():
    rows = [["Severity", "House fires", "Flat fires"], ["Fatal", 1, 2], ["First aid", 4, 5]]
    wanted = ReturnOptions("fire-casualties", QUARTER, "2026", {"House fires": "number", "Flat fires": "number"})
    assert kept(work(text(rows), wanted), "number") == [(3,), (9,)]


def test_two_columns_that_could_be_the_category_by_what_they_hold_are_both_asked_about():
    rows = [
        ["Date", "Location", "Aaa", "Bbb"],
        ["03/07/2026", "High Street", "Noise", "Litter"],
        ["14/08/2026", "Back Lane", "Graffiti", "Noise"],
    ]
    asked = outcome_of(text(rows), "la-asb").report.questions
    assert [each.id for each in asked] == ["map:Aaa", "map:Bbb"]


def test_a_hospital_s_row_gives_the_first_diagnosis_of_the_list_wherever_it_stands():
    assert [code for (code,) in kept(exported("sus-substance", "health-substance"), "sub_category")] == [
        "F10.2",
        "F11.2",
    ]


@pytest.mark.parametrize("write", [text, lambda rows: xlsx({"Data": rows}), xls], ids=["CSV", "XLSX", "XLS"])
def test_the_order_of_columns_and_the_number_of_rows_change_nothing(write):
    heads = ["Date", "Time", "Category", "Location"]
    record = ["03/07/2026", "10:00", "Noise", "High Street"]
    for order in ([0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]):
        for height in (1, 13, 200):
            rows = [[line[place] for place in order] for line in (heads, *([record] * height))]
            found = kept(outcome_of(write(rows), "la-asb"), "date", "time", "category", "location")
            assert set(found) == {("2026-07-03", "10:00", "Noise", "High Street")}


def test_numbers_of_which_nothing_says_what_they_count_are_refused_with_what_to_do():
    rows = [["Measure", "Value"], ["Theft - Male 16-17", 9], ["Robbery - Female 14-15", 1]]
    outcome = outcome_of(text(rows), "yos-offences")
    assert outcome.status == "refused"
    assert "no column that we can read says of what each is" in outcome.message


def test_numbers_under_a_heading_that_nobody_knows_are_never_counted_as_people():
    rows = [["Offence type", "Volume in the period under review"], ["Theft", 12], ["Robbery", 3]]
    outcome = outcome_of(text(rows), "yos-offences")
    assert outcome.status != "accepted" or kept(outcome, "number") == [(12,), (3,)]


@pytest.mark.parametrize(
    ("data_set", "rows"),
    [
        ("health-assault", [["Month of admission", "ICD code", "Postcode district", "Admissions"], ["2026-07", "X99", "LE11", 6], ["2026-08", "Y04", "LE13", 11]]),
        ("ambulance-callouts", [["Date", "Call type", "Sector", "Count"], ["03/07/2026", "Assault", "Charnwood", 3], ["04/07/2026", "Overdose", "Melton", 1]]),
        ("la-asb", [["Month", "Type", "Ward", "No. of incidents"], ["Jul-26", "Noise", "Thornby East", 14], ["Aug-26", "Graffiti", "Melton", 3]]),
        ("fire-staff-violence", [["Month", "Station", "Verbal", "Physical"], ["July", "Loughborough", 2, 0], ["August", "Melton", 0, 1]]),
    ],
)  # fmt: skip
def test_numbers_of_records_are_never_counted_as_one_record_a_row(data_set, rows):
    outcome = outcome_of(text(rows), data_set)
    assert [each.id for each in outcome.report.questions] == ["a-row-each"]
    refused = outcome_of(text(rows), data_set, a_row_each="no")
    assert (refused.status, refused.message) == ("refused", errors.NOT_A_ROW_EACH)
    assert len(kept(outcome_of(text(rows), data_set, a_row_each="yes"), "date")) == 2


@pytest.mark.parametrize("heading", ["Incident", "Incident No", "Offence number", "Casualties", "Vehicles"])
def test_a_record_s_own_number_is_no_number_of_records(heading):
    rows = [["Date", "Location", heading], ["03/07/2026", "High Street", 1], ["14/08/2026", "Back Lane", 2]]
    assert outcome_of(text(rows), "la-racial-incidents").status == "accepted"


def test_noughts_and_ones_say_no_sex_where_the_heading_says_none():
    rows = [
        ["School", "Age", "Attended panel", "Reason"],
        ["Thornby High School", 14, 1, "PP"],
        ["Thornby High School", 13, 0, "DA"],
    ]
    assert "gender" not in outcome_of(text(rows), "la-exclusions").table.column_names


def test_five_past_midnight_is_no_part_of_a_day_where_times_have_dots():
    for others, read in ((["22.14.07"], "00:05"), (["0.75"], "01:12")):
        rows = [
            ["Date of call", "Time of call", "Address given"],
            *(["3.7.26", time, "High Street"] for time in ("0.05", *others)),
        ]
        assert kept(outcome_of(text(rows), "fire-false-alarms"), "time")[0] == (read,)


def test_a_month_without_a_record_is_no_record():
    sheets = {
        month: [["Date", "Time", "Offence", "Location"], *rows, ["Total", len(rows)]]
        for month, rows in {"Jul": [["03/07/2026", "22:15", "Common assault", "High Street"]], "Sep": []}.items()
    }
    outcome = outcome_of(xlsx(sheets), "police-crimes")
    assert kept(outcome, "date") == [("2026-07-03",)]
    assert not any("do not agree" in each for each in outcome.report.warnings)


def test_a_reference_that_holds_the_word_of_a_kind_is_no_category():
    told = ["Noise", "Row at Zelda Quxley's", "Fly tipping", "Zelda Quxley", "Quxley", "Zelda"]
    rows = [["REFVAL", "DATERECV", "COMPTYPE", "ADDRESS"], *([f"26/0400{place}/NOISE", "03-JUL-26", kind, "Mill Road"] for place, kind in enumerate(told))]  # fmt: skip
    outcome = outcome_of(text(rows), "la-asb")
    assert outcome.report.columns["COMPTYPE"].field == "category"
    assert [told[0] for told in kept(outcome, "category_code")] == ["noise", None, "fly-tipping", None, None, None]


def test_a_category_under_a_heading_that_says_nothing_is_asked_about_and_never_left_out_in_silence():
    told = ["Noise", "Zelda Quxley", "Fly tipping", "Zelda", "Dog fouling", "Quxley, Zelda"]
    rows = [["Date", "Stream", "Place"], *(["03/07/2026", kind, "Mill Road"] for kind in told)]
    assert [each.id for each in outcome_of(text(rows), "la-asb").report.questions] == ["map:Stream"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Property / Location of ASB", "location"), ("Street or landmark", "location"), ("Beat / team", "area"), ("Subject / type of ASB", "category"), ("Complainant / address", None),
        ("lsoa_of_collision_location", "area"), ("Occ_Start_Date", "date"), ("zelda_quxley", None),
    ],
)  # fmt: skip
def test_a_heading_may_offer_two_and_be_joined_as_programs_write_it(heading, field):
    known = {"location": "Mill Road", "area": "E01014000", "category": "Noise", "date": "03/07/2026", None: "Oak Lane"}
    rest = [(name, value) for name, value in known.items() if name not in {field, None}]
    rows = [[heading, *(name for name, _ in rest)], *([known[field], *(value for _, value in rest)] for _ in range(3))]
    outcome = outcome_of(text(rows), "la-asb")
    shown, column = next(iter(outcome.report.columns.items()))
    assert column.field == field
    assert "quxley" not in shown.lower()


def test_a_point_written_twice_is_kept_once():
    rows = [["Date", "Offence", "Street", "Easting", "Northing", "Easting_rounded", "Northing_rounded"], ["03/07/2026", "Arson", "Mill Road", 458012, 304023, 458050, 304050]]  # fmt: skip
    assert kept(outcome_of(text(rows), "police-crimes"), "map_point") == [("458000, 304000",)]


SEXUAL = [
    "Sexual assault on a female aged 13 and over", "Sexual assault on a male child under 13", "Assault by penetration", "Rape of a female aged 16 and over", "Sexual activity involving a child under 16",
    "Abuse of children through sexual exploitation", "Abuse of position of trust of a sexual nature", "Exposure and voyeurism", "Indecent assault", "Harassment - sexual", "Sexual assault occasioning actual bodily harm",
]  # fmt: skip


@pytest.mark.clause("s6.no-identifiers")
def test_a_sexual_offence_keeps_no_street_whatever_else_its_title_says():
    rows = [
        ["Date", "Offence", "Location", "Ward"],
        *(["03/07/2026", title, "Mill Road", "Castle"] for title in SEXUAL),
    ]
    told = kept(outcome_of(text(rows), "police-crimes"), "sub_category", "sub_category_code", "location", "area")
    assert told == [(title, "sexual", None, "Castle") for title in SEXUAL]


@pytest.mark.parametrize(
    ("data_set", "titles"),
    [
        ("police-crimes", ["Possession of controlled drugs (excl. cannabis)", "Possession of an article with a blade or point", "Theft by an employee", "Perverting the course of justice", "Criminal damage to a building other than a dwelling", "Profiting from or concealing knowledge of the proceeds of crime"]),
        ("police-incidents", ["Concern for safety/Collapse/Illness/Injury/Trapped", "Inappropriate use/sale/possession of fireworks", "Protest/demonstration", "Absconders/AWOL"]),
        ("ambulance-callouts", ["Assault/Sexual Assault/Stun Gun", "Psychiatric/Abnormal Behaviour/Suicide Attempt", "Unconscious/Fainting", "Traffic/Transportation Incidents", "Stroke/Transient Ischaemic Attack"]),
        ("fire-deliberate", ["Deliberate - unknown owner", "Refuse/rubbish tip", "Straw/stubble burning", "Large refuse container (e.g. paladin, skip)"]),
        ("la-asb", ["Household noise", "Noise - construction site", "Fly tipping - black bags", "Car repairs in street", "Door knocking"]),
        ("health-assault", ["Assault by handgun discharge", "Assault by rifle, shotgun and larger firearm discharge"]),
    ],
)  # fmt: skip
def test_official_titles_are_kept_as_they_are(data_set, titles):
    heads = {"police-crimes": "Offence", "fire-deliberate": "Type", "health-assault": "ICD-10 description"}
    rows = [["Date", heads.get(data_set, "Category"), "Postcode"], *(["03/07/2026", title, "LE2 1AA"] for title in titles * 2)]  # fmt: skip
    outcome = outcome_of(text(rows), data_set)
    field = outcome.report.columns[heads.get(data_set, "Category")].field
    assert kept(outcome, field) == [(title,) for title in titles * 2]


@pytest.mark.parametrize(
    ("roads", "told"),
    [((3, 38, 4, 4194), "A38 junction with B4194"), ((1, 5, -1, -1), "M5"), ((2, 1, 0, 0), "A1(M)"), (("A", "6.0", "Unclassified", 0), "A6"), ((6, 0, 3, 44), None), (("Zelda", 7, 3, 44), None)],
)  # fmt: skip
def test_a_road_told_by_class_and_number_is_the_place(roads, told):
    rows = [["date", "time", "first_road_class", "first_road_number", "second_road_class", "second_road_number", "adults_ksi"], ["03/07/2026", "08:15", *roads, 1], ["04/07/2026", "09:15", "A", 6, 6, 0, 1]]  # fmt: skip
    assert kept(outcome_of(text(rows), "la-road-collisions"), "location") == [(told,), ("A6",)]


def test_a_group_that_mixes_violence_with_sexual_offences_keeps_the_street_that_is_published():
    rows = [["Month", "Crime type", "Location"], ["2026-07", "Violence and sexual offences", "On or near Mill Road"]]
    assert kept(outcome_of(text(rows), "police-crimes"), "sub_category_code", "location") == [("violence", "On or near Mill Road")]  # fmt: skip


def test_a_day_alone_takes_the_month_that_its_sheet_is_called_by_or_that_stands_beside_it():
    sheets = {
        name: [["Day", "Complaint type", "Place"], *([day, "Noise", "Mill Road"] for day in days)]
        for name, days in {"July 2026": (1, "14th"), "Aug": ("Mon 3rd", 30), "June": (29,)}.items()
    }
    assert kept(outcome_of(xlsx(sheets), "la-asb"), "date") == [(day,) for day in ("2026-07-01", "2026-07-14", "2026-08-03", "2026-08-30", "2026-06-29")]  # fmt: skip
    rows = [["Day", "Month", "Year", "Type", "Place"], ["3", "7", "2026", "Noise", "Mill Road"], ["14", "August", "2026", "Litter", "High Street"]]  # fmt: skip
    assert kept(outcome_of(text(rows), "la-asb"), "date") == [("2026-07-03",), ("2026-08-14",)]
    mixed = {"July to September": [["Day", "Type", "Place"], [3, "Noise", "Mill Road"]]}
    assert kept(outcome_of(xlsx(mixed), "la-asb"), "date") == [(None,)]


def test_the_name_of_the_next_section_is_no_record():
    sheet = [["NOISE"], ["Date", "Place"], ["03/07/2026", "Mill Road"], ["LITTER"], ["Date", "Place"], ["03/08/2026", "High Street"]]  # fmt: skip
    outcome = outcome_of(xlsx({"A": sheet}), "la-asb")
    assert kept(outcome, "category_code", "location") == [("noise", "Mill Road"), ("litter", "High Street")]


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize("heading", ["HO Class", "Offence Code"])
def test_a_sexual_offence_that_only_a_code_tells_keeps_no_street_either(heading):
    told = ["19C", "17A/1", "020/01", "88A", "SX03001"] if heading == "HO Class" else ["SX03001", "SX56002"]
    others = ["8N", "105A", "30C/1"] if heading == "HO Class" else ["CJ88116", "TH68010"]
    rows = [["Date", heading, "Location", "Ward"], *(["03/07/2026", code, "Mill Road", "Castle"] for code in [*told, *others])]  # fmt: skip
    outcome = outcome_of(text(rows), "police-crimes")
    assert kept(outcome, "location", "area") == [(None, "Castle")] * len(told) + [("Mill Road", "Castle")] * len(others)
    beside = [["Date", heading, "Offence", "Location"], ["03/07/2026", told[0], "Violence", "Mill Road"]]
    assert kept(outcome_of(text(beside), "police-crimes"), "location") == [(None,)]


@pytest.mark.clause("s6.no-identifiers")
def test_a_row_that_tells_of_a_sexual_offence_in_any_column_or_words_keeps_no_street():
    heads = ["Date", "Crime Group", "Offence Title", "MO", "Location", "Easting", "Northing", "Ward"]
    rest = ["14 Mill Road, Oadby LE2 1AA", 458012, 304023, "Castle"]
    rows = [
        ["03/07/2026", "Violence against the person", "Rape of Zelda Quxley", "", *rest],
        ["03/07/2026", "Zelda Quxley indecently assaulted", "", "", *rest],
        ["03/07/2026", "SOA 2003", "", "", *rest],
        ["03/07/2026", "Violence and sexual offences", "Common assault", "Zelda Quxley said that nothing sexual was said or done there on that day", *rest],
        ["03/07/2026", "Violence against the person", "Breach of a non-molestation order", "", *rest],
    ]  # fmt: skip
    outcome = outcome_of(text([heads, *rows]), "police-crimes")
    places = kept(outcome, "location", "map_point", "outward_postcode", "area")
    only_outward = [(None, None, "LE2", "Castle"), *[("LE2", None, None, "Castle")] * 2]
    assert places == only_outward + [("Mill Road, Oadby LE2", "458000, 304000", None, "Castle")] * 2
    assert any("sexual offence" in each for each in outcome.report.warnings)
    assert "Quxley" not in outcome.report_bytes().decode()


SEXUALLY = [["Sexual assault", "", ""], ["Assault", "04D02S", ""], ["Assault", "Rape", ""], ["Violence", "", "19C"]]
GROUPS = ["Violence and sexual offences", "04D01A Assault/Sexual Assault/Stun Gun", "8N"]  # they tell of none
STREETS = [each.id for each in data_sets() if any(field.treatment == "location" for field in each.fields)]


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize("which", STREETS)
def test_a_sexual_offence_keeps_no_street_in_any_set_that_has_streets(which):
    heads = [
        "Date",
        "Time",
        "Category",
        "Final code",
        "Offence Code",
        "Location",
        "Easting",
        "Northing",
        "Ward",
        "Adults slight",
    ]
    place = ["14 Mill Road, Oadby LE2 1AA", 458012, 304023, "Castle", 1]
    rows = [["03/07/2026", "08:15", *told, *place] for told in [*SEXUALLY, GROUPS]]
    outcome = work(text([heads, *rows]), ReturnOptions(which, QUARTER, "2026", answers={"data-set": which}))
    *homes, street = [" ".join(map(str, row.values())) for row in outcome.table.to_pylist()]
    assert all("LE2" in row and "Castle" in row and "Mill" not in row and "458" not in row for row in homes)
    assert "Mill Road" in street
    assert "458000" in street


def test_of_streets_is_spoken_only_where_a_set_has_them():
    rows = [
        ["Admission date", "ICD-10 code", "Diagnosis", "Postcode"],
        ["03/07/2026", "Y05", "Sexual assault by bodily force", "LE2 1AA"],
    ]
    assert not any("street" in each for each in outcome_of(text(rows), "health-assault").report.warnings)


@pytest.mark.clause("s6.no-identifiers")
def test_a_row_that_its_sender_mends_into_a_sexual_offence_loses_its_street():
    rows = [
        ["Date", "Category", "Location"],
        ["03/07/2026", "Noise", "Mill Road"],
        ["04/07/2026", "Noise", "High Street"],
    ]
    wanted = ReturnOptions("la-asb", QUARTER, "2026", answers={"mend:1!B2": "Sexual assault"})
    assert kept(work(text(rows), wanted), "location") == [(None,), ("High Street",)]


def test_kinds_of_which_few_have_a_code_are_asked_about_and_their_file_is_not_refused():
    told = ["Begging", "Fireworks", "Harassment", "Street drinking", "Zelda Quxley", "Verbal abuse", "Noise", "Quxley"]
    rows = [["Date", "Stream", "Place"], *(["03/07/2026", kind, "Mill Road"] for kind in told)]
    assert [each.id for each in outcome_of(text(rows), "la-asb").report.questions] == ["map:Stream"]
