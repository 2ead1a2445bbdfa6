"""The partnership's own facts: asked once at set-up, used on every page, in every paper and in the agreement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, select

from models.partnership import ConfirmedFact, Partnership
from portal.ground.act import Store
from portal.ground.database import reading


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Who this portal serves. Before set-up the names are general and the placeholders open."""

    name: str = "Community Safety Partnership"
    owner: str = "the partnership"
    placeholders: Mapping[str, str] = field(default_factory=dict)
    logo: bytes | None = None
    logo_type: str = ""
    accent: str = ""
    weighing: bool = True
    demonstration: bool = False
    set_up: bool = False


def facts(store: Store) -> Facts:
    """Give the partnership's facts as they stand."""
    with reading(store.engine) as session:
        row = session.get(Partnership, 1)
    if row is None:
        return Facts()
    placeholders: dict[str, str] = json.loads(row.placeholders)
    return Facts(
        name=row.name,
        owner=placeholders.get("owner") or placeholders.get("council") or row.name,
        placeholders=placeholders,
        logo=row.logo,
        logo_type=row.logo_type or "",
        accent=row.accent or "",
        weighing=row.weighing,
        demonstration=row.demonstration,
        set_up=True,
    )


def chair_address(session: Session) -> str:
    """Give the address of the Chair of the Partnership, to whom notices and losses are reported (s9, s14); '' where unset."""
    row = session.get(Partnership, 1)
    told: dict[str, str] = json.loads(row.placeholders) if row else {}
    return told.get("chair_email", "")


def confirmed_facts(store: Store, edition: str) -> frozenset[str]:
    """Give the facts of an edition that were not verified and that the Information Manager has confirmed since."""
    return _settled(store, edition, struck=False)


def struck_facts(store: Store, edition: str) -> frozenset[str]:
    """Give the facts of an edition that the Information Manager struck out, since they could not be confirmed."""
    return _settled(store, edition, struck=True)


def _settled(store: Store, edition: str, *, struck: bool) -> frozenset[str]:
    with reading(store.engine) as session:
        return frozenset(
            session.exec(
                select(ConfirmedFact.fact).where(ConfirmedFact.edition == edition, ConfirmedFact.struck == struck)
            ).all()
        )
