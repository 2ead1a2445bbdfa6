"""The closed session: when it began, and who is in it (Appendix 6)."""

from models.meetings import Meeting, Undertaking
from portal.agreement.notices.standing import require_not_stopped
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.wording import paragraphs, today
from portal.meetings.check_in.attendance import REASON_LENGTH, led
from portal.meetings.check_in.attendees import opened, standing_of
from portal.meetings.errors import DoorClosedError, NotEntitledError
from portal.meetings.meeting import Planned, for_chair, shown
from portal.meetings.planning.guests import WHY_OPEN, guest_names, is_guest
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force
from portal.rules.forms.attendance import chair_checklist


def begin_closed_part(act: Act, meeting_id: str) -> Planned:
    """Note when the closed session began (clause app3.chair-checklist). Beginning twice is beginning once.

    Raises NotAllowedError, NotYourMeetingError or DoorClosedError.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.opened_at is None or row.closed_at is not None:
            raise DoorClosedError
        if row.closed_part_at is not None:
            return shown(act, row)
        row.closed_part_at = act.at
        session.add(row)
        record(session, act, Event.MEETING_CHANGED, f"meeting:{row.id}", closed_session="begun")
        return shown(act, row)


def stay(act: Act, line_id: str, why: str = "") -> None:
    """Note that somebody is in the closed session (clauses app6.attendance, app6.voluntary-standing).

    Somebody whom Appendix 6 does not list is refused, unless the Chair admits them and says why they need to know.
    A guest of the open session is refused whatever the reason (clause app6.affected-people).
    Raises NotAllowedError, NotFoundError, DoorClosedError (the closed session has not begun) or NotEntitledError,
    NotActiveError (their organisation has stopped sharing for now, or left).
    """
    with transaction(act.store.engine) as session:
        row = led(session, act, line_id)
        if session.get_one(Meeting, row.meeting_id).closed_part_at is None:
            raise DoorClosedError("Begin the closed session first.")
        if row.struck_at is not None:
            raise NotEntitledError("This line is struck out. Only people who have signed can stay.")
        require_not_stopped(session, session.get_one(Undertaking, row.undertaking_id).organisation_id)
        undertaking = session.get_one(Undertaking, row.undertaking_id)
        if is_guest(opened(act, undertaking).name, guest_names(session, act, row.meeting_id)):
            raise NotEntitledError(f"{WHY_OPEN} If this is somebody else of that name, end the invitation.")
        reason = paragraphs(why)[:REASON_LENGTH]
        if row.entitlement == "open" and not reason:
            standing = standing_of(edition_in_force(today(act.at)), undertaking.kind)
            raise NotEntitledError(f"{standing.why} To admit them, enter why they need to know.")
        row.stayed_at = row.stayed_at or act.at
        if reason and row.entitlement == "open":
            row.admitted_why = act.store.vault.seal_text(reason, f"attendance.admitted_why:{row.id}")
        session.add(row)
        record(
            session,
            act,
            Event.MEETING_CHANGED,
            f"meeting:{row.meeting_id}",
            line=row.id,
            stays=True,
            admitted=bool(row.admitted_why),
        )


def go(act: Act, line_id: str) -> None:
    """Note that somebody is not in the closed session after all. Raises NotAllowedError or NotFoundError."""
    with transaction(act.store.engine) as session:
        row = led(session, act, line_id)
        row.stayed_at, row.admitted_why = None, None
        session.add(row)
        record(session, act, Event.MEETING_CHANGED, f"meeting:{row.meeting_id}", line=row.id, stays=False)


def words_to_say(act: Act) -> str:
    """Give what the Chair says before the closed session, so that those who leave know why (Appendix 6, Appendix 3)."""
    edition = edition_in_force(today(act.at))
    notes = " ".join(task.text for task in chair_checklist(edition, "during") if task.id.startswith("notes-"))
    return (
        "The open session ends here. Next we talk about people by name. Data protection law and our agreement let only "
        "those stay who need to hear it. Thank you to everyone who leaves now; it is no judgement on you.\n"
        f"To those who stay: {notes}"
    )
