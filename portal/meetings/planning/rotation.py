"""Whose turn it is to chair, and when the group is reviewed (Appendix 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models.accounts import Post
from models.organisations import Organisation
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import reading
from portal.ground.wording import listed, today
from portal.meetings.meeting import Planned
from portal.meetings.planning.group_review import review_note
from portal.meetings.planning.plan import Candidate, chairs
from portal.rules.edition.editions import edition_in_force

_POLICE = "police"
_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class RotationTurn:
    """Whose turn it is: the rule that holds, who is proposed, and what is not as the rule has it ('' where all is)."""

    rule: str
    proposed: tuple[Candidate, ...]
    fault: str


def turn(act: Act, series: Sequence[Planned], on: date) -> RotationTurn:
    """Propose who chairs a group on a day (clause app6.chair-rotation).

    Args:
        act: by somebody who plans meetings.
        series: the group's meetings, in the order of their dates; none yet where the group is new.
        on: the day of the meeting that needs a Chair.

    Returns: in the first year somebody from the police; afterwards anybody of the police or a statutory agency but the
        one who chaired last. Raises NotAllowedError.
    """
    allow(act, Permission.PLAN_MEETINGS)
    edition = edition_in_force(today(act.at))
    kinds, candidates = _kinds(act), chairs(act)
    first = today(series[0].starts_at) if series else on
    if on < months_after(first, _MONTHS):
        proposed = tuple(one for one in candidates if kinds.get(one.id) == _POLICE)
        wrong = [
            one
            for one in series
            if kinds.get(one.chair_id) != _POLICE and today(one.starts_at) < months_after(first, _MONTHS)
        ]
        fault = f"{wrong[0].chair_name} chairs in the first year and is not from the police." if wrong else ""
        return RotationTurn(rule=f"In the first year: {edition.jag.chair_first_year}.", proposed=proposed, fault=fault)
    statutory = {kind.id for kind in edition.organisation_types if kind.standing == "responsible"} | {_POLICE}
    held = [one for one in series if today(one.starts_at) < on]
    last = held[-1] if held else None
    proposed = tuple(
        one for one in candidates if kinds.get(one.id) in statutory and (last is None or one.id != last.chair_id)
    )
    return RotationTurn(
        rule=f"The chair rotates {edition.jag.chair_rotation}.", proposed=proposed, fault=_never_rotated(series, last)
    )


def group_notes(act: Act, series: Sequence[Planned]) -> list[str]:
    """Say what a group needs to know: where the chair is not as the rule has it, and when its review is due."""
    notes = []
    following = next((today(one.starts_at) for one in series if one.starts_at >= act.at), today(act.at))
    rotation = turn(act, series, following)
    names = listed([one.name for one in rotation.proposed], "or")
    told = (rotation.fault, rotation.rule, f"It could be {names}." if names else "")
    if rotation.fault or names:
        notes.append(" ".join(part for part in told if part))
    return [*notes, note] if (note := review_note(act, series)) else notes


def _never_rotated(series: Sequence[Planned], last: Planned | None) -> str:
    """Say so where one person has chaired every meeting of more than a year."""
    if last is None or len({one.chair_id for one in series}) > 1:
        return ""
    return f"{last.chair_name} has chaired every meeting so far. It is somebody else's turn."


def _kinds(act: Act) -> dict[str, str]:
    """Give the kind of organisation that each account acts for."""
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Post.account_id, Organisation.kind)
            .join(Organisation, col(Post.organisation_id) == Organisation.id)
            .where(col(Post.ended_at).is_(None))
        ).all()
    return dict(rows)
