"""Figures of requests: exact for oneself, rounded and without small numbers for the whole partnership."""

from itertools import product

import pytest

from portal.duties.request_figures import FEWER, _answered, partnership_figures, requests_to_us, requests_we_made, shown
from portal.ground.act import Role
from portal.ground.errors import NotAllowedError
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import RequestDecision
from tests.builders import a_person
from tests.request_builders import CANARY, a_district, a_request, an_urgent_request, later

REFUSE = RequestDecision(outcome="refuse", reason="We hold nothing of this kind.")


@pytest.fixture
def district(act):
    return a_district(act)


def asked_and_refused(act, district, days: int) -> None:
    request_id = a_request(act, district)
    decide(later(act.as_(district.inspector), days=days), request_id, REFUSE)


def test_ones_own_figures_are_exact_on_both_sides(act, district):
    for days in (1, 2, 9):
        asked_and_refused(act, district, days)
    a_request(act, district)
    made = requests_we_made(act.as_(district.clerk), district.parish.id)
    assert (made.made, made.answered, made.days) == ("4", "3", "2 days")
    assert dict(made.outcomes) == {"Shared": "0", "Shared in part": "0", "Refused": "3"}
    assert [count for _, count in made.days_taken] == [0, 2, 0, 1, 0, 0]
    assert made.gateways == (("Crime and Disorder Act 1998, section 115", "4"),)
    assert requests_to_us(act.as_(district.officer), district.police.id) == made
    assert requests_to_us(act.as_(district.clerk), district.parish.id).made == "0"


def test_an_urgent_request_counts_at_once_and_only_once(act, district):
    an_urgent_request(act, district)
    made = requests_we_made(act.as_(district.clerk), district.parish.id)
    assert (made.made, made.gateways) == ("1", ())


def test_nobody_sees_the_figures_of_another_organisation(act, district):
    for count in (requests_we_made, requests_to_us):
        with pytest.raises(NotAllowedError):
            count(act.as_(district.outsider), district.parish.id)
    with pytest.raises(NotAllowedError):
        partnership_figures(act.as_(district.inspector))


def test_the_officer_sees_no_small_number_and_nothing_that_identifies(act, district):
    desk = a_person(act, "Cass Desk", Role.OFFICER)
    for days in (1, 2, 3):
        asked_and_refused(act, district, days)
    all_of_it = partnership_figures(act.as_(desk))
    assert (all_of_it.made, all_of_it.answered, all_of_it.days) == (FEWER, FEWER, "Not shown: too few answers")
    assert set(dict(all_of_it.outcomes).values()) == {FEWER}
    assert all_of_it.days_taken == ()  # a long one could be one body's
    for days in (4, 5, 6):
        asked_and_refused(act, district, days)
    all_of_it = partnership_figures(act.as_(desk))
    assert (all_of_it.made, all_of_it.days, dict(all_of_it.outcomes)["Refused"]) == ("5", "4 days", "5")
    assert not any(word in str(all_of_it) for word in (CANARY, "Parish", "Police", "Ann Clerk"))


def test_a_period_counts_by_the_day_of_asking(act, district):
    a_request(act, district)
    assert requests_we_made(act.as_(district.clerk), district.parish.id, later(act, days=1).at).made == "0"


def test_a_hidden_number_cannot_be_worked_out_from_what_stands_beside_it():
    """For each way to fill outcomes and waiting requests, another shows the same and differs in each hidden number."""
    seen, to_check = {}, set()
    for *parts, waiting in product(range(13), range(13), range(13), range(20)):
        outcomes = tuple(shown(one, exact=False) for one in parts)
        view = (shown(sum(parts) + waiting, exact=False), _answered(parts, exact=False), *outcomes)
        values = seen.setdefault(view, (set(), set(), set()))
        for known, one in zip(values, parts, strict=True):
            known.add(one)
        if waiting < 10:  # at the end of the range the other ways lie outside it
            to_check.add(view)
    for view in to_check:
        for word, values in zip(view[2:], seen[view], strict=True):
            assert word != FEWER or len(values) > 1, view
