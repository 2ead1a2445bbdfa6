"""Who may stay for which part of a Joint Action Group (App 6), and the forms people fill in at a meeting (App 2)."""

from __future__ import annotations

from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.forms import AttendanceField, ChairTask, JagPlace, UndertakingPromise


@dataclass(frozen=True, kw_only=True)
class Entitlement:
    """Whether a kind of organisation may be in the open and the closed part, and why; `places` are its table rows."""

    open: bool
    closed: bool
    why: str
    places: tuple[JagPlace, ...]


def entitlement(edition: Edition, kind_id: str) -> Entitlement:
    """Tell which parts of a Joint Action Group a kind of organisation may stay for (App 6, Membership).

    Args:
        edition: the edition whose table holds.
        kind_id: id of the kind of organisation.

    Returns: the open part is for everyone; the closed part only for those the table lists for it. A part of a council
        stands where the council stands. The Chair still decides who has a need to know.

    Raises:
        UnknownIdError: the edition has no such kind of organisation.
    """
    kind = edition.kind(kind_id)
    rows = edition.jag.attendance
    own = tuple(one for one in rows if kind_id in (one.organisation_type, *one.other_organisation_types))
    places = own or tuple(one for one in rows if one.organisation_type in kind.counts_as)
    closed = any(one.session == "open_closed" for one in places)
    return Entitlement(open=True, closed=closed, why=_why(kind.title, places, closed=closed), places=places)


def undertakings(edition: Edition) -> tuple[UndertakingPromise, ...]:
    """Give the promises of the confidentiality form in their order (App 2)."""
    return tuple(sorted(edition.undertakings, key=lambda one: one.order))


def attendance_fields(edition: Edition, per: str) -> tuple[AttendanceField, ...]:
    """Give the lines of the attendance list that are filled in once per `meeting` or per `person` (App 2)."""
    return tuple(one for one in edition.attendance_fields if one.per == per)


def chair_checklist(edition: Edition, when: str | None = None) -> tuple[ChairTask, ...]:
    """Give the chair's checklist (App 3): all of it in order, or one part: before, start, during, end, after."""
    tasks = sorted(edition.chair_checklist, key=lambda one: one.order)
    return tuple(one for one in tasks if when in (None, one.when))


def _why(title: str, places: tuple[JagPlace, ...], *, closed: bool) -> str:
    if closed:
        return f"Appendix 6 lists {title} for both parts. The Chair decides who needs to know."
    if places:
        return f"Appendix 6 lists {title} for the open part only."
    return f"Appendix 6 does not list {title}, so it may come to the open part. The Chair may invite it."
