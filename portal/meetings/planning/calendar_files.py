"""Calendar files (RFC 5545) for people's own diaries. They hold name, time and place of meetings, and no person."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from portal.meetings.meeting import Planned

_LASTS = timedelta(hours=2)  # what a diary keeps free; the agreement does not say how long a meeting lasts
_LINE = 73  # octets of a line before it is folded


def calendar_file(planned: Sequence[Planned], *, made_at: datetime, host: str) -> bytes:
    """Write meetings as an iCalendar file.

    Args:
        planned: the meetings.
        made_at: when the file is made.
        host: the portal's own host, which makes the entries' ids unique in the world.

    Returns: the file, in UTF-8.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Community Safety Portal//Meetings//EN", "METHOD:PUBLISH"]
    for meeting in planned:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{meeting.id}@{host}",
            f"DTSTAMP:{_moment(made_at)}",
            f"DTSTART:{_moment(meeting.starts_at)}",
            f"DTEND:{_moment(meeting.starts_at + _LASTS)}",
            f"SUMMARY:{_text(meeting.name)}",
            f"LOCATION:{_text(meeting.place)}",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in "\\;,":
        words = words.replace(sign, "\\" + sign)
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > _LINE:
            parts.append(part)
            part = " "
        part += sign
    return "\r\n".join([*parts, part])
