"""What is asked of a person, on the screen: a sentence and a button each, where they stand, what comes, what happened."""

from collections.abc import Sequence

import streamlit as st

from portal.agreement.notices.standing import SignatoryStatus
from portal.duties.calendar import CalendarEntry
from portal.duties.duty import Duty, folded, in_words
from portal.duties.since_last_visit import SinceLastVisit
from portal.duties.sources.first_steps import Step
from portal.duties.sources.standing import OwnStanding
from portal.ground.act import Person
from portal.ground.wording import clock, counted, day, listed
from portal.ui.blocks import Cell, LinkTo, Tag, facts, inset, links, own_address, table
from portal.ui.words import escaped

_NEXT = 4  # of what is coming, on the home page


def duty_list(duties: Sequence[Duty]) -> None:
    """Show each thing asked as one sentence with one button; what is urgent or late says so, in words and in red."""
    items = "".join(
        f'<li class="{"portal-late" if one.late or one.urgent else ""}"><p>{_first_word(one)}{escaped(one.sentence)}</p>'
        f'<a class="portal-button portal-second" href="{escaped(own_address(one.href))}" target="_self" aria-label="{escaped(f"{one.button}: {one.sentence}")}">{escaped(one.button)}</a></li>'
        for one in duties
    )
    st.html(f'<ul class="portal-duties">{items}</ul>')


def _first_word(one: Duty) -> str:
    word = "Urgent." if one.urgent else "Late." if one.late else ""
    return f"<strong>{word}</strong> " if word else ""


def asked_of_me(duties: Sequence[Duty], ahead: Sequence[CalendarEntry], *, whole: bool = False) -> None:
    """Show what is asked, a few of each kind unless `whole`; where nothing is, when the next thing will be."""
    if not duties:
        st.write(f"Nothing is asked of you now. {next_words(ahead)}")
        return
    st.write(in_words(duties))
    shown = duties if whole else folded(duties)
    duty_list(shown)
    if len(shown) < len(duties):
        st.html('<p><a href="/to-do" target="_self">See each of them in your list of things to do</a></p>')


def next_words(ahead: Sequence[CalendarEntry]) -> str:
    """Say what the next thing will be, and when."""
    if not ahead:
        return "Nothing falls due within a year."
    one = ahead[0]
    return (
        f"The next thing is on {day(one.at or one.on)}{f' at {clock(one.at)}' if one.at else ''}. {escaped(one.what)}"
    )


def standing_facts(mine: OwnStanding | None, person: Person) -> None:
    """Show where one's own organisation stands, and who acts for it; to somebody whose roles have all ended, that they have."""
    if mine is None:
        if not person.posts:
            inset("Your roles here have ended, so nothing is asked of you. If that is wrong, ask for help: see below.")
        return
    tint = {
        SignatoryStatus.SIGNED: "done",
        SignatoryStatus.SUSPENDED: "stopped",
        SignatoryStatus.LEFT: "ended",
        None: "waiting",
    }[mine.status]
    kind = "waiting" if mine.behind and mine.status is SignatoryStatus.SIGNED else tint
    st.html(f'<section class="portal-panel portal-{kind}"><p>{escaped(mine.words)}</p></section>')
    rows: dict[str, Cell] = {
        **({"The agreement is reviewed by": day(mine.review_on)} if mine.review_on else {}),
        "Signs and decides for it": listed(mine.approvers) if mine.approvers else "Nobody yet",
        "Acts for it": listed(mine.people) if mine.people else "Nobody yet",
    }
    facts(rows)


def coming_up(ahead: Sequence[CalendarEntry]) -> None:
    """Show the next few things that fall due, and the way to all of them."""
    if ahead:
        st.header("Coming up")
        coming_table("What falls due next", ahead[:_NEXT])
        st.html('<p><a href="/calendar" target="_self">See the whole year, or put it in your diary</a></p>')


def coming_table(caption: str, ahead: Sequence[CalendarEntry]) -> None:
    """Show what falls due as a table by day."""
    table(
        caption,
        ["Day", "What"],
        [(day(one.on) + (f", {clock(one.at)}" if one.at else ""), LinkTo(_with_place(one), one.href)) for one in ahead],
        hide_caption=True,
    )


def _with_place(one: CalendarEntry) -> str:
    said = f"{one.what}, {one.place}" if one.place else one.what
    return f"Called off: {said}" if one.called_off else said


def first_visit(told: SinceLastVisit | None) -> None:
    """Offer the tour to somebody who was never here before; the next time the offer is gone."""
    if told is not None:
        return
    inset(
        "Is this your first visit? The tour shows what is where. It takes two minutes, and you can leave it at any step."
    )
    links([LinkTo("Take the tour", "/tour")])


def since_last(told: SinceLastVisit | None) -> None:
    """Show what others did since the person was last here."""
    if told is None:
        return
    st.header("Since you were last here")
    if not told.happened:
        st.write(f"Nothing that concerns you has happened since {day(told.since)} at {clock(told.since)}.")
        return
    table(
        f"What others did since {day(told.since)} at {clock(told.since)}",
        ["When", "What"],
        [(day(one.at), _happened(one.who, one.what, one.times)) for one in told.happened],
    )
    if told.more:
        st.write(f"And {counted(told.more, 'more kind')} of act.")


def _happened(who: str, what: str, times: int) -> str:
    said = f"{who or 'Several people'} {what}"
    return f"{said}, {times:,} times" if times > 1 else said


def path(steps: Sequence[Step]) -> None:
    """Show a new manager's numbered path; a step that is done is ticked."""
    left = [one for one in steps if not one.done and not one.optional]
    if not left:
        return
    st.header("Getting started")
    st.write(f"{len(steps) - sum(not one.done for one in steps)} of {len(steps)} steps are done. Each ticks itself.")
    rows: list[tuple[Cell, Cell, Cell]] = [
        (
            LinkTo(f"{number}. {one.title}", one.href),
            one.about,
            Tag("Done", "done")
            if one.done
            else Tag("If you can" if one.optional else "Invited" if one.asked else "To do", "waiting"),
        )
        for number, one in enumerate(steps, 1)
    ]
    table("The way to a working partnership", ["Step", "What it is for", "Status"], rows, hide_caption=True)
