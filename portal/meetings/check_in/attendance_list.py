"""The attendance list as a paper: sealed, kept encrypted, and issued anew only where its lines have changed (s10, App 2)."""

import json

from sqlmodel import select

from models.meetings import Meeting, Undertaking
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import PaperSignature
from portal.documents.layout.letterhead import letterhead
from portal.documents.meetings.attendance import AttendanceList, Attendee, attendance_paper
from portal.documents.meetings.signing_sheet import SigningSheet, signing_sheet
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.partnership import facts
from portal.ground.wording import clock, counted, day, today
from portal.meetings.check_in.attendance import AttendanceLine, DeclinedAttendee, declined, drawings, lines
from portal.meetings.errors import DoorClosedError
from portal.meetings.kept_papers import PaperKey, kept_or_made
from portal.meetings.meeting import for_keeper
from portal.meetings.undertakings.undertaking_words import opening, rest
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force


def attendance_list(act: Act, meeting_id: str, *, base_url: str = "") -> bytes:
    """Give the sealed attendance list of a closed meeting, and record that it was opened (clause s10.with-attendance-list).

    For the meeting's Chair and the Information Manager. It is made at the first asking; a line that was struck out or
    added since makes a new one beside the old. `base_url` is the portal's own address, where a seal can be checked.
    Returns: a sealed PDF. Raises NotAllowedError, NotFoundError or DoorClosedError (still open).
    """
    with reading(act.store.engine) as session:
        row = for_keeper(session, act, meeting_id)
    if row.closed_at is None:
        raise DoorClosedError("Close the meeting first. Then its attendance list is made.")
    signed, missing = lines(act, meeting_id), declined(act, meeting_id)
    kept = kept_or_made(
        act, PaperKey(meeting=row), _content(row, signed, missing), lambda: _paper(act, row, signed, missing, base_url)
    )
    with transaction(act.store.engine) as session:
        record(session, act, Event.ATTENDANCE_LIST_OPENED, f"meeting:{meeting_id}", lines=len(signed))
    return kept


def blank_sheet(act: Act, meeting_id: str) -> bytes:
    """Give the sheet of a meeting to sign by hand, for its Chair and the Information Manager. It is not sealed.

    Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        row = for_keeper(session, act, meeting_id)
    known, edition = facts(act.store), edition_in_force(today(row.starts_at))
    head = letterhead(act, row.reference, edition.confidentiality.document_mark)
    return signing_sheet(
        head,
        SigningSheet(
            meeting=row.name,
            day=day(row.starts_at),
            place=row.place,
            chair=row.chair_name,
            edition=edition.about.short_title,
            sha256=edition.hash,
            statement=statement(edition, known.placeholders.get("council") or known.owner, day(row.starts_at)),
            undertakings="\n".join(f"- {text}" for text in rest(edition)),
        ),
    )


def statement(edition: Edition, council: str, on: str) -> str:
    """Write the two opening statements with the council and the day filled in (clause app2.opening-statement)."""
    return (
        f"Meeting of the partnership of {council} on {on}. Everyone who signs below says: {' '.join(opening(edition))}"
    )


def _content(row: Meeting, signed: list[AttendanceLine], missing: list[DeclinedAttendee]) -> str:
    told = [
        [row.closed_at and row.closed_at.isoformat(), row.closed_part_at and row.closed_part_at.isoformat()],
        [[line.id, bool(line.stayed_at), line.admitted_why, line.struck_why, *line.was] for line in signed],
        [[one.name, one.at.isoformat()] for one in missing],
    ]
    return json.dumps(told)


def _paper(
    act: Act, row: Meeting, signed: list[AttendanceLine], missing: list[DeclinedAttendee], base_url: str
) -> bytes:
    known, edition, drawn = facts(act.store), _edition_signed(act, row), drawings(act, row.id)
    head = letterhead(act, row.reference, edition.confidentiality.document_mark, base_url=base_url)
    paper = AttendanceList(
        meeting=row.name,
        day=day(row.starts_at),
        place=row.place,
        chair=row.chair_name,
        session="Open, then closed" if row.closed_part_at else "Open",
        edition=edition.about.short_title,
        sha256=edition.hash,
        statement=statement(edition, known.placeholders.get("council") or known.owner, day(row.starts_at)),
        undertakings="\n".join(f"- {text}" for text in rest(edition)),
        attendees=tuple(_attendee(line, drawn.get(line.id)) for line in signed),
        facts=_facts(row, missing),
    )
    return attendance_paper(head, paper)


def _edition_signed(act: Act, row: Meeting) -> Edition:
    """Give the edition in whose words people signed at this meeting."""
    with reading(act.store.engine) as session:
        first = session.exec(select(Undertaking.signed_at).where(Undertaking.meeting_id == row.id)).first()
    return edition_in_force(today(first or row.starts_at))


def _attendee(line: AttendanceLine, drawn: bytes | None) -> Attendee:
    notes = [
        "" if line.first_time else "Signed the undertaking before",
        "Open session only" if not line.may_stay and not line.admitted_why else "",
        f"Admitted by the Chair: {line.admitted_why}" if line.admitted_why else "",
        "In the closed session" if line.stayed_at else "",
        *(f"Before: {before}" for before in line.was),
        f"Check words {line.words}",
    ]
    on_paper = line.how == "On paper"
    return Attendee(
        name=line.name,
        organisation=line.organisation,
        signature=PaperSignature(note="Signed on paper") if on_paper else PaperSignature(typed=line.name, drawn=drawn),
        signed_at=line.signed_at,
        how=line.how,
        note=" · ".join(note for note in notes if note),
        struck=line.struck_why,
    )


def _facts(row: Meeting, missing: list[DeclinedAttendee]) -> tuple[LabelledLine, ...]:
    named = [one.name for one in missing if one.name]
    unnamed = len(missing) - len(named)
    told = [*named, *([counted(unnamed, "person", "people") + " without a name"] if unnamed else [])]
    return (
        *((LabelledLine("Closed session began", clock(row.closed_part_at)),) if row.closed_part_at else ()),
        *((LabelledLine("Did not sign", ", ".join(told)),) if told else ()),
    )
