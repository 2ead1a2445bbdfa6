"""Small files whose words once went wrong, each with what is right; lists from a folder; and risk that counts every kept column."""

import json
from pathlib import Path

import pytest

from portal.returns.command import main
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter

pytestmark = pytest.mark.clause("s6.no-identifiers")

FILES = Path(__file__).parents[3] / "cases" / "returns" / "kept_words"
QUARTER = Quarter.parse("2026-Q3")


def outcome_of(name, data_set, **more):
    return work((FILES / f"{name}.csv").read_bytes(), ReturnOptions(data_set, QUARTER, "2026", **more))


def column(outcome, name):
    return outcome.table[name].to_pylist()


def told(outcome):
    return outcome.report_bytes().decode() + outcome.message + (str(outcome.table.to_pylist()) if outcome.table else "")


def test_stories_are_no_category_and_none_of_their_words_is_quoted():
    outcome = outcome_of("01-narrative-as-category", "police-incidents")
    assert outcome.status in {"question", "refused"}
    assert not any(word in told(outcome) for word in ("Sikh", "Hallaton", "lupus", "twins", "refuge", "pregnant"))


def test_names_that_no_list_has_go_out_of_categories_and_their_kind_stays():
    outcome = outcome_of("02-unlisted-names-in-category", "la-asb")
    assert column(outcome, "category") == ["Threats", "Harassment", None, "Noise", "Noise", None, "Noise"]
    assert outcome.table.num_rows == 7
    assert not any(
        word in told(outcome)
        for word in ("Gholamreza", "Sivakumar", "Zabihullah", "Sukhjit", "Mingze", "Fatoumata", "Moor")
    )


def test_a_pupils_home_is_no_school():
    outcome = outcome_of("03-home-address-as-school", "la-exclusions")
    assert column(outcome, "school_name") == ["Robert Smyth Academy", None, None, "PRU", None, "Hospital school"]
    assert column(outcome, "school_address")[:5] == [
        "Burnmill Road, Market Harborough, LE16 7JG",
        "LE2",
        "LE18",
        None,
        None,
    ]
    assert column(outcome, "reason_code")[:5] == ["PP", "DB", "DB", "PA", "OW"]
    assert not any(
        word in told(outcome)
        for word in ("Zofia", "Khan", "Kayden", "Sibanda", "Cropthorne", "Elm Close", "Mill Road", "Vicarage")
    )


def test_of_a_refuge_nothing_but_the_area_stays():
    outcome = outcome_of("04-refuge-address", "police-incidents")
    assert "location" not in outcome.table.column_names or column(outcome, "location") == [None] * 4
    assert not any(word in told(outcome) for word in ("Sparkenhoe", "Willow", "Elm Close", "Hope", "Mill Road"))


def test_house_names_go_and_streets_and_wards_stay():
    outcome = outcome_of("09-houses-and-wards", "la-asb")
    places = [
        "The Street",
        "Back Lane, Tugby",
        "Main Street, Tugby",
        "High Street",
        "Elm Close",
        "Vicarage Close",
        None,
        None,
        "Elm Close",
        None,
        None,
        None,
    ]
    assert column(outcome, "location") == places
    assert column(outcome, "area")[:5] == [
        "Victoria",
        "Melton Dorian",
        "Wycliffe",
        "Markfield Stanton and Fieldhead",
        "Ellis",
    ]


@pytest.mark.threat("UP6")
@pytest.mark.parametrize(
    ("headings", "people", "left"),
    [
        ("Victim Name", ["Jordan Lane", '"Close, Kayden"', "Ms Anna Elm"], [None, "Coalville", "Elm Road"]),
        ("Name", ["Jordan Lane", "Mr Kayden Close", "Anna Elm"], [None, "Coalville", "Elm Road"]),
        ("Forename,Surname", ["Jordan,Lane", "Kayden,Close", "Anna,Elm"], [None, "Coalville", "Elm Road"]),
        ("Officer station", ["Jordan Lane", "Kayden Close", "Elm Road"], ["Jordan Lane", "Kayden Close, Coalville", "Elm Road"]),
        ("Victim address", ["1 Jordan Lane", "Kayden Close", "2 Elm Road"], ["Jordan Lane", "Kayden Close, Coalville", "Elm Road"]),
    ],
)  # fmt: skip
def test_who_stands_in_the_files_own_column_of_people_is_no_street(headings, people, left):
    places = [
        "Jordan Lane/Jordan Lane" if left[0] is None else "5 Jordan Lane",
        '"Kayden Close, Coalville"',
        "Elm Road",
    ]
    rows = [
        f"0{n}/07/2026,10:15,{each[0]},{each[1]},Noise" for n, each in enumerate(zip(places, people, strict=True), 1)
    ]
    source = "\n".join([f"Date,Time,Location,{headings},Type", *rows]).encode()
    assert column(work(source, ReturnOptions("la-asb", QUARTER, "2026")), "location") == left


