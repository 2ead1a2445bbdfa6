"""Whole names of people, as the file's own dropped columns give them: nothing that is kept holds one, whatever it looks like.

'Mason Hill' may be a place, and 'Jordan Lane' a street. Where the same file has a column of people, and one of them is
called so, it is a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import pyarrow as pa

from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.names.cues import TITLES
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.identifiers.profile import glance
from portal.returns.matching.heading_text import words
from portal.returns.matching.schema import Target
from portal.returns.pipeline.assemble import Source
from portal.returns.treatment.kept_columns import KeptColumns
from portal.spreadsheets.arrow_columns import Cells, coded_of, pc, texts, values

_TREATED = frozenset({"location", "school"})
_PEOPLE, _NO_PERSON = own_words("people_headings"), own_words("no_person_headings")
_FIRST = frozenset({"forename", "forenames", "first", "given", "christian"})
_LAST = frozenset({"surname", "last", "family"})
_NAME = frozenset({"name", "names", "fullname"})
_GLANCED = 500  # first rows of a bare 'Name'
_SHARE = 0.3  # of them must look like people
_NO_LETTER = r"[^\p{L}']+"
_TITLE = rf"^(?:{'|'.join(sorted(TITLES))}) "
_TURNED = r"^([^,]+), *([^,]+)$"  # 'Lane, Jordan'
_WORD = re.compile(r"(?:[^\W\d_]|')+")  # as a name is read: letters and apostrophes
_LONGEST = 4  # words of a name


def people_of(sources: Iterable[Source]) -> tuple[Cells, ...]:
    """Give the distinct names of each dropped column of people, in lower case, first name first, without titles."""
    return tuple(
        pc.replace_substring_regex(_plain(coded_of(column).dictionary), _TITLE, "")
        for source in sources
        for column in _columns(source)
    )


def _columns(source: Source) -> Iterator[Cells]:
    """Give the dropped columns of a table that name people, and those of first and last names put together."""
    dropped = [
        (frozenset(words(match.heading)), source.table.columns[match.column])
        for match in source.matching.matches
        if match.target is None
    ]
    yield from (column for told, column in dropped if _is_of_people(told, column))
    firsts, lasts = ([column for told, column in dropped if told & which] for which in (_FIRST, _LAST))
    yield from (pc.binary_join_element_wise(*each, " ") for each in zip(firsts, lasts, strict=False))


def _plain(names: Cells) -> Cells:
    """Write names in lower case, first name first, with one space between two words; what has a number is none."""
    names = names.filter(pc.invert(pc.match_substring_regex(names, "[0-9]")))
    low = pc.utf8_lower(pc.replace_substring_regex(names, _TURNED, r"\2 \1"))
    return cast("Cells", pc.utf8_trim_whitespace(pc.replace_substring_regex(low, _NO_LETTER, " ")))


def without_people(kept: KeptColumns, targets: Mapping[str, Target], people: tuple[Cells, ...]) -> None:
    """Take out of kept places, areas and schools each part that holds the whole name of somebody in the file.

    Args:
        kept: what is kept; its columns change in place, and what was taken out is noted.
        targets: the return's fields by name.
        people: as `people_of` gives them.
    """
    of_places = [
        name for name in kept.columns if name == "area" or (name in targets and targets[name].treatment in _TREATED)
    ]
    for name in of_places if people else ():
        coded = coded_of(kept.columns[name])
        told = [text or "" for text in coded.dictionary.to_pylist()]
        asked = texts(dict.fromkeys(run for text in told for run in _runs(text)))
        named = {run for one in people for run in values(asked.filter(pc.is_in(asked, value_set=one)))}
        if not named:
            continue
        left = [", ".join(part for part in text.split(", ") if named.isdisjoint(_runs(part))) for text in told]
        changed = pa.array([one != text for one, text in zip(left, told, strict=True)], pa.bool_())
        kept.note_many(name, pc.fill_null(changed.take(coded.indices), fill_value=False), IdentifierKind.NAME)
        kept.put(name, texts(left).take(coded.indices), kept.origin[name])


def _is_of_people(told: frozenset[str], column: Cells) -> bool:
    """Say whether a column that is dropped names people; of a bare 'Name' its first values must tell."""
    if told & _NO_PERSON:
        return False
    first = column.slice(0, _GLANCED)
    filled = pc.sum(pc.match_substring(first, " ")).as_py() or 0
    return bool(told & _PEOPLE) or bool(
        told & _NAME and filled and glance(first).get(IdentifierKind.NAME, 0) >= _SHARE * filled
    )


def _runs(text: str) -> Iterator[str]:
    """Give every run of two to four words that stand beside each other in a text."""
    for part in text.lower().split(", "):
        found = _WORD.findall(part)
        for size in range(2, min(_LONGEST, len(found)) + 1):
            for at in range(len(found) - size + 1):
                yield " ".join(found[at : at + size])
