"""The minutes of a meeting: written and scanned for what points to a person (s6, App 3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from models.meetings import Meeting
from models.minutes import FalseAlarm, MeetingMinutes
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, PortalError
from portal.ground.wording import clock, paragraphs, today
from portal.meetings.closed_session.need_to_know import led_to_read
from portal.meetings.meeting import for_chair
from portal.meetings.minutes.actions import actions_of
from portal.meetings.minutes.agenda import AgendaEntry, items_of
from portal.meetings.minutes.appendix import subjects
from portal.meetings.minutes.identifier_check import MinutesFinding, findings
from portal.meetings.minutes.minute_takers import for_writer
from portal.meetings.minutes.stages import MinutesStage, refuse_if_final, reopen, stage_of
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force
from portal.rules.edition.forms import MarkingGround

BODY_LENGTH = 40_000
FEED_LENGTH = 1000  # a lesson, or a need: a few sentences
REASON_LENGTH = 500


class MinutesHeldError(PortalError):
    """The minutes cannot go on: something in them points to a person, or an item has no end."""

    message = "Something in the minutes points to a person. Take it out first."
    paragraph = "Section 6, meetings"


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The minutes as their Chair sees them. `marking` is the id of the marking that a ground calls for, '' for none.

    `lesson` is what other groups can learn, and `need` what the group needs of the partnership (Appendix 6).
    """

    meeting_name: str
    body: str
    lesson: str
    need: str
    stage: MinutesStage
    saved_at: datetime | None
    marking: str
    circulated_at: datetime | None
    final_at: datetime | None
    published_at: datetime | None
    findings: tuple[MinutesFinding, ...]


def minutes(act: Act, meeting_id: str) -> Minutes:
    """Give a meeting's minutes to its Chair or minute taker, with what holds them up. Raises NotFoundError or NotYourMeetingError."""
    with reading(act.store.engine) as session:
        meeting = for_writer(session, act, meeting_id, lock=False)
        row = session.get(MeetingMinutes, meeting_id)
        items = items_of(session, act, meeting)
        return Minutes(
            meeting_name=meeting.name,
            body=body_of(act, row),
            lesson=lesson_of(act, row),
            need=need_of(act, row),
            stage=stage_of(row),
            saved_at=row.saved_at if row else None,
            marking=row.marking if row else "",
            circulated_at=row.circulated_at if row else None,
            final_at=row.final_at if row else None,
            published_at=row.published_at if row else None,
            findings=tuple(scanned(session, act, meeting, row, items)),
        )


