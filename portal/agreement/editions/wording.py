"""The words of an edition as this partnership shows them: its blanks filled, its parts apart, its hash."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.agreement.editions.current import KnownEdition, in_force, known_edition, next_after, words_hash
from portal.agreement.errors import InPreparationError
from portal.agreement.withholding.withheld import public_edition, withheld
from portal.ground.act import Store
from portal.ground.input.dates import day_in
from portal.ground.partnership import Facts, confirmed_facts, facts
from portal.ground.wording import day
from portal.rules.edition.editions import Edition, UnverifiedFact, editions, fill, unverified
from portal.rules.errors import UnknownEditionError

_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
UNCHECKED = "Not yet checked by the partnership"


@dataclass(frozen=True)
class EditionPart:
    """A section or an appendix: its title and its Markdown."""

    title: str
    text: str

    @property
    def is_appendix(self) -> bool:
        """Say whether this is an appendix."""
        return self.title.lower().startswith("appendix")


@dataclass(frozen=True, kw_only=True)
class EditionWords:
    """An edition in this partnership's words. `sha256` covers the sealed edition and how its blanks are filled.

    `begins` is the day from which it holds, where that is still to come, and `ended` the day on which another took its place.
    """

    edition: Edition
    blanks: Mapping[str, str]
    sha256: str
    confirmed: frozenset[str]
    begins: date | None = None
    ended: date | None = None

    @property
    def title(self) -> str:
        """Give the edition's title with its blanks filled."""
        return self.filled(self.edition.about.title)

    @property
    def in_preparation(self) -> bool:
        """Say whether the partnership has not brought this edition into force yet, so that nobody signs it."""
        return self.edition.about.status == "draft"

    @property
    def standing(self) -> str:
        """Say since when the edition holds, or that it does no more."""
        about = self.edition.about
        if self.in_preparation:
            return "In preparation. It can be read, and nobody is asked to sign it yet."
        if self.begins:
            return f"Takes force on {day(self.begins)}. It can be signed from that day on."
        if self.ended:
            return f"Past edition, in force until {day(self.ended)}. It can be read but no longer signed."
        if about.status == "historic":
            return f"Past edition, of {day(about.law_as_of)}. It can be read but no longer signed."
        started = written_day(self.blanks.get("in_force_date", ""))
        signed_from, starts = day_in(about.published), day_in(started)
        if signed_from and starts and starts > signed_from:  # authorised before the day that the words name
            return f"Can be signed since {day(signed_from)}. It starts on {started}."
        return f"In force since {started}." if started else f"Written for the law of {day(about.law_as_of)}."

    def filled(self, text: str) -> str:
        """Fill the partnership's blanks into a text; an open one stays visible."""
        return fill(text, self.blanks)

    def parts(self) -> tuple[EditionPart, ...]:
        """Give the sections and appendices in the order of the text."""
        return split_parts(self.filled(self.edition.text))

    def unchecked_facts(self) -> tuple[UnverifiedFact, ...]:
        """List the facts that were not found in a source and that the manager has not confirmed."""
        return tuple(one for one in unverified(self.edition) if f"{one.table}/{one.id}" not in self.confirmed)

    def is_unchecked(self, table: str, fact_id: str) -> bool:
        """Say whether a fact is among those."""
        return any((one.table, one.id) == (table, fact_id) for one in self.unchecked_facts())

    @property
    def confirmed_gateways(self) -> frozenset[str]:
        """Give the ids of the gateways that the manager has confirmed."""
        return frozenset(fact.removeprefix("gateways/") for fact in self.confirmed if fact.startswith("gateways/"))


def words_of(store: Store, of: Edition) -> EditionWords:
    """Give an edition in this partnership's words (clause cover.placeholders), whatever the day."""
    return whole_words(store, KnownEdition(edition=of, begins=of.about.law_as_of))


def words_in_force(store: Store, on: date) -> EditionWords:
    """Give the words that are signed on a day, as the public may read them (clause s15.withhold)."""
    return public_words(store, whole_words_in_force(store, on))


def words_to_sign(store: Store, on: date) -> EditionWords:
    """Give the words that are signed on a day, whole. Raises InPreparationError while the agreement is in preparation."""
    words = whole_words_in_force(store, on)
    if words.in_preparation:
        raise InPreparationError
    return words


def whole_words_in_force(store: Store, on: date) -> EditionWords:
    """Give the words that are signed on a day, withheld passages and all: for the parties who sign them."""
    return whole_words(store, in_force(store, on))


def public_words(store: Store, words: EditionWords) -> EditionWords:
    """Give words without what the partners withheld. The hash stays that of the whole."""
    return replace(words, edition=public_edition(words.edition, withheld(store)))


def words_named(store: Store, edition_id: str, on: date) -> EditionWords:
    """Give the words of an edition by its id as the public may read them, and how it stands on a day.

    An id that nothing has gives the edition in force.
    """
    try:
        known = known_edition(store, edition_id)
    except UnknownEditionError:
        return words_in_force(store, on)
    later = next_after(store, known.id)
    return replace(
        public_words(store, whole_words(store, known)),
        begins=known.begins if known.begins > on else None,
        ended=later.begins if later and later.begins <= on and known.edition.about.status != "historic" else None,
    )


def words_fixed(of: Edition, blanks: Mapping[str, str], confirmed: frozenset[str] = frozenset()) -> EditionWords:
    """Give the words of an edition with blanks that are fixed."""
    return EditionWords(edition=of, blanks=blanks, sha256=words_hash(of.hash, blanks), confirmed=confirmed)


def split_parts(text: str) -> tuple[EditionPart, ...]:
    """Cut an edition's Markdown at its second-level headings; what stands before the first is left out."""
    found = list(_HEADING.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return tuple(
        EditionPart(one.group(1).strip(), text[one.end() : end].strip()) for one, end in zip(found, ends, strict=True)
    )


def kind_title(kind: str) -> str:
    """Give a kind of organisation in words, from the newest edition that knows it."""
    return next((of.kind(kind).title for of in reversed(editions()) if of.has_kind(kind)), kind)


def written_day(value: str) -> str:
    """Write a day kept as 2026-10-01 for people; anything else stays as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def whole_words(store: Store, known: KnownEdition) -> EditionWords:
    """Give the words of an edition, withheld passages and all."""
    of = known.edition
    blanks = known.blanks if known.blanks is not None else blanks_of(of, facts(store))
    return words_fixed(of, blanks, confirmed_facts(store, of.rules_id))


def blanks_of(of: Edition, known: Facts) -> dict[str, str]:
    """Give how the partnership fills an edition's blanks today."""
    values = {"partnership_name": known.name, **known.placeholders} if known.set_up else {}
    dates = {blank.key for blank in of.placeholders if blank.kind == "date"}
    keys = {blank.key for blank in of.placeholders if blank.kind != "image" and blank.key != "meeting_date"}
    return {
        key: written_day(value) if key in dates else value for key, value in values.items() if key in keys and value
    }
