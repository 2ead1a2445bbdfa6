"""Minutes going out: circulated, final, published; the Chair alone takes each step, and nobody may be named (s6, App 3)."""

import json
from collections.abc import Mapping

from sqlmodel import Session

from models.accounts import Account
from models.meetings import Meeting
from models.minutes import MeetingMinutes, MinutesReader
from portal.accounts.holders import addresses_of
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, PortalError
from portal.ground.wording import today
from portal.meetings.closed_session.need_to_know import present
from portal.meetings.meeting import for_chair
from portal.meetings.minutes.agenda import items_of
from portal.meetings.minutes.stages import refuse_if_final
from portal.meetings.minutes.writing import MinutesHeldError, grounds_of, scanned
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.edition.editions import edition_in_force
from portal.rules.forms.handling import suggest_marking


def circulate(act: Act, meeting_id: str, answers: Mapping[str, bool | None], *, base_url: str = "") -> None:
    """Send the minutes to those who were there (clauses app3.restricted-minutes, s6.meetings.restricted-appendix).

    Args:
        act: by the meeting's Chair, after it closed.
        meeting_id: the meeting.
        answers: yes or no to each of the six grounds of Restricted, by id; one yes marks the minutes.
        base_url: the portal's own address for the message; '' sends none.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError, AnswersNeededError (body, or a ground's id) or
    MinutesHeldError (an identifier stands in them, or an item of the agenda has no end).
    """
    with transaction(act.store.engine) as session:
        meeting = for_chair(session, act, meeting_id)
        refuse_if_final(session, meeting_id)
        row = _ready(session, act, meeting)
        if row.circulated_at is not None:
            return
        chosen = _answered(meeting, answers)
        suggested = suggest_marking(edition_in_force(today(meeting.starts_at)), chosen).marking
        row.grounds = json.dumps({one: bool(answers[one]) for one in sorted(answers)})
        row.marking, row.circulated_at = (suggested.id if suggested else ""), act.at
        session.add(row)
        session.flush()
        accounts = {one.account_id for one in present(session, act, meeting_id, closed=False) if one.account_id}
        _send(session, act, meeting, accounts, base_url)
        record(
            session,
            act,
            Event.MINUTES_CIRCULATED,
            f"meeting:{meeting_id}",
            marking=row.marking,
            grounds=chosen,
            people=len(accounts),
        )


def finalise(act: Act, meeting_id: str, *, base_url: str = "") -> None:
    """Make the minutes final, and send the partnership manager the copy, with what the group needs (clause app6.minutes-and-actions).

    Only the Chair can, and the record names them (clause s6.meetings.chair-answers); doing so twice is once.
    Raises NotAllowedError, NotFoundError, MinutesHeldError, or PortalError (not circulated yet).
    """
    with transaction(act.store.engine) as session:
        meeting = for_chair(session, act, meeting_id)
        row = _ready(session, act, meeting)
        if row.final_at is not None:
            return
        if row.circulated_at is None:
            raise PortalError("Circulate the minutes first. Then those who were there can correct them.")
        row.final_at, row.final_by = act.at, act.person.name
        session.add(row)
        if base_url:
            to, link = addresses_of(session, Role.MANAGER), f"{base_url}/meeting-papers?id={meeting_id}"
            needs = "" if row.need is None else " The group needs something of the partnership."
            notify(session, act, "minutes-final", to, reference=meeting.reference, needs=needs, link=link)
        record(session, act, Event.MINUTES_FINAL, f"meeting:{meeting_id}", chair=act.person.id, marking=row.marking)


def publish(act: Act, meeting_id: str) -> None:
    """Publish final minutes for everybody to read (clause app3.restricted-minutes). Publishing twice is once.

    Raises NotAllowedError, NotFoundError, MinutesHeldError (marked, or an identifier) or PortalError (not final).
    """
    with transaction(act.store.engine) as session:
        meeting = for_chair(session, act, meeting_id)
        row = _ready(session, act, meeting)
        if row.final_at is None:
            raise PortalError("Make the minutes final first.")
        if row.marking:
            raise MinutesHeldError("These minutes are marked, so they are not published.", paragraph="Appendix 3")
        if row.published_at is not None:
            return
        row.published_at = act.at
        session.add(row)
        record(session, act, Event.MINUTES_PUBLISHED, f"meeting:{meeting_id}", reference=meeting.reference)


def _ready(session: Session, act: Act, meeting: Meeting) -> MeetingMinutes:
    """Find minutes that hold nothing they must not, and whose items all end."""
    row = session.get(MeetingMinutes, meeting.id)
    if meeting.closed_at is None:
        raise MinutesHeldError("Close the meeting first.", paragraph="")
    if row is None:
        raise AnswersNeededError({"body": "Write the minutes first."})
    items = items_of(session, act, meeting)
    open_items = [str(item.number) for item in items if not item.ended]
    if open_items:
        raise MinutesHeldError(
            f"Give item {open_items[0]} of the agenda an action, or a reason for none.", paragraph="Appendix 6"
        )
    if scanned(session, act, meeting, row, items):
        raise MinutesHeldError
    return row


def _answered(meeting: Meeting, answers: Mapping[str, bool | None]) -> list[str]:
    asked = [one.id for one in grounds_of(meeting)]
    problems = {one: "Answer yes or no to each of the six." for one in asked if answers.get(one) is None}
    if problems:
        raise AnswersNeededError(problems)
    return [one for one in asked if answers[one]]


def _send(session: Session, act: Act, meeting: Meeting, accounts: set[str], base_url: str) -> None:
    for account_id in sorted(accounts):
        if session.get(MinutesReader, (meeting.id, account_id)) is None:
            session.add(MinutesReader(meeting_id=meeting.id, account_id=account_id))
        account = session.get_one(Account, account_id)
        if base_url:
            link, about = f"{base_url}/meeting-papers?id={meeting.id}", f"minutes:{meeting.id}"
            notify(session, act, "minutes-ready", account.email, reference=meeting.reference, link=link, about=about)
