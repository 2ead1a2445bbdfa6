"""A wish to pass something on: what it says, how it is checked and kept, and one that came on paper (App 2 point 5)."""

import json
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.meetings import Attendance
from models.minutes import UrgentWish
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs
from portal.meetings.meeting import for_chair
from portal.record.audit import record
from portal.record.events import Event

WORDS_LENGTH = 1_500


@dataclass(frozen=True, kw_only=True)
class WishDetails:
    """What somebody asks the Chair: what would be passed on, to whom, and why it cannot wait."""

    what: str
    to: str
    why: str


def ask_on_paper(act: Act, line_id: str, key: str, wish: WishDetails) -> None:
    """Record a wish that somebody gave to the Chair on paper, under the same checks (clause app2.urgent-permission).

    Args:
        act: by the Chair of the meeting.
        line_id: the line of whoever asks: only those who signed can have heard it there.
        key: made when the form was shown: sending it twice records it once.
        wish: what stands on the paper.

    Raises NotAllowedError, NotFoundError or AnswersNeededError (what, to, why).
    """
    tidy = checked_wish(wish)
    try:
        with transaction(act.store.engine) as session:
            line = session.get(Attendance, line_id)
            if line is None or line.struck_at is not None:
                raise NotFoundError
            for_chair(session, act, line.meeting_id)
            row_id = write_wish(session, act, line, key, tidy)
            record(session, act, Event.WISH_ASKED, f"meeting:{line.meeting_id}", wish=row_id, line=line.id, paper=True)
    except IntegrityError:
        return  # the same form again


def write_wish(session: Session, act: Act, line: Attendance, key: str, wish: WishDetails) -> str:
    """Write a wish, sealed; returns its id."""
    row_id = new_id()
    words = json.dumps({"what": wish.what, "to": wish.to, "why": wish.why}, ensure_ascii=False)
    session.add(
        UrgentWish(
            id=row_id,
            meeting_id=line.meeting_id,
            line_id=line.id,
            form_key=token_hash(key),
            words=act.store.vault.seal_text(words, f"urgent_wish.words:{row_id}"),
            asked_at=act.at,
        )
    )
    session.flush()
    return row_id


def checked_wish(wish: WishDetails) -> WishDetails:
    """Clean and check a wish. Raises AnswersNeededError (what, to, why)."""
    tidy = WishDetails(what=paragraphs(wish.what), to=one_line(wish.to), why=paragraphs(wish.why))
    problems = {}
    if not tidy.what or len(tidy.what) > WORDS_LENGTH:
        problems["what"] = f"Enter what you want to pass on, in {WORDS_LENGTH:,} characters or fewer."
    if not tidy.to or len(tidy.to) > NAME_LENGTH:
        problems["to"] = "Enter whom you want to tell."
    if not tidy.why or len(tidy.why) > WORDS_LENGTH:
        problems["why"] = f"Enter why it cannot wait, in {WORDS_LENGTH:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return tidy
