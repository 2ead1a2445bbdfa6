"""What a page of one task holds, as plain data: any page is drawn from it, and what comes back is checked against it."""

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
class Field:
    """One field; `shown_if` names another field and the values of it that bring this one up."""

    key: str
    kind: Kind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    limit: int = LONG
    needed: str = ""  # the sentence when it is left blank; '' where it may be
    shown_if: tuple[str, frozenset[str]] | None = None

    def is_shown(self, typed: object) -> bool:
        """Say whether the field stands on the page, by the value of the field it depends on."""
        if self.shown_if is None:
            return True
        values = typed if isinstance(typed, (list, tuple)) else (typed,)
        return any(value in self.shown_if[1] for value in values)


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
    fields: tuple[Field, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    beside_title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
