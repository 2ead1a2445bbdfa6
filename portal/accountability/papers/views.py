"""Where each paper of accountability stands, and what one says: for whoever may read it; a foreign one looks like none."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.accountability import AccountabilityPaper, AccountabilitySignature
from portal.accountability.papers.answers import answers_in
from portal.accountability.papers.content import sections_of
from portal.accountability.papers.entitlement import may_keep, may_read, may_sign
from portal.accountability.papers.kinds import PaperSubject, paper_kind, paper_kinds
from portal.accountability.papers.sections import PaperSection, digest, from_json
from portal.ground.access import Permission, may
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import day, listed, today
from portal.record.audit import history_in_words
from portal.record.events import Event
from portal.requests.views import note_opening
from portal.rules.datasets.catalogue import data_set, data_sets
from portal.rules.edition.editions import edition_in_force

SOON = timedelta(days=30)  # before a review is due


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper in the list. `paper_id` is '' while it was not made."""

    subject: PaperSubject
    title: str
    paper_id: str
    made_at: datetime | None
    review_on: date | None
    signed_by: tuple[str, ...]
    signed_by_me: bool
    changed: bool

    @property
    def wanted(self) -> int:
        """Give how many more people must sign."""
        return max(0, self.subject.kind.signatures - len(self.signed_by))

    def stands(self, on: date) -> tuple[str, str]:
        """Say where it stands, and give the tint that goes with it."""
        if self.made_at is None or self.review_on is None:
            return "Not made yet", "waiting"
        if self.review_on < on:
            return f"Its review was due on {day(self.review_on)}", "stopped"
        if self.changed:
            return "Something has changed since it was made", "waiting"
        if self.wanted:
            return (
                f"Made on {day(self.made_at)}. Signed by {len(self.signed_by)} of {self.subject.kind.signatures}",
                "waiting",
            )
        return f"Signed by {listed(self.signed_by)}. Review by {day(self.review_on)}", "done"


@dataclass(frozen=True, kw_only=True)
class OpenedPaper:
    """A paper as it lies open: what it would say today, what was answered, and what this person may do."""

    line: PaperLine
    sections: tuple[PaperSection, ...]
    said: dict[str, str]
    may_keep: bool
    may_sign: bool


def subjects(act: Act) -> list[PaperSubject]:
    """List what this person may read: the partnership's papers, those of each sharing, one's own organisation's."""
    found, ours = [], act.person.organisation_id
    if may(act.person, Permission.READ_ACCOUNTABILITY):
        sets = data_sets(edition_in_force(today(act.at)).id)
        for kind in paper_kinds():
            found += (
                [PaperSubject(kind=kind, data_set=one.id) for one in sets] if kind.each else [PaperSubject(kind=kind)]
            )
    if ours is not None and may(act.person, Permission.KEEP_OWN_ACCOUNTABILITY, ours):
        found += [PaperSubject(kind=kind, organisation_id=ours) for kind in paper_kinds() if kind.owner == "both"]
    return found


def subject_named(act: Act, code: str) -> PaperSubject:
    """Give the subject that an address names, if this person may read it. Raises NotFoundError."""
    found = next((one for one in subjects(act) if one.code == code), None)
    if found is None:
        raise NotFoundError
    return found


def paper_lines(act: Act, *, compared: bool = True) -> list[PaperLine]:
    """List the papers with where each stands; `compared` also says whether the portal's records say otherwise today."""
    with reading(act.store.engine) as session:
        wanted = {one.code: one for one in subjects(act)}
        newest = select(AccountabilityPaper).where(
            col(AccountabilityPaper.subject).in_(wanted), col(AccountabilityPaper.ended_at).is_(None)
        )
        rows = {row.subject: row for row in session.exec(newest)}
        return [_line(session, act, one, rows.get(code), compared=compared) for code, one in wanted.items()]


def open_paper(act: Act, code: str) -> OpenedPaper:
    """Open what a paper says today, and record it. Raises NotFoundError."""
    subject = subject_named(act, code)
    note_opening(act, Event.ACCOUNTABILITY_OPENED, f"accountability:{code}")
    with reading(act.store.engine) as session:
        said = answers_in(session, act, subject)
        sections = sections_of(session, act, subject, said)
        line = _line(session, act, subject, _newest(session, subject), compared=True)
    ready = line.paper_id and not line.changed and line.wanted and not line.signed_by_me
    return OpenedPaper(
        line=line,
        sections=sections,
        said=said,
        may_keep=may_keep(act, subject),
        may_sign=bool(ready) and may_sign(act, subject),
    )


def paper_history(act: Act, code: str) -> list[tuple[str, str, datetime]]:
    """Give who did what with a paper and when, also who opened it. Raises NotFoundError."""
    subject_named(act, code)
    return history_in_words(act.store, f"accountability:{code}")


def bases_confirmed_on(store: Store) -> date | None:
    """Give the day on which the partnership signed its record of processing, with its bases; None while nobody did."""
    with reading(store.engine) as session:
        row = _newest(session, PaperSubject(kind=paper_kind("processing_record")))
        signed = signatures_of(session, row.id) if row else []
    return today(max(one.signed_at for one in signed)) if signed else None


def find_paper(session: Session, act: Act, paper_id: str, *, lock: bool = False) -> AccountabilityPaper:
    """Find a paper that this person may read. Raises NotFoundError."""
    query = select(AccountabilityPaper).where(AccountabilityPaper.id == paper_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not may_read(act, subject_of(row)):
        raise NotFoundError
    return row


def subject_of(row: AccountabilityPaper) -> PaperSubject:
    """Give what a paper is about."""
    return PaperSubject(
        kind=paper_kind(row.kind), organisation_id=row.organisation_id, data_set=row.subject.split(":")[1]
    )


def content_of(act: Act, row: AccountabilityPaper) -> tuple[PaperSection, ...]:
    """Open the sections of a paper as it was made."""
    return from_json(act.store.vault.open_text(row.content, f"accountability_paper.content:{row.id}"))


def signatures_of(session: Session, paper_id: str) -> list[AccountabilitySignature]:
    """Give the signatures to a paper, the first first."""
    return list(
        session.exec(
            select(AccountabilitySignature)
            .where(AccountabilitySignature.paper_id == paper_id)
            .order_by(col(AccountabilitySignature.signed_at))
        ).all()
    )


def _newest(session: Session, subject: PaperSubject) -> AccountabilityPaper | None:
    return session.exec(
        select(AccountabilityPaper).where(
            AccountabilityPaper.subject == subject.code, col(AccountabilityPaper.ended_at).is_(None)
        )
    ).first()


def _line(
    session: Session, act: Act, subject: PaperSubject, row: AccountabilityPaper | None, *, compared: bool
) -> PaperLine:
    signed = signatures_of(session, row.id) if row else []
    changed = False
    if row and compared:
        changed = digest(sections_of(session, act, subject, answers_in(session, act, subject))) != row.sha256
    return PaperLine(
        subject=subject,
        title=data_set(subject.data_set).title if subject.data_set else subject.kind.title,
        paper_id=row.id if row else "",
        made_at=row.made_at if row else None,
        review_on=row.review_on if row else None,
        signed_by=tuple(one.name for one in signed),
        signed_by_me=any(one.account_id == act.person.id for one in signed),
        changed=changed,
    )
