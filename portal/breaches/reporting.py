"""Reporting a loss: what, about which request, meeting or return, when it was found, what was done. Told at once."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.breaches import Breach, BreachBody
from portal.breaches.affected_records import OTHER, AffectedRecord, named, originators, others
from portal.breaches.notifications import everybody, tell
from portal.breaches.wording import KINDS
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.dates import time_from
from portal.ground.wording import UK, new_id, paragraphs, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import body
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force

LONGEST = 4000
_OLDEST = timedelta(days=366)  # longer ago was typed with a wrong year


@dataclass(frozen=True, kw_only=True)
class NewBreach:
    """A report as it was filled in. `found_on` None means now; `from_whom` is the organisation it came from, where known."""

    kind: str
    about: str
    what: str
    done: str
    from_whom: str = ""
    found_on: date | None = None
    found_time: str = ""
    found_now: bool = True


def report_breach(act: Act, new: NewBreach, *, key: str) -> str:
    """Report a loss; returns its id (clause s9.breach). For everybody with an account.

    The Chair, the managers, and the information management of each organisation it concerns are told at once, by letters
    without a word about a person. The regulator's clock runs from when it was found. The same `key` again is the same
    report. Raises AnswersNeededError.
    """
    allow(act, Permission.REPORT_BREACH)
    thing, found_at, words = _checked(act, new)
    of = edition_in_force(today(act.at))
    breach_id = new_id()
    row = Breach(
        id=breach_id,
        reference=reference(),
        key=key,
        kind=new.kind,
        about=thing.about,
        about_id=thing.id,
        about_words=thing.words[:200],
        edition=of.id,
        edition_hash=of.hash,
        found_at=found_at,
        regulator_by=_regulator_by(of, found_at),
        reported_at=act.at,
        reported_by_id=act.person.id,
        reported_by=act.person.name,
        words=act.store.vault.seal_text(json.dumps(words, ensure_ascii=False), f"breach.words:{breach_id}"),
    )
    try:
        with transaction(act.store.engine) as session:
            _keep(session, act, row, thing, new.from_whom)
    except IntegrityError:
        return _of_key(act, key)
    return breach_id


def _keep(session: Session, act: Act, row: Breach, thing: AffectedRecord, from_whom: str) -> None:
    session.add(row)
    session.flush()
    own = {act.person.organisation_id} if act.person.organisation_id else set()
    origin = originators(session, thing) | ({body(session, from_whom).id} if from_whom else set())
    if thing.about == "statement":  # every party gave something; where it happened is the reporter's own
        origin -= own
    for organisation_id in origin:
        session.add(BreachBody(breach_id=row.id, organisation_id=organisation_id, part="originator"))
    for organisation_id in (own | others(session, thing)) - origin:
        session.add(BreachBody(breach_id=row.id, organisation_id=organisation_id, part="concerned"))
    session.flush()
    told = everybody(session, act, row.id)
    subject = f"breach:{row.id}"
    record(session, act, Event.BREACH_REPORTED, subject, None, kind=row.kind, about=row.about, letters=len(told))
    tell(session, act, "breach-reported", row, told)


def _regulator_by(of: Edition, found_at: datetime) -> datetime | None:
    hours = of.rule("report-breach").period_hours
    return found_at + timedelta(hours=hours) if hours else None


def _checked(act: Act, new: NewBreach) -> tuple[AffectedRecord, datetime, dict[str, str]]:
    words = {"what": paragraphs(new.what), "done": paragraphs(new.done)}
    problems = _word_problems(words)
    if new.kind not in KINDS:
        problems["kind"] = "Choose what happened."
    if new.from_whom and not _is_body(act, new.from_whom):
        problems["from_whom"] = "Choose an organisation from the list."
    thing, found_at = AffectedRecord(about=OTHER, id="", words=""), act.at
    try:
        thing = named(act, new.about)
    except AnswersNeededError as error:
        problems |= error.problems
    try:
        found_at = act.at if new.found_now else _moment(act, new)
    except AnswersNeededError as error:
        problems |= error.problems
    if problems:
        raise AnswersNeededError(problems)
    return thing, found_at, words


def _word_problems(words: dict[str, str]) -> dict[str, str]:
    needed = {"what": "Enter what happened. Name nobody.", "done": "Enter what was done so far, or 'nothing yet'."}
    problems = {field: needed[field] for field, text in words.items() if not text}
    return problems | {
        field: f"Use {LONGEST:,} characters or fewer." for field, text in words.items() if len(text) > LONGEST
    }


def _moment(act: Act, new: NewBreach) -> datetime:
    if new.found_on is None:
        raise AnswersNeededError({"found_on": "Enter the day it was found as three numbers, such as 25 11 2026."})
    at = time_from(new.found_time, field="found_time")
    found = datetime.combine(new.found_on, at, tzinfo=UK).astimezone(act.at.tzinfo)
    if not act.at - _OLDEST <= found <= act.at:
        raise AnswersNeededError(
            {"found_on": "The moment it was found must be in the past year, and not later than now."}
        )
    return found


def _is_body(act: Act, organisation_id: str) -> bool:
    with reading(act.store.engine) as session:
        try:
            return bool(body(session, organisation_id))
        except NotFoundError:
            return False


def _of_key(act: Act, key: str) -> str:
    with reading(act.store.engine) as session:
        row = session.exec(select(Breach).where(Breach.key == key)).one()
    if row.reported_by_id != act.person.id:
        raise NotFoundError
    return row.id
