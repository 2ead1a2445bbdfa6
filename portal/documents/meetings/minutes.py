"""The papers of a meeting beside its list: agenda, minutes, and the restricted appendix with its marking (s6, App 3, App 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper
from portal.ground.wording import day_and_time

NOBODY_KEEPS = "No action needs it so far"


@dataclass(frozen=True, kw_only=True)
class MeetingHeading:
    """A meeting as its papers name it."""

    name: str
    day: str
    place: str
    chair: str


@dataclass(frozen=True, kw_only=True)
class ItemLines:
    """An item of the agenda in words. `end` is the reason where no action follows; actions stand in a table of their own."""

    title: str
    source: str
    affected: str
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action as a paper lists it: what, who, by when, and since which meeting."""

    what: str
    owner: str
    due: str
    since: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutesText:
    """The minutes: body, agenda with its ends, actions, who agreed to the undertakings, and how far they have come."""

    meeting: MeetingHeading
    standing: str
    body: str
    items: tuple[ItemLines, ...]
    actions: tuple[ActionLine, ...]
    agreed: tuple[str, ...]
    edition: str
    notes: tuple[str, ...] = ()
    nobody: str = "Nobody signed."  # what stands where nobody is named
    lesson: str = ""
    need: str = ""


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """One disclosure of the appendix."""

    number: int
    said_at: datetime
    purpose: str
    subject: str
    source: str
    why_named: str
    words: str
    readers: tuple[str, ...]
    keepers: tuple[str, ...]  # who keeps it, and for which action
    recorded_by: str


@dataclass(frozen=True, kw_only=True)
class AppendixText:
    """The restricted appendix as one person gets it; `copy_for` is that person, `rules` how it is handled.

    `promised` is what they undertook to do with it after the meeting.
    """

    meeting: MeetingHeading
    copy_for: str
    entries: tuple[SaidLine, ...]
    rules: tuple[str, ...]
    promised: tuple[str, ...]


def agenda_paper(
    head: Letterhead,
    meeting: MeetingHeading,
    items: Sequence[ItemLines],
    carried: Sequence[ActionLine],
    reminders: Sequence[str],
) -> bytes:
    """Make the agenda, with open actions of earlier meetings (clauses app6.agenda, app6.minutes-and-actions).

    `reminders` are the edition's own words on the open and the closed session.
    """
    paper = _begun(head, "Agenda", meeting)
    for number, item in enumerate(items, 1):
        _item(paper, number, item)
    if not items:
        paper.paragraph("No item has been put on the agenda.")
    if carried:
        _actions(paper, "Actions still open from earlier meetings", carried)
    paper.heading("Open and closed session")
    paper.bullets(reminders)
    return paper.finish()


def minutes_paper(head: Letterhead, text: MinutesText) -> bytes:
    """Make the minutes (clauses app6.minutes-and-actions, app2.undertakings). No disclosure stands in them."""
    paper = _begun(head, "Minutes", text.meeting, LabelledLine("Standing", text.standing))
    for note in text.notes:
        paper.panel(note)
    for line in text.body.split("\n"):
        if line.strip():
            paper.paragraph(line)
    for number, item in enumerate(text.items, 1):
        _item(paper, number, item)
    _actions(paper, "Actions", text.actions)
    for title, said in (
        ("What other groups can learn", text.lesson),
        ("What the group needs of the partnership", text.need),
    ):
        if said:
            paper.heading(title)
            paper.paragraph(said)
    paper.heading("Who agreed to keep what they heard private")
    if text.agreed:
        paper.paragraph(f"They signed the undertakings of Appendix 2 of the {text.edition}.")
        paper.bullets(text.agreed)
    else:
        paper.paragraph(text.nobody)
    return paper.finish()


def appendix_paper(head: Letterhead, text: AppendixText) -> bytes:
    """Make the restricted appendix (clause s6.meetings.restricted-appendix), for one person who needed to know."""
    paper = _begun(head, "Restricted appendix to the minutes", text.meeting, LabelledLine("Copy for", text.copy_for))
    paper.panel(head.marking, "\n".join(text.rules))
    for entry in text.entries:
        paper.heading(f"Entry {entry.number}")
        paper.facts(
            (
                LabelledLine("Recorded", f"{day_and_time(entry.said_at)}, by {entry.recorded_by}"),
                LabelledLine("Purpose", entry.purpose),
                LabelledLine("About", entry.subject),
                LabelledLine("Source", entry.source),
                *((LabelledLine("Why with a name", entry.why_named),) if entry.why_named else ()),
                LabelledLine("What was said", entry.words),
                LabelledLine("Who needed to know", "\n".join(entry.readers)),
                LabelledLine("Who keeps it", "\n".join(entry.keepers) or NOBODY_KEEPS),
            )
        )
    paper.heading("What everybody at the meeting promised about it")
    paper.bullets(text.promised)
    return paper.finish()


def _begun(head: Letterhead, title: str, meeting: MeetingHeading, *more: LabelledLine) -> Paper:
    paper = Paper(head, title, under=f"{meeting.name}, {meeting.day}")
    paper.facts(
        (
            LabelledLine("Meeting", meeting.name),
            LabelledLine("Date", meeting.day),
            LabelledLine("Place", meeting.place),
            LabelledLine("Chair", meeting.chair),
            *more,
        )
    )
    return paper


def _item(paper: Paper, number: int, item: ItemLines) -> None:
    paper.heading(f"{number}. {item.title}", 2)
    facts = [LabelledLine("Stands on", item.source), LabelledLine("People affected", item.affected)]
    if item.end:
        facts.append(LabelledLine("No action, because", item.end))
    paper.facts(facts)


def _actions(paper: Paper, title: str, lines: Sequence[ActionLine]) -> None:
    paper.heading(title)
    if not lines:
        paper.paragraph("None.")
        return
    since = any(line.since for line in lines)
    rows = [[line.what, line.owner, line.due, *([line.since] if since else [])] for line in lines]
    paper.table(["What", "Who", "By", *(["Agreed"] if since else [])], rows, [9, 5, 3, *([3] if since else [])])
