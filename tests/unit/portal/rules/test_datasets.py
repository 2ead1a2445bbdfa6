"""Data sets, code lists and what is kept of each."""

import re
import shutil
from typing import get_args

import pytest

from portal.rules.datasets.catalogue import (
    FOLDER,
    code_list,
    code_list_for,
    data_set,
    data_sets,
    data_sets_of,
    read_book,
    related_datasets,
)
from portal.rules.datasets.quarters import Quarter
from portal.rules.datasets.types import TreatmentId
from portal.rules.edition.editions import edition
from portal.rules.edition.sealing import SEAL, make_seal
from portal.rules.errors import EditionDataError, UnknownEditionError, UnknownIdError


@pytest.mark.clause("app1.datasets")
def test_all_24_data_sets_stand_in_both_editions_in_the_order_of_appendix_1():
    for edition_id in ("2009", "2026"):
        assert [one.asked.order for one in data_sets(edition_id)] == list(range(1, 25)), "and so says its agreement.md"
        for one in data_sets(edition_id):
            assert edition(edition_id).has_kind(one.provider(edition_id))


def test_what_does_not_exist_is_refused_by_name():
    with pytest.raises(UnknownEditionError):
        data_sets("1999")
    for look_up in (data_set, code_list):
        with pytest.raises(UnknownIdError, match="nonsense"):
            look_up("nonsense")


def test_every_field_with_codes_has_a_list_in_both_editions():
    for one in data_sets():
        for field in one.fields:
            if field.code_list:
                for edition_id in ("2009", "2026"):
                    assert code_list_for(field, edition_id).codes


def test_an_edition_to_come_asks_for_what_the_last_one_asked():
    for one in data_sets():
        assert one.provider("2031") == one.provider("2026-2") == one.provider("2026")
        for field in one.fields:
            assert code_list_for(field, "2031") == code_list_for(field, "2026")
    assert data_set("ambulance-callouts").provider("2009") == "primary_care"


def test_health_sets_are_withheld_below_eight_and_the_rest_below_five():
    for one in data_sets():
        assert one.threshold == (8 if one.id.startswith("health-") else 5)


def test_a_likely_home_keeps_neither_street_nor_point():
    crimes = data_set("police-crimes")
    assert crimes.place_parts_for("theft") == ("outward_postcode", "area", "map_point")
    assert crimes.place_parts_for("sexual") == ("outward_postcode", "area")
    assert data_set("fire-no-smoke-alarm").place_parts_for() == ("outward_postcode", "area")


def test_crimes_keep_the_offence_code_and_class_beside_the_sub_category():
    names = [field.name for field in data_set("police-crimes").fields]
    assert names[-2:] == ["offence_code", "offence_class"]
    assert data_set("police-crimes").field("sub_category").code_column == "sub_category_code"
    assert data_set("police-crimes").field("offence_code").code_column == ""


def test_exclusions_keep_no_date():
    exclusions = data_set("la-exclusions")
    assert exclusions.policy.no_date
    assert not any(field.treatment == "date" for field in exclusions.fields)


@pytest.mark.clause("app1.ambulance-date")
def test_ambulance_calls_begin_with_the_financial_year_2009_10():
    calls = data_set("ambulance-callouts")
    assert not calls.exists_in(Quarter(2009, 1))
    assert calls.exists_in(Quarter(2009, 2))
    assert data_set("la-asb").exists_in(Quarter(2008, 1))


@pytest.mark.clause("app1.datasets")
def test_the_integrated_care_board_took_the_health_sets_over():
    assert {one.id for one in data_sets_of("primary_care", "2009")} >= {"health-assault", "ambulance-callouts"}
    assert "health-assault" in {one.id for one in data_sets_of("integrated_care", "2026")}
    assert [one.id for one in data_sets_of("ambulance", "2026")] == ["ambulance-callouts"]


def test_related_sets_name_each_other():
    for one in data_sets():
        for related in related_datasets(one.id):
            assert one in related_datasets(related.id)
    assert len(related_datasets("health-assault")) == 4


def test_what_a_file_must_have_names_columns_that_are_kept():
    for one in data_sets():
        known = {field.name for field in one.fields} | set(one.policy.place_parts)
        for group in one.required():
            assert group
            assert set(group) <= known
        if one.policy.wide:
            assert {one.policy.wide.by, one.policy.wide.count} <= known


def test_every_treatment_is_described_and_used():
    described = re.findall(r"(?m)^#   (\w+): ", (FOLDER / "datasets.toml").read_text(encoding="utf-8"))
    assert sorted(described) == sorted(get_args(TreatmentId))


@pytest.fixture
def copied(tmp_path):
    """A copy of the files on returns that a test may spoil."""
    for name in ("datasets.toml", "treatment_policy.toml"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("datasets.toml", 'id = "police-crimes"', 'id = "police-incidents"', "stands twice"),
        ("datasets.toml", 'code_list = "la-asb"', 'code_list = "la-abs"', "category.code_list: names no code list"),
        ("datasets.toml", "\n[[place_parts]]", "\n[[parts]]", "parts: unknown table"),
        ("datasets.toml", 'treatment = "school"', 'treatment = "schol"', "must be one of keep"),
        ("datasets.toml", "required = true", 'required = "perhaps"', "required: must be one of if_recorded"),
        ("treatment_policy.toml", 'dataset = "la-asb"', 'dataset = "la-abs"', "must name each data set once"),
        (
            "treatment_policy.toml",
            'related_datasets = ["fire-staff-violence"',
            'related_datasets = ["fire-staf"',
            "related_datasets: names no data set",
        ),
    ],
)
def test_odd_data_is_refused_by_file_and_key(copied, name, old, new, problem):
    text = (copied / name).read_text(encoding="utf-8")
    assert old in text
    (copied / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    (copied / SEAL).write_text(make_seal(copied), encoding="utf-8")
    with pytest.raises(EditionDataError, match=problem):
        read_book(copied)


def test_a_file_left_out_is_refused(copied):
    (copied / "treatment_policy.toml").unlink()
    (copied / SEAL).write_text(make_seal(copied), encoding="utf-8")
    with pytest.raises(EditionDataError, match="policy: missing table"):
        read_book(copied)


def test_small_answers_about_a_data_set():
    crimes = data_set("police-crimes")
    assert not crimes.is_home("theft")
    assert crimes.required()[1] == ("sub_category", "offence_code", "offence_class")
    assert (crimes.title, crimes.level) == ("Recorded crimes", "record")
    assert code_list("sex").label("F") == "Female"
    assert code_list("sex").label("Z") is None
    assert code_list_for(crimes.field("location"), "2026") is None