def six_grounds(act: Act, meeting_id: str) -> tuple[MarkingGround, ...]:
    """Give the six grounds of Restricted of Appendix 3, in the words of the meeting's edition. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        return grounds_of(led_to_read(session, act, meeting_id))


def save(
    act: Act, meeting_id: str, body: str, *, lesson: str = "", need: str = "", was: tuple[str, str, str] | None = None
) -> None:
    """Keep what the minutes say; minutes that were circulated are taken back and sent again once they are checked.

    `was`: body, lesson and need as the writer was shown them. Raises NotAllowedError, NotFoundError, AlreadyDoneError
    (final), AnswersNeededError (body, lesson, need), or PortalError where somebody else saved others meanwhile.
    """
    text, learnt, needed = paragraphs(body), paragraphs(lesson), paragraphs(need)
    problems = {}
    if not text or len(text) > BODY_LENGTH:
        problems["body"] = f"Enter the minutes, in {BODY_LENGTH:,} characters or fewer."
    for field, said in (("lesson", learnt), ("need", needed)):
        if len(said) > FEED_LENGTH:
            problems[field] = f"Say it in {FEED_LENGTH:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        for_writer(session, act, meeting_id)
        refuse_if_final(session, meeting_id)
        row = session.get(MeetingMinutes, meeting_id)
        stands = (body_of(act, row), lesson_of(act, row), need_of(act, row))
        if row is not None and stands == (text, learnt, needed):
            return
        if row is not None and was not in {None, stands}:
            raise PortalError(
                f"{row.saved_by} saved the minutes at {clock(row.saved_at)}, while you wrote. Nothing was changed. "
                "Copy your words, open this page again, and put them in."
            )
        vault = act.store.vault
        sealed = vault.seal_text(text, f"meeting_minutes.body:{meeting_id}")
        if row is None:
            row = MeetingMinutes(meeting_id=meeting_id, body=sealed, saved_at=act.at, saved_by=act.person.name)
        else:
            reopen(session, meeting_id)
            row.body, row.saved_at, row.saved_by = sealed, act.at, act.person.name
        row.lesson = vault.seal_text(learnt, f"meeting_minutes.lesson:{meeting_id}") if learnt else None
        row.need = vault.seal_text(needed, f"meeting_minutes.need:{meeting_id}") if needed else None
        session.add(row)
        record(session, act, Event.MINUTES_SAVED, f"meeting:{meeting_id}", characters=len(text))


def overrule(act: Act, meeting_id: str, mark: str, reason: str) -> None:
    """Say that words point to nobody, and why; what a check digit or a whole name proves stays.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError (final), AnswersNeededError (reason) or MinutesHeldError.
    """
    why = paragraphs(reason)
    if not why or len(why) > REASON_LENGTH:
        raise AnswersNeededError({"reason": "Enter why these words name nobody."})
    with transaction(act.store.engine) as session:
        meeting = for_chair(session, act, meeting_id)
        refuse_if_final(session, meeting_id)
        row = session.get(MeetingMinutes, meeting_id)
        found = scanned(session, act, meeting, row, items_of(session, act, meeting))
        same = [one for one in found if one.mark == mark]
        if not same:
            return  # taken out, or overruled already
        if any(one.proven for one in same):
            raise MinutesHeldError("This certainly points to a person. Take it out; no reason can let it stay.")
        sealed = act.store.vault.seal_text(why, f"minutes_false_alarm.reason:{meeting_id}:{mark}")
        session.add(FalseAlarm(meeting_id=meeting_id, finding=mark, reason=sealed, at=act.at, by=act.person.name))
        record(session, act, Event.MINUTES_ALARM_OVERRULED, f"meeting:{meeting_id}", kind=same[0].kind, times=len(same))


def scanned(
    session: Session, act: Act, meeting: Meeting, row: MeetingMinutes | None, items: list[AgendaEntry]
) -> list[MinutesFinding]:
    """Find what points to a person in the minutes, the agenda and the actions, but for false alarms of the Chair."""
    spared = set(session.exec(select(FalseAlarm.finding).where(FalseAlarm.meeting_id == meeting.id)).all())
    texts = [("Minutes", body_of(act, row)), ("What others can learn", lesson_of(act, row))]
    texts.append(("What the group needs", need_of(act, row)))
    for item in items:
        for where, text in (
            ("item", item.topic.title),
            ("who is affected", item.topic.affected),
            ("why not asked", item.topic.not_asked_why),
            ("why no action", item.no_action_why),
        ):
            texts.append((f"Agenda {item.number}, {where}", text))
    for number, action in enumerate(actions_of(session, act, meeting), 1):
        texts += [(f"Action {number}, what", action.what), (f"Action {number}, who", action.owner)]
    found = findings(
        texts,
        subjects(session, act, meeting.id),
        year=today(meeting.starts_at).year,
        mark=lambda words: act.store.vault.keyed_hash(f"minutes:{meeting.id}:{words}"),
    )
    return [one for one in found if one.proven or one.mark not in spared]


def body_of(act: Act, row: MeetingMinutes | None) -> str:
    """Open the body of minutes, '' where nobody has begun."""
    return act.store.vault.open_text(row.body, f"meeting_minutes.body:{row.meeting_id}") if row else ""


def lesson_of(act: Act, row: MeetingMinutes | None) -> str:
    """Open what other groups can learn from a meeting, '' where nothing was said."""
    return (
        act.store.vault.open_text(row.lesson, f"meeting_minutes.lesson:{row.meeting_id}") if row and row.lesson else ""
    )


def need_of(act: Act, row: MeetingMinutes | None) -> str:
    """Open what a group needs of the partnership, '' where nothing was said."""
    return act.store.vault.open_text(row.need, f"meeting_minutes.need:{row.meeting_id}") if row and row.need else ""


def grounds_of(meeting: Meeting) -> tuple[MarkingGround, ...]:
    """Give the grounds of Appendix 3 of the edition of a meeting's day."""
    every = edition_in_force(today(meeting.starts_at)).restricted_grounds
    return tuple(one for one in every if one.ref.startswith("App 3"))
