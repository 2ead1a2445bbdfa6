"""Calendar files (RFC 5545) for people's own diaries. They hold name, time and place of meetings, and no person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from portal.meetings.meeting import Planned

_LASTS = timedelta(hours=2)  # what a diary keeps free; the agreement does not say how long a meeting lasts
DIARY_KEEPS = timedelta(days=60)  # a diary drops what a feed no longer names: a meeting must outlive its own beginning
_LINE = 73  # octets of a line before it is folded


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a diary. `starts` is a moment, or a day where the whole day is meant; `called_off` strikes it out."""

    id: str
    starts: datetime | date
    summary: str
    location: str = ""
    called_off: bool = False


def entry_of(meeting: Planned) -> Entry:
    """Give a meeting as a diary keeps it: name, time and place, as every member knows them."""
    return Entry(
        id=meeting.id,
        starts=meeting.starts_at,
        summary=meeting.name,
        location=meeting.place,
        called_off=meeting.called_off_at is not None,
    )


def calendar_file(entries: Sequence[Entry], *, made_at: datetime, host: str) -> bytes:
    """Write entries as an iCalendar file.

    Args:
        entries: what stands in it.
        made_at: when the file is made.
        host: the portal's own host, which makes the entries' ids unique in the world.

    Returns: the file, in UTF-8.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Community Safety Portal//Calendar//EN", "METHOD:PUBLISH"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.id}@{host}",
            f"DTSTAMP:{_moment(made_at)}",
            *_when(entry.starts),
            f"SUMMARY:{_text(entry.summary)}",
            *([f"LOCATION:{_text(entry.location)}"] if entry.location else []),
            *(["STATUS:CANCELLED"] if entry.called_off else []),
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _when(starts: datetime | date) -> list[str]:
    if isinstance(starts, datetime):
        return [f"DTSTART:{_moment(starts)}", f"DTEND:{_moment(starts + _LASTS)}"]
    return [f"DTSTART;VALUE=DATE:{starts:%Y%m%d}", "TRANSP:TRANSPARENT"]


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
