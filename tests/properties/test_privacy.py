import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.privacy.identifiers.finding import find
from portal.privacy.identifiers.kinds import Setting
from tests.properties.privacy_cells import kept, lawful, leaks, measure, planted


def _chance(seed):
    return random.Random(seed)  # noqa: S311 - made-up cells


KEPT = [Setting.PLACE, Setting.CATEGORY, Setting.SCHOOL]
SEEDS = st.integers(min_value=0, max_value=2**32)


@settings(max_examples=300, deadline=None)
@given(SEEDS, st.sampled_from(KEPT))
def test_cleaning_again_changes_nothing(seed, setting):
    once = kept(planted(_chance(seed)).text, setting)
    assert kept(once, setting) == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(KEPT))
def test_of_any_text_at_all_stays_what_would_stay_again(text, setting):
    once = kept(text, setting)
    assert kept(once, setting) == once


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_findings_lie_in_order_and_never_overlap(seed):
    found = find(planted(_chance(seed)).text, Setting.PLACE)
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_planted_identifiers_go_and_lawful_words_stay():
    planted_by, leaked_by, survival, _ = measure(3000, seed=77)
    names = [key for key in planted_by if key[0] == "name"]
    shaped = [key for key in planted_by if key[0] != "name"]
    assert sum(leaked_by[key] for key in shaped) <= 0.002 * sum(planted_by[key] for key in shaped)
    assert sum(leaked_by[key] for key in names) <= 0.001 * sum(planted_by[key] for key in names)
    # Without the partnership's lists: what is on no list goes, so no name stays and a few odd lawful places do not either.
    assert sum(survival[key] for key in survival if key[1] == "hurt") <= 0.1 * sum(
        survival[key] for key in survival if key[1] == "all"
    )


def test_a_lawful_cell_does_not_leak_by_definition():
    assert not leaks(lawful(_chance(1)), "anything")
