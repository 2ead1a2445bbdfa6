"""What the originator says to passing its facts on: yes with conditions, or no with a reason. Once, by an approver."""

from sqlmodel import Session, col, select

from models.after_disclosure import OnwardSharing
from models.requests import InformationRequest
from portal.accounts.holders import still_acting
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Role
from portal.ground.calendar.noted import waits_since
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import paragraphs
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.onward_sharing import OnwardSharingView, wish_of
from portal.requests.after_disclosure.onward_sharing_notifications import tell_onward_sharing
from portal.requests.entitlement import acts_for_asking, note_opening
from portal.requests.errors import AlreadyDecidedError, NotYourTurnError, OwnRequestError
from portal.requests.keys import open_key
from portal.requests.participants import people_of
from portal.requests.reminders import WAITS, working_days

_MOST_WORDS = 2000


def open_wish(act: Act, wish_id: str) -> tuple[OnwardSharingView, bool]:
    """Open a question about passing on, and say whether this person may decide it; the opening is recorded.

    For whoever acts for the body that the facts came from. It shows which facts are meant, not the answer they stand in.
    """
    allow(act, Permission.ANSWER)
    with reading(act.store.engine) as session:
        row, one = _found(session, act, wish_id)
        wish = wish_of(session, row, open_key(act.store.vault, row), one)
    note_opening(act, Event.PASSING_OPENED, f"request:{row.id}")
    approver = act.person.holds(Role.APPROVER, one.originator_id)
    return wish, approver and one.status == "waiting" and not acts_for_asking(act, row)


def wishes_to_us(act: Act) -> tuple[OnwardSharing, ...]:
    """List the questions about passing on that wait for this person's organisation, the oldest first."""
    allow(act, Permission.ANSWER)
    with reading(act.store.engine) as session:
        query = select(OnwardSharing).where(
            OnwardSharing.originator_id == act.person.organisation_id, OnwardSharing.status == "waiting"
        )
        return tuple(session.exec(query.order_by(col(OnwardSharing.asked_at))).all())


def decide_wish(act: Act, wish_id: str, *, yes: bool | None, said: str) -> None:
    """Say yes, with conditions, or no, with a reason. Nothing moves by itself: the recipient passes it on, or does not.

    Raises AnswersNeededError, AlreadyDecidedError where a colleague was faster, OwnRequestError for who acts for the
    side that asks, NotYourTurnError once it lapsed.
    """
    allow(act, Permission.DECIDE)
    words = paragraphs(said)
    problems: dict[str, str] = {}
    if yes is None:
        problems["yes"] = "Choose yes or no."
    if not words and yes is not None:
        problems["said"] = "Say on which conditions, such as who may see it." if yes else "Say why not."
    if len(words) > _MOST_WORDS:
        problems["said"] = f"Use {_MOST_WORDS:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, one = _found(session, act, wish_id, lock=True)
        _may_decide(act, row, one)
        if yes:  # a no is right whatever has happened since
            require_active(session, row.asking_organisation_id)
            require_active(session, one.originator_id)
        one.status, one.answered_at = "yes" if yes else "no", act.at
        one.answered_by_id, one.answered_by = act.person.id, act.person.name
        one.answer = open_key(act.store.vault, row).seal(words.encode(), f"passing_on.answer:{one.id}")
        session.add(one)
        record(session, act, Event.PASSING_DECIDED, f"request:{row.id}", one.originator_id, answer=one.status)
        people = still_acting(session, [one.asked_by_id], row.asking_organisation_id)
        tell_onward_sharing(session, act, "passing-decided", one, row.reference, people)


def remind_of_wishes(act: Act) -> int:
    """Remind the originator after five working days, and every five after that; returns how many."""
    reminded = 0
    with transaction(act.store.engine) as session:
        take_turn(session)
        for one in session.exec(select(OnwardSharing).where(OnwardSharing.status == "waiting")).all():
            if working_days(waits_since(act.at, one.asked_at, one.reminded_at), act.at) < WAITS:
                continue
            row = session.get(InformationRequest, one.request_id)
            if row is None:
                continue
            people = people_of(session, one.originator_id)
            if not tell_onward_sharing(session, act, "passing-reminder", one, row.reference, people):
                continue
            one.reminded_at = act.at
            session.add(one)
            record(session, act, Event.PASSING_REMINDED, f"request:{row.id}", one.originator_id)
            reminded += 1
    return reminded


def _may_decide(act: Act, row: InformationRequest, one: OnwardSharing) -> None:
    if not act.person.holds(Role.APPROVER, one.originator_id):
        raise NotFoundError
    if acts_for_asking(act, row):
        raise OwnRequestError
    if one.answered_at is not None:
        raise AlreadyDecidedError(one.answered_by, one.answered_at)
    if one.status != "waiting":
        raise NotYourTurnError("What this is about is gone. There is nothing to decide.")


def _found(session: Session, act: Act, wish_id: str, *, lock: bool = False) -> tuple[InformationRequest, OnwardSharing]:
    query = select(OnwardSharing).where(OnwardSharing.id == wish_id)
    one = session.exec(query.with_for_update() if lock else query).first()
    if one is None or not may(act.person, Permission.ANSWER, one.originator_id):
        raise NotFoundError
    row = session.get(InformationRequest, one.request_id)
    if row is None:
        raise NotFoundError
    return row, one
