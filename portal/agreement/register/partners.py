"""Who the partners are today: every current signatory, and which bodies that the law makes responsible have signed (s1, s2)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models.agreements import Standing
from models.organisations import Organisation
from portal.agreement.notices.standing import SignatoryStatus
from portal.agreement.register.public_register import standing_on
from portal.ground.act import Store
from portal.ground.database import reading
from portal.rules.edition.editions import Edition
from portal.rules.gateways.bodies import OrganisationType

MOST_NAMED = 60  # partners that a summary sheet names; the register names them all


@dataclass(frozen=True, kw_only=True)
class Responsible:
    """A kind of body that the law makes responsible, and the organisations of it that have signed."""

    kind: OrganisationType
    signed: tuple[str, ...]


def responsible_kinds(store: Store, edition: Edition, on: date) -> tuple[Responsible, ...]:
    """List the kinds that the law makes responsible, each with who has signed on a day (clause s1.arrangements).

    A council's own services are covered by the council; a kind whose standing is not verified is left out.
    """
    kinds = [
        kind
        for kind in edition.organisation_types
        if kind.standing == "responsible" and not kind.part_of and kind.verified is not False
    ]
    with reading(store.engine) as session:
        rows = session.exec(
            select(Organisation.kind, Organisation.name)
            .join(Standing)
            .where(
                col(Organisation.kind).in_([kind.id for kind in kinds]),
                standing_on(on),
                Standing.status == SignatoryStatus.SIGNED.value,
            )
            .order_by(col(Organisation.search_name))
        ).all()
    return tuple(Responsible(kind=kind, signed=tuple(name for of, name in rows if of == kind.id)) for kind in kinds)


def missing_kinds(store: Store, edition: Edition, on: date) -> tuple[OrganisationType, ...]:
    """List the kinds that the law makes responsible and of which none has signed (clause s2.statutory-partners-sign)."""
    return tuple(one.kind for one in responsible_kinds(store, edition, on) if not one.signed)


def partners(store: Store, on: date) -> tuple[str, ...]:
    """Name every organisation that has signed and neither stopped nor left, by name (clause cover.summary)."""
    with reading(store.engine) as session:
        return tuple(
            session.exec(
                select(Organisation.name)
                .join(Standing)
                .where(standing_on(on), Standing.status == SignatoryStatus.SIGNED.value)
                .order_by(col(Organisation.search_name))
            ).all()
        )


def partners_in_words(store: Store, on: date) -> str:
    """Write the partners row of a summary sheet: who has signed today."""
    names = partners(store, on)
    more = f"; and {len(names) - MOST_NAMED:,} more, whom the register names" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more if names else "Nobody has signed yet"
