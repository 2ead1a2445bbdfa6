"""Look a partnership's own list over before it is believed: what stands on it stays in every return, so no person and no home may."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.privacy.grammar.gazetteer import brands, settlements, spelt, wards
from portal.privacy.grammar.lists import NONE
from portal.privacy.grammar.roles import WordRole, parts_of
from portal.privacy.grammar.tokens import tokens_of
from portal.privacy.identifiers.folding import fold

_SAYS_A_PLACE = (
    WordRole.WAY | WordRole.WAY_AS_NAMED | WordRole.LAND | WordRole.INSTITUTION | WordRole.PUBLIC | WordRole.PUBLIC_ALONE
    | WordRole.PUB_TYPE | WordRole.ROAD | WordRole.SAINT | WordRole.SURE | WordRole.CODE | WordRole.BEAT
)  # fmt: skip
_NAMED = WordRole.GIVEN | WordRole.SURNAME
_TITLE = re.compile(r"(?i)^(?:mr|mrs|ms|miss|mx|dr|prof|cllr|rev|revd|mstr)\b\.?")
_HOME = re.compile(
    r"(?i)^(?:flat|flt|apartment|apt|bedsit|room|maisonette)\b|^(?:no\.? ?)?\d{1,4}[a-z]?(?:[-/]\d{1,4}[a-z]?)?,? [a-z' ]+$"
)
_WORDS_OF_A_PERSON = 4
_MOST_LIKE_PEOPLE = 4  # a list is no list of places where more than one name in four is like a person's
_FEWEST = 3  # such names


class ListOfPeopleError(ValueError):
    """The list looks like one of people; its message says what to do and names nobody."""

    def __init__(self, count: int, of: int) -> None:
        """Say how many names of how many are like a person's."""
        super().__init__(
            f"This looks like a list of people: {count:,} of {of:,} names are like a person's. What is on a list stays in "
            "every return, so nothing was loaded. Choose a list of places, and leave people and their homes out of it."
        )


@dataclass(frozen=True)
class CheckedList:
    """What of a list may be believed, and how many names were left out of it as a person's or a home's."""

    names: tuple[str, ...]
    left_out: int


def checked(names: Sequence[str]) -> CheckedList:
    """Give the names of a list that are no person's and no home's. Raises ListOfPeopleError where many are like a person's.

    A name of people that no list of ours has cannot be told from a shop's by itself ('Zizzi'): the whole list tells it, since
    most places say what they are, and no person does.
    """
    likely = [name for name in names if _is_persons(name)]
    like = len(likely) + sum(_may_be_persons(name) for name in names)
    if like >= _FEWEST and like * _MOST_LIKE_PEOPLE > len(names):
        raise ListOfPeopleError(like, len(names))
    out = {*likely, *(name for name in names if _is_home(name))}
    return CheckedList(tuple(name for name in names if name not in out), len(out))


def _is_home(name: str) -> bool:
    """Say whether a name begins with a house's number and ends as a street does, or is a flat's."""
    plain = fold(name).strip()
    found = _HOME.match(plain)
    if found is None:
        return False
    last = parts_of(plain.split()[-1].lower())
    return not plain[0].isdigit() or bool(last & (WordRole.WAY | WordRole.WAY_AS_NAMED | WordRole.LANE))


def _is_persons(name: str) -> bool:
    """Say whether a name is surely a person's: by a title, turned round, or by a first name before what says no place."""
    plain = fold(name).strip()
    if _TITLE.match(plain):
        return True
    words = plain.replace(",", " ").split()
    if not 1 < len(words) <= _WORDS_OF_A_PERSON or _is_known_place(plain):
        return False
    parts = [parts_of(word.lower()) for word in words]
    turned = "," in plain and bool(parts[-1] & WordRole.GIVEN)
    return turned or (bool(parts[0] & WordRole.GIVEN) and bool(parts[-1] & _NAMED or not parts[-1]))


def _may_be_persons(name: str) -> bool:
    """Say whether nothing in a name of two to four words, or in a first name by itself, says that it is a place."""
    plain = fold(name).strip()
    words = plain.replace(",", " ").split()
    if _is_known_place(plain) or _is_persons(name):
        return False
    if len(words) == 1:
        return bool(parts_of(plain.lower()) & WordRole.GIVEN)
    return len(words) <= _WORDS_OF_A_PERSON and words[0].lower() != "the" and not any(map(str.isdigit, plain))


def _is_known_place(plain: str) -> bool:
    """Say whether a name is known, or holds a word that says a place; 'hill' and 'wood' end a family's name too."""
    name = spelt(plain)
    if name in settlements() or name in wards() or name in brands():
        return True
    tokens = tokens_of(plain, NONE)
    if any(token.parts & _SAYS_A_PLACE and not token.parts & WordRole.PERSON for token in tokens):
        return True
    named = bool(tokens) and bool(tokens[0].parts & WordRole.GIVEN)
    return not named and any(token.parts & (WordRole.LAND_LIKE_SURNAME | WordRole.PUB_SIGN) for token in tokens)
