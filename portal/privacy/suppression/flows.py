"""Find another table that a reader could not tell from the true one: a flow through the cells that are withheld, by HiGHS where no exchange does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import highspy
import numpy as np

from portal.privacy.suppression.system import Flags, Real, System, Whole
from portal.privacy.suppression.tables import TOTAL, Axis, Key, TableShape

Lines = list[tuple[tuple[Key, ...], int]]  # what moves together, and its sign

_CHEAP = 1e-3  # what a unit of flow costs in a cell that is withheld anyway: short flows before long ones
_ROUND = 1e-6
_FAR = 1_000_000  # further than any count moves
_EXCHANGE = 2e-4  # measured: seconds of an exchange
_BEGUN, _ROWS, _STEP = (
    50,
    40,
    6e-8,
)  # measured: steps that a question costs beside its own, rows likewise, seconds of a step and row


class SolverError(Exception):
    """HiGHS did not answer. Never to be read as 'there is no such table'."""


class QuietHighs(highspy.Highs):
    """HiGHS without a word on the terminal."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's own name
        """Start none: they are not used, and starting them prints a banner."""


class Flows:
    """Changes that may be made to a system's counts so that every sum still holds.

    A change is up or down in each cell: down to the least a reader must reckon with, up without end. `low` is that least.
    """

    def __init__(self, of: System, low: Whole) -> None:
        """Load the sums once; each question changes bounds and costs alone."""
        self._size = size = len(of.keys)
        self._room = np.maximum(of.counts - low, 0).astype(float)
        self._most = float(of.counts.max(initial=0) + 1000)
        starts, columns, signs = [0], [], []
        for whole, parts in of.sums:
            for cell, sign in ((whole, -1.0), *((part, 1.0) for part in parts)):
                columns += [cell, cell + size]
                signs += [sign, -sign]
            starts.append(len(columns))
        problem = highspy.HighsLp()
        problem.num_col_, problem.num_row_ = 2 * size, len(of.sums)
        problem.col_cost_ = problem.col_lower_ = problem.col_upper_ = np.zeros(2 * size)
        problem.row_lower_ = problem.row_upper_ = np.zeros(len(of.sums))
        problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        problem.a_matrix_.start_ = np.array(starts, np.int32)
        problem.a_matrix_.index_ = np.array(columns, np.int32)
        problem.a_matrix_.value_ = np.array(signs)
        self._solver = QuietHighs()  # type: ignore[no-untyped-call]  # HiGHS ships no type for it
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            _answered(self._solver.setOptionValue(option, value))
        _answered(self._solver.passModel(problem))
        self._all = np.arange(2 * size, dtype=np.int32)
        self._rows = len(of.sums)
        self.work = 0.0  # seconds that the questions so far take on an ordinary machine, by the solver's steps

    def cheapest(self, cell: int, change: int, costs: Real, still: Flags) -> Whole | None:
        """Find the cheapest change that moves one cell by at least `change` (its sign is the way), or None.

        Args:
            cell: the cell.
            change: how far it must move.
            costs: of a unit in each cell; 0 where it is withheld anyway.
            still: cells that may not move.

        Raises:
            SolverError: HiGHS did not answer.
        """
        upper = self._bounds(still)
        lower = np.zeros(2 * self._size)
        there, back = (cell, cell + self._size) if change > 0 else (cell + self._size, cell)
        if upper[there] < abs(change):
            return None
        lower[there], upper[back] = abs(change), 0.0
        return self._solve(np.tile(np.maximum(costs, _CHEAP), 2), lower, upper)

    def _bounds(self, still: Flags) -> Real:
        upper = np.concatenate([np.full(self._size, self._most), self._room])
        upper[np.tile(still, 2)] = 0.0
        return upper

    def _solve(self, costs: Real, lower: Real, upper: Real) -> Whole | None:
        solver, count = self._solver, 2 * self._size
        _answered(solver.changeColsCost(count, self._all, costs))
        _answered(solver.changeColsBounds(count, self._all, lower, upper))
        _answered(solver.setBasis())
        _answered(solver.run())
        self.work += (solver.getInfo().simplex_iteration_count + _BEGUN) * (_ROWS + self._rows) * _STEP
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"HiGHS ended with {status}")
        values = np.array(solver.getSolution().col_value)
        change = values[: self._size] - values[self._size :]
        # Away from nought, so that what moves by a part of one (linked tables) is counted as moving.
        return np.where(np.abs(change) < _ROUND, 0, np.sign(change) * np.ceil(np.abs(change) - _ROUND)).astype(np.int64)


