"""Keep single cells as they were sent where the sender says, with a reason, that what was found names nobody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from portal.privacy.identifiers.finding import clean, cleaned, find
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.returns.pipeline.assemble import Gathered
from portal.returns.treatment.kept_columns import KeptColumns
from portal.spreadsheets.arrow_columns import Cells, row_numbers, text_at, texts

PREFIX = "keep:"
_LONGEST = 300  # letters of a reason
# Only what is told by words may be a false alarm: what a check digit proves, and what has the form of a postcode, a
# telephone number, an address on the internet, a birth date or a bank's number always goes.
_MAY_BE_FALSE = frozenset(
    {IdentifierKind.NAME, IdentifierKind.ADDRESS, IdentifierKind.REFERENCE, IdentifierKind.VRM, IdentifierKind.AGE}
)


@dataclass(frozen=True)
class Spared:
    """One cell that is kept as sent: its row, its column as shown, and the sender's reason without any identifier."""

    row: int
    column: str
    reason: str


def asked(answers: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Return (column as shown, spreadsheet's row) -> reason, out of answers such as `keep:Street:4=It is a pub`."""
    found = {}
    for name, reason in answers.items():
        column, _, row = name.removeprefix(PREFIX).rpartition(":")
        said = clean(reason.strip()[:_LONGEST], Setting.REMARK).strip()
        if name.startswith(PREFIX) and row.isdecimal() and said:
            found[column, int(row)] = said
    return found


def spare(
    kept: KeptColumns,
    gathered: Gathered,
    settings: Mapping[str, Setting],
    answers: Mapping[str, str],
    vocabulary: Vocabulary,
) -> None:
    """Put cells back that the sender declared a false alarm; what is no matter of opinion still goes."""
    wanted = asked(answers)
    if not wanted:
        return
    numbers = row_numbers(gathered.rows)
    often = Counter(numbers)  # rows of two sheets with one number: nobody can tell which of them is meant
    for name, setting in settings.items():
        shown = gathered.shown.get(name, name)
        reasons = {
            row: wanted[shown, number]
            for row, number in enumerate(numbers)
            if (shown, number) in wanted and often[number] == 1
        }
        for row, reason in reasons.items():
            found_here = any(column == name and place == row for column, place, _ in kept.findings)
            text = _as_sent(text_at(gathered.columns[name], row), setting, vocabulary) if found_here else None
            if text is None:
                continue
            kept.columns[name] = _with(kept.columns[name], row, text)
            kept.spared[name, row] = Spared(numbers[row], shown, reason)
            _forget(kept, name, row)


def _as_sent(text: str, setting: Setting, vocabulary: Vocabulary) -> str | None:
    """Return a cell as sent but for what a check digit proves; nothing where something of a sure form is left in it."""
    firm = tuple(one for one in find(text, setting, vocabulary) if one.proven or one.kind not in _MAY_BE_FALSE)
    left = cleaned(text, firm, setting, vocabulary, proven_only=True) if firm else fold(text)
    again = find(left, setting, vocabulary)
    return None if any(one.proven or one.kind not in _MAY_BE_FALSE for one in again) else left


def _with(column: Cells, row: int, text: str) -> Cells:
    return pa.concat_arrays([column.slice(0, row), texts([text]), column.slice(row + 1)])


def _forget(kept: KeptColumns, name: str, row: int) -> None:
    """Take back the findings of a cell that was kept after all."""
    for column, place, finding in kept.findings:
        if (column, place) == (name, row) and finding.kind in _MAY_BE_FALSE and not finding.proven:
            kept.counts[name, finding.kind] -= 1
    kept.findings = [
        each
        for each in kept.findings
        if (each[0], each[1]) != (name, row) or each[2].proven or each[2].kind not in _MAY_BE_FALSE
    ]
