"""What a loss can be about: the requests, returns, meetings and statements that a person may see, by their references."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.requests import InformationRequest
from models.returns import Return
from models.statements import StatementParty
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day
from portal.meetings.meeting import meetings
from portal.meetings.minutes.reading import my_papers
from portal.requests.views import requests_received, requests_sent
from portal.statements.views import statements

OTHER = "other"
_MOST = 200  # of each kind, the newest first


@dataclass(frozen=True, kw_only=True)
class AffectedRecord:
    """One thing that a loss can be about; `words` name it by reference, with no word about a person."""

    about: str
    id: str
    words: str

    @property
    def code(self) -> str:
        """Give what a form sends for it."""
        return f"{self.about}:{self.id}"


def things(act: Act) -> list[AffectedRecord]:
    """List what this person may name as lost, the requests first; the page offers 'something else' besides."""
    return [*_requests(act), *_returns(act), *_meetings(act), *_statements(act)]


def named(act: Act, code: str) -> AffectedRecord:
    """Give the thing that a form named; one that this person may not see is none. Raises AnswersNeededError."""
    if code == OTHER:
        return AffectedRecord(about=OTHER, id="", words="Something else")
    found = next((one for one in things(act) if one.code == code), None)
    if found is None:
        raise AnswersNeededError({"about": "Choose what was lost or got out."})
    return found


def originators(session: Session, thing: AffectedRecord) -> set[str]:
    """Give the organisations that the information of a thing came from (clause s9.breach)."""
    if thing.about == "request":
        row = session.get(InformationRequest, thing.id)
        return {row.holding_organisation_id} if row else set()
    if thing.about == "return":
        sent = session.get(Return, thing.id)
        return {sent.organisation_id} if sent else set()
    if thing.about == "statement":
        query = select(StatementParty.organisation_id).where(StatementParty.statement_id == thing.id)
        return set(session.exec(query).all())
    return set()


def others(session: Session, thing: AffectedRecord) -> set[str]:
    """Give the organisations that a thing was given to, where the portal knows them."""
    row = session.get(InformationRequest, thing.id) if thing.about == "request" else None
    return {row.asking_organisation_id} if row else set()


def _requests(act: Act) -> list[AffectedRecord]:
    lines = [*(requests_sent(act) if may(act.person, Permission.ASK) else ())]
    lines += requests_received(act) if may(act.person, Permission.ANSWER) else ()
    lines.sort(key=lambda one: one.sent_at, reverse=True)
    return [
        AffectedRecord(
            about="request",
            id=one.id,
            words=f"Request {one.reference}, {one.asking} to {one.holder}, {day(one.sent_at)}",
        )
        for one in lines[:_MOST]
    ]


def _returns(act: Act) -> list[AffectedRecord]:
    query = select(Return, Organisation.name).join(Organisation, col(Organisation.id) == col(Return.organisation_id))
    if not may(act.person, Permission.OPEN_ANY_RETURN):
        if not may(act.person, Permission.OPEN_OWN_RETURN):
            return []
        query = query.where(Return.organisation_id == act.person.organisation_id)
    with reading(act.store.engine) as session:
        rows = session.exec(query.order_by(col(Return.sent_at).desc()).limit(_MOST)).all()
    return [
        AffectedRecord(about="return", id=row.id, words=f"Return {row.reference}, {name}, {day(row.sent_at)}")
        for row, name in rows
    ]


def _meetings(act: Act) -> list[AffectedRecord]:
    if may(act.person, Permission.PLAN_MEETINGS):
        held = [(one.id, one.name, one.starts_at) for one in meetings(act) if one.starts_at <= act.at]
    elif may(act.person, Permission.READ_MEETING_PAPERS):
        held = [(one.meeting_id, one.name, one.starts_at) for one in my_papers(act)]
    else:
        return []
    held.sort(key=lambda one: one[2], reverse=True)
    return [
        AffectedRecord(about="meeting", id=meeting_id, words=f"Meeting: {name}, {day(at)}"[:_MOST])
        for meeting_id, name, at in held[:_MOST]
    ]


def _statements(act: Act) -> list[AffectedRecord]:
    if not (may(act.person, Permission.WRITE_STATEMENT) or may(act.person, Permission.READ_ANY_STATEMENT)):
        return []
    lines = [one for one in statements(act) if one.status == "in_force"]
    return [
        AffectedRecord(about="statement", id=one.id, words=f"Sharing statement {one.reference}")
        for one in lines[:_MOST]
    ]
