"""Apply a grammar to a whole column: Arrow judges what has a plain form, Python reads the rest, each distinct text once."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Cells, Coded, encoded, pc, texts_of
from portal.privacy.grammar.gazetteer import Likeness, gazetteer_words, settlements, spelt, streets
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.place import Admitted, place
from portal.privacy.grammar.roles import WordRole, listed, parts_of, words_for
from portal.privacy.identifiers.folding import fold_column
from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind
from portal.privacy.identifiers.names.lexicon import lexicon
from portal.privacy.identifiers.patterns.validators import AREAS
from portal.privacy.identifiers.scanning import ColumnFinding
from portal.privacy.recoding.treated import Treated, compare

_WAYS = "Road|Street|Lane|Avenue|Close|Drive|Way|Crescent|Gardens|Terrace|Grove|Square|Mews|Court|Place|Rd|Ave|Cres"
# A plain street, perhaps with its house's number before it, a settlement and a postcode behind it.
_PLAIN = (
    r"^(?P<number>[0-9]{1,4}[A-Za-z]?,? )?(?P<street>(?P<base>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:" + _WAYS + r"))"
    r"(?:, (?P<town>[A-Z][a-z]+(?: [A-Za-z]+){0,2}))?(?P<code>,? [A-Z]{1,2}[0-9][A-Z0-9]?)?(?P<inward> [0-9][A-Z]{2})?$"
)
# What may be somebody, perhaps with a house's number before it: ways that families are called by too behind one word, any way behind two.
_FAMILY_WAYS = "Lane|Street|Close|Way|Court|Place|Grove|Croft|Mead|Lea|Garth"
_DOUBTFUL = (
    r"(?:^|[,;/(] ?| )(?P<number>[0-9]{1,4}[A-Za-z]?,? )?"
    rf"(?P<street>(?P<base>[A-Z][a-z]+) (?:{_FAMILY_WAYS}|(?P<family>[A-Z][a-z]+) (?:{_WAYS}|{_FAMILY_WAYS})))(?:$|[ ,;/)])"
)
# A number stands before it, or data.police.uk's words, which it puts before streets alone.
_NUMBERED = (
    r"(?:(?:^|[,;/(] ?|(?i:outside|opposite|near|at|o/s|opp|nr) )[0-9]{1,3}[A-Za-z]? |^(?i:on or near) )"
    r"(?P<name>(?:[Tt]he )?[A-Z][a-z]+)(?:$|[,;/)])"
)
# What stands behind a street, and what stands before one.
_LAST = r",\s*(?P<town>[A-Z][A-Za-z'\- ]*?)(?:[, ]+[A-Z]{1,2}[0-9][A-Z0-9]?(?: ?[0-9][A-Z]{2})?)?$"
_FIRST = r"^(?P<town>[A-Z][A-Za-z'\- ]*?),"
_LED = 3  # distinct places that one name leads: a house leads one street
SPOKEN_FOR = 5  # records of a file that name a street show that it is one


def judged(column: AnyColumn, grammar: Callable[[str], Admitted]) -> Treated:
    """Keep of each cell what a grammar lets stay, and say of which kinds something went."""
    coded = encoded(fold_column(column))
    kept = [grammar(text) if text and text.strip() else Admitted("") for text in texts_of(coded)]
    return _treated(coded, [one.text or None for one in kept], [one.gone for one in kept])


def _treated(coded: Coded, texts: Sequence[str | None], gone: Sequence[frozenset[IdentifierKind]]) -> Treated:
    found: list[ColumnFinding] = []
    for row, (text, kinds) in enumerate(zip(texts, gone, strict=True)):
        for kind in sorted(kinds):
            action = (
                IdentifierAction.EMPTIED
                if not text
                else IdentifierAction.SHORTENED
                if kind is IdentifierKind.POSTCODE
                else IdentifierAction.REMOVED
            )
            found.append(ColumnFinding(row, kind, action, proven=False))
    treated = compare(coded, list(texts), [None] * len(texts))
    if len(coded.indices) == len(texts):  # a column of distinct values, in their own order
        return Treated(treated.column, changed=treated.changed, emptied=treated.emptied, findings=tuple(found))
    rows = cast("list[int | None]", coded.indices.to_pylist())
    by_text: dict[int, list[ColumnFinding]] = {}
    for one in found:
        by_text.setdefault(one.row, []).append(one)
    every = tuple(one._replace(row=row) for row, at in enumerate(rows) if at is not None for one in by_text.get(at, ()))
    return Treated(treated.column, changed=treated.changed, emptied=treated.emptied, findings=every)


def lines_apart(column: AnyColumn) -> AnyColumn:
    """Put a comma where a cell has a new line: 'Dr Surchi' over 'Station Parade' are two parts, and no 'Surchi Station'."""
    if not pc.any(pc.match_substring(column, "\n")).as_py():
        return column
    coded = encoded(column)
    return cast("Cells", pc.replace_substring_regex(coded.dictionary, r"[\s,]*\n[\s,]*", ", ").take(coded.indices))


def places(column: AnyColumn, lists: LocalLists = NONE) -> Treated:
    """Keep of a column of places what the grammar of places lets stay."""
    coded = encoded(fold_column(column))
    values = coded.dictionary
    plain = _plain_streets(values, lists)
    texts = cast("list[str | None]", plain.texts.to_pylist())
    gone = [_GONE[which] for which in cast("list[int]", plain.gone.to_pylist())]
    for at in plain.rest:
        one = place(cast("str", values[at].as_py()), lists)
        texts[at], gone[at] = one.text or None, one.gone
    return _treated(coded, texts, gone)


_GONE = (
    frozenset[IdentifierKind](),
    frozenset({IdentifierKind.ADDRESS}),
    frozenset({IdentifierKind.POSTCODE}),
    frozenset({IdentifierKind.ADDRESS, IdentifierKind.POSTCODE}),
)


class _Plain:
    """What Arrow judged by itself: each distinct text's kept form, what went of it, and which are still to be read."""

    def __init__(self, texts: Cells, gone: Cells, rest: list[int]) -> None:
        self.texts, self.gone, self.rest = texts, gone, rest


