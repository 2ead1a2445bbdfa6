"""Agenda, minutes, actions and the appendix as pages show them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from portal.documents.meetings.minutes import NOBODY_KEEPS
from portal.ground.act import Act
from portal.ground.wording import day, day_and_time, listed, today
from portal.meetings.closed_session.disclosures import Outline
from portal.meetings.closed_session.urgent import AnsweredWish
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.minutes.actions import AgreedAction
from portal.meetings.minutes.agenda import AgendaEntry
from portal.meetings.minutes.appendix import AppendixEntry
from portal.meetings.minutes.identifier_check import MinutesFinding
from portal.meetings.minutes.lessons import PassedOn
from portal.meetings.minutes.papers import appendix_marking
from portal.meetings.minutes.stages import MinutesStage
from portal.meetings.minutes.writing import BODY_LENGTH, FEED_LENGTH, Minutes, save
from portal.meetings.undertakings.undertaking_words import afterwards
from portal.rules.edition.editions import edition_in_force
from portal.rules.edition.forms import MarkingGround
from portal.ui.agreement.handling import shown_marking
from portal.ui.blocks import Cell, LinkTo, Tag, facts, table
from portal.ui.fields import long_field, text_field
from portal.ui.flow import form_key, go
from portal.ui.problems import problems_kept
from portal.ui.words import plain, typed

CHAIRS_WORK = (
    ("Agenda", "meeting-agenda"),
    ("What is said about people", "meeting-said"),
    ("Wishes to pass something on", "meeting-wishes"),
    ("Actions", "meeting-actions"),
    ("Minutes", "meeting-minutes"),
    ("Who writes the minutes", "meeting-taker"),
)
STAGES = {
    MinutesStage.WRITTEN: Tag("Being written", "waiting"),
    MinutesStage.CIRCULATED: Tag("Circulated, not final", "waiting"),
    MinutesStage.FINAL: Tag("Final", "done"),
    MinutesStage.PUBLISHED: Tag("Final, published", "done"),
}
_YES_NO = {"Yes": True, "No": False}


def write_minutes(act: Act, meeting_id: str, page: str, now: Minutes, problems: Mapping[str, str]) -> None:
    """Ask for the minutes, what other groups can learn and what the group needs, and save them once they are sent.

    What stood there when the form was first shown goes along: the Chair and whoever writes them may both be at it.
    """
    scope, pressing = page.replace("-", "_"), page == "minutes-write" or bool(now.findings)
    if f"{scope}.body" not in st.session_state:  # the page is opened: what was shown before is gone with its fields
        st.session_state.pop(f"{scope}.shown", None)
    was = st.session_state.setdefault(f"{scope}.shown", (now.body, now.lesson, now.need))
    with st.form(scope):
        body = long_field("Minutes", f"{scope}.body", problems=problems, value=now.body, most=BODY_LENGTH, height=400)
        lesson = long_field(
            "What can other groups learn from it? (optional)",
            f"{scope}.lesson",
            problems=problems,
            hint="Every group reads it once the minutes are final.",
            value=now.lesson,
            most=FEED_LENGTH,
        )
        need = long_field(
            "What does the group need of the partnership? (optional)",
            f"{scope}.need",
            problems=problems,
            hint="The partnership manager gets it with the final minutes.",
            value=now.need,
            most=FEED_LENGTH,
        )
        sent = st.form_submit_button("Save and check the minutes", type="primary" if pressing else "secondary")
    if sent:
        with problems_kept():
            save(act, meeting_id, body, lesson=lesson, need=need, was=was)
            del st.session_state[f"{scope}.shown"]
            go(page, said="The minutes are saved", id=meeting_id)


def minutes_shown(now: Minutes) -> None:
    """Show minutes that nobody changes any more."""
    typed(now.body)
    for title, said in (
        ("What other groups can learn", now.lesson),
        ("What the group needs of the partnership", now.need),
    ):
        if said:
            st.subheader(title)
            typed(said)


def passed_on_table(title: str, found: Sequence[PassedOn]) -> None:
    """Show what groups passed on, where any did: a lesson to the other groups, or a need to the partnership."""
    if found:
        st.header(title)
        table(
            title,
            ["Group", "Meeting", "What it says"],
            [(p.group, day(p.held), p.words) for p in found],
            hide_caption=True,
        )


def agenda_table(items: Sequence[AgendaEntry]) -> None:
    """Show the agenda: each item with its source, who is affected, and how it ends."""
    rows: list[list[Cell]] = [
        [f"{one.number}. {one.topic.title}", one.topic.source, one.topic.affected or "Nobody in particular", _end(one)]
        for one in items
    ]
    table("Agenda", ["Item", "Stands on", "People affected", "Ends with"], rows, hide_caption=True)


def _end(one: AgendaEntry) -> Cell:
    if one.actions:
        return "; ".join(action.what for action in one.actions)
    return f"No action: {one.no_action_why}" if one.no_action_why else Tag("No end yet", "waiting")


def actions_table(
    caption: str, actions: Sequence[AgreedAction], on: date, kept: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Show actions: what, who, by when, how they stand; of one meeting who `kept` what of the appendix, of several their day."""
    rows: list[list[Cell]] = [
        [
            one.what,
            one.owner,
            day(one.due),
            day(one.from_meeting) if kept is None else "; ".join(kept.get(one.id, ())) or "Nobody",
            _standing(one, on),
        ]
        for one in actions
    ]
    last = "Agreed" if kept is None else "Who keeps what was said"
    table(caption, ["What", "Who", "By", last, "Status"], rows, hide_caption=True)


