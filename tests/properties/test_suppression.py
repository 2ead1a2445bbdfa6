"""No drawn table tells a small count, however it is linked or corrected: the attack is the judge."""

import random

import pytest

from portal.privacy.suppression.editions import correction
from portal.privacy.suppression.protecting import NotPublishableError, protect, prove
from portal.privacy.suppression.tables import counted
from tests.table_builders import a_drawn_table, every_table, months_of, primaries_alone

QUICK = 0.01  # seconds for bettering: what is withheld beside is the bench's matter


@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.parametrize("seed", range(30))
def test_a_drawn_table_is_proved_alone_linked_and_corrected(seed):
    chance = random.Random(seed)  # noqa: S311 - drawn tables
    table = a_drawn_table(
        chance, chance.randint(1, 9), chance.randint(1, 6), chance.randint(5, 160), groups=seed % 3 == 0
    )
    threshold = 8 if seed % 5 == 0 else 5
    made = protect(table, threshold=threshold, seconds=QUICK)
    hides(table, made.published, threshold)
    assert prove(table, made.published, threshold=threshold).passed
    if not made.published.shape.rows.labels:
        return
    try:
        months = months_of(table, chance)
        beside = protect(months, [(table, made.published)], threshold=threshold, seconds=QUICK)
        hides(months, beside.published, threshold)
        assert prove(months, beside.published, [(table, made.published)], threshold=threshold).passed
    except NotPublishableError:
        pass  # a table after a published first may have no safe pattern
    inner = {one: count for one, count in table.counts.items() if table.shape.is_inner(one)}
    changed = chance.choice(list(inner))
    inner[changed] = max(0, inner[changed] + chance.choice([-9, -2, 1, 5, 12]))
    after = counted(table.shape, inner, labelled=False)
    try:
        later = protect(after, threshold=threshold, earlier=made.published, seconds=QUICK)
    except NotPublishableError:
        return
    if later.published.shape.rows.labels:
        changes = {
            now - was
            for one, was in made.published.shown.items()
            if was is not None and (now := later.published.shown[one]) is not None
        }
        assert not any(0 < abs(by) < threshold for by in changes)
        over = correction(after, made.published)
        assert prove(after, later.published, threshold=threshold, over=over).passed


def hides(table, published, threshold):
    for one, count in published.shown.items():
        true = table.counts[one]
        assert count in (None, true)
        assert not (1 <= true < threshold and count is not None)
    noughts = [one for one in published.shown if table.counts[one] == 0 and published.shown[one] is None]
    if not published.noughts_hidden:
        assert not noughts
    else:
        assert not [one for one in published.shown if published.shown[one] == 0]


@pytest.mark.parametrize("seed", range(20))
def test_a_reader_who_tries_every_table_finds_nothing(seed):
    """Judged without any solver, on tables small enough to try them all."""
    chance = random.Random(seed)  # noqa: S311 - drawn tables
    table = a_drawn_table(chance, 3, 2, chance.randint(5, 9))
    made = protect(table, threshold=3, seconds=QUICK).published
    inner_hidden = [one for one in made.withheld() if made.shape.is_inner(one)]
    if len(inner_hidden) > 4:
        return
    for one, values in every_table(made, 6).items():
        if 1 <= table.counts.get(one, 0) < 3:
            assert {1, 2} <= values


def test_the_judge_finds_primaries_alone_broken():
    """The control: without secondary suppression nearly every drawn table falls."""
    tables = [a_drawn_table(random.Random(seed), 6, 5, 90) for seed in range(30)]  # noqa: S311 - drawn tables
    fallen = sum(not prove(table, primaries_alone(table), threshold=5).passed for table in tables)
    assert fallen >= 25
