"""Take out identifiers that lie over two neighbouring cells, such as '07700' in one and '900417' in the next."""

from dataclasses import replace
from itertools import pairwise

from portal.privacy.kinds import Action, Setting
from portal.privacy.scanning import Finding
from portal.privacy.splitting import find_split
from portal.privacy.vocabulary import Vocabulary
from portal.returns.columns import count_true, flags_at, number_at, pc
from portal.returns.gathering import Gathered
from portal.returns.keeping import Kept

_ENDS = r"[0-9]\W{0,2}$"
_BEGINS = r"^\W{0,2}[0-9]"
_LAST_NUMBERS = r"[\s0-9()+./-]+$"
_FIRST_NUMBERS = r"^[\s0-9()+./-]+"
_MOST_PAIRS = 5_000  # pairs of cells that meet in numbers; a file with more is not a table of words


def take_split_out(kept: Kept, gathered: Gathered, names: list[str], vocabulary: Vocabulary) -> Gathered:
    """Return the records with the numbers cut off two cells that identify somebody together (4.3).

    Args:
        kept: takes the findings.
        gathered: the records as sent: once each cell is treated alone, what lies over two would be half gone.
        names: the columns of words, in the file's order.
        vocabulary: the words that survive whole.
    """
    columns = dict(gathered.columns)
    for left, right in pairwise(names):
        first, second = columns[left], columns[right]
        meet = pc.and_(pc.match_substring_regex(first, _ENDS), pc.match_substring_regex(second, _BEGINS))
        if not 0 < count_true(meet) <= _MOST_PAIRS:
            continue
        places = pc.indices_nonzero(meet)
        found = find_split(first.take(places), second.take(places), Setting.PLACE, vocabulary)
        rows = {number_at(places, each.row): each for each in found}
        flags = flags_at(len(first), rows)
        columns[left] = pc.if_else(flags, pc.replace_substring_regex(first, _LAST_NUMBERS, ""), first)
        columns[right] = pc.if_else(flags, pc.replace_substring_regex(second, _FIRST_NUMBERS, ""), second)
        for row, each in rows.items():
            kept.findings.append((left, row, Finding(row, each.kind, Action.REMOVED, proven=each.proven)))
            kept.counts[left, each.kind] += 1
    return replace(gathered, columns=columns)