def _plain_streets(values: Cells, lists: LocalLists) -> _Plain:
    """Judge the distinct texts that are a plain street, the same way as the grammar would."""
    found = pc.extract_regex(values, _PLAIN)
    field = {name: pc.struct_field(found, name) for name in ("number", "street", "base", "town", "code", "inward")}
    known = pc.and_(pc.is_valid(found), _is_street_base(field["base"], field["street"]))
    no_town = pc.equal(field["town"], "")
    known = pc.and_(known, pc.or_(no_town, pc.is_in(pc.utf8_lower(field["town"]), value_set=_sure_settlements(lists))))
    # An inward part needs its outward part, and what looks like a code must be a postcode's.
    area = pc.struct_field(pc.extract_regex(field["code"], r"^,? (?P<area>[A-Z]{1,2})[0-9]"), "area")
    no_code = pc.equal(field["code"], "")
    known = pc.and_(
        known, pc.or_(pc.and_(no_code, pc.equal(field["inward"], "")), pc.is_in(area, value_set=_postal_areas()))
    )
    known = pc.fill_null(known, fill_value=False)
    gap = pc.if_else(no_town, "", ", ")
    written = pc.binary_join_element_wise(field["street"], gap, field["town"], field["code"], "")
    texts = pc.if_else(known, written, pa.scalar(None, pa.string()))
    numbered = pc.cast(pc.not_equal(field["number"], ""), pa.int8())
    cut = pc.cast(pc.not_equal(field["inward"], ""), pa.int8())
    gone = pc.if_else(known, pc.add(numbered, pc.multiply(cut, 2)), 0)
    blank = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(values), ""), fill_value=True)
    rest = pc.indices_nonzero(pc.and_not(pc.invert(known), blank)).to_pylist()
    return _Plain(texts, pc.fill_null(gone, 0), rest)


