"""Meetings as pages show them: the door's sign with code and QR, the list of those who signed, facts and links."""

import base64
from collections.abc import Sequence
from io import BytesIO

import segno
import streamlit as st

from portal.ground.act import Act
from portal.ground.errors import NotAllowedError
from portal.ground.process.runtime import running
from portal.ground.wording import clock, counted, day, day_and_time
from portal.meetings.check_in.attendance import AttendanceLine, DeclinedAttendee, declined, how_many_came, lines
from portal.meetings.check_in.codes import in_two, spoken
from portal.meetings.check_in.door import guesses, lengthen_code
from portal.meetings.meeting import MeetingState, Planned, leads, meeting
from portal.meetings.planning.change import may_stand_in, stand_in
from portal.meetings.planning.plan import by_group
from portal.ui.blocks import Cell, LinkTo, Tag, facts, table
from portal.ui.fields import narrowed
from portal.ui.figures.charts import bars
from portal.ui.flow import go
from portal.ui.problems import problems_kept
from portal.ui.visitor import act
from portal.ui.words import escaped, plain

_BARS = 8  # meetings of a group whose numbers are drawn
_TAGS = {
    MeetingState.PLANNED: Tag("Planned", "waiting"),
    MeetingState.OPEN: Tag("Open now", "done"),
    MeetingState.CLOSED: Tag("Closed", "ended"),
    MeetingState.CALLED_OFF: Tag("Called off", "stopped"),
}


def asked_id(name: str = "id") -> str:
    """Give the id that the address names, '' where it names none."""
    return str(st.query_params.get(name, ""))[:40]


def own_base() -> str:
    """Give the portal's own address."""
    return running().settings.base_url


def meetings_table(caption: str, planned: Sequence[Planned], here: Act, *, manager: bool) -> None:
    """Show meetings; those that the person may open are links."""
    rows: list[list[Cell]] = [
        [
            LinkTo(one.name, f"/meeting?id={one.id}") if manager or leads(here, one.chair_id) else one.name,
            day_and_time(one.starts_at),
            one.place,
            one.chair_name,
            _TAGS[one.state],
        ]
        for one in planned
    ]
    table(caption, ["Meeting", "When", "Where", "Chair", "Status"], rows, hide_caption=True)


def meetings_found(here: Act, every: Sequence[Planned]) -> list[Planned]:
    """Draw what finds a meeting in a long list and shows only some of them; gives what is left."""
    return narrowed(
        every,
        "meetings",
        "Find a meeting: a group, a place, a Chair or a day",
        lambda one: f"{one.name} {one.place} {one.chair_name} {one.reference} {day(one.starts_at)}",
        {
            "Open now": lambda one: one.state is MeetingState.OPEN,
            "To come": lambda one: one.state is MeetingState.PLANNED and one.starts_at >= here.at,
            "Not opened": lambda one: one.state is MeetingState.PLANNED and one.starts_at < here.at,
            "You chair": lambda one: leads(here, one.chair_id),
            "Held": lambda one: one.state is MeetingState.CLOSED,
            "Called off": lambda one: one.state is MeetingState.CALLED_OFF and one.starts_at > here.at,
        },
    )


def who_came(here: Act, held: Sequence[Planned]) -> None:
    """Show how many came to the newest meetings of each group, as bars that carry their numbers."""
    newest = {name: series[:_BARS] for name, series in by_group(held).items()}
    came = how_many_came(here, [one.id for series in newest.values() for one in series])
    for name, series in newest.items():
        told = [(f"{day(one.starts_at)}: {came[one.id]}", came[one.id]) for one in series if one.id in came]
        if told:
            st.subheader(plain(name))
            says = f"People who came to {name}. " + ". ".join(label for label, _ in told)
            bars(told, "People who came", says, in_order=True)


def stand_in_buttons(here: Act, planned: Sequence[Planned]) -> None:
    """Offer to take over as Chair what the person may: a meeting of today, or of somebody for whom they stand in."""
    mine = may_stand_in(here, planned)
    if mine:
        st.write(
            "Is the Chair away, or gone? You can stand in. The list, the door and the minutes are then yours, and the Chair is told."
        )
    for one in mine:
        if st.button(f"Stand in as Chair: {plain(one.name)}, {day_and_time(one.starts_at)}", key=f"meetings.{one.id}"):
            with problems_kept():
                stand_in(here, one.id, base_url=own_base())
                go("meeting", said="You are its Chair now", id=one.id)


def meeting_facts(one: Planned) -> None:
    """Show a meeting's facts."""
    rows: list[tuple[str, Cell]] = [
        ("When", day_and_time(one.starts_at)),
        ("Where", one.place),
        ("Chair", one.chair_name),
        ("Prepares the agenda", one.agenda_by),
        ("Takes the minutes", one.minutes_by),
        ("Follows up the actions", one.actions_by),
        ("Status", _TAGS[one.state]),
    ]
    if one.closed_part_at:
        rows.append(("Closed session began", clock(one.closed_part_at)))
    if one.closed_at:
        rows.append(("Closed", day_and_time(one.closed_at)))
    facts(rows)


