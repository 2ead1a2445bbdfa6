import json

from portal.privacy.grammar.lists import LocalLists
from portal.returns.pipeline.depersonalise import PartnershipKnows, depersonalise
from portal.returns.report.risk_wording import told_by_joins
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text

QUARTER = Quarter.parse("2026-Q3")
ROWS = [
    ["Crime list"],
    ["Date", "Street", "Type", "Caller"],
    *([f"{day}/08/2026", f"{day} Stanley Road, LE14 2AB", "Noise", "Jane Quibblewick"] for day in range(13, 20)),
]


def outcome_of(rows):
    return depersonalise(text(rows), "la-asb", QUARTER, "2026")


def test_the_first_records_are_shown_before_and_after_and_never_reported():
    outcome = outcome_of(ROWS)
    first = outcome.preview[0]
    assert (len(outcome.preview), first.row, first.before["Caller"]) == (5, 3, "Jane Quibblewick")
    assert first.after["location"].startswith("Stanley Road")
    assert "Quibblewick" not in outcome.report_bytes().decode()
    assert "Quibblewick" not in repr(outcome)


def test_the_risk_is_said_in_words_with_its_rural_places():
    risk = outcome_of(ROWS).report.risk
    assert risk.below_threshold
    assert risk.words[0].startswith("7 of 7 records are in groups of fewer than 5")
    assert "7 records lie in postcodes where few people live." in risk.words
    json.dumps(outcome_of(ROWS).report.as_json())


def test_a_partnerships_own_list_of_places_with_few_people_takes_the_place_of_the_first_one():
    known = PartnershipKnows(lists=LocalLists({"rural": frozenset({"le2", "thornton magna"})}))
    rows = [*ROWS[:2], ["13/08/2026", "London Road, LE2 2AB", "Noise", ""], *ROWS[2:]]
    risk = depersonalise(text(rows), "la-asb", QUARTER, "2026", known=known).report.risk
    assert (risk.rural, outcome_of(rows).report.risk.rural) == (1, 7)


def test_a_join_with_another_return_is_told_in_counts_alone():
    outcome = outcome_of(ROWS)
    told = told_by_joins(outcome.table, {"Incidents": outcome.table})
    assert told.joins[0].singled_out == 7
    assert any(sentence.startswith("Beside 'Incidents'") for sentence in told.words)
