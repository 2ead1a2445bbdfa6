"""Which values of what was withheld stand in a table that the attack found, for a stranger and for each who is alone in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portal.privacy.suppression.attack_solver import Whole

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class SecretValues:
    """What must be possible: of each secret the values from `low` to `high`, in each view where `who` says so.

    Attributes:
        numbers: the place of each secret among the counts that are not public.
        low: the least value of each that must be possible; a table with less shows it too.
        high: the greatest, likewise.
        alone: the place of each cell that somebody is alone in, so that its count is 1 to that person.
        who: [view, secret], whether it is a secret to that view.
        ends_alone: whether all between two values that are possible is possible too.
    """

    numbers: npt.NDArray[np.intp]
    low: Whole
    high: Whole
    alone: npt.NDArray[np.intp]
    who: Mask
    ends_alone: bool


class UnreachedValues:
    """The values that are still to be found."""

    def __init__(self, asked: SecretValues) -> None:
        """Begin with all of them."""
        self._asked = asked
        self._each = np.arange(len(asked.numbers))
        values = asked.low[:, None] + np.arange(int((asked.high - asked.low).max(initial=0)) + 1)
        wanted = values <= asked.high[:, None]
        if asked.ends_alone:
            wanted &= (values == asked.low[:, None]) | (values == asked.high[:, None])
        self._left: Mask = asked.who[:, :, None] & wanted

    def add(self, table: Whole) -> None:
        """Strike out what a table shows to be possible."""
        self._left[self._places(table)] = False

    def shown_by(self, table: Whole) -> int:
        """Count what a table shows to be possible that is still to be found."""
        return int(self._left[self._places(table)].sum())

    def _places(self, table: Whole) -> tuple[npt.NDArray[np.intp], ...]:
        """Say for whom a table shows which value of which secret."""
        asked = self._asked
        offset = np.clip(table[asked.numbers], asked.low, asked.high) - asked.low
        views = np.flatnonzero(np.concatenate([[True], table[asked.alone] == 1]))
        return views[:, None], self._each, offset

    def add_all(self, tables: Whole) -> None:
        """Strike out what many tables show to be possible, one a row."""
        asked = self._asked
        offsets = np.clip(tables[:, asked.numbers], asked.low, asked.high) - asked.low
        views = np.concatenate([np.ones((len(tables), 1)), tables[:, asked.alone] == 1], axis=1).astype(np.float32)
        for offset in range(self._left.shape[2]):
            self._left[:, :, offset] &= views.T @ (offsets == offset).astype(np.float32) == 0

    def left(self, views: Sequence[int]) -> Mask:
        """Tell which values, [secret, value from its least up], are still to be found in one or more of some views."""
        return np.asarray(self._left[list(views)].any(axis=0))

    def views_left(self, secret: int, offset: int) -> list[int]:
        """List the views for which one value is still to be found, a stranger's first."""
        return np.flatnonzero(self._left[:, secret, offset]).tolist()