def door_sign(one: Planned) -> None:
    """Show the sign of an open door: code, how it is said, short address and QR, large enough for a hall."""
    base = own_base()
    picture = BytesIO()
    segno.make(f"{base}/m/{one.code}", error="m").save(
        picture, kind="svg", scale=8, border=4, dark="#000", light="#fff"
    )
    source = base64.b64encode(picture.getvalue()).decode()
    st.html(
        f"""<div class="portal-door"><div><p class="portal-door-code"><span class="portal-unseen">The code is </span>{escaped(in_two(one.code))}</p>
<p class="portal-door-said">{escaped(spoken(one.code))}</p></div>
<img src="data:image/svg+xml;base64,{source}" alt="QR code that opens this meeting's page on a phone" width="320" height="320">
<div><p>Scan the square, or go to <strong>{escaped(base.split("://")[1])}/m</strong> and type the code.</p>
<p class="portal-full"><button type="button" class="portal-button portal-second">Show it on the whole screen</button></p></div></div>"""
    )


def tablet_form(one: Planned) -> None:
    """Offer the button that makes this the tablet which goes round: a plain post, since it sets a cookie."""
    st.html(
        f'<form class="portal-form" method="post" action="/m/{escaped(one.code)}/tablet">'
        '<input type="hidden" name="do" value="begin"><button>Make this the tablet that goes round</button></form>'
    )


@st.fragment(run_every=5)
def live_list(meeting_id: str) -> None:
    """Show who has signed, again every five seconds while the door is open. It keeps the Chair signed in meanwhile."""
    here = act()  # asked again each time: an ended session sees nothing more
    try:
        signed, missing = lines(here, meeting_id), declined(here, meeting_id)
    except NotAllowedError:
        st.write("You have been signed out. Sign in to see the list.")
        return
    wrong = guesses(here)
    if wrong:
        _guessed_at(here, meeting_id, wrong)
    list_of(signed, missing)


def _guessed_at(here: Act, meeting_id: str, wrong: int) -> None:
    """Tell the Chair that somebody guesses, and offer a code that no guessing finds."""
    st.warning(
        f"Somebody is guessing codes: {wrong} wrong ones in 10 minutes. The right code still lets people in. "
        "Give the door a longer code if it goes on. Those who have signed stay on the list."
    )
    if leads(here, meeting(here, meeting_id).chair_id) and st.button(
        "Give the door a longer code", key="meeting.longer_code"
    ):
        lengthen_code(here, meeting_id)
        st.rerun()


@st.fragment(run_every=5)
def live_count(meeting_id: str) -> None:
    """Show how many have signed, again every five seconds."""
    try:
        signed = lines(act(), meeting_id)
    except NotAllowedError:
        st.write("You have been signed out. Sign in to see the door.")
        return
    st.header(f"{counted(sum(line.struck_at is None for line in signed), 'person', 'people')} signed")


def list_of(signed: Sequence[AttendanceLine], missing: Sequence[DeclinedAttendee]) -> None:
    """Show the list: who signed, for whom, what they may stay for, the three words of their phone."""
    present = sum(line.struck_at is None for line in signed)
    told = f", {counted(len(missing), 'person', 'people')} did not sign" if missing else ""
    st.header(f"{counted(present, 'person', 'people')} signed{told}")
    if signed:
        rows: list[list[Cell]] = [
            [
                LinkTo(line.name, f"/meeting-line?id={line.id}"),
                line.organisation,
                _stay_tag(line),
                f"{clock(line.signed_at)}, {line.how.lower()}",
                line.words,
            ]
            for line in signed
        ]
        table("Who signed", ["Name", "Organisation", "May stay for", "Signed", "Check words"], rows, hide_caption=True)
    else:
        st.write("Nobody has signed yet.")
    named = [one.name for one in missing if one.name]
    if named:
        facts({"Did not sign": ", ".join(named)})


def _stay_tag(line: AttendanceLine) -> Tag:
    if line.struck_at is not None:
        return Tag("Struck out", "stopped")
    if line.stayed_at is not None:
        return Tag("In the closed session", "done")
    if line.guest:
        return Tag("Guest: open session only", "waiting")
    return Tag("Open and closed session", "done") if line.may_stay else Tag("Open session only", "waiting")


def line_facts(line: AttendanceLine) -> None:
    """Show one line of the list, with the reason that the Chair explains."""
    rows: list[tuple[str, Cell]] = [
        ("Organisation", line.organisation),
        ("Signed", f"{day_and_time(line.signed_at)}, {line.how.lower()}"),
        ("First signature", "Yes, with the promises" if line.first_time else "No, signed the promises before"),
        ("Check words", line.words),
        ("May stay for", _stay_tag(line)),
        ("Why", line.why),
    ]
    rows += [("Before it was put right", before) for before in line.was]
    if line.admitted_why:
        rows.append(("Admitted by the Chair", line.admitted_why))
    if line.struck_why:
        rows.append(("Struck out", line.struck_why))
    facts(rows)
