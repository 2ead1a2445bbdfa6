"""A return beside earlier ones: what changed, and which changes are marked."""

import pyarrow as pa
import pytest
from sqlmodel import Session, select

from models.record import AuditEntry
from portal.ground.act import Role
from portal.ground.errors import NotFoundError
from portal.returns.review.comparison import against_current, compare, compared, rule
from portal.returns.review.tallies import tally
from portal.returns.service.submission import send_nothing
from portal.returns.service.withdrawal import withdraw
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_person
from tests.return_builders import CHOSEN, MESSY, a_checked, a_force, a_return

QUARTER = Quarter(2026, 3)


def lines(comparison):
    return {(one.part, one.label): (one.now, *one.before) for one in comparison.lines}


def opened(act):
    with Session(act.store.engine) as session:
        return [e for e in session.exec(select(AuditEntry)).all() if e.event == "return:opened"]


@pytest.fixture
def force(act):
    return a_force(act)


@pytest.fixture
def mine(act, force):
    return act.as_(force[1])


@pytest.mark.parametrize(
    ("now", "before", "marked"),
    [
        (41, 41, False),
        (16, 10, False),
        (25, 10, True),
        (0, 10, True),
        (5, 10, False),
        (30, 20, False),
        (10, 0, True),
        (9, 0, False),
    ],
)
def test_a_change_is_marked_by_the_rule_that_is_stated(now, before, marked):
    assert rule().marks(now, before) is marked
    assert rule().words == "Marked: a change of more than half, and of at least 10."


@pytest.mark.clause("s11.quarterly")
def test_what_changed_is_said_in_words_the_greatest_change_first():
    found = compared(
        {("All", "Records"): 60, ("Category", "Noise"): 40, ("Category", "Litter"): 20},
        [{("All", "Records"): 33, ("Category", "Noise"): 3, ("Category", "Begging"): 30}, None],
        ("April to June 2026", "July to September 2025"),
    )
    assert found.words == (
        "Records: 60, up from 33 in April to June 2026.",
        "Noise: 40, up from 3 in April to June 2026.",
        "Begging: 0, down from 30 in April to June 2026.",
        "Litter: 20, up from 0 in April to June 2026.",
        "Not sent: July to September 2025.",
    )
    assert lines(found)["Category", "Begging"] == (0, 30, None)


def test_records_are_counted_by_category_area_and_month_of_the_quarter():
    table = pa.table(
        {
            "date": ["2026-07-03", "2026-08-15", None, "2026-10-01"],
            "category": ["noisy dog", "Litter louts", None, "dumped"],
            "category_code": ["noise", None, None, "fly-tipping"],
            "area": ["Castle ward", "Castle ward", None, "Abbey ward"],
        }
    )
    found = tally(table, data_set("la-asb"), QUARTER, "2026")
    assert found["All", "Records"] == 4
    assert (found["Area", "Castle ward"], found["Area", "Not held"]) == (2, 1)
    assert [found["Month", one] for one in ("First month", "Second month", "Outside the quarter", "Not held")] == [
        1
    ] * 4
    assert {label: count for (_, label), count in found.items()}["Litter louts"] == 1


def test_numbers_are_added_up_by_the_fields_of_their_set():
    table = pa.table(
        {
            "period": ["2026-Q3"] * 3,
            "need": ["Drug misuse", "Work", "Work"],
            "need_code": ["drugs", "employment", "employment"],
            "number_with_need": ["<5", "12", "30"],
            "area": ["North", "North", "South"],
        }
    )
    found = tally(table, data_set("probation-offenders"), QUARTER, "2026")
    assert found["All", "Number with this need"] == 42
    assert (found["Need", "Work"], found["Area", "South"]) == (42, 30)


def test_a_wide_table_is_added_up_by_column_in_words():
    table = pa.table({"period": ["2026-Q3"], "number.fatal": [1], "number.hospital-slight": [4]})
    found = tally(table, data_set("fire-casualties"), QUARTER, "2026")
    assert found["All", "Number of people (Died)"] == 1


@pytest.mark.clause("s9.datasets-secured")
def test_the_officer_compares_with_what_was_replaced_and_each_opening_is_recorded(act, mine, force):
    a_return(mine, force[0])
    second = a_return(
        mine, force[0], MESSY.replace(b"29/09/2026;23.59;outside Victoria Hall;Begging;;;\r\n", b""), "two"
    )
    officer = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    found = compare(officer, second)
    assert lines(found)["All", "Records"] == (2, 3, None, None)
    assert found.headings[0] == "Before the correction of 25 November 2026"
    assert len(opened(act)) == 2
    assert all('"why":"compared"' in one.details for one in opened(act))


def test_a_correction_is_shown_beside_what_it_would_replace_before_it_is_sent(mine, force):
    fewer = MESSY.replace(b"29/09/2026;23.59;outside Victoria Hall;Begging;;;\r\n", b"")
    checked = a_checked(mine, force[0], fewer)
    assert against_current(mine, checked) is None
    a_return(mine, force[0])
    found = against_current(mine, checked)
    assert found.words[0] == "Records: 2, down from 3 sent on 25 November 2026."
    assert lines(found)["Month", "Third month"] == (0, 1)


def test_a_return_of_nothing_is_nought_and_a_withdrawn_one_is_not_compared(act, mine, force):
    sent = send_nothing(mine, force[0].id, CHOSEN, "one")
    assert lines(compare(mine, sent))["All", "Records"] == (0, None, None)
    sent = a_return(mine, force[0], key="two")
    withdraw(mine, sent, "It was the wrong month.")
    with pytest.raises(NotFoundError):
        compare(mine, sent)
    for eve in (a_person(act, "Ida Manager", Role.MANAGER), a_person(act, "Farah Khan", Role.CHAIR)):
        with pytest.raises(NotFoundError):
            compare(act.as_(eve), sent)
