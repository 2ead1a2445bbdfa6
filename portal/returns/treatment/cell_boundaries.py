"""Take out identifiers that lie over two neighbouring cells, such as '07700' in one and '900417' in the next."""

from dataclasses import replace
from itertools import pairwise
from typing import cast

from portal.privacy.identifiers.across_cells import find_split
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind, Setting
from portal.privacy.identifiers.names.lexicon import Sort, sort_of
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.privacy.identifiers.scanning import ColumnFinding
from portal.returns.pipeline.assemble import Gathered
from portal.returns.treatment.kept_columns import KeptColumns
from portal.spreadsheets.arrow_columns import Cells, coded_of, count_true, flags_at, number_at, pc, values

_ENDS = r"[0-9]\W{0,2}$"
_BEGINS = r"^\W{0,2}[0-9]"
_LAST_NUMBERS = r"[\s0-9()+./-]+$"
_FIRST_NUMBERS = r"^[\s0-9()+./-]+"
_ONE_WORD = r"^\s*\p{L}[\p{L}'\-]+\s*$"
_MOST_PAIRS = 5_000  # pairs of cells that meet in numbers; a file with more is not a table of words


def take_split_out(kept: KeptColumns, gathered: Gathered, names: list[str], vocabulary: Vocabulary) -> Gathered:
    """Return the records with the numbers cut off two cells that identify somebody together (4.3).

    Args:
        kept: takes the findings.
        gathered: the records as sent: once each cell is treated alone, what lies over two would be half gone.
        names: the columns of words, in the file's order.
        vocabulary: the words that survive whole.
    """
    columns = dict(gathered.columns)
    for left, right in pairwise(names):
        _take_names_out(kept, columns, left, right, vocabulary)
        first, second = columns[left], columns[right]
        meet = pc.and_(_told(first, _ENDS), _told(second, _BEGINS))
        if not 0 < count_true(meet) <= _MOST_PAIRS:
            continue
        places = pc.indices_nonzero(meet)
        found = find_split(first.take(places), second.take(places), Setting.PLACE, vocabulary)
        rows = {number_at(places, each.row): each for each in found}
        flags = flags_at(len(first), rows)
        columns[left] = pc.if_else(flags, pc.replace_substring_regex(first, _LAST_NUMBERS, ""), first)
        columns[right] = pc.if_else(flags, pc.replace_substring_regex(second, _FIRST_NUMBERS, ""), second)
        for row, each in rows.items():
            kept.findings.append(
                (left, row, ColumnFinding(row, each.kind, IdentifierAction.REMOVED, proven=each.proven))
            )
            kept.counts[left, each.kind] += 1
    return replace(gathered, columns=columns)


def _told(column: Cells, pattern: str) -> Cells:
    """Return a flag for each cell: true where the pattern is found in it."""
    coded = coded_of(column)
    return cast("Cells", pc.match_substring_regex(coded.dictionary, pattern).take(coded.indices))


def _take_names_out(
    kept: KeptColumns, columns: dict[str, Cells], left: str, right: str, vocabulary: Vocabulary
) -> None:
    """Empty two cells of a word each that are a person's name together ('Jane', 'Smith') and no place apart."""
    first, second = columns[left], columns[right]
    lone = pc.and_(_told(first, _ONE_WORD), _told(second, _ONE_WORD))
    if not 0 < count_true(lone) <= _MOST_PAIRS:
        return
    places = pc.indices_nonzero(lone)
    pairs = zip(values(first.take(places)), values(second.take(places)), strict=True)
    rows = [
        number_at(places, at)
        for at, (one, other) in enumerate(pairs)
        if _is_name(one, other) and not (vocabulary.has(one) or vocabulary.has(other))
    ]
    flags = flags_at(len(first), rows)
    for name in (left, right):
        columns[name] = pc.if_else(flags, "", columns[name])
        for row in rows:
            kept.findings.append(
                (name, row, ColumnFinding(row, IdentifierKind.NAME, IdentifierAction.EMPTIED, proven=False))
            )
            kept.counts[name, IdentifierKind.NAME] += 1


def _is_name(one: str, other: str) -> bool:
    """Tell whether two lone words are a given name and a surname, in either order, and neither is a word or a place."""
    first, second = sort_of(fold(one)), sort_of(fold(other))
    if (first | second) & (Sort.PLACE | Sort.WORD):
        return False
    return bool(first & Sort.GIVEN and second & Sort.SURNAME) or bool(first & Sort.SURNAME and second & Sort.GIVEN)
