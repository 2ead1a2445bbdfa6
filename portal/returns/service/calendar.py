"""What is due of whom, and what was sent: an organisation's own calendar, and the officer's matrix of a quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.agreements import Standing
from models.organisations import Organisation
from models.returns import Return
from portal.agreement.notices.standing import SignatoryStatus
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import counted, day, today
from portal.returns.service.providers import sets_not_provided
from portal.rules.datasets.catalogue import DataSet, data_sets, data_sets_of
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition_in_force

Shown = Literal["done", "waiting", "stopped", "ended"]
QUARTERS_SHOWN = 4


@dataclass(frozen=True, kw_only=True)
class Due:
    """One data set of one quarter, as it stands for an organisation: "ended" where it is asked for no more, and why."""

    data_set: DataSet
    quarter: Quarter
    return_id: str | None
    status: str
    standing: Shown

    @property
    def is_wanted(self) -> bool:
        """Say whether it is still to be sent, late or not."""
        return self.standing in {"waiting", "stopped"}


def due(act: Act, organisation_id: str, quarters: Sequence[Quarter] = ()) -> list[Due]:
    """List what an organisation sends, newest quarter first, with what is due, late, sent or nil (s11.quarterly).

    `quarters`: others than those that people still work on.
    """
    allow(act, Permission.OPEN_OWN_RETURN, organisation_id)
    on = today(act.at)
    with reading(act.store.engine) as session:
        organisation = session.get(Organisation, organisation_id)
        joined, absent = _joined(session).get(organisation_id), _absent(session)
        rows = session.exec(
            select(Return).where(Return.organisation_id == organisation_id, col(Return.ended_at).is_(None))
        ).all()
        excepted = sets_not_provided(session, act)
    if organisation is None:
        raise NotFoundError
    current = {(row.data_set, row.quarter): row for row in rows}
    sets = data_sets_of(organisation.kind, edition_in_force(on).id)
    return [
        _due(entry, quarter, row, on, absent.get(organisation_id, ""))
        for quarter in quarters or quarters_shown(on)
        for entry in sets
        if entry.exists_in(quarter)
        and (
            (row := current.get((entry.id, quarter.label))) is not None
            or (_is_asked(quarter, joined) and (organisation_id, entry.id) not in excepted)
        )
    ]


def sent_already(act: Act, organisation_id: str, data_set_id: str, quarter: Quarter) -> Due | None:
    """Give what is in force of a data set and quarter; None where nothing was sent."""
    found = (one for one in due(act, organisation_id) if (one.data_set.id, one.quarter) == (data_set_id, quarter))
    return next((one for one in found if one.return_id is not None), None)


def _joined(session: Session) -> dict[str, tuple[date, date]]:
    """Give the day each organisation first signed, and the day it left (the last day there is, where it has not)."""
    rows = session.exec(
        select(Standing.organisation_id, func.min(col(Standing.since))).group_by(Standing.organisation_id)
    ).all()
    gone = session.exec(
        select(Standing.organisation_id, Standing.since).where(
            Standing.status == SignatoryStatus.LEFT.value, col(Standing.ends_at).is_(None)
        )
    ).all()
    left = {organisation_id: today(since) for organisation_id, since in gone}
    return {one: (today(since), left.get(one, date.max)) for one, since in rows}


def _absent(session: Session) -> dict[str, str]:
    """Say of each organisation that has stopped or left why nothing more is asked of it: it could not send it (s14)."""
    why = {SignatoryStatus.SUSPENDED.value: "stopped sharing", SignatoryStatus.LEFT.value: "left the agreement"}
    rows = session.exec(
        select(Standing).where(col(Standing.status).in_(list(why)), col(Standing.ends_at).is_(None))
    ).all()
    return {row.organisation_id: f"Not asked for: it {why[row.status]} on {day(row.since)}" for row in rows}


def _is_asked(quarter: Quarter, member: tuple[date, date] | None) -> bool:
    """Say whether a return is asked for: of those that have signed, from the first quarter still due when they did.

    Of one that left, for the quarters that had ended by then: it was a partner when they were counted.
    """
    return member is not None and quarter.due >= member[0] and quarter.end < member[1]


def quarters_shown(on: date) -> list[Quarter]:
    """Give the quarters whose returns people still work on, newest first."""
    return Quarter.last_ended(on, QUARTERS_SHOWN)


def received(act: Act, quarter: Quarter) -> list[tuple[str, list[Due]]]:
    """Give the officer's matrix for a quarter: each organisation that sends returns, with each of its data sets."""
    allow(act, Permission.OPEN_ANY_RETURN)
    return _matrix(act, quarter)


def received_by_quarter(act: Act, quarters: Sequence[Quarter]) -> dict[str, list[tuple[int, int]]]:
    """Give for each organisation how many returns came of how many asked, a pair a quarter: a grid for every partner."""
    allow(act, Permission.SEE_SHARED_PICTURE, act.person.organisation_id)
    found: dict[str, list[tuple[int, int]]] = {}
    for place, quarter in enumerate(quarters):
        for name, items in _matrix(act, quarter):
            pairs = found.setdefault(name, [(0, 0)] * len(quarters))
            asked = [one for one in items if one.standing != "ended"]
            pairs[place] = (sum(one.return_id is not None for one in asked), len(asked))
    return found


def _matrix(act: Act, quarter: Quarter) -> list[tuple[str, list[Due]]]:
    on, edition = today(act.at), edition_in_force(today(act.at)).id
    providers = {entry.provider(edition) for entry in data_sets(edition)}
    with reading(act.store.engine) as session:
        organisations = session.exec(select(Organisation).order_by(col(Organisation.search_name))).all()
        rows = session.exec(select(Return).where(Return.quarter == quarter.label, col(Return.ended_at).is_(None))).all()
        joined, absent, excepted = _joined(session), _absent(session), sets_not_provided(session, act)
    current = {(row.organisation_id, row.data_set): row for row in rows}
    lines = []
    for organisation in organisations:
        sets = data_sets_of(organisation.kind, edition) if organisation.kind in providers else ()
        items = [
            _due(entry, quarter, row, on, absent.get(organisation.id, ""))
            for entry in sets
            if entry.exists_in(quarter)
            and (
                (row := current.get((organisation.id, entry.id))) is not None
                or (_is_asked(quarter, joined.get(organisation.id)) and (organisation.id, entry.id) not in excepted)
            )
        ]
        if items:
            lines.append((organisation.name, items))
    return lines


def _due(entry: DataSet, quarter: Quarter, row: Return | None, on: date, absent: str) -> Due:
    if row is not None:
        words = (
            "Nothing to report"
            if row.nothing_to_report
            else f"Sent on {day(row.sent_at)}, {counted(row.rows_kept, 'record')}"
        )
        return Due(data_set=entry, quarter=quarter, return_id=row.id, status=words, standing="done")
    if absent:
        return Due(data_set=entry, quarter=quarter, return_id=None, status=absent, standing="ended")
    if on > quarter.due:
        late = f"{counted((on - quarter.due).days, 'day')} late"
        return Due(data_set=entry, quarter=quarter, return_id=None, status=late, standing="stopped")
    return Due(data_set=entry, quarter=quarter, return_id=None, status=f"Due on {day(quarter.due)}", standing="waiting")
