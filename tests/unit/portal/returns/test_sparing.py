import pytest

from portal.returns.pipeline.stages import ReturnOptions, work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text

QUARTER = Quarter.parse("2026-Q3")


def outcome_of(place, answers, data_set="la-asb"):
    rows = [
        ["Date", "Type", "Street"],
        ["13/08/2026", "Noise", place],
        ["14/08/2026", "Noise", "High Street (Jane Smith)"],
    ]
    return work(text(rows), ReturnOptions(data_set, QUARTER, "2026", answers=answers))


def test_a_false_alarm_is_kept_with_its_reason_and_no_other_cell():
    assert "Dave Barnes" not in str(outcome_of("by Dave Barnes, Park Lane", {}).table.to_pylist())
    outcome = outcome_of("by Dave Barnes, Park Lane", {"keep:Street:2": "It is a shop"})
    assert outcome.table["location"].to_pylist() == ["by Dave Barnes, Park Lane", "High Street"]
    (said,) = [each for each in outcome.report["warnings"] if "kept as sent" in each]
    assert said.endswith("It is a shop")
    assert [each["row"] for each in outcome.report["findings"]] == [3]


@pytest.mark.parametrize(
    "place", ["Park Lane 943 476 5919", "Park Lane LE11 3QP", "Park Lane 07700 900123", "Park Lane j.smith@example.org"]
)
def test_what_is_proven_or_has_a_sure_form_goes_all_the_same(place):
    outcome = outcome_of(f"Dave Barnes {place}", {"keep:Street:2": "It is a shop"})
    kept = str(outcome.table.to_pylist()) + outcome.report_bytes().decode()
    assert not any(part in kept for part in ("943 476", "5919", "3QP", "900123", "example"))


def test_nothing_is_spared_without_a_reason_and_a_reason_names_nobody():
    assert "Barnes" not in str(outcome_of("by Dave Barnes, Park Lane", {"keep:Street:2": "  "}).table.to_pylist())
    outcome = outcome_of("by Dave Barnes, Park Lane", {"keep:Street:2": "ask Jane Smith on 07700 900123"})
    assert "900123" not in outcome.report_bytes().decode()


def test_the_place_of_a_home_is_never_spared():
    outcome = outcome_of("Dave Barnes, 4 Park Lane", {"keep:Street:2": "It is a shop"}, "fire-no-smoke-alarm")
    assert outcome.table is None or "Barnes" not in str(outcome.table.to_pylist())
