"""Agenda, minutes and restricted appendix as sealed papers, each for those who may read it (s6, App 3, App 6)."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, select

from models.meetings import Meeting
from models.minutes import MeetingMinutes
from portal.documents.meetings import minutes as papers
from portal.documents.meetings.minutes import ActionLine, AppendixText, ItemLines, MeetingHeading, MinutesText, SaidLine
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import counted, day, today
from portal.meetings.closed_session.need_to_know import NeedToKnowReader, led_to_read, present
from portal.meetings.kept_papers import PaperKey, head_of, kept_or_made
from portal.meetings.meeting import leads
from portal.meetings.minutes.actions import AgreedAction, actions_of, carried
from portal.meetings.minutes.agenda import AgendaEntry, items_of
from portal.meetings.minutes.appendix import AppendixEntry, open_appendix
from portal.meetings.minutes.reading import minutes_for
from portal.meetings.minutes.stages import MinutesStage, stage_of
from portal.meetings.minutes.writing import MinutesHeldError, body_of, lesson_of, need_of, scanned
from portal.meetings.undertakings.undertaking_words import afterwards
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force

_STANDING = {
    MinutesStage.CIRCULATED: "Circulated, not final",
    MinutesStage.FINAL: "Final",
    MinutesStage.PUBLISHED: "Final, published",
}


def agenda_sheet(act: Act, meeting_id: str, *, base_url: str = "") -> bytes:
    """Give the sealed agenda to the meeting's Chair; it names nobody (clause app6.agenda).

    Raises NotAllowedError, NotFoundError or MinutesHeldError (an identifier stands in it).
    """
    with reading(act.store.engine) as session:
        meeting = led_to_read(session, act, meeting_id)
        items = items_of(session, act, meeting)
        if any(one.place.startswith("Agenda") for one in scanned(session, act, meeting, None, items)):
            raise MinutesHeldError("Something in the agenda points to a person. Take it out first.")
    waiting = [_action(one, since=True) for one in carried(act, meeting_id)]
    lines, jag = [_item(one, ended=False) for one in items], _edition(meeting).jag
    said = [f"Open: {jag.open_session}", f"Closed: {jag.closed_session}"]
    content = json.dumps([[asdict(one) for one in lines], [asdict(one) for one in waiting], said])
    head = head_of(act, meeting, "", base_url)
    return kept_or_made(
        act,
        PaperKey(meeting=meeting, kind="agenda"),
        content,
        lambda: papers.agenda_paper(head, _held(meeting), lines, waiting, said),
    )


def minutes_sheet(act: Act, meeting_id: str, *, base_url: str = "") -> bytes:
    """Give the sealed minutes to those who may read them, and record it (clause app6.minutes-and-actions).

    Raises NotAllowedError or NotFoundError.
    """
    with transaction(act.store.engine) as session:
        meeting, row = minutes_for(session, act, meeting_id)
        record(session, act, Event.MINUTES_OPENED, f"meeting:{meeting_id}", paper=True)
        text = _text(session, act, meeting, row, names=True)
    return _minutes(act, meeting, row, text, "minutes", base_url)


def published_sheet(act: Act, reference: str, *, base_url: str = "") -> bytes:
    """Give published minutes to anybody, by the meeting's reference; organisations stand in them, no names.

    Raises NotFoundError where there are none.
    """
    with reading(act.store.engine) as session:
        meeting = session.exec(select(Meeting).where(Meeting.reference == reference)).first()
        row = session.get(MeetingMinutes, meeting.id) if meeting else None
        if meeting is None or row is None or row.published_at is None:
            raise NotFoundError
        text = _text(session, act, meeting, row, names=False)
    return _minutes(act, meeting, row, text, "published", base_url)


def appendix_sheet(act: Act, meeting_id: str, line_id: str = "", *, base_url: str = "") -> bytes:
    """Give the sealed restricted appendix with its marking, and record the opening (s6.meetings.restricted-appendix).

    The Chair gets all of it, or with `line_id` the copy for one person, to hand over on paper; anybody else gets the
    entries that name them. Raises NotAllowedError or NotFoundError.
    """
    entries = open_appendix(act, meeting_id, line_id)
    with reading(act.store.engine) as session:
        meeting = session.get_one(Meeting, meeting_id)
        line_id = line_id if leads(act, meeting.chair_id) else ""
        people = {one.line_id: one for one in present(session, act, meeting_id, closed=False)}
    whose = _copy_for(act, meeting, people.get(line_id))
    lines = tuple(_said(one) for one in entries)
    rules, promised = _rules(_edition(meeting)), afterwards(_edition(meeting))
    content = json.dumps([whose, [asdict(one) for one in lines], rules, promised], default=datetime.isoformat)
    head = head_of(act, meeting, appendix_marking(_edition(meeting)), base_url)
    text = AppendixText(meeting=_held(meeting), copy_for=whose, entries=lines, rules=rules, promised=promised)
    which = PaperKey(meeting=meeting, kind="appendix", holder=line_id or act.person.id)
    return kept_or_made(act, which, content, lambda: papers.appendix_paper(head, text))


def _minutes(act: Act, meeting: Meeting, row: MeetingMinutes, text: MinutesText, kind: str, base_url: str) -> bytes:
    head = head_of(act, meeting, row.marking, base_url)
    content = json.dumps([asdict(text), row.marking])
    return kept_or_made(act, PaperKey(meeting=meeting, kind=kind), content, lambda: papers.minutes_paper(head, text))


def _text(session: Session, act: Act, meeting: Meeting, row: MeetingMinutes, *, names: bool) -> MinutesText:
    signed = present(session, act, meeting.id, closed=False)
    stage = stage_of(row)
    return MinutesText(
        meeting=_held(meeting),
        standing=_STANDING[MinutesStage.FINAL if not names else stage],
        body=body_of(act, row),
        lesson=lesson_of(act, row),
        need=need_of(act, row),
        items=tuple(_item(one, ended=True) for one in items_of(session, act, meeting)),
        actions=tuple(_action(one) for one in actions_of(session, act, meeting)),
        agreed=tuple(f"{one.name}, {one.organisation}" for one in signed) if names else _bodies(signed),
        nobody=_why_nobody(meeting),
        edition=_edition(meeting).about.short_title,
        notes=("What was said about people stands in the restricted appendix, for those who needed to know.",)
        if names
        else (),
    )


def _why_nobody(meeting: Meeting) -> str:
    """Say why minutes name nobody who agreed: the list went by its rule, or nobody signed."""
    if meeting.list_deleted_at is None:
        return "Nobody signed."
    return (
        f"The attendance list was deleted on {day(meeting.list_deleted_at)}, by the rule for how long lists are kept."
    )


def _bodies(signed: list[NeedToKnowReader]) -> tuple[str, ...]:
    every = [one.organisation for one in signed]
    return tuple(f"{one}: {counted(every.count(one), 'person', 'people')}" for one in dict.fromkeys(every))


def _copy_for(act: Act, meeting: Meeting, reader: NeedToKnowReader | None) -> str:
    if reader is not None:
        return f"{reader.name}, {reader.organisation}"
    return f"{act.person.name}, Chair" if leads(act, meeting.chair_id) else act.person.name


def _held(meeting: Meeting) -> MeetingHeading:
    return MeetingHeading(name=meeting.name, day=day(meeting.starts_at), place=meeting.place, chair=meeting.chair_name)


def _item(item: AgendaEntry, *, ended: bool) -> ItemLines:
    topic = item.topic
    asked = {
        "yes": f"{topic.affected}. They were asked to come and speak.",
        "no": f"{topic.affected}. They were not asked: {topic.not_asked_why}",
        "nobody": "Nobody in particular",
    }
    return ItemLines(
        title=topic.title, source=topic.source, affected=asked[topic.asked], end=item.no_action_why if ended else ""
    )


def _action(one: AgreedAction, *, since: bool = False) -> ActionLine:
    return ActionLine(what=one.what, owner=one.owner, due=day(one.due), since=day(one.from_meeting) if since else "")


def _said(one: AppendixEntry) -> SaidLine:
    return SaidLine(
        number=one.number,
        said_at=one.said_at,
        purpose=one.purpose,
        subject=one.told.subject,
        source=f"{one.told.post}, {one.told.body}",
        why_named=one.told.why_named,
        words=one.told.words,
        readers=one.readers,
        keepers=one.keepers,
        recorded_by=one.recorded_by,
    )


def appendix_marking(edition: Edition) -> str:
    """Give the edition's marking for notes on people: the one that Restricted is, or became."""
    return next(one.id for one in edition.markings if "restricted" in {one.id, one.replaces})


def _rules(edition: Edition) -> tuple[str, ...]:
    """Give how an edition has marked papers handled, a line for each thing one does with them (App 4)."""
    marking = appendix_marking(edition)
    return tuple(f"{row.action}: {row.levels[marking]}" for row in edition.handling if marking in row.levels)


def _edition(meeting: Meeting) -> Edition:
    return edition_in_force(today(meeting.starts_at))
