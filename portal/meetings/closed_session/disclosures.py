"""What is said about people at the closed session, recorded with purpose, subject, source and who needed to know (s6)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.minutes import EntryKeeper, MeetingSaid, SaidReader
from portal.ground.act import Act
from portal.ground.database import next_number, reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs
from portal.meetings.closed_session.need_to_know import NeedToKnowReader, led_to_read, present
from portal.meetings.closed_session.purposes import TITLES
from portal.meetings.errors import DoorClosedError
from portal.meetings.meeting import for_chair
from portal.meetings.minutes.stages import reopen
from portal.record.audit import record
from portal.record.events import Event

WORDS_LENGTH = 5_000
SUBJECT_LENGTH = 1_000


@dataclass(frozen=True, kw_only=True)
class MeetingDisclosure:
    """One disclosure as it is written down. `subject` names whom it is about, one a line; body and post are its source.

    `why_named` says why it would not do without a name; '' in what was recorded before it was asked.
    """

    purpose: str
    subject: str
    body: str
    post: str
    words: str
    why_named: str = ""


@dataclass(frozen=True, kw_only=True)
class Outline:
    """An entry as the Chair's page lists it: who needed to know and how they get it, nothing of what was said."""

    id: str
    number: int
    said_at: datetime
    readers: tuple[NeedToKnowReader, ...]
    handed: frozenset[str]
    kept: frozenset[tuple[str, str]]  # who keeps it, by line, and for which action


def record_said(act: Act, meeting_id: str, key: str, told: MeetingDisclosure, readers: Collection[str]) -> None:
    """Record a disclosure of the closed session (clauses s6.meetings.specific-purpose, s2.primarily-depersonalised, app3.notes).

    Args:
        act: by the meeting's Chair, who answers for the record (s6.meetings.chair-answers).
        meeting_id: a meeting whose closed session has begun and whose minutes are not final.
        key: made when the form was first shown: sending it twice records it once.
        told: what was said, its purpose, whom it is about and its source.
        readers: ids of the lines of those who needed to know; each is in the closed session.

    Raises NotAllowedError, NotFoundError, DoorClosedError, AlreadyDoneError or AnswersNeededError (fields purpose,
    subject, body, post, words, why_named, readers).
    """
    tidy = _checked(told, readers)
    try:
        with transaction(act.store.engine) as session:
            row = for_chair(session, act, meeting_id)
            if row.closed_part_at is None:
                raise DoorClosedError("Begin the closed session first. Nothing about a person is said before it.")
            reopen(session, meeting_id)  # a new name may stand in minutes that went out already
            hearing = {one.line_id: one for one in present(session, act, meeting_id, closed=True)}
            if not set(readers) <= set(hearing):
                raise AnswersNeededError({"readers": "Choose people who are in the closed session."})
            said = _row(session, act, meeting_id, key, tidy)
            session.add(said)
            session.flush()
            for line_id in sorted(set(readers)):
                session.add(
                    SaidReader(said_id=said.id, line_id=line_id, account_id=hearing[line_id].account_id or None)
                )
            record(
                session,
                act,
                Event.SAID_RECORDED,
                f"meeting:{meeting_id}",
                entry=said.id,
                purpose=said.purpose,
                lines=sorted(set(readers)),
            )
    except IntegrityError:
        return  # the same form again


def outline(act: Act, meeting_id: str) -> list[Outline]:
    """List the entries of a meeting for its Chair, with nothing of what was said. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        led_to_read(session, act, meeting_id)
        people = {one.line_id: one for one in present(session, act, meeting_id, closed=False)}
        return [_outlined(session, said, people) for said in every(session, meeting_id)]


def hand_over(act: Act, said_id: str, line_id: str) -> None:
    """Record that somebody without an account got an entry on paper. Doing so twice is once. Raises NotFoundError."""
    with transaction(act.store.engine) as session:
        said = session.get(MeetingSaid, said_id)
        if said is None:
            raise NotFoundError
        for_chair(session, act, said.meeting_id)
        reader = session.get(SaidReader, (said_id, line_id))
        if reader is None or reader.account_id is not None:
            raise NotFoundError
        if reader.handed_at is None:
            reader.handed_at, reader.handed_by = act.at, act.person.name
            session.add(reader)
            record(session, act, Event.SAID_HANDED, f"meeting:{said.meeting_id}", entry=said_id, line=line_id)


def _checked(told: MeetingDisclosure, readers: Collection[str]) -> MeetingDisclosure:
    tidy = MeetingDisclosure(
        purpose=told.purpose,
        subject=paragraphs(told.subject),
        body=one_line(told.body),
        post=one_line(told.post),
        words=paragraphs(told.words),
        why_named=paragraphs(told.why_named),
    )
    asked = {
        "subject": (tidy.subject, SUBJECT_LENGTH, "Enter whom it is about."),
        "body": (tidy.body, NAME_LENGTH, "Enter the organisation that the information comes from."),
        "post": (tidy.post, NAME_LENGTH, "Enter the post of the person who said it."),
        "words": (tidy.words, WORDS_LENGTH, "Enter what was said."),
        "why_named": (tidy.why_named, SUBJECT_LENGTH, "Say why it would not do without a name."),
    }
    problems = {} if tidy.purpose in TITLES else {"purpose": "Choose what it was said for."}
    for field, (typed, most, sentence) in asked.items():
        if not typed:
            problems[field] = sentence
        elif len(typed) > most:
            problems[field] = f"Use {most:,} characters or fewer."
    if not readers:
        problems["readers"] = "Choose who needed to know."
    if problems:
        raise AnswersNeededError(problems)
    return tidy


def _row(session: Session, act: Act, meeting_id: str, key: str, told: MeetingDisclosure) -> MeetingSaid:
    row_id, vault = new_id(), act.store.vault
    source = json.dumps({"body": told.body, "post": told.post, "why_named": told.why_named}, ensure_ascii=False)
    return MeetingSaid(
        id=row_id,
        meeting_id=meeting_id,
        number=next_number(session, MeetingSaid.number, MeetingSaid.meeting_id == meeting_id),
        form_key=token_hash(key),
        purpose=told.purpose,
        subject=vault.seal_text(told.subject, f"meeting_said.subject:{row_id}"),
        source=vault.seal_text(source, f"meeting_said.source:{row_id}"),
        words=vault.seal_text(told.words, f"meeting_said.words:{row_id}"),
        said_at=act.at,
        recorded_by=act.person.name,
    )


def every(session: Session, meeting_id: str) -> list[MeetingSaid]:
    """Find all entries of a meeting, in their order. The caller has checked that the person may."""
    query = select(MeetingSaid).where(MeetingSaid.meeting_id == meeting_id).order_by(col(MeetingSaid.number))
    return list(session.exec(query).all())


def _outlined(session: Session, said: MeetingSaid, people: dict[str, NeedToKnowReader]) -> Outline:
    rows = session.exec(select(SaidReader).where(SaidReader.said_id == said.id)).all()
    return Outline(
        id=said.id,
        number=said.number,
        said_at=said.said_at,
        readers=tuple(
            NeedToKnowReader(
                line_id=row.line_id,
                name=people[row.line_id].name,
                organisation=people[row.line_id].organisation,
                account_id=row.account_id or "",
            )
            for row in rows
            if row.line_id in people
        ),
        handed=frozenset(row.line_id for row in rows if row.handed_at is not None),
        kept=frozenset(
            session.exec(select(EntryKeeper.line_id, EntryKeeper.action_id).where(EntryKeeper.said_id == said.id)).all()
        ),
    )
