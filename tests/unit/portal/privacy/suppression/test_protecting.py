"""Tables worked by hand, and what is refused."""

import random
from time import sleep

import highspy
import numpy as np
import pytest

from portal.privacy.suppression import flows, protecting
from portal.privacy.suppression.pattern import FoundPattern
from portal.privacy.suppression.protecting import NotPublishableError, protect
from portal.privacy.suppression.tables import Axis, TableShape, counted
from tests.table_builders import a_drawn_table, a_table, key

pytestmark = pytest.mark.clause("s6.fewer-than-five")

FOUR = a_table([[3, 20, 30], [40, 12, 8], [9, 7, 6]])


def shown_rows(made):
    shape = made.published.shape
    return [
        [made.published.shown[shape.key(row, column)] for column in shape.columns.nodes()] for row in shape.rows.nodes()
    ]


def test_one_small_count_takes_a_square_of_the_cheapest_cells_with_it():
    made = protect(FOUR, threshold=5)
    assert made.verdict.passed
    assert not made.published.noughts_hidden
    hidden = made.published.withheld()
    assert key(area="A0", kind="K0") in hidden
    assert len(hidden) == 4
    assert not any(len(one) < 2 for one in hidden)  # margins stay


def test_a_table_without_a_small_count_is_shown_whole():
    assert not protect(a_table([[0, 5], [9, 6]]), threshold=5).published.withheld()


def test_the_health_threshold_withholds_up_to_seven():
    made = protect(a_table([[7, 20, 30], [40, 12, 8], [9, 17, 16]]), threshold=8)
    assert key(area="A0", kind="K0") in made.published.withheld()


def test_where_shown_noughts_would_tell_all_are_withheld():
    made = protect(a_table([[1, 1, 1, 0], [9, 9, 9, 9], [9, 9, 0, 9], [30, 20, 10, 8]]), threshold=5)
    assert made.published.noughts_hidden
    assert all(made.published.shown[one] is None for one in made.published.shown if one == key(area="A2", kind="K2"))


@pytest.mark.parametrize("rows", [[[0, 0]], [[1, 0], [0, 3]]])
def test_fewer_than_five_records_are_one_word_without_labels(rows):
    made = protect(a_table(rows), threshold=5)
    assert made.published.shown == {(): None}
    assert made.published.noughts_hidden
    assert not made.published.shape.rows.labels


def test_a_count_that_is_not_exactly_known_is_withheld_with_all_its_totals():
    table = a_table([[40, 2, 30], [40, 12, 8], [9, 7, 6]])
    doubtful = frozenset({key(area="A0", kind="K1"), key(area="A0"), key(kind="K1"), ()})
    table = counted(table.shape, table.counts, unknown=doubtful)
    made = protect(table, threshold=5)
    assert doubtful <= made.published.withheld()
    assert made.published.noughts_hidden


def test_groups_of_lines_are_protected_too():
    rows = Axis("area", ("A0", "A1", "A2", "A3"), {"North": ("A0", "A1"), "South": ("A2", "A3")})
    columns = Axis("kind", ("K0", "K1"))
    inner = {key(area=f"A{n}", kind=f"K{k}"): 10 + n + k for n in range(4) for k in range(2)}
    table = counted(TableShape(rows, columns), inner | {key(area="A0", kind="K0"): 2})
    hidden = protect(table, threshold=5).published.withheld()
    assert {key(area="A1", kind="K0"), key(area="North", kind="K0")} & hidden


def test_a_solver_that_does_not_answer_publishes_nothing(monkeypatch):
    monkeypatch.setattr(flows.QuietHighs, "run", lambda _self: highspy.HighsStatus.kError)
    with pytest.raises(NotPublishableError, match="could not be proved"):
        protect(FOUR, threshold=5)


