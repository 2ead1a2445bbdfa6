"""What a page of one task holds, as plain data: any page is drawn from it, and what comes back is checked against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["radio", "pick", "checks", "line", "long", "items", "day", "promise"]
LINE = 200  # characters of a one-line answer
LONG = 2000  # characters of a long answer
MOST_ITEMS = 20  # a longer list is no longer "exactly what is needed"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice: what is stored, what is read, and a line below it."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One field.

    `shown_if` names other fields with the values of them that bring this one up (any of them; none: always there). A
    `folded` field lies behind its label until it is opened; one that is `headed` has its label as the heading above it.
    """

    key: str
    kind: Kind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    limit: int = LONG
    needed: str = ""  # the sentence when it is left blank; '' where it may be
    shown_if: tuple[tuple[str, frozenset[str]], ...] = ()
    folded: bool = False
    headed: bool = False

    def is_shown(self, typed: Mapping[str, object]) -> bool:
        """Say whether the field stands on the page, by what the fields before it hold."""
        return not self.shown_if or any(_holds(typed.get(key), values) for key, values in self.shown_if)


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """One page: the question, help, where the agreement asks it, a good and a bad answer, the fields.

    `beside` lists what cannot be picked, each with the reason.
    """

    title: str
    help: str = ""
    paragraph: str = ""
    good: str = ""
    bad: str = ""
    fields: tuple[FormField, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    beside_title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    first: str = ""  # the task that must be answered before this page can be


def _holds(typed: object, values: frozenset[str]) -> bool:
    return any(
        isinstance(value, str) and value in values
        for value in (typed if isinstance(typed, (list, tuple)) else (typed,))
    )