def test_a_street_called_by_a_first_name_stays_where_the_file_itself_shows_it_to_be_one():
    places = ["14 Sharon Close", "Sharon Close", "Kieron Street", *["Kenneth Way"] * 5, "victim Sharon Close"]
    source = "\n".join(["Date,Time,Location,Type", *(f"03/07/2026,10:15,{each},Noise" for each in places)]).encode()
    kept = column(work(source, ReturnOptions("la-asb", QUARTER, "2026")), "location")
    assert kept == ["Sharon Close", "Sharon Close", None, *["Kenneth Way"] * 5, None]


def test_the_lines_of_a_cell_are_parts_of_their_own():
    places = ['"Dr Surchi\nStation Parade"', '"Wigglesworth,\nPainswick Road"', '"Mill Road\r\nOadby"']
    source = "\n".join(["Date,Time,Location,Type", *(f"03/07/2026,10:15,{each},Noise" for each in places)]).encode()
    kept = column(work(source, ReturnOptions("la-asb", QUARTER, "2026")), "location")
    assert kept == ["Station Parade", "Painswick Road", "Mill Road, Oadby"]


def test_nothing_stored_begins_as_a_formula():
    outcome = outcome_of("14-formula-left", "la-asb")
    assert column(outcome, "location") == ["Christ Church, Stafford Street", "Rose and Crown PH, Coalville", None]


def test_time_and_square_count_and_records_alone_are_said_to_be_personal_data():
    outcome = outcome_of("10-time-and-square-not-in-risk", "la-asb")
    assert outcome.report.risk.unique == 10
    words = " ".join(outcome.report.risk.words)
    assert "may still be personal data" in words
    assert "You may send it" not in words
    (both,) = [each for each in outcome.report.risk.coarser if "time" in each.answer and "point" in each.answer]
    assert both.unique == 0
    coarse = outcome_of("10-time-and-square-not-in-risk", "la-asb", answers={"coarser": both.answer})
    assert coarse.report.risk.unique == 0
    assert "time" not in coarse.table.column_names


def test_a_folder_of_lists_says_what_the_partnership_knows(tmp_path):
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "wards.csv").write_text("Ward\nCastle\nWrenfield\n", "utf-8")
    (lists / "places.csv").write_text("name\nDunroamin Club\n", "utf-8")
    (lists / "secret.csv").write_text("14 Sparkenhoe Street\n", "utf-8")
    (tmp_path / "x.csv").write_text(
        "Date,Category,Location,Ward\n03/07/2026,Noise,Dunroamin Club,Wrenfield\n04/07/2026,Noise,14 Sparkenhoe Street,Castle\n05/07/2026,Noise,Mill Road,Ellisby\n",
        "utf-8",
    )
    code = main(
        [
            str(tmp_path / "x.csv"),
            "--dataset",
            "la-asb",
            "--quarter",
            "2026-Q3",
            "--out",
            str(tmp_path / "out"),
            "--lists",
            str(lists),
        ]
    )
    assert code == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["rows_kept"] == 3
    kept = (tmp_path / "out" / "return.parquet").read_bytes()
    assert b"Dunroamin Club" in kept
    assert b"Wrenfield" in kept
    assert b"Sparkenhoe" not in kept
    assert b"Ellisby" not in kept


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("places", "Zarmina Ghafoori\nThayaparan Sivapragasam\nOlumide Adeyinka\n", "list of people"),
        ("secret", "Wren House\nSparkenhoe Street\n", "street alone"),
    ],
)
def test_a_folder_of_lists_with_people_or_a_street_in_place_of_a_secret_one_is_not_used(
    tmp_path, capsys, name, lines, said
):
    (tmp_path / f"{name}.csv").write_text(lines, "utf-8")
    with pytest.raises(SystemExit):
        main(["x.csv", "--dataset", "la-asb", "--quarter", "2026-Q3", "--out", "out", "--lists", str(tmp_path)])
    told = capsys.readouterr().err
    assert said in told
    assert "Ghafoori" not in told
