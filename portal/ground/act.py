"""An act: in which store, by whom, at what moment. Every service function takes one first."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Engine

from portal.ground.vault import Vault


class Role(StrEnum):
    """What a person may be, those that ask most of them last. A person may hold several."""

    PARTNER = "partner"
    APPROVER = "approver"
    CHAIR = "chair"
    OFFICER = "officer"
    MANAGER = "manager"


ROLE_TITLES = {
    Role.PARTNER: "Partner: acts for one organisation",
    Role.APPROVER: "Approver: decides requests and signs for an organisation",
    Role.CHAIR: "Chair: opens meetings and answers for them",
    Role.OFFICER: "Community Safety Officer: returns, publication, retention",
    Role.MANAGER: "Information Manager: signatories, editions, people, settings, audit",
}


@dataclass(frozen=True)
class RolePost:
    """A role held, and the organisation it acts for (None where it acts for the partnership)."""

    role: Role
    organisation_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who acts. `id` is an account's id, or "public", "system", or "door:<id>" for somebody at a meeting."""

    id: str
    name: str
    email: str = ""
    position: str = ""
    posts: frozenset[RolePost] = field(default_factory=frozenset)
    waiting: frozenset[RolePost] = field(default_factory=frozenset)
    """Posts that are held but give nothing yet, since they need a second step and none is set up."""

    @property
    def signed_in(self) -> bool:
        """Say whether this is a person with an account."""
        return self.id not in {"public", "system"} and not self.id.startswith("door:")

    def holds(self, role: Role, organisation_id: str | None = None) -> bool:
        """Say whether the person holds a role (for that organisation, where one is named)."""
        return any(
            p.role is role and (organisation_id is None or p.organisation_id == organisation_id) for p in self.posts
        )

    @property
    def organisation_id(self) -> str | None:
        """Give the organisation this person acts for; None where there is none."""
        return next((p.organisation_id for p in sorted(self.posts, key=lambda p: p.role) if p.organisation_id), None)


PUBLIC = Person(id="public", name="A visitor")
SYSTEM = Person(id="system", name="The portal")


@dataclass(frozen=True, kw_only=True)
class Store:
    """Where things are remembered, and the keys that open what is sealed there."""

    engine: Engine
    vault: Vault


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that a person does: in which store, as whom, at what moment (UTC)."""

    store: Store
    person: Person
    at: datetime

    def as_(self, person: Person) -> "Act":
        """Give the same act by somebody else (the portal itself, where a duty follows from an act)."""
        return replace(self, person=person)


def act_now(store: Store, person: Person) -> Act:
    """Begin an act now. Only this function, below the pages, asks what time it is."""
    return Act(store=store, person=person, at=datetime.now(UTC))
