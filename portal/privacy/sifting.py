"""Sift a column's distinct texts with Arrow alone, so that only those that may hold something are read one by one."""

import pyarrow as pa

from portal.privacy.columns import Cells, pc
from portal.privacy.cues import TITLES
from portal.privacy.kinds import Setting
from portal.privacy.lexicon import STRONG, Sort, lexicon, own_words, sort_of

# What can be in a text that holds nothing: letters, plain marks, and the numbers of roads, junctions and areas.
_NUMBERED = r"(?i)\b(?:[abm]\d{1,4}(?:\(m\))?|j(?:ct|unction)?[ ]?\d{1,2}[ab]?|[ewsn]\d{8}|24[ ]?hours?|q[1-4])\b"
_PLAIN = r"^[a-z ,.'&/()\-]*$"
# One word before an ending that no surname has is a street, whatever the word.
_STREET = r"\b[a-z]{3,}(?:'s)? (?:road|rd|street|avenue|ave|crescent|gardens|terrace|boulevard)\b"
_DOTS = r"[a-z]\.[a-z]| (?:at|dot) |flat|apartment|\bapt\b|\brm\b|\bplot\b|\blot\b|bedsit|studio|maisonette|penthouse|caravan"
_NO_WORD = r"[^a-z']+"
_SPELT = r"(?:^|[^a-z])[a-z][ .\-]+[a-z](?:$|[^a-z'])"


def suspects(values: Cells, setting: Setting) -> list[int]:
    """Give the places of the distinct texts that need reading one by one; the rest hold nothing for sure."""
    del setting
    low = pc.utf8_lower(values)
    bare = pc.replace_substring_regex(low, pattern=_NUMBERED, replacement=" ")
    odd = pc.or_(pc.invert(pc.match_substring_regex(bare, _PLAIN)), pc.match_substring_regex(bare, _DOTS))
    odd = pc.or_(odd, pc.match_substring_regex(bare, _SPELT))
    words = pc.split_pattern_regex(pc.replace_substring_regex(bare, pattern=_STREET, replacement=" "), pattern=_NO_WORD)
    flat, parents = pc.list_flatten(words), pc.list_parent_indices(words)
    coded = flat.dictionary_encode()
    telling = pa.array([_tells(word) for word in coded.dictionary.to_pylist()], pa.bool_())
    told = parents.filter(telling.take(coded.indices)) if len(telling) else parents
    places = pa.array(range(len(values)), pa.int64())
    hit = pc.or_(odd, pc.is_in(places, value_set=told.cast(pa.int64())))
    found: list[int] = pc.indices_nonzero(hit).to_pylist()
    return found


def _tells(word: str) -> bool:
    """Say whether a word alone calls for reading its text: a name, a title, or one that no list knows."""
    if not word or word == "'":
        return False
    sort = sort_of(word)
    named = bool(sort & (STRONG | Sort.FOREIGN)) or word in lexicon().also["maybe_given"]
    return named or not sort or word in TITLES or word in _HOMELY or word.strip("'") in _HARD_CUES


_HOMELY = own_words("homes") | own_words("perhaps_homes") | own_words("soft_titles")
_HARD_CUES = frozenset(
    ["informant", "inft", "alias", "known", "nickname", "rep", "ring", "nok", "oic", "named", "surname", "forename", "c", "h", "o", "aka", "fao", "attn"]
)
