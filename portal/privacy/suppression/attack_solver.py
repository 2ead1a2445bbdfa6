"""HiGHS as the attack asks it: the best real or whole table over the equations of what is public. It shares no code with `flows`."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
_CAP = 10_000  # more than any count that matters here above what is shown: no reader reckons with the infinite
_SECONDS = 2.0  # for one question in whole numbers; no answer in time counts as broken


class AttackError(Exception):
    """The attack could not be carried out, so nothing is proved."""


class SilentHighs(highspy.Highs):
    """HiGHS without a word on the terminal."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's own name
        """Start none: they are not used, and starting them prints a banner."""


class Equations:
    """HiGHS over the equations: the best real or whole table for some costs."""

    def __init__(self, rows: Sequence[tuple[tuple[tuple[int, int], ...], int]], low: Whole) -> None:
        """Load the equations once: terms (which count, its sign) and what they add up to; `low` is each count's least."""
        size = len(low)
        self._matrix: dict[str, list[int]] = {"start": [0], "index": [], "value": []}
        for terms, _ in rows:
            self._matrix["index"] += [number for number, _ in terms]
            self._matrix["value"] += [sign for _, sign in terms]
            self._matrix["start"].append(len(self._matrix["index"]))
        self._index, self._value = np.array(self._matrix["index"], np.int64), np.array(self._matrix["value"], np.int64)
        self._right = np.array([right for _, right in rows], np.int64)
        self.cap = float(np.abs(self._right).max(initial=0) + _CAP)
        self._numbers = np.arange(size, dtype=np.int32)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, len(rows)
        model.col_cost_, model.col_lower_ = np.zeros(size), low.astype(float)
        model.col_upper_ = np.full(size, self.cap)
        model.row_lower_ = model.row_upper_ = self._right.astype(float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self._matrix["start"], np.int32)
        model.a_matrix_.index_ = np.array(self._matrix["index"], np.int32)
        model.a_matrix_.value_ = np.array(self._matrix["value"], float)
        self._highs = SilentHighs()  # type: ignore[no-untyped-call]  # HiGHS ships no type for it
        for name, value in (("output_flag", False), ("threads", 1), ("time_limit", float("inf"))):
            _must(self._highs.setOptionValue(name, value))
        _must(self._highs.passModel(model))

    def holds(self, tables: Whole) -> npt.NDArray[np.bool_]:
        """Tell whether a whole table, or each of several, fits every equation exactly."""
        if not len(self._right):
            return np.ones(tables.shape[:-1], bool)
        sums = np.add.reduceat(tables[..., self._index] * self._value, self._matrix["start"][:-1], axis=-1)
        return np.asarray((sums == self._right).all(axis=-1))

    def best(
        self,
        costs: npt.NDArray[np.float64],
        low: npt.NDArray[np.float64],
        high: npt.NDArray[np.float64],
        *,
        whole: bool = False,
    ) -> npt.NDArray[np.float64] | None:
        """Give the cheapest table between bounds, or None where there is none (or none was found in time, for whole numbers)."""
        size = len(self._numbers)
        if not size:
            return np.zeros(0)
        _must(self._highs.changeColsCost(size, self._numbers, costs))
        _must(self._highs.changeColsBounds(size, self._numbers, low, high))
        if whole:
            kinds = np.full(size, highspy.HighsVarType.kInteger)
            _must(self._highs.changeColsIntegrality(size, self._numbers, kinds))
            _must(self._highs.setOptionValue("time_limit", self._highs.getRunTime() + _SECONDS))
        try:
            _must(self._highs.run())
            status = self._highs.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                return np.array(self._highs.getSolution().col_value)
            if status == highspy.HighsModelStatus.kInfeasible or whole:
                return None
            raise AttackError(f"HiGHS ended with {status}")
        finally:
            if whole:
                kinds = np.full(size, highspy.HighsVarType.kContinuous)
                _must(self._highs.changeColsIntegrality(size, self._numbers, kinds))
                _must(self._highs.setOptionValue("time_limit", float("inf")))


def _must(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise AttackError("HiGHS refused a call")
