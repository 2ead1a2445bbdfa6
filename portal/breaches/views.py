"""Reading the losses that concern a person: the list, and one with its clock and its steps. A foreign one looks like none."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.breaches import Breach, BreachBody, BreachStep
from models.organisations import Organisation
from portal.breaches.wording import REGULATOR
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import counted, day
from portal.record.audit import history_in_words
from portal.record.events import Event
from portal.requests.views import note_opening
from portal.rules.edition.contents import AgreementRule
from portal.rules.edition.editions import edition


@dataclass(frozen=True, kw_only=True)
class BreachStepLine:
    """One step after a report."""

    kind: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, kw_only=True)
class BreachLine:
    """A loss in a list: nothing of what happened, and no word about a person."""

    id: str
    reference: str
    kind: str
    about: str
    reported_at: datetime
    regulator_by: datetime | None
    regulator_settled: bool
    closed_at: datetime | None

    def clock(self, now: datetime) -> str:
        """Say how it stands with the regulator's time, '' where there is no such clock or it is settled."""
        if self.regulator_by is None or self.regulator_settled or self.closed_at is not None:
            return ""
        hours = int((self.regulator_by - now).total_seconds() // 3600)
        return f"{counted(hours, 'hour')} left to tell the regulator" if now <= self.regulator_by else "Past 72 hours"

    def stands(self, now: datetime) -> str:
        """Say in a few words how it stands."""
        if self.closed_at is not None:
            return f"Closed on {day(self.closed_at)}"
        return self.clock(now) or "Open"

    def standing(self, now: datetime) -> str:
        """Give the tint that goes with it."""
        if self.closed_at is not None:
            return "done"
        return "stopped" if self.clock(now).startswith("Past") else "waiting"


@dataclass(frozen=True, kw_only=True)
class OpenedBreach:
    """A loss as it lies open before somebody it concerns."""

    line: BreachLine
    what: str
    done: str
    found_at: datetime
    reported_by: str
    originators: tuple[str, ...]
    concerned: tuple[str, ...]
    steps: tuple[BreachStepLine, ...]
    rule: AgreementRule
    lesson: str
    closed_by: str
    purged_at: datetime | None
    may_close: bool

    @property
    def missing(self) -> str:
        """Say what must be recorded before it can be closed, '' where nothing is missing."""
        kinds = {one.kind for one in self.steps}
        if "contained" not in kinds:
            return "Record first how it was contained."
        if self.line.regulator_by is not None and not kinds & REGULATOR:
            return "Record first that the Information Commissioner was told, or why not."
        return ""


def breaches(act: Act) -> list[BreachLine]:
    """List the losses that this person may see, the open ones first by their clock, then the closed ones."""
    allow(act, Permission.REPORT_BREACH)
    with reading(act.store.engine) as session:
        rows = [row for row in session.exec(select(Breach)).all() if _may_see(session, act, row)]
        lines = [_line(session, row) for row in rows]
    still_open = sorted((one for one in lines if one.closed_at is None), key=lambda one: one.reported_at)
    closed = [one for one in lines if one.closed_at is not None]
    return [*still_open, *sorted(closed, key=lambda one: one.reported_at, reverse=True)]


def open_breach(act: Act, breach_id: str) -> OpenedBreach:
    """Open a loss, and record it. Raises NotFoundError for whomever it does not concern."""
    allow(act, Permission.REPORT_BREACH)
    with reading(act.store.engine) as session:
        opened = opened_in(session, act, find_breach(session, act, breach_id))
    note_opening(act, Event.BREACH_OPENED, f"breach:{breach_id}")
    return opened


def breach_history(act: Act, breach_id: str) -> list[tuple[str, str, datetime]]:
    """Give who did what with a loss and when, also who opened it. Raises NotFoundError."""
    allow(act, Permission.REPORT_BREACH)
    with reading(act.store.engine) as session:
        find_breach(session, act, breach_id)
    return history_in_words(act.store, f"breach:{breach_id}")


def find_breach(session: Session, act: Act, breach_id: str, *, lock: bool = False) -> Breach:
    """Find a loss for the Chair, the managers, who reported it, and who acts for a body it concerns. Raises NotFoundError."""
    query = select(Breach).where(Breach.id == breach_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not _may_see(session, act, row):
        raise NotFoundError
    return row


def opened_in(session: Session, act: Act, row: Breach) -> OpenedBreach:
    """Open a loss that was found for this person, in the open session."""
    vault = act.store.vault
    words = json.loads(vault.open_text(row.words, f"breach.words:{row.id}")) if row.words else {"what": "", "done": ""}
    steps = session.exec(
        select(BreachStep).where(BreachStep.breach_id == row.id).order_by(col(BreachStep.number))
    ).all()
    bodies = session.exec(
        select(BreachBody.part, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(BreachBody.organisation_id))
        .where(BreachBody.breach_id == row.id)
        .order_by(col(Organisation.search_name))
    ).all()
    return OpenedBreach(
        line=_line(session, row),
        what=words["what"],
        done=words["done"],
        found_at=row.found_at,
        reported_by=row.reported_by,
        originators=tuple(name for part, name in bodies if part == "originator"),
        concerned=tuple(name for part, name in bodies if part == "concerned"),
        steps=tuple(
            BreachStepLine(
                kind=one.kind,
                at=one.at,
                by=one.by_name,
                words=vault.open_text(one.words, f"breach_step.words:{one.id}") if one.words else "",
            )
            for one in steps
        ),
        rule=edition(row.edition).rule("report-breach"),
        lesson=vault.open_text(row.lesson, f"breach.lesson:{row.id}") if row.lesson else "",
        closed_by=row.closed_by or "",
        purged_at=row.purged_at,
        may_close=row.closed_at is None and may(act.person, Permission.CLOSE_BREACH),
    )


def _line(session: Session, row: Breach) -> BreachLine:
    kinds = session.exec(select(BreachStep.kind).where(BreachStep.breach_id == row.id)).all()
    return BreachLine(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        about=row.about_words,
        reported_at=row.reported_at,
        regulator_by=row.regulator_by,
        regulator_settled=bool(set(kinds) & REGULATOR),
        closed_at=row.closed_at,
    )


def _may_see(session: Session, act: Act, row: Breach) -> bool:
    if may(act.person, Permission.READ_BREACHES) or row.reported_by_id == act.person.id:
        return True
    bodies = session.exec(select(BreachBody.organisation_id).where(BreachBody.breach_id == row.id)).all()
    return any(may(act.person, Permission.WRITE_STATEMENT, one) for one in bodies)
