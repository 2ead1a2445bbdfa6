"""What people promise at a meeting, in the words of Appendix 2: five for the first screen, and all of them."""

from portal.rules.edition.edition_type import Edition
from portal.rules.forms.attendance import undertakings

_FIRST_SCREEN = ("crime-purpose-only", "nothing-outside", "keep-secure", "no-other-use", "urgent-ask-chair")


def five(edition: Edition) -> tuple[str, ...]:
    """Give the five promises that stand on the first screen, each in its first sentence.

    The others are a tap away; all belong to the same statement, and all are signed.
    """
    every = {one.id: one.text for one in undertakings(edition)}
    return tuple(_first_sentence(every[one]) for one in _FIRST_SCREEN if one in every)


def opening(edition: Edition) -> tuple[str, ...]:
    """Give the opening statements, which stand above the undertakings (clause app2.opening-statement)."""
    return tuple(one.text for one in undertakings(edition) if one.source_point.startswith("opening"))


def rest(edition: Edition) -> tuple[str, ...]:
    """Give the undertakings that stand below the opening statements (clause app2.undertakings)."""
    return tuple(one.text for one in undertakings(edition) if not one.source_point.startswith("opening"))


def afterwards(edition: Edition) -> tuple[str, ...]:
    """Give what people promised to do with what they heard once the meeting is over (clause app2.undertakings)."""
    return tuple(one.text for one in undertakings(edition) if one.source_point == "4")


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."
