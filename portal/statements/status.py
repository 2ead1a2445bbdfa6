"""A statement as it stands in a list: where it stands in words, and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime

STATUS_WORDS = {"draft": "Not in force yet", "in_force": "In force", "replaced": "Replaced", "ended": "Ended"}


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """A statement in a list. `waits_for` is the party whose turn it is; `ours`: it is one's own; `unfinished`: words lack."""

    id: str
    reference: str
    title: str
    parties: tuple[str, ...]
    status: str
    waits_for: str
    ours: bool
    unfinished: bool
    in_force_at: datetime | None
    review_on: date | None
    review: tuple[str, ...]
    on_hold: str
    closed: str  # which party is closed, so that the statement can only be ended

    @property
    def words(self) -> str:
        """Say where the statement stands, and whose turn it is."""
        if self.status == "draft" and self.unfinished and not self.closed:
            return "Being written"
        if self.status == "draft" and self.on_hold:
            return self.on_hold
        if self.status == "draft":
            return "Your turn to sign" if self.ours else f"Not in force: waits for {self.waits_for}"
        if self.status == "in_force" and self.on_hold:
            return self.on_hold
        return "In force: to review" if self.status == "in_force" and self.review else STATUS_WORDS[self.status]

    @property
    def held_words(self) -> str:
        """Say why it is on hold, and what a party can do where another is closed."""
        if not self.closed:
            return self.on_hold
        return f"{self.closed}, so nobody there can sign or share. Take your organisation out. Then write a new statement without it."
