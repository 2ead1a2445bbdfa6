"""The attack: what it must work out, and what it must not say where it could not try."""

import random
from itertools import product

import highspy
import numpy as np
import pytest

from portal.privacy.suppression import attack_solver
from portal.privacy.suppression.attack import Secrets, attack
from portal.privacy.suppression.attack_equations import PublicEquations
from portal.privacy.suppression.attack_solver import AttackError
from portal.privacy.suppression.protecting import prove
from portal.privacy.suppression.tables import Axis, Key, SuppressedTable, TableShape
from tests.table_builders import a_drawn_table, a_table, every_table, key, primaries_alone

pytestmark = pytest.mark.clause("s6.fewer-than-five")

FOUR = a_table([[3, 20, 30], [40, 12, 8], [9, 7, 6]])


def test_a_small_count_withheld_alone_is_worked_out_from_its_total():
    verdict = prove(FOUR, primaries_alone(FOUR), threshold=5)
    (broken,) = verdict.broken
    assert (broken.key, broken.least, broken.greatest) == (key(area="A0", kind="K0"), 3, 3)


def test_a_square_of_four_that_leaves_all_values_open_passes():
    hidden = [key(area=a, kind=k) for a in ("A0", "A1") for k in ("K0", "K1")]
    shown = {one: None if one in hidden else count for one, count in FOUR.counts.items()}
    assert prove(FOUR, SuppressedTable(FOUR.shape, shown), threshold=5).passed


def test_a_square_of_four_with_too_little_room_is_broken():
    table = a_table([[1, 2, 30], [2, 1, 8], [9, 7, 6]])
    verdict = prove(table, primaries_alone(table), threshold=5)
    assert not verdict.passed
    assert all(one.greatest == 2 for one in verdict.broken)


@pytest.mark.parametrize("lacks", [0, 1], ids=["a whole one", "one that does not tell every count"])
def test_a_table_that_does_not_fit_what_is_public_shows_nothing_to_be_possible(lacks):
    table = a_table([[2, 2, 30], [2, 2, 8], [9, 7, 6]])
    cells = [*table.counts][lacks:]
    made_up = (cells, np.array([np.full(len(cells), n) for n in range(1, 5)]))
    assert not prove(table, primaries_alone(table), threshold=5, witnesses=made_up).passed


def test_a_count_that_another_public_table_shows_is_known():
    table, cell = FOUR, key(area="A0", kind="K0")
    verdict = attack(
        [primaries_alone(table), SuppressedTable(table.shape, dict(table.counts))], Secrets({cell: (1, 4)})
    )
    assert [(one.key, one.least, one.greatest) for one in verdict.broken] == [(cell, 3, 3)]


def test_a_label_stands_there_because_of_a_record():
    """Where noughts are withheld three rows of 3 records might be 0, 1 or 3 each; that each has a line tells that all are 1."""
    shape = TableShape(Axis("area", ("A0", "A1", "A2")))
    shown = {**dict.fromkeys(cell for _, _, cell in shape.cells()), (): 3}
    secrets = Secrets({key(area="A0"): (1, 3)})
    for labelled in (False, True):
        verdict = attack([SuppressedTable(shape, shown, noughts_hidden=True, labelled=labelled)], secrets)
        assert verdict.passed is not labelled


def test_a_value_between_two_that_are_possible_may_not_be():
    """Places in pairs, three times over: what pairs 1 with 2 and 1 with 3 leaves of 1 with 4 is an odd number, so it is never 2."""
    public = []
    for name, told, pairs in (("by line", 3, "12 34"), ("by side", 4, "13 24"), ("across", None, "14 23")):
        groups = {f"{name}: {pair}": tuple(pair) for pair in pairs.split()}
        shape = TableShape(Axis("place", tuple("1234"), groups, {node: (name, node[-2:]) for node in groups}))
        shown: dict[Key, int | None] = {**dict.fromkeys(cell for _, _, cell in shape.cells()), (): 8}
        first, second = groups
        shown |= {shape.key(first): told, shape.key(second): told and 8 - told}
        public.append(SuppressedTable(shape, shown, noughts_hidden=True, labelled=False))
    odd = key(across="14")
    assert [one.key for one in attack(public, Secrets({odd: (1, 4)})).broken] == [odd]