def in_equal_steps(change: Whole) -> Whole:
    """Divide a change into as many equal steps as whole numbers allow; give what each leads to, the whole change last."""
    steps = int(np.gcd.reduce(change)) or 1
    return np.arange(1, steps + 1)[:, None] * (change // steps)


class Exchanges:
    """Changes that need no solver: in two lines one cell up and its neighbour down, and the other way round, so that no sum changes.

    What a grid moves together stands at one place of it: a ward with its district, a quarter with its year. A total goes the
    other way, since what is added to a row may as well be added to its total.
    """

    def __init__(self, of: System, low: Whole) -> None:
        """Lay the tables out as grids of what moves together, each place with the cells that go up there and those that go down."""
        self._size = size = len(of.keys)
        self._room = np.maximum(of.counts - low, 0)
        terms = [
            (cell, sign) for whole, parts in of.sums for cell, sign in ((whole, -1), *((part, 1) for part in parts))
        ]
        self._terms = np.array(terms, np.int64).reshape(-1, 2).T
        self._starts = np.cumsum([0, *(1 + len(parts) for _, parts in of.sums)])[:-1]
        self._grids: list[tuple[Whole, Whole]] = []
        self._at: dict[int, list[tuple[int, int, int, int]]] = {}
        self.work = 0.0  # seconds on an ordinary machine
        for rows, columns, layers in _laid_out(of.shapes):
            places = [
                [
                    [
                        (of.place.get(tuple(sorted((*row, *column, *within))), size + 1), down * other * sign)
                        for within, sign in layers
                        for row in along
                        for column in across
                    ]
                    for across, other in columns
                ]
                for along, down in rows
            ]
            most = max(len(one) for line in places for one in line)
            cells = np.full((len(rows), len(columns), most), size)
            signs = np.ones(cells.shape, np.int64)
            for (i, j), _ in np.ndenumerate(cells[:, :, 0]):
                for k, (cell, sign) in enumerate(places[i][j]):
                    cells[i, j, k], signs[i, j, k] = cell, sign
                    if cell < size:
                        self._at.setdefault(cell, []).append((len(self._grids), i, j, sign))
            ways = (cells + (signs < 0) * (size + 2), cells + (signs > 0) * (size + 2))
            self._grids.append((np.moveaxis(ways[0], 2, 0).copy(), np.moveaxis(ways[1], 2, 0).copy()))

    def changes(self, cell: int, by: int, movable: Flags) -> list[Whole]:
        """Find changes of movable cells alone, each of which moves one cell by 1 more, up to so much (its sign is the way).

        None at all proves nothing.
        """
        size, left = self._size, abs(by)
        self.work += _EXCHANGE
        # How far each cell may go up, then how far down; what lies beyond the cells of a place does not hinder, what no table has does.
        free = np.concatenate([np.where(movable, _FAR, 0), [_FAR, 0], np.where(movable, self._room, 0), [_FAR, 0]])
        room = free[size + 2 : -2].copy()
        found = [np.zeros(size, np.int64)]
        for grid, i, j, sign in self._at.get(cell, ()):
            with_it, against = self._grids[grid][:: sign * (1 if by > 0 else -1)]
            while left and (step := self._step(free, with_it, against, (i, j), left)):
                left -= step
                last = found[-1]
                each = (free[size + 2 : -2] - room - last) // step
                found += [last + each * more for more in range(1, step + 1)]
        if left:
            return []
        change = found[-1]
        sums = (
            np.add.reduceat(change[self._terms[0]] * self._terms[1], self._starts) if len(self._starts) else change[:0]
        )
        return [] if sums.any() or free.min() < 0 else found[1:]

    def _step(self, free: Whole, with_it: Whole, against: Whole, at: tuple[int, int], left: int) -> int:
        """Exchange as much as may be along one way; give how much."""
        up, down = free[with_it[0]], free[against[0]]
        for more, less in zip(with_it[1:], against[1:], strict=True):
            up, down = np.minimum(up, free[more]), np.minimum(down, free[less])
        way = _way(up, down, at) if up[at] > 0 else []
        if not way:
            return 0
        # The first goes with it, the next against it, and so on round.
        caps = [int((up if place % 2 == 0 else down)[one]) for place, one in enumerate(way)]
        step = min(left, *caps)
        half = self._size + 2
        for place, one in enumerate(way):
            for each in (with_it if place % 2 == 0 else against)[:, one[0], one[1]].tolist():
                if each % half < self._size:
                    free[each] -= step
                    free[(each + half) % (2 * half)] += step
        return step


def _way(up: Whole, down: Whole, at: tuple[int, int]) -> list[tuple[int, int]]:
    """Find places for an exchange, by turns up and down: the widest of four, else the shortest of any number."""
    i, j = at
    if up.shape[1] == 1:
        room = down.copy()
        room[i] = 0
        best = int(room.argmax())
        return [at, (best, 0)] if room[best, 0] > 0 else []
    room = np.minimum(np.minimum(down[:, j][:, None], down[i]), up)
    room[i], room[:, j] = 0, 0
    row, column = divmod(int(room.argmax()), up.shape[1])
    if room[row, column] > 0:
        return [at, (i, column), (row, column), (row, j)]
    return _longer_way(up > 0, down > 0, at)


def _longer_way(up: Flags, down: Flags, at: tuple[int, int]) -> list[tuple[int, int]]:
    i, j = at
    by_row, by_column = np.full(up.shape[1], -1), np.full(up.shape[0], -1)
    by_row[j] = by_column[i] = up.size
    rows = np.array([i])
    while rows.size:
        ends = rows[down[rows, j]]
        if ends.size and ends[0] != i:
            row, way = int(ends[0]), [(int(ends[0]), j)]
            while row != i:
                column = int(by_column[row])
                way.append((row, column))
                row = int(by_row[column])
                way.append((row, column))
            return [at, *way[::-1]]
        columns = np.flatnonzero(down[rows].any(axis=0) & (by_row < 0))
        by_row[columns] = rows[down[np.ix_(rows, columns)].argmax(axis=0)]
        above = up[:, columns]
        rows = np.flatnonzero(above.any(axis=1) & (by_column < 0))
        if rows.size:
            by_column[rows] = columns[above[rows].argmax(axis=1)]
    return []


def _laid_out(shapes: Sequence[TableShape]) -> Iterator[tuple[Lines, Lines, list[tuple[Key, int]]]]:
    """List the grids: lines that may be exchanged down and across, and the times that move together, with their signs."""
    widest: dict[tuple[frozenset[str], Key], TableShape] = {}
    for one in sorted((one for one in shapes if not one.slices), key=lambda one: len(one.own_sums())):
        widest[frozenset(axis.field for axis in one.axes()), one.within] = one
    over = {
        key: frozenset(
            [
                key[1],
                *(
                    one.within
                    for one in shapes
                    if key[1] in {part.within for part in one.slices} and key[0] == {axis.field for axis in one.axes()}
                ),
            ]
        )
        for key in widest
    }
    no_columns: Lines = [(((),), 1)]
    for key, one in widest.items():
        for rows in _families(one.rows):
            for columns in _families(one.columns) if one.columns else [no_columns]:
                yield rows, columns, [(within, 1) for within in sorted(over[key])]
                for other, times in over.items():
                    if other[0] == key[0] and other[1] > key[1]:
                        both = [(within, 1) for within in sorted(over[key] - times)]
                        yield rows, columns, [*both, *((within, -1) for within in sorted(times - over[key]))]


def _families(axis: Axis) -> list[Lines]:
    """List lines of an axis that may be exchanged for each other: values with their groups, up to one that holds all of them."""
    above = {part: whole for whole, parts in axis.groups.items() for part in parts}
    found: dict[str, Lines] = {TOTAL: []}
    for label in axis.labels:
        line: tuple[Key, ...] = (axis.part(label),)
        node = label
        while node != TOTAL:
            node = above.get(node, TOTAL)
            found.setdefault(node, []).append((line, 1))
            line = (*line, axis.part(node))
    found[TOTAL].append((((),), -1))
    return [lines for lines in found.values() if len(lines) > 1]


def _answered(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused a call")
