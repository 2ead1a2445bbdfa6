"""Figures of requests: made, answered, how fast, with what outcome, by which laws. Nothing that points to anybody."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from sqlmodel import Session, select

from models.requests import Decision
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.wording import counted
from portal.requests.exchange.decisions import DECIDED
from portal.rules.edition.editions import editions
from portal.statements.uses import SentRequest, sent_requests

SMALL = 5  # Section 6: fewer than 5 may be shared between partners but not shown to all
FEWER = "fewer than 5"
YEAR = timedelta(days=365)
_DAYS = ((1, "Less than a day"), (3, "1 or 2 days"), (8, "3 to 7 days"), (15, "8 to 14 days"), (29, "15 to 28 days"))


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts, as they are shown: exact for one's own organisation, rounded and with small ones hidden for all."""

    made: str
    answered: str
    days: str
    days_taken: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, str], ...]
    gateways: tuple[tuple[str, str], ...]


def requests_we_made(act: Act, organisation_id: str, since: datetime | None = None) -> Figures:
    """Count what one's own organisation asked of others, exactly. Raises NotAllowedError for another's."""
    allow(act, Permission.SEE_OWN_FIGURES, organisation_id)
    with reading(act.store.engine) as session:
        mine = [
            one for one in sent_requests(session, organisation_id) if one.row.asking_organisation_id == organisation_id
        ]
        return _figures(session, mine, since, exact=True)


def requests_to_us(act: Act, organisation_id: str, since: datetime | None = None) -> Figures:
    """Count what others asked of one's own organisation, exactly. Raises NotAllowedError for another's."""
    allow(act, Permission.SEE_OWN_FIGURES, organisation_id)
    with reading(act.store.engine) as session:
        ours = [
            one for one in sent_requests(session, organisation_id) if one.row.holding_organisation_id == organisation_id
        ]
        return _figures(session, ours, since, exact=True)


def partnership_figures(act: Act, since: datetime | None = None) -> Figures:
    """Count over the whole partnership, for the officer: rounded to the nearest 5, and nothing under 5 is shown.

    Rounding, and a total that leaves the hidden numbers out, keep those from being worked out from what stands beside them.
    """
    allow(act, Permission.SEE_ALL_FIGURES)
    with reading(act.store.engine) as session:
        return _figures(session, sent_requests(session), since, exact=False)


def shown(count: int, *, exact: bool) -> str:
    """Write a count: as it is, or rounded to the nearest 5 with everything under 5 hidden, none too."""
    if exact:
        return f"{count:,}"
    return FEWER if count < SMALL else f"{(count + SMALL // 2) // SMALL * SMALL:,}"


def _figures(session: Session, requests: list[SentRequest], since: datetime | None, *, exact: bool) -> Figures:
    chosen = [one for one in requests if since is None or one.row.sent_at >= since]
    sent_at = {one.row.id: one.row.sent_at for one in chosen}
    decided = [one for one in session.exec(select(Decision)).all() if one.request_id in sent_at]
    outcomes = Counter(one.outcome for one in decided)
    days = [(one.decided_at - sent_at[one.request_id]) / timedelta(days=1) for one in decided]
    laws = Counter(gateway for one in chosen for gateway in set(one.gateways))
    return Figures(
        made=shown(len(chosen), exact=exact),
        answered=_answered([outcomes[code] for code in DECIDED], exact=exact),
        days=_days(days, exact=exact),
        days_taken=_by_days(days) if exact else (),
        outcomes=tuple((title, shown(outcomes[code], exact=exact)) for code, title in DECIDED.items()),
        gateways=tuple((_law(gateway), shown(count, exact=exact)) for gateway, count in _ordered(laws, exact=exact)),
    )


def _answered(parts: list[int], *, exact: bool) -> str:
    """Write how many were answered; in the view of all without the parts that are hidden, so that they stay hidden."""
    large = [part for part in parts if exact or part >= SMALL]
    if large or exact or sum(parts) < SMALL:
        return shown(sum(large) if large else sum(parts), exact=exact)
    return "Not shown: small numbers only"


def _days(days: list[float], *, exact: bool) -> str:
    """Write the median time to an answer; not of few answers in the view of all, where it could be one body's."""
    if not days or (not exact and len(days) < SMALL):
        return "Not shown: too few answers" if days or not exact else "No answers yet"
    middle = median(days)
    return "Less than a day" if middle < 1 else counted(round(middle), "day")


def _by_days(days: list[float]) -> tuple[tuple[str, int], ...]:
    """Count answers by how long they took; only one's own, since a long one could be one body's."""
    ends = [0, *(end for end, _ in _DAYS), math.inf]
    titles = [*(title for _, title in _DAYS), "Longer"]
    counts = [sum(low <= day < high for day in days) for low, high in pairwise(ends)]
    return tuple(zip(titles, counts, strict=True)) if days else ()


def _ordered(laws: Counter[str], *, exact: bool) -> list[tuple[str, int]]:
    """Order laws by use, and those too small to show by name, so that the order says nothing of them."""
    return sorted(laws.items(), key=lambda one: (-one[1] if exact or one[1] >= SMALL else 0, _law(one[0])))


def _law(gateway_id: str) -> str:
    for of in reversed(editions()):
        if of.has_gateway(gateway_id):
            gateway = of.gateway(gateway_id)
            return f"{gateway.title}, {gateway.provision}" if gateway.provision else gateway.title
    return gateway_id