def test_shown_noughts_give_a_small_total_away():
    """With noughts shown a total of three parts is at least three."""
    table = a_table([[1, 1, 1], [9, 9, 9], [9, 9, 9]])
    shown = dict.fromkeys(table.counts) | {(): table.counts[()]}
    assert not prove(table, SuppressedTable(table.shape, shown), threshold=5).passed
    assert prove(table, SuppressedTable(table.shape, shown, noughts_hidden=True), threshold=5).passed


def test_a_withheld_nought_is_worked_out_too():
    table = a_table([[0, 20, 30], [40, 12, 8], [9, 7, 6]])
    cell = key(area="A0", kind="K0")
    verdict = prove(table, SuppressedTable(table.shape, {**table.counts, cell: None}, noughts_hidden=True), threshold=5)
    assert [(one.key, one.greatest) for one in verdict.broken] == [(cell, 0)]


def test_someone_alone_in_a_cell_works_out_their_neighbour():
    table = a_table([[1, 4, 30], [20, 10, 8], [9, 7, 6]])
    hidden = [key(area=a, kind=k) for a in ("A0", "A1") for k in ("K0", "K1")]
    shown = {one: None if one in hidden else count for one, count in table.counts.items()}
    verdict = prove(table, SuppressedTable(table.shape, shown), threshold=5)
    assert [(one.key, one.by_someone_alone) for one in verdict.broken] == [(key(area="A0", kind="K1"), True)]


def a_ring(names, count, *, noughts_hidden):
    """Three public tables of three fields, each cell of two of them the same count."""
    public = []
    for one, other in (("a", "b"), ("b", "c"), ("a", "c")):
        shape = TableShape(Axis(one, names), Axis(other, names))
        shown: dict[Key, int | None] = dict.fromkeys(cell for _, _, cell in shape.cells())
        shown |= {key(**{one: x, other: y}): count for x in names for y in names}
        public.append(SuppressedTable(shape, shown, noughts_hidden=noughts_hidden))
    return public


def test_half_a_record_is_never_believed():
    """Of three tables in a ring the cheapest table that fits may have halves; rounded it fits no more, and shows nothing."""
    names, chance = ("0", "1", "2"), np.random.default_rng(1)
    told = PublicEquations(a_ring(names, 1, noughts_hidden=True))
    found = [told.best(chance.uniform(-1, 1, told.size), {}, whole=False) for _ in range(200)]
    whole = [table for table in found if table is not None]
    assert 0 < len(whole) < len(found)
    for table in whole:
        for one, other in product(names, names):
            assert sum(table[told.place[key(a=one, b=other, c=last)]] for last in names) == 1


def test_three_tables_in_a_ring_are_added_up_and_a_witness_must_fit_them():
    public = a_ring(("0", "1"), 2, noughts_hidden=False)
    cells = list({cell for one in public for cell in one.shown})
    made_up = np.array([[total if cell == () else 2 for cell in cells] for total in range(5, 9)])
    for witnesses in (None, (cells, made_up)):  # what a witness does not tell of a ring is worked out, and it must fit
        flat = attack(public, Secrets({(): (5, 8)}), witnesses=witnesses)
        assert [(one.least, one.greatest) for one in flat.broken] == [(8, 8)]


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_just_what_trying_every_table_finds(seed):
    chance = random.Random(seed)  # noqa: S311 - drawn tables
    table = a_drawn_table(chance, 2, 2, 9)
    public = primaries_alone(table, 3)
    able = every_table(public, 9)
    needed = dict.fromkeys(public.withheld(), (1, 2))
    verdict = attack([public], Secrets(needed))
    assert {one.key for one in verdict.broken} == {one for one, values in able.items() if not values >= {1, 2}}


def test_a_solver_that_does_not_answer_proves_nothing(monkeypatch):
    monkeypatch.setattr(attack_solver.SilentHighs, "run", lambda _self: highspy.HighsStatus.kError)
    with pytest.raises(AttackError):
        prove(FOUR, primaries_alone(FOUR), threshold=5)


def test_a_published_table_that_does_not_add_up_proves_nothing():
    shown = {**FOUR.counts, (): FOUR.counts[()] + 1}
    with pytest.raises(AttackError, match="add up"):
        attack([SuppressedTable(FOUR.shape, shown)], Secrets({}))


def test_published_tables_that_contradict_each_other_prove_nothing():
    other = primaries_alone(a_table([[3, 20, 30], [40, 12, 8], [9, 7, 9]]))
    with pytest.raises(AttackError):
        attack([primaries_alone(FOUR), other], Secrets({}))
