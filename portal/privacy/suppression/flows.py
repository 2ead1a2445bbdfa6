"""Ask HiGHS for another table that a reader could not tell from the true one: a flow through the cells that are withheld."""

from __future__ import annotations

import highspy
import numpy as np

from portal.privacy.suppression.system import Flags, Real, System, Whole

_CHEAP = 1e-3  # what a unit of flow costs in a cell that is withheld anyway: short flows before long ones
_ROUND = 1e-6
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

    def widest(self, wish: Real, limit: Real, still: Flags) -> Whole | None:
        """Find a change that moves as many cells as it can the way each is wished (above 0 up, below down), to its `limit`."""
        upper = self._bounds(still)
        costs = np.full(2 * self._size, _CHEAP)
        for way, part in ((1, slice(0, self._size)), (-1, slice(self._size, None))):
            wanted = wish * way > 0
            costs[part][wanted] = -np.abs(wish[wanted])
            upper[part][wanted] = np.minimum(upper[part][wanted], limit[wanted])
        return self._solve(costs, np.zeros(2 * self._size), upper)

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


def _answered(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused a call")