def test_a_busy_machine_finds_the_same_pattern(monkeypatch):
    """Who approves a table makes it once more: it must be the one that was proposed."""
    table = a_drawn_table(random.Random(21), 8, 5, 150)  # noqa: S311 - a drawn table
    proposed = protect(table, threshold=5, seconds=0.04).published
    run = flows.QuietHighs.run
    monkeypatch.setattr(flows.QuietHighs, "run", lambda solver: sleep(0.0005) or run(solver))
    assert protect(table, threshold=5, seconds=0.04).published == proposed


def test_a_flat_table_is_proved_by_exchanges_almost_without_the_solver(monkeypatch):
    """Asked need by need a table of 30 by 12 took twice as long."""
    table = a_drawn_table(random.Random(7), 30, 12, 900)  # noqa: S311 - a drawn table
    asked, run = [], flows.QuietHighs.run
    monkeypatch.setattr(flows.QuietHighs, "run", lambda solver: asked.append(1) or run(solver))
    assert protect(table, threshold=5, seconds=0).verdict.tried > 4 * len(asked)


@pytest.mark.parametrize("hidden", [(), (key(area="A0", kind="K0"),)], ids=["nothing", "the small count alone"])
def test_a_pattern_that_does_not_hold_is_never_published(monkeypatch, hidden):
    def holey(of, *_):
        return FoundPattern(
            np.array([one in hidden for one in of.keys]), np.array([np.full(len(of.keys), n) for n in range(6)])
        )

    monkeypatch.setattr(protecting, "pattern", holey)
    with pytest.raises(NotPublishableError, match="No small count of this table"):
        protect(FOUR, threshold=5)


class TestCorrections:
    earlier = protect(FOUR, threshold=5).published

    def corrected(self, **changes):
        inner = {one: count for one, count in FOUR.counts.items() if FOUR.shape.is_inner(one)}
        for place, by in changes.items():
            inner[key(area=f"A{place[1]}", kind=f"K{place[3]}")] += by
        return counted(FOUR.shape, inner)

    def test_the_same_records_give_the_same_table(self):
        assert protect(FOUR, threshold=5, earlier=self.earlier).published.shown == self.earlier.shown

    @pytest.mark.clause("s6.merging-risk")
    @pytest.mark.parametrize("by", [-2, 1, 4])
    def test_a_small_change_is_held_back_and_named(self, by):
        with pytest.raises(NotPublishableError, match=r"held back.*Total"):
            protect(self.corrected(A2K2=by), threshold=5, earlier=self.earlier)

    def test_a_large_change_is_published_and_what_was_withheld_stays_so(self):
        made = protect(self.corrected(A2K2=6), threshold=5, earlier=self.earlier)
        assert self.earlier.withheld() <= made.published.withheld()
        assert made.published.shown[()] == FOUR.counts[()] + 6

    def test_a_change_moved_between_hidden_cells_is_not_told(self):
        """One cell of the hidden square up by two, its neighbour down by two: no total changes."""
        hidden = sorted(self.earlier.withheld())
        rows = {dict(one)["area"] for one in hidden}
        row = sorted(rows)[1]
        mine = [one for one in hidden if dict(one)["area"] == row]
        inner = {one: count for one, count in FOUR.counts.items() if FOUR.shape.is_inner(one)}
        inner[mine[0]] += 2
        inner[mine[1]] -= 2
        with pytest.raises(NotPublishableError, match="held back"):
            protect(counted(FOUR.shape, inner), threshold=5, earlier=self.earlier)  # the columns' totals tell it

    def test_a_small_change_that_only_a_line_of_hidden_cells_tells_is_held_back(self):
        """The total grows by six, a shown cell by five: the hidden ones of the line grew by one."""
        one = next(iter(self.earlier.withheld()))
        row = dict(one)["area"]
        shown = next(
            each
            for each in FOUR.counts
            if FOUR.shape.is_inner(each) and dict(each)["area"] == row and each not in self.earlier.withheld()
        )
        inner = {each: count for each, count in FOUR.counts.items() if FOUR.shape.is_inner(each)}
        inner[shown] += 5
        inner[one] += 1
        with pytest.raises(NotPublishableError, match="held back"):
            protect(counted(FOUR.shape, inner), threshold=5, earlier=self.earlier)
