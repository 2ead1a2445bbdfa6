"""What a meeting sends to those who came: a copy of the promises, to whoever asked for one."""

from datetime import datetime

from sqlmodel import Session

from portal.ground.act import Act
from portal.ground.wording import day, day_and_time
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.codes import three_words
from portal.meetings.check_in.door import Door
from portal.record.letters import notify
from portal.rules.edition.edition_type import Edition
from portal.rules.forms.attendance import undertakings


def send_copy(
    session: Session, act: Act, door: Door, edition: Edition, signer: AttendeeDetails, line_id: str, at: datetime
) -> None:
    """Queue, in the open transaction, the copy that somebody asked for at the door."""
    notify(
        session,
        act,
        "meeting-copy",
        signer.email,
        at=day_and_time(at),
        meeting=door.name,
        day=day(door.starts_at),
        chair=door.chair_name,
        name=signer.name,
        check_words=three_words(line_id),
        edition=edition.about.short_title,
        promises="\n".join(f"- {one.text}" for one in undertakings(edition)),
    )
