"""Who may sign: the edition's own question decides (s2, s10, s16)."""

from dataclasses import dataclass
from enum import StrEnum

from portal.agreement.register.organisations import KnownOrganisation
from portal.rules.edition.editions import Edition


class SigningCapacity(StrEnum):
    """What an organisation does under an edition."""

    SIGN = "sign"
    MEETING = "meeting"
    NOTHING = "nothing"


def way_for(edition: Edition, kind: str, *, protocol: bool) -> SigningCapacity:
    """Say what an organisation of this kind does, given its answer to the edition's question.

    Yes leads to the agreement, No to the confidentiality form at a meeting, and a kind that an edition says signs
    nothing (a court, a department) is told so (clauses s2.who-may-join, s2.under-protocol).
    """
    if edition.has_kind(kind) and edition.kind(kind).signs == "none":
        return SigningCapacity.NOTHING
    decided = edition.signing.if_yes if protocol else edition.signing.if_no
    return SigningCapacity.SIGN if decided == "isa" else SigningCapacity.MEETING


def must_ask(organisation: KnownOrganisation | None) -> bool:
    """Say whether the question must be asked: not of an organisation whose answer is known."""
    return organisation is None or organisation.protocol_signatory is None


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Who may join in one standing (responsible, co-operating, any other), and the duties that go with it."""

    title: str
    duty: str
    kinds: tuple[str, ...]


_STANDINGS = (
    (
        "Responsible authorities",
        "The law makes them partners: they must work together, share data that names nobody each quarter, and arrange how they share.",
        frozenset({"responsible"}),
    ),
    (
        "Co-operating organisations",
        "They must help the responsible authorities where asked. They share under this agreement once they have signed.",
        frozenset({"co-operating"}),
    ),
    (
        "Any other organisation that signs",
        "No law makes it a partner. It takes on the duties of this agreement by signing, and shares only where a law lets it.",
        frozenset({"partner", "national"}),
    ),
)


def who_may_join(edition: Edition) -> tuple[Joining, ...]:
    """List the kinds that sign the agreement under an edition, by their standing in law (clause s2.who-may-join)."""
    return tuple(
        Joining(
            title=title,
            duty=duty,
            kinds=tuple(
                one.title for one in edition.organisation_types if one.standing in standings and one.signs == "isa"
            ),
        )
        for title, duty, standings in _STANDINGS
    )
