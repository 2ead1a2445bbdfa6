"""Papers of a meeting as they are kept: sealed, encrypted, and issued anew only where their content has changed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Meeting, MeetingList
from models.minutes import MeetingPaper
from portal.documents.layout.frame import Letterhead
from portal.documents.layout.letterhead import letterhead
from portal.documents.seal.issuing import issue
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force
from portal.rules.forms.handling import document_mark


@dataclass(frozen=True, kw_only=True)
class PaperKey:
    """Which paper of which meeting; `holder` is whose copy it is, '' for everybody's. A kind of '' is the attendance list."""

    meeting: Meeting
    kind: str = ""
    holder: str = ""

    @property
    def place(self) -> str:
        """Give the name under which it is sealed, without its revision."""
        of = self.meeting.id
        return f"meeting_paper.paper:{of}:{self.kind}:{self.holder}" if self.kind else f"meeting_list.paper:{of}"

    def newest(self, session: Session) -> MeetingList | MeetingPaper | None:
        """Give the row of its newest revision; attendance lists have a table of their own."""
        if not self.kind:
            lists = select(MeetingList).where(MeetingList.meeting_id == self.meeting.id)
            return session.exec(lists.order_by(col(MeetingList.revision).desc())).first()
        papers = select(MeetingPaper).where(
            MeetingPaper.meeting_id == self.meeting.id,
            MeetingPaper.kind == self.kind,
            MeetingPaper.holder == self.holder,
        )
        return session.exec(papers.order_by(col(MeetingPaper.revision).desc())).first()


def kept_or_made(act: Act, which: PaperKey, content: str, make: Callable[[], bytes]) -> bytes:
    """Give a paper as it was issued, or make, seal and keep it where its content is new.

    Args:
        act: by somebody whose right to read it was checked.
        which: the paper.
        content: all that it says, as one text; its hash decides whether the kept one still holds.
        make: makes the PDF; it is called outside every transaction.

    Returns: a sealed PDF.
    """
    digest = hashlib.sha256(content.encode()).hexdigest()
    found = _kept(act, which, digest)
    return found if found is not None else _keep(act, which, digest, issue(act, make(), which.meeting.reference))


def head_of(act: Act, meeting: Meeting, marking_id: str, base_url: str) -> Letterhead:
    """Give the head of a meeting's paper; `marking_id` is one of its edition's, '' for everyday work."""
    marking = document_mark(edition_in_force(today(meeting.starts_at)), marking_id)
    return letterhead(act, meeting.reference, marking, base_url=base_url)


def _kept(act: Act, which: PaperKey, digest: str) -> bytes | None:
    with reading(act.store.engine) as session:
        row = which.newest(session)
    if row is None or row.content_hash != digest:
        return None
    return act.store.vault.open(row.paper, f"{which.place}:{row.revision}")


def _keep(act: Act, which: PaperKey, digest: str, paper: bytes) -> bytes:
    try:
        with transaction(act.store.engine) as session:
            last = which.newest(session)
            revision = last.revision + 1 if last else 1
            row = MeetingList(
                meeting_id=which.meeting.id,
                revision=revision,
                content_hash=digest,
                paper=act.store.vault.seal(paper, f"{which.place}:{revision}"),
                sha256=hashlib.sha256(paper).hexdigest(),
                made_at=act.at,
            )
            session.add(MeetingPaper(kind=which.kind, holder=which.holder, **row.model_dump()) if which.kind else row)
            session.flush()
            record(
                session,
                act,
                Event.DOCUMENT_SEALED,
                f"meeting:{which.meeting.id}",
                reference=which.meeting.reference,
                kind=which.kind or "attendance",
                sha256=row.sha256,
                revision=revision,
            )
    except IntegrityError:  # two asked at once: the first one's paper is the one that is kept
        return _kept(act, which, digest) or paper
    return paper
