"""What a treatment gives back, and the one way to apply one to a column: each distinct text once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import pyarrow as pa
import re2

from portal.privacy.columns import AnyColumn, Cells, Coded, Column, encoded, pc, spread, texts_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.scanning import ColumnFinding

_REMARK = re2.compile(r"^(.*[^ ])[ ]*[\[(][^\[\]()]{0,80}[\])][*.]?$")

Answer = tuple[str | None, str | None]
"""What a text becomes (None: nothing), and why not, in plain words that never quote it."""


@dataclass(frozen=True)
class UntreatedRow:
    """A row that could not be treated, and why; never its words."""

    row: int
    reason: str


@dataclass(frozen=True)
class TreatmentQuestion:
    """What the file does not settle."""

    id: str
    ask: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Treated:
    """A treated column with what was done to it."""

    column: Column = field(repr=False)
    changed: int = 0
    emptied: int = 0
    problems: tuple[UntreatedRow, ...] = ()
    questions: tuple[TreatmentQuestion, ...] = ()
    extra: Mapping[str, Column] = field(default_factory=dict, repr=False)
    findings: tuple[ColumnFinding, ...] = ()
    nearest: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


def _is_blank(array: Cells) -> Cells:
    return cast("Cells", pc.fill_null(pc.equal(pc.utf8_trim_whitespace(array), ""), fill_value=True))


def compare(coded: Coded, texts: list[str | None], reasons: list[str | None]) -> Treated:
    """Build the result of a treatment from what each distinct value became."""
    column = spread(coded, texts)
    values = coded.dictionary
    kept = pa.array(texts, pa.string())
    gone = pc.and_(pc.invert(_is_blank(values)), pc.is_null(kept))
    new = pc.fill_null(pc.not_equal(values, kept), fill_value=False)
    rows = [UntreatedRow(row, reason) for row, reason in _rows_with(coded, reasons)]
    return Treated(column, changed=_count(coded, new), emptied=_count(coded, gone), problems=tuple(rows))


def _count(coded: Coded, flags: Cells) -> int:
    if not len(flags):
        return 0
    return int(pc.sum(pc.fill_null(flags.take(coded.indices), fill_value=False)).as_py() or 0)


def _rows_with(coded: Coded, reasons: list[str | None]) -> list[tuple[int, str]]:
    if not any(reasons):
        return []
    said = pa.array(reasons, pa.string()).take(coded.indices)
    rows = pc.indices_nonzero(pc.is_valid(said)).to_pylist()
    return list(zip(rows, cast("list[str]", said.take(pa.array(rows, pa.int64())).to_pylist()), strict=True))


def each(column: AnyColumn, treat: Callable[[str], Answer]) -> Treated:
    """Apply a treatment to each distinct text of a column; blank cells stay empty without a problem.

    A remark in brackets after a value ('14 (Year 9)') does not cost the value; the remark goes.
    """
    coded = encoded(column)
    answers = [_answer(text, treat) if (text := fold(value).strip()) else (None, None) for value in texts_of(coded)]
    return compare(coded, [kept for kept, _ in answers], [reason for _, reason in answers])


def _answer(text: str, treat: Callable[[str], Answer]) -> Answer:
    answer = treat(text)
    if answer[0] is None and (match := _REMARK.match(text)):
        without = treat(match.group(1))
        return without if without[0] is not None else answer
    return answer