def _standing(one: AgreedAction, on: date) -> Cell:
    if one.done_at is not None:
        return Tag(f"Done: {one.note}", "done")
    return Tag("Late", "stopped") if one.late(on) else Tag("Open", "waiting")


def entries_shown(entries: Sequence[AppendixEntry]) -> None:
    """Show entries of the appendix, open."""
    for entry in entries:
        st.header(f"Entry {entry.number}")
        facts(
            [
                ("Recorded", f"{day_and_time(entry.said_at)}, by {entry.recorded_by}"),
                ("Purpose", entry.purpose),
                ("About", ", ".join(entry.told.subject.split("\n"))),
                ("Source", f"{entry.told.post}, {entry.told.body}"),
                *([("Why with a name", entry.told.why_named)] if entry.told.why_named else []),
                ("What was said", entry.told.words),
                ("Who needed to know", "; ".join(entry.readers)),
                *[("Who keeps it", one) for one in entry.keepers or (NOBODY_KEEPS,)],
            ]
        )


def outline_table(entries: Sequence[Outline], meeting_id: str) -> dict[str, tuple[str, str]]:
    """Show the entries without their words, and give the copies still to hand over: words -> (entry, line)."""
    rows: list[list[Cell]] = []
    waiting = {}
    for one in entries:
        for reader in one.readers:
            on_paper = not reader.account_id
            status = Tag("Reads it here", "done") if reader.account_id else Tag("Paper to hand over", "waiting")
            if reader.line_id in one.handed:
                status = Tag("Handed over on paper", "done")
            elif on_paper:
                waiting[f"Entry {one.number}: {reader.name}, {reader.organisation}"] = (one.id, reader.line_id)
            paper = LinkTo("Copy (PDF)", f"/meeting/appendix?id={meeting_id}&line={reader.line_id}")
            rows.append(
                [f"Entry {one.number}", f"{reader.name}, {reader.organisation}", status, paper if on_paper else ""]
            )
    table("The appendix and its readers", ["Entry", "Who needed to know", "How", "Copy"], rows, hide_caption=True)
    return waiting


def possible_keepers(entries: Sequence[Outline]) -> dict[str, tuple[str, str]]:
    """Give who may keep an entry of the appendix for an action: words -> (entry, line)."""
    return {
        f"Entry {one.number}: {reader.name}, {reader.organisation}": (one.id, reader.line_id)
        for one in entries
        for reader in one.readers
    }


