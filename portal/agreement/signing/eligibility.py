"""Who may sign: the edition's own question decides (s2, s10, s16)."""

from enum import StrEnum

from portal.agreement.register.organisations import KnownOrganisation
from portal.rules.edition.editions import Edition


class Way(StrEnum):
    """What an organisation does under an edition."""

    SIGN = "sign"
    MEETING = "meeting"
    NOTHING = "nothing"


def way_for(edition: Edition, kind: str, *, protocol: bool) -> Way:
    """Say what an organisation of this kind does, given its answer to the edition's question.

    Yes leads to the agreement, No to the confidentiality form at a meeting, and a kind that an edition says signs
    nothing (a court, a department) is told so (clauses s2.who-may-join, s2.under-protocol).
    """
    if edition.has_kind(kind) and edition.kind(kind).signs == "none":
        return Way.NOTHING
    decided = edition.signing.if_yes if protocol else edition.signing.if_no
    return Way.SIGN if decided == "isa" else Way.MEETING


def must_ask(organisation: KnownOrganisation | None) -> bool:
    """Say whether the question must be asked: not of an organisation whose answer is known."""
    return organisation is None or organisation.protocol_signatory is None
