"""What somebody looks for in the register, read from an address: what cannot be read is taken as not given."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from portal.agreement.notices.standing import SignatoryStatus
from portal.ground.input.dates import day_in
from portal.ground.wording import NAME_LENGTH, one_line, today
from portal.rules.edition.editions import editions

CURRENT = "current"  # those that have signed, and those that have stopped for now
_EDITION = re.compile(r"[0-9]{4}(-[0-9]{1,3})?")
SORTS = ("name", "since", "kind", "status")


@dataclass(frozen=True, kw_only=True)
class RegisterSearch:
    """What somebody looks for. Unknown values are taken as not given; a page beyond the last is the last."""

    on: date
    words: str = ""
    kind: str = ""
    status: str = CURRENT
    edition: str = ""
    sort: str = "name"
    page: int = 1


def asked(now: datetime, values: dict[str, str]) -> RegisterSearch:
    """Read what somebody looks for from an address. What cannot be read is taken as not given, and a page is clamped."""
    kinds = {kind.id for of in editions() for kind in of.organisation_types}
    statuses = {CURRENT, "all", *(status.value for status in SignatoryStatus)}
    page = values.get("page", "")
    return RegisterSearch(
        on=day_asked(now, values.get("as_of", "")),
        words=one_line(values.get("q", "")[:NAME_LENGTH]),
        kind=_one_of(values.get("kind", ""), kinds, ""),
        status=_one_of(values.get("status", ""), statuses, CURRENT),
        edition=_edition(values.get("edition", "")),
        sort=_one_of(values.get("sort", ""), set(SORTS), "name"),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,  # noqa: PLR2004 - no list is so long
    )


def day_asked(now: datetime, typed: str) -> date:
    """Give the day that was asked for (2026-05-01, 1 May 2026 or 1/5/2026), no later than today; no day means today."""
    return min(day_in(typed) or today(now), today(now))


def _edition(value: str) -> str:
    """Take what can be an edition's id (2026, or 2026-2 of the partnership's own wording); one that nothing has finds nothing."""
    return value if _EDITION.fullmatch(value) else ""


def _one_of(value: str, known: set[str], otherwise: str) -> str:
    return value if value in known else otherwise