def keepers_by_action(entries: Sequence[Outline]) -> dict[str, list[str]]:
    """Give for each action who keeps which entries of the appendix for it."""
    found: dict[str, dict[str, list[int]]] = {}
    for one in entries:
        for reader in one.readers:
            for line, action in one.kept:
                if line == reader.line_id:
                    who = f"{reader.name}, {reader.organisation}"
                    found.setdefault(action, {}).setdefault(who, []).append(one.number)
    return {
        action: [
            f"{who}: {'entry' if len(numbers) == 1 else 'entries'} {listed(list(map(str, numbers)))}"
            for who, numbers in sorted(of.items())
        ]
        for action, of in found.items()
    }


def keepers_field(keepers: Mapping[str, tuple[str, str]], key: str) -> list[str]:
    """Ask who keeps what was said about people for an action; asks nothing where nothing was said."""
    if not keepers:
        return []
    return st.multiselect(
        "Who keeps what was said about people, to do it (optional)",
        list(keepers),
        key=key,
        placeholder="Nobody",
        help="Everybody else uses nothing of it. Whoever needs it later asks its source in writing.",
    )


def findings_shown(found: Sequence[MinutesFinding]) -> dict[str, str]:
    """Show what points to a person, by place and kind; give what a reason may overrule: words -> mark."""
    rows: list[list[Cell]] = [
        [one.place, one.kind, Tag("Certain: take it out", "stopped") if one.proven else Tag("Check", "waiting")]
        for one in found
    ]
    table("What points to a person", ["Where", "What it looks like", "Status"], rows, hide_caption=True)
    return {f"{one.place}: {one.kind}": one.mark for one in found if not one.proven}


def grounds_asked(grounds: Sequence[MarkingGround], meeting_id: str) -> dict[str, bool | None]:
    """Ask the six grounds of Restricted, yes or no each."""
    answers: dict[str, bool | None] = {}
    for one in grounds:
        key = f"meeting_minutes.{meeting_id}.{one.id}"
        chosen = st.radio(plain(one.text), list(_YES_NO), index=None, key=key, horizontal=True)
        answers[one.id] = _YES_NO.get(chosen or "")
    return answers


def wish_facts(one: AnsweredWish) -> None:
    """Show one wish, with its answer where there is one."""
    rows: list[tuple[str, Cell]] = [
        ("From", one.asker),
        ("Asked", day_and_time(one.asked_at)),
        ("Wants to pass on", one.wish.what),
        ("To", one.wish.to),
        ("Why it cannot wait", one.wish.why),
    ]
    if one.decided_at is not None:
        answer = Tag("Yes, they may", "done") if one.allowed else Tag("No, they may not", "stopped")
        rows += [("Decided", day_and_time(one.decided_at)), ("Answer", answer), ("Reason", one.reason)]
    facts(rows)


def wish_form(signers: Mapping[str, str], problems: Mapping[str, str]) -> tuple[str, str, WishDetails] | None:
    """Ask for a wish that came on paper; gives whose line, the form's key and the wish once it is sent."""
    with st.form("meeting_wish_paper"):
        who = st.selectbox("Who asks", list(signers), index=None, key="meeting_wish.who", placeholder="Choose")
        what = long_field("What they want to pass on", "meeting_wish.what", problems=problems, most=1500)
        to = text_field("Whom they want to tell", "meeting_wish.to", problems=problems, most=200)
        why = long_field("Why it cannot wait", "meeting_wish.why", problems=problems, most=1500)
        sent = st.form_submit_button("Record this wish")
    wish = WishDetails(what=what, to=to, why=why)
    key = form_key("meeting_wish", sent=sent, said=(who, wish))
    return (signers.get(who or "", ""), key, wish) if sent else None


def how_marked(held: datetime, marking_id: str | None = None) -> None:
    """Say how a paper of a meeting is marked, and where the rules for it stand; without an id, a restricted appendix."""
    edition = edition_in_force(today(held))
    chosen = appendix_marking(edition) if marking_id is None else marking_id
    shown_marking(edition.marking(chosen) if chosen else None)


def promises(held: datetime) -> None:
    """List what everybody promised to do with what they heard, in the words of the edition of that day."""
    st.markdown("\n".join(f"- {plain(one)}" for one in afterwards(edition_in_force(today(held)))))
