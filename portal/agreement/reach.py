"""How letters about the agreement reach people: the portal's address in them, and whether mail goes at all."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How this portal reaches people: the address it is known by, and whether it can send mail."""

    base_url: str
    mail: bool

    def link(self, path: str) -> str:
        """Give a full address for a letter."""
        return f"{self.base_url}{path}"