def streets_spoken_for(coded: Coded) -> frozenset[str]:
    """Give the streets called by a first name, as 'Sharon Close' or 'John Smith Way', that a column itself shows to be streets and no people.

    A house's number stands before one, or five records name it. One that houses or people are called like, as 'The Beeches',
    is one where a number or 'on or near' stands before it.
    """
    told = pc.extract_regex(coded.dictionary, _DOUBTFUL)
    number, street, base, family = (pc.struct_field(told, name) for name in ("number", "street", "base", "family"))
    doubtful = pc.is_in(pc.utf8_lower(base), value_set=_given_names())
    doubtful = pc.and_not(doubtful, pc.is_in(pc.utf8_lower(family), value_set=pa.array(sorted(words_for("streets")))))
    shown = street.filter(pc.fill_null(pc.and_(doubtful, pc.not_equal(number, "")), fill_value=False))
    streets = pc.if_else(doubtful, street, pa.scalar(None, pa.string())).take(coded.indices)
    counted = pc.value_counts(streets.drop_null())
    shared = counted.field(0).filter(pc.greater_equal(counted.field(1), SPOKEN_FOR))
    houselike = pc.struct_field(pc.extract_regex(coded.dictionary, _NUMBERED), "name")
    houselike = houselike.filter(
        pc.fill_null(pc.is_in(pc.utf8_lower(houselike), value_set=_houselike()), fill_value=False)
    )
    return frozenset([*shown.to_pylist(), *shared.to_pylist(), *houselike.to_pylist()])


def towns_spoken_for(coded: Coded) -> frozenset[str]:
    """Give what a column itself shows to be settlements: what stands last in a cell, or leads three places."""
    last = pc.struct_field(pc.extract_regex(coded.dictionary, _LAST), "town")
    led = pc.value_counts(pc.struct_field(pc.extract_regex(coded.dictionary, _FIRST), "town").drop_null())
    leading = led.field(0).filter(pc.greater_equal(led.field(1), _LED))
    known = settlements()
    return frozenset(
        name for name in (*last.drop_null().unique().to_pylist(), *leading.to_pylist()) if spelt(name) in known
    )


def _is_street_base(base: Cells, street: Cells) -> Cells:
    """Say of each street's name whether it is one word that may be any, or two that are known.

    One word that is a given name is left to the grammar where the way is a family's name too: 'Tariq Lane'.
    """
    low = pc.utf8_lower(base)
    two = pc.match_substring(low, " ")
    one = pc.and_not(pc.invert(two), pc.is_in(low, value_set=_no_street_words()))
    called = pc.match_substring_regex(street, rf"(?:{_FAMILY_WAYS})$")
    one = pc.and_not(one, pc.and_(called, pc.is_in(low, value_set=_given_names())))
    words = pc.split_pattern(low, " ")
    every = pc.list_flatten(words)
    known = [word for word in cast("list[str | None]", every.unique().to_pylist()) if word and _may_be_of_two(word)]
    unknown = pc.list_parent_indices(words).filter(pc.invert(pc.is_in(every, value_set=pa.array(known, pa.string()))))
    unknown_at = pc.is_in(pa.array(range(len(base)), pa.int64()), value_set=unknown.cast(pa.int64()).unique())
    return cast("Cells", pc.or_(one, pc.and_not(two, unknown_at)))


@cache
def _no_street_words() -> Cells:
    """List the words that are never a street's whole name: of people, homes, numbers and joining words."""
    never = (
        WordRole.PERSON | WordRole.HOME | WordRole.RELATION | WordRole.AND | WordRole.THE | WordRole.SAINT | WordRole.OF
    )
    return pa.array([word for word, part in listed().items() if part & never], pa.string())


@cache
def _houselike() -> Cells:
    """List the streets that houses are called like."""
    return pa.array([name for name, likeness in streets().items() if likeness is Likeness.HOUSE], pa.string())


@cache
def _given_names() -> Cells:
    """List the given names, whatever else they are: the grammar says which may be streets."""
    return pa.array([*lexicon().given, *words_for("virtues")], pa.string())


_NEVER_OF_TWO = (
    WordRole.PERSON
    | WordRole.HOME
    | WordRole.RELATION
    | WordRole.AND
    | WordRole.THE
    | WordRole.SAINT
    | WordRole.OF
    | WordRole.GIVEN
    | WordRole.EPONYM
)


def _may_be_of_two(word: str) -> bool:
    """Say whether streets of two words are made of this one, which is no given name.

    Asked for the words of a file alone: asked for every word of the lists, it took half of a short file's time.
    """
    if word not in gazetteer_words() and word not in listed():
        return False
    part = parts_of(word)
    return bool(part & WordRole.KNOWN) and not part & _NEVER_OF_TWO


@lru_cache(maxsize=4)
def _sure_settlements(lists: LocalLists) -> Cells:
    sure = [name for name, like in settlements().items() if like is Likeness.NOBODY]
    return pa.array([*sure, *lists.kind("settlements", "estates")], pa.string())


@cache
def _postal_areas() -> Cells:
    return pa.array(sorted(AREAS), pa.string())
