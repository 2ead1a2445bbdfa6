"""What a meeting sends to those who came: a copy of the promises, to whoever asked for one."""

from datetime import datetime

from portal.meetings.codes import three_words
from portal.meetings.door import Door
from portal.meetings.people import Signer
from portal.record.outbox import Letter
from portal.rules.attendance import undertakings
from portal.rules.edition_type import Edition
from portal.wording import day, day_and_time


def copy_for(door: Door, edition: Edition, signer: Signer, line_id: str, at: datetime) -> Letter:
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
