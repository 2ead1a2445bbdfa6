"""Which law lets one kind of organisation tell another (s3): none, unlisted, listed or compelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.rules.edition.edition_type import Edition
from portal.rules.gateways.bodies import ANYONE, Gateway, OrganisationType


class Fit(StrEnum):
    """How far the laws that were named carry the sharing, the worst first."""

    NONE = "none"
    UNLISTED = "unlisted"
    LISTED = "listed"
    COMPELLED = "compelled"


@dataclass(frozen=True, kw_only=True)
class GatewayFit:
    """How one gateway fits two kinds of organisation, and why, in words for a person."""

    gateway: Gateway
    fit: Fit
    why: str


@dataclass(frozen=True)
class SharingParties:
    """Who gives, who receives, the kind of data, and the gateways that the manager has confirmed."""

    giver: OrganisationType
    receiver: OrganisationType
    data: str
    confirmed: frozenset[str]


def offered(edition: Edition, confirmed: Collection[str] = frozenset()) -> tuple[Gateway, ...]:
    """List the gateways that may be picked for personal data.

    Args:
        edition: the edition.
        confirmed: ids that the manager has confirmed; an unverified or switched-off gateway is offered only then.

    Returns: neither repealed ones, nor those never for personal data, nor a row printed a second time.
    """
    return tuple(gateway for gateway in edition.gateways if _opens(gateway, confirmed) and not gateway.duplicate_of)


def fit(
    edition: Edition,
    gateway_ids: Iterable[str],
    giver_kind: str,
    receiver_kind: str,
    confirmed: Collection[str] = frozenset(),
    data: str = "personal",
) -> Fit:
    """Tell how far the named gateways let the giver tell the receiver facts about a person (s3, s6).

    Args:
        edition: the edition whose table holds.
        gateway_ids: ids of the gateways named.
        giver_kind: id of the kind of organisation that holds the facts.
        receiver_kind: id of the kind that asks.
        confirmed: ids that the manager has confirmed.
        data: the kind of data asked for (personal or sensitive); some laws are shut to some givers for it.

    Raises:
        UnknownIdError: the edition has no such gateway, or no such kind of organisation.
    """
    parties = SharingParties(edition.kind(giver_kind), edition.kind(receiver_kind), data, frozenset(confirmed))
    named = [edition.gateway(one) for one in gateway_ids]
    # A supporting gateway needs a second one that carries personal data, and that one alone is listed already.
    return max((_alone(gateway, parties) for gateway in named), key=_rank, default=Fit.NONE)


def explain_fit(
    edition: Edition,
    gateway_ids: Iterable[str],
    giver_kind: str,
    receiver_kind: str,
    confirmed: Collection[str] = frozenset(),
    data: str = "personal",
) -> tuple[GatewayFit, ...]:
    """Say for each named gateway how it fits and why, in the order named.

    A supporting gateway shows as listed where another named one carries personal data.

    Raises:
        UnknownIdError: the edition has no such gateway, or no such kind of organisation.
    """
    parties = SharingParties(edition.kind(giver_kind), edition.kind(receiver_kind), data, frozenset(confirmed))
    named = [edition.gateway(one) for one in dict.fromkeys(gateway_ids)]
    alone = [_alone(gateway, parties) for gateway in named]
    carried = any(_RANK[one] >= _RANK[Fit.LISTED] for one in alone)
    return tuple(
        _explained(gateway, found, parties, carried=carried) for gateway, found in zip(named, alone, strict=True)
    )


def who_may_tell(
    edition: Edition,
    giver_kind: str,
    receiver_kind: str,
    confirmed: Collection[str] = frozenset(),
    data: str = "personal",
) -> tuple[GatewayFit, ...]:
    """List the laws that let one kind of organisation tell another, those that compel first, supporting ones last.

    Args:
        edition: the edition whose table holds.
        giver_kind: id of the kind that would give the facts.
        receiver_kind: id of the kind that would be told.
        confirmed: ids that the manager has confirmed.
        data: the kind of data asked for (personal or sensitive).

    Returns: the gateways whose lists name both; a supporting one has fit unlisted, since alone it is not enough.

    Raises:
        UnknownIdError: the edition has no such kind of organisation.
    """
    parties = SharingParties(edition.kind(giver_kind), edition.kind(receiver_kind), data, frozenset(confirmed))
    found = [
        _explained(gateway, _alone(gateway, parties), parties, carried=False)
        for gateway in offered(edition, confirmed)
        if _covers(gateway, parties) and not _shut(gateway, parties)
    ]
    return tuple(sorted(found, key=lambda one: -_RANK[one.fit]))


_RANK = {fit: rank for rank, fit in enumerate(Fit)}


def _rank(fit: Fit) -> int:
    return _RANK[fit]


def _alone(gateway: Gateway, parties: SharingParties) -> Fit:
    """Rate one gateway by itself: support alone is unlisted."""
    if not _opens(gateway, parties.confirmed) or _shut(gateway, parties):
        return Fit.NONE
    if gateway.personal != "yes" or not _covers(gateway, parties):
        return Fit.UNLISTED
    if gateway.compels and (not gateway.compels_only or parties.giver.has_public_functions):
        return Fit.COMPELLED
    return Fit.LISTED


def _opens(gateway: Gateway, confirmed: Collection[str]) -> bool:
    if gateway.personal == "no" or gateway.repealed:
        return False
    return not gateway.needs_confirming or gateway.id in confirmed


def _shut(gateway: Gateway, parties: SharingParties) -> bool:
    """Say whether the law does not let this kind of giver give this kind of data, so that it counts as not named."""
    return any(parties.data in gateway.not_for_data.get(kind, ()) for kind in parties.giver.counts_as)


def _covers(gateway: Gateway, parties: SharingParties) -> bool:
    giver, receiver = parties.giver, parties.receiver
    if _lists(gateway.discloser, giver) and _lists(gateway.recipient, receiver):
        return True
    return gateway.both_ways and _lists(gateway.recipient, giver) and _lists(gateway.discloser, receiver)


def _lists(listed: tuple[str, ...], kind: OrganisationType) -> bool:
    return ANYONE in listed or not kind.counts_as.isdisjoint(listed)


def _explained(gateway: Gateway, alone: Fit, parties: SharingParties, *, carried: bool) -> GatewayFit:
    helped = alone is Fit.UNLISTED and carried and _covers(gateway, parties)  # covered and not listed: it supports
    found = Fit.LISTED if helped else alone
    return GatewayFit(gateway=gateway, fit=found, why=_why(gateway, found, parties))


def _why(gateway: Gateway, found: Fit, parties: SharingParties) -> str:
    if found is Fit.NONE:
        return _why_closed(gateway, parties)
    if not _covers(gateway, parties):
        return _why_unlisted(gateway, parties)
    return _why_both(gateway, found)


def _why_unlisted(gateway: Gateway, parties: SharingParties) -> str:
    giver, receiver = parties.giver, parties.receiver
    if gateway.both_ways and _lists((*gateway.discloser, *gateway.recipient), giver):
        return f"This law does not let this giver ({giver.title}) tell this receiver ({receiver.title})."
    if not _lists(gateway.discloser, giver):
        return f"This law does not list the giver: {giver.title}."
    return f"This law does not list the receiver: {receiver.title}."


def _why_both(gateway: Gateway, found: Fit) -> str:
    if found is Fit.UNLISTED:
        return "This law supports sharing but is not enough alone. Name a second law that carries personal data."
    if found is Fit.COMPELLED:
        return "This law covers both organisations, and the giver must share when asked under it."
    if gateway.personal == "support":
        return "This law supports the sharing. The other law you named carries it."
    if gateway.compels:
        return f"This law covers both organisations. It binds only {gateway.compels_only}, so the giver may share."
    return "This law covers both organisations. The giver may share, and need not."


def _why_closed(gateway: Gateway, parties: SharingParties) -> str:
    if _shut(gateway, parties):
        return f"This law does not let this giver share facts about people: {parties.giver.title}."
    if gateway.repealed:
        return "This law has been repealed."
    if gateway.personal == "no":
        return "This law is only for data that names nobody, such as the quarterly returns."
    if not gateway.usable:
        return "This law is switched off until the information manager confirms that it is in force."
    return "This law has not been checked. It can be used once the information manager confirms it."
