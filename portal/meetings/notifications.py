"""What a meeting sends to those who came: a copy of the promises, to whoever asked for one."""

from datetime import datetime, timedelta

from portal.accounts.notifications import link_about
from portal.ground.wording import day, day_and_time
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.codes import three_words
from portal.meetings.check_in.door import Door
from portal.record.outbox import SECRET_MARK, Letter
from portal.rules.edition.edition_type import Edition
from portal.rules.forms.attendance import undertakings


def copy_for(door: Door, edition: Edition, signer: AttendeeDetails, line_id: str, at: datetime) -> Letter:
    """Write the copy that somebody asked for at the door; its subject tells nothing."""
    promises = "\n".join(f"- {one.text}" for one in undertakings(edition))
    return Letter(
        template="meeting-copy",
        to=signer.email,
        subject="Your copy of what you signed",
        body=(
            f"You signed on {day_and_time(at)} at {door.name}, {day(door.starts_at)}, chaired by {door.chair_name}.\n\n"
            f"Name: {signer.name}\nCheck words: {three_words(line_id)}\n\n"
            f"What you promised ({edition.about.short_title}):\n{promises}\n\n"
            "If you did not sign this, tell the Chair."
        ),
    )


def meeting_moved(to: str, reference: str, days: tuple[datetime, datetime], place: str, base_url: str) -> Letter:
    """Tell somebody who has a part in a meeting that it changed: when it was to be, when it is, and where."""
    before, now = days
    when = f"It is now on {day_and_time(now)}" if before != now else f"It stays on {day_and_time(now)}"
    return Letter(
        template="meeting-moved",
        to=to,
        subject="A meeting has changed",
        body=f"Meeting {reference} of {day_and_time(before)} has changed. {when}, at {place}. Sign in to see it.\n{base_url}/calendar",
    )


def meeting_called_off(to: str, reference: str, at: datetime, base_url: str) -> Letter:
    """Tell somebody who has a part in a meeting that it will not be held."""
    return Letter(
        template="meeting-called-off",
        to=to,
        subject="A meeting is called off",
        body=f"Meeting {reference} of {day_and_time(at)} is called off. Sign in to see why.\n{base_url}/calendar",
    )


def meeting_taken_over(to: str, reference: str, at: datetime, base_url: str) -> Letter:
    """Tell the Chair of before that a colleague stands in at a meeting."""
    return Letter(
        template="meeting-taken-over",
        to=to,
        subject="A colleague stands in as Chair",
        body=f"A colleague has taken over as Chair of meeting {reference} of {day_and_time(at)}. Sign in to see who.\n{base_url}/calendar",
    )


def minutes_ready(to: str, reference: str, address: str) -> Letter:
    """Tell somebody who was there that minutes are ready; nothing of the meeting is in the message."""
    return Letter(
        template="minutes-ready",
        to=to,
        subject="Minutes are ready to read",
        body=f"The minutes of meeting {reference} are ready. Sign in to read them. Tell the Chair what is wrong in them.\n{address}",
    )


def minutes_final(to: str, reference: str, address: str, *, needs: bool) -> Letter:
    """Tell the partnership manager that the copy of final minutes waits, and whether the group needs something of the partnership.

    What it needs is not said here (clause app6.minutes-and-actions).
    """
    more = " The group needs something of the partnership." if needs else ""
    return Letter(
        template="minutes-final",
        to=to,
        subject="Minutes are final: your copy",
        body=f"The minutes of meeting {reference} are final.{more} Sign in to open your copy:\n{address}",
    )


def wish_waits(to: str, address: str) -> Letter:
    """Tell the Chair that somebody asks whether they may pass something on; not who, nor what."""
    return Letter(
        template="urgent-wish",
        to=to,
        subject="Somebody asks you for a decision",
        body=f"Somebody who signed at your meeting wants to pass something on. Sign in to decide:\n{address}",
    )


def link_for(door: Door, to: str, link: str) -> Letter:
    """Send somebody who signed before the link by which this phone is known; only the attendance is signed with it."""
    return Letter(
        template="meeting-link",
        to=to,
        subject="Your link to sign today's list",
        body=(
            f"Somebody asked for this link at {door.name}, chaired by {door.chair_name}. With it you sign only today's "
            f"attendance list. Your promises of before still hold.\n{SECRET_MARK}\n\n"
            "It works once, for 15 minutes. If you are not at that meeting, do nothing, and tell the Chair."
        ),
        secret=link,
        about=link_about(link),
        good_for=timedelta(minutes=15),
    )


def takes_minutes(to: str, reference: str, address: str) -> Letter:
    """Tell a colleague that the Chair asks them to write the minutes of one meeting."""
    return Letter(
        template="minutes-asked",
        to=to,
        subject="Minutes for you to write",
        body=f"The Chair asks you to write the minutes of meeting {reference}. Sign in to write them:\n{address}",
    )


def induction_for(to: str, address: str) -> Letter:
    """Give a new member the page that says how the group works (clause app6.induction-and-support)."""
    return Letter(
        template="meeting-induction",
        to=to,
        subject="How the group works",
        body=(
            "You are now a member of a group of partners that meets on community safety. This page says how it works. "
            f"The Chair goes through it with you:\n{address}"
        ),
    )
