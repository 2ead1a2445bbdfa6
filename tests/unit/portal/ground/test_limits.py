from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.ground.act import PUBLIC, Act
from portal.ground.errors import TooManyTriesError
from portal.ground.rate_limits import Limit, attempt, clear, tries
from tests.conftest import NOW

FIVE = Limit(kind="code", most=5, within=timedelta(minutes=10))


def later(act, minutes):
    return Act(store=act.store, person=act.person, at=act.at + timedelta(minutes=minutes))


def test_the_sixth_try_waits_and_says_how_long(act):
    for minute in range(5):
        attempt(later(act, minute), (FIVE, "a"))
    with pytest.raises(TooManyTriesError) as refused:
        attempt(later(act, 5), (FIVE, "a"))
    assert "5 minutes" in refused.value.message


def test_a_key_is_the_same_however_it_is_written(act):
    for key in ("ann@example.org", "Ann@Example.org", " ann@example.org", "ANN@EXAMPLE.ORG ", "ann@example.org"):
        attempt(act, (FIVE, key))
    assert tries(act, FIVE, "ann@example.ORG") == 5


def test_another_key_is_not_held_up(act):
    for _ in range(5):
        attempt(act, (FIVE, "a"))
    attempt(act, (FIVE, "b"))


def test_time_and_a_right_try_both_free_it(act):
    for _ in range(5):
        attempt(act, (FIVE, "a"))
    attempt(later(act, 11), (FIVE, "a"))
    clear(act, FIVE, "a")
    attempt(act, (FIVE, "A "))


@pytest.mark.threat("AU1")
def test_each_try_beyond_waits_twice_as_long_as_the_one_before_and_never_longer_than_the_longest(act):
    slows = replace(FIVE, within=timedelta(days=1), wait=timedelta(minutes=1))
    for _ in range(5):
        attempt(act, (slows, "a"))
    now, waited = act, []
    for _ in range(7):
        for minutes in range(60):
            try:
                attempt(later(now, minutes), (slows, "a"))
            except TooManyTriesError:
                continue
            waited.append(minutes)
            now = later(now, minutes)
            break
    assert waited == [1, 2, 4, 8, 16, 30, 30]  # minutes


@pytest.mark.threat("AU2")
def test_guesses_that_come_all_at_once_are_counted_one_after_the_other(both_stores):
    act = Act(store=both_stores, person=PUBLIC, at=NOW)

    def guess(_):
        try:
            return len(attempt(act, (FIVE, "a"), (replace(FIVE, kind="network"), "b")))
        except TooManyTriesError:
            return 0

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(guess, range(36))) == 2 * FIVE.most
