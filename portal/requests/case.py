"""A request as far as it has come: the edition, who asks, who is asked, the answers. Plain data, no store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_recorded

Answers = Mapping[str, object]
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # characters that look like nothing


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation as the request names it; `kind` is the one it had at that moment."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A person of the asking organisation: account id, name and post."""

    id: str
    name: str
    position: str

    @property
    def words(self) -> str:
        """Name the person by post."""
        return f"{self.name}, {self.position}" if self.position else self.name


@dataclass(frozen=True, kw_only=True)
class RequestedItem:
    """One item of information asked for, and why it is needed."""

    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the ten contents and the check are worked out from.

    `recorded` is the check as it was written down when the request was sent: it is shown, and never worked out again.
    """

    edition: Edition
    asking: Body
    requester: Colleague
    holder: Body | None = None
    answers: Answers = field(default_factory=dict)
    colleagues: tuple[Colleague, ...] = ()
    confirmed: frozenset[str] = frozenset()
    weighing: bool = True
    recorded: Mapping[str, object] | None = None

    def words(self, key: str) -> str:
        """Give what was typed or picked for a key, '' where nothing readable was."""
        value = self.answers.get(key)
        return "" if not isinstance(value, str) or not value.strip().strip(INVISIBLE).strip() else value.strip()

    def picked(self, key: str) -> tuple[str, ...]:
        """Give the ids picked from a list."""
        value = self.answers.get(key)
        return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()

    def is_ticked(self, key: str) -> bool:
        """Say whether a statement was agreed to."""
        return self.answers.get(key) is True

    @property
    def items(self) -> tuple[RequestedItem, ...]:
        """Give the items of information asked for, those left blank left out."""
        value = self.answers.get("items")
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []
        items = (
            RequestedItem(what=str(row.get("what", "")).strip(), why=str(row.get("why", "")).strip()) for row in rows
        )
        return tuple(item for item in items if item.what or item.why)

    @property
    def recipients(self) -> tuple[Colleague, ...]:
        """Give the people to whom the answer will open: always the requester, and the colleagues picked."""
        chosen = self.picked("recipients")
        return (self.requester, *(c for c in self.colleagues if c.id in chosen and c.id != self.requester.id))

    @property
    def wanted_by(self) -> date | None:
        """Give the day by which an answer is wanted."""
        try:
            return date.fromisoformat(self.words("wanted_by"))
        except ValueError:
            return None

    def about_people(self) -> bool:
        """Say whether the request is for facts about a person, as far as it says."""
        return self.words("data_type") in {"", "personal", "sensitive"}


def to_json(case: Case) -> dict[str, object]:
    """Write a case as plain data, to be kept under seal with the request."""
    return {
        "edition": case.edition.id,
        "edition_hash": case.edition.hash,
        "asking": vars(case.asking),
        "holder": vars(case.holder) if case.holder else None,
        "requester": vars(case.requester),
        "colleagues": [vars(one) for one in case.recipients],
        "answers": dict(case.answers),
        "confirmed": sorted(case.confirmed),
        "weighing": case.weighing,
    }


def from_json(kept: Mapping[str, object]) -> Case:
    """Read a case that `to_json` wrote; it is shown in the words of its own edition, as they were on its day.

    Raises UnknownRevisionError where this release does not have those words.
    """
    checked = kept.get("check")
    asking, holder, requester = kept["asking"], kept["holder"], kept["requester"]
    answers, colleagues, confirmed = kept["answers"], kept["colleagues"], kept["confirmed"]
    return Case(
        edition=edition_recorded(str(kept["edition"]), str(kept["edition_hash"])),
        asking=Body(**_strings(asking)),
        holder=Body(**_strings(holder)) if holder else None,
        requester=Colleague(**_strings(requester)),
        colleagues=tuple(Colleague(**_strings(one)) for one in _many(colleagues)),
        answers=answers if isinstance(answers, Mapping) else {},
        confirmed=frozenset(str(one) for one in _many(confirmed)),
        weighing=kept["weighing"] is True,
        recorded=checked if isinstance(checked, Mapping) else None,
    )


def _strings(value: object) -> dict[str, str]:
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, Mapping) else {}


def _many(value: object) -> Iterable[object]:
    return value if isinstance(value, (list, tuple)) else ()
