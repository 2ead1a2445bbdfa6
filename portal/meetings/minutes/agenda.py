"""The agenda: each item names the source it stands on, who is affected, and ends with an action or a reason (Appendix 6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Meeting
from models.minutes import AgendaItem
from portal.ground.act import Act
from portal.ground.database import next_number, reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs, today
from portal.meetings.closed_session.need_to_know import led_to_read
from portal.meetings.meeting import for_chair
from portal.meetings.minutes.actions import AgreedAction, actions_of
from portal.meetings.minutes.stages import reopen
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

ASKED = {
    "yes": "Yes, they were asked to come and speak",
    "no": "No",
    "nobody": "Nobody in particular is affected",
}
WHY_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class Topic:
    """An item as it is typed. `asked` is one of ASKED; `not_asked_why` belongs to no."""

    title: str
    source: str
    asked: str
    affected: str = ""
    not_asked_why: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaEntry:
    """An item of the agenda as its Chair sees it, with the actions that end it or the reason for none."""

    id: str
    number: int
    topic: Topic
    actions: tuple[AgreedAction, ...]
    no_action_why: str

    @property
    def ended(self) -> bool:
        """Say whether the item ends as Appendix 6 asks."""
        return bool(self.actions or self.no_action_why)


def sources(act: Act, meeting_id: str) -> tuple[str, ...]:
    """Give the sources that an agenda draws on, in the words of the meeting's edition. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        return _sources(led_to_read(session, act, meeting_id))


def add_item(act: Act, meeting_id: str, key: str, topic: Topic) -> None:
    """Put an item on a meeting's agenda (clauses app6.agenda, app6.affected-people). The same `key` adds it once.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError (final minutes) or AnswersNeededError (title, source, asked,
    affected, not_asked_why).
    """
    tidy = Topic(
        title=one_line(topic.title),
        source=topic.source,
        asked=topic.asked,
        affected=one_line(topic.affected),
        not_asked_why=one_line(topic.not_asked_why) if topic.asked == "no" else "",
    )
    try:
        with transaction(act.store.engine) as session:
            meeting = for_chair(session, act, meeting_id)
            _check(tidy, _sources(meeting))
            reopen(session, meeting_id)
            row = _row(session, act, meeting_id, key, tidy)
            session.add(row)
            session.flush()
            record(session, act, Event.AGENDA_CHANGED, f"meeting:{meeting_id}", item=row.id)
    except IntegrityError:
        return


def no_action(act: Act, item_id: str, why: str) -> None:
    """End an item without an action, for a reason (clause app6.agenda).

    Raises NotAllowedError, NotFoundError, AlreadyDoneError (final minutes) or AnswersNeededError (why).
    """
    reason = paragraphs(why)
    if not reason or len(reason) > WHY_LENGTH:
        raise AnswersNeededError({"why": f"Enter why no action follows, in {WHY_LENGTH} characters or fewer."})
    with transaction(act.store.engine) as session:
        row = session.get(AgendaItem, item_id)
        if row is None:
            raise NotFoundError
        for_chair(session, act, row.meeting_id)
        reopen(session, row.meeting_id)
        row.no_action_why = act.store.vault.seal_text(reason, f"agenda_item.no_action_why:{row.id}")
        session.add(row)
        record(session, act, Event.AGENDA_CHANGED, f"meeting:{row.meeting_id}", item=row.id, ended="no action")


def agenda(act: Act, meeting_id: str) -> list[AgendaEntry]:
    """List a meeting's agenda for its Chair, in its order. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        return items_of(session, act, led_to_read(session, act, meeting_id))


def items_of(session: Session, act: Act, meeting: Meeting) -> list[AgendaEntry]:
    """List the agenda of a meeting. The caller has checked that the person may see it."""
    rows = session.exec(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(col(AgendaItem.number))
    ).all()
    actions = actions_of(session, act, meeting)
    return [_shown(act, row, [one for one in actions if one.item_id == row.id]) for row in rows]


def _sources(meeting: Meeting) -> tuple[str, ...]:
    return edition_in_force(today(meeting.starts_at)).jag.guided_by


def _check(topic: Topic, known: Sequence[str]) -> None:
    problems = {}
    if not topic.title or len(topic.title) > NAME_LENGTH:
        problems["title"] = f"Enter the item in {NAME_LENGTH} characters or fewer."
    if topic.source not in known:
        problems["source"] = "Choose the source that the item stands on."
    if topic.asked not in ASKED:
        problems["asked"] = "Choose whether people who are affected were asked."
    elif topic.asked != "nobody" and not topic.affected:
        problems["affected"] = "Enter who is affected, as a group: neighbours, shopkeepers, pupils."
    if len(topic.affected) > NAME_LENGTH:
        problems["affected"] = f"Use {NAME_LENGTH} characters or fewer."
    if topic.asked == "no" and not topic.not_asked_why:
        problems["not_asked_why"] = "Enter why they were not asked."
    if len(topic.not_asked_why) > WHY_LENGTH:
        problems["not_asked_why"] = f"Use {WHY_LENGTH} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)


def _row(session: Session, act: Act, meeting_id: str, key: str, topic: Topic) -> AgendaItem:
    row_id, vault = new_id(), act.store.vault
    why = topic.not_asked_why
    return AgendaItem(
        id=row_id,
        meeting_id=meeting_id,
        number=next_number(session, AgendaItem.number, AgendaItem.meeting_id == meeting_id),
        form_key=token_hash(key),
        title=vault.seal_text(topic.title, f"agenda_item.title:{row_id}"),
        source=topic.source,
        affected=vault.seal_text(topic.affected, f"agenda_item.affected:{row_id}") if topic.affected else None,
        asked=topic.asked,
        not_asked_why=vault.seal_text(why, f"agenda_item.not_asked_why:{row_id}") if why else None,
    )


def _shown(act: Act, row: AgendaItem, actions: Sequence[AgreedAction]) -> AgendaEntry:
    def opened(sealed: bytes | None, column: str) -> str:
        return act.store.vault.open_text(sealed, f"agenda_item.{column}:{row.id}") if sealed else ""

    return AgendaEntry(
        id=row.id,
        number=row.number,
        topic=Topic(
            title=opened(row.title, "title"),
            source=row.source,
            asked=row.asked,
            affected=opened(row.affected, "affected"),
            not_asked_why=opened(row.not_asked_why, "not_asked_why"),
        ),
        actions=tuple(actions),
        no_action_why=opened(row.no_action_why, "no_action_why"),
    )
