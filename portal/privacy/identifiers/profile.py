"""A quick look at a column that is dropped whole, to tell its sender what kinds of thing were in it."""

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Cells, Coded, encoded, pc
from portal.privacy.identifiers.folding import fold_column
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.names.cues import TITLES
from portal.privacy.identifiers.names.lexicon import WordSense, sort_of
from portal.privacy.postcodes import INWARD, OUTWARD

_SIGNS: dict[IdentifierKind, str] = {
    IdentifierKind.EMAIL: r"[a-z0-9._%+\-]+@[a-z0-9\-]+\.[a-z]|[\[(]at[\])]| at [a-z0-9\-]+ dot ",
    IdentifierKind.PHONE: r"(?:^|[^0-9])(?:(?:\+|00)?44[ ()\-]{0,3}0?|0)[ .()\-]?[1-9](?:[ .()\-]{0,2}[0-9]){8,9}(?:$|[^0-9])",
    IdentifierKind.NHS: r"(?:^|[^0-9])[1-9][0-9]{2}[ \-]?[0-9]{3}[ \-]?[0-9]{4}(?:$|[^0-9])",
    IdentifierKind.NINO: r"\b[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z][ ]?(?:[0-9]{2}[ ]?){3}[a-d]\b",
    IdentifierKind.POSTCODE: rf"\b{OUTWARD}[ ]?{INWARD}\b",
    IdentifierKind.VRM: r"\b[a-z]{2}[0-9]{2}[ ]?[a-z]{3}\b",
    IdentifierKind.BIRTH_DATE: r"\b(?:dob|d\.o\.b|born)\b|\b[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:19|20)?[0-9]{2}\b",
    IdentifierKind.REFERENCE: r"\b[0-9]{2}[*/][0-9]{5,}|\b(?:crime|cad|log|inc|custody|urn|ref)[a-z. ]{0,8}[:#]?[ ]?[0-9a-z/*]*[0-9]{3,}",
    IdentifierKind.WARRANT: r"\b(?:pc|dc|ps|wpc|pcso) ?[0-9]{2,6}\b",
    IdentifierKind.URL: r"https?://|www\.",
    IdentifierKind.HANDLE: r"(?:^| )@[a-z0-9_]{3,}|\b(?:insta|snap)[a-z]* ?[:@]",
    IdentifierKind.ADDRESS: r"\b(?:flat|apartment|apt) [0-9]|\b[0-9]{1,4}[a-z]? [a-z']+ (?:road|rd|street|avenue|close|drive|lane|way|crescent)\b",
}


def glance(column: AnyColumn) -> dict[IdentifierKind, int]:
    """Count the rows of a column that show each kind of identifier.

    It is for columns that are never kept: Arrow alone reads them, so a long file of remarks costs little. A kind that it
    does not count is not proven absent.
    """
    coded = encoded(fold_column(column))
    low = pc.utf8_lower(coded.dictionary)
    counted = {kind: _rows(coded, pc.match_substring_regex(low, pattern)) for kind, pattern in _SIGNS.items()}
    counted[IdentifierKind.NAME] = _rows(coded, _named(low))
    return {kind: rows for kind, rows in counted.items() if rows}


def _rows(coded: Coded, flags: Cells) -> int:
    return int(pc.sum(flags.take(coded.indices)).as_py() or 0) if len(flags) else 0


def _named(low: Cells) -> Cells:
    """Say of each text whether a title or a common given name stands in it."""
    words = pc.split_pattern_regex(low, pattern=r"[^a-z']+")
    coded, parents = pc.list_flatten(words).dictionary_encode(), pc.list_parent_indices(words)
    telling = [
        word in TITLES - {"pc", "ps", "ds", "di", "lord", "lady"} or bool(sort_of(word) & WordSense.GIVEN)
        for word in coded.dictionary.to_pylist()
    ]
    flags = pa.array(telling, pa.bool_())
    told = (
        parents.filter(flags.take(coded.indices)).cast(pa.int64()).unique() if len(flags) else pa.array([], pa.int64())
    )
    named: Cells = pc.is_in(pa.array(range(len(low)), pa.int64()), value_set=told)
    return named
