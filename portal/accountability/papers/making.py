"""Making a paper of accountability, sealed; taking signatures to it; and its deletion long after a newer one replaced it."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from models.accountability import AccountabilityPaper, AccountabilitySignature
from portal.accountability.papers.answers import answers_in
from portal.accountability.papers.content import owner_name, sections_of
from portal.accountability.papers.entitlement import may_keep, may_sign
from portal.accountability.papers.kinds import PaperSubject
from portal.accountability.papers.sections import PaperSection, as_json, digest
from portal.accountability.papers.views import content_of, find_paper, signatures_of, subject_of
from portal.agreement.notices.standing import take_turn
from portal.documents.accountability import PaperSigner, PrintedPaper, PrintedSection, accountability_paper
from portal.documents.layout.letterhead import letterhead
from portal.documents.seal.issuing import issue
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, NotFoundError, PortalError
from portal.ground.settings import load_settings
from portal.ground.wording import new_id, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.retention.schedule import Rule


class UnfinishedPaperError(PortalError):
    """A paper cannot be signed while a question is open, or once the facts are others than it says."""

    message = (
        "It cannot be signed: a question is open, or something has changed since. Answer, make it again, then sign."
    )


def make_paper(act: Act, subject: PaperSubject, *, key: str) -> str:
    """Make a paper as the records stand now, and seal it; returns its id. The one before it ends, and its signatures with it.

    The same `key` again is the same paper, and so is one that says the same on the same day, from another click or tab:
    its signatures stay. Raises NotFoundError.
    """
    if not may_keep(act, subject):
        raise NotFoundError
    with reading(act.store.engine) as session:
        before = session.exec(select(AccountabilityPaper.id).where(AccountabilityPaper.key == key)).first()
        sections = sections_of(session, act, subject, answers_in(session, act, subject))
        owner = owner_name(session, act, subject)
    if before is not None:
        return before
    paper_id, sign = new_id(), reference()
    row = AccountabilityPaper(
        id=paper_id,
        reference=sign,
        key=key,
        subject=subject.code,
        kind=subject.kind.id,
        organisation_id=subject.organisation_id,
        number=0,
        content=act.store.vault.seal_text(as_json(sections), f"accountability_paper.content:{paper_id}"),
        sha256=digest(sections),
        paper=b"",
        made_at=act.at,
        made_by=act.person.name,
        review_on=months_after(today(act.at), subject.kind.review_months),
    )
    row.paper = sealed_pdf(act, row, subject, (owner, sections), ())
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            earlier = select(AccountabilityPaper).where(AccountabilityPaper.subject == subject.code)
            for one in session.exec(earlier.where(col(AccountabilityPaper.ended_at).is_(None))).all():
                if (one.sha256, today(one.made_at)) == (row.sha256, today(act.at)):
                    return one.id
                one.ended_at = act.at
                session.add(one)
            count = (
                select(func.count()).select_from(AccountabilityPaper).where(AccountabilityPaper.subject == subject.code)
            )
            row.number = session.exec(count).one() + 1
            session.add(row)
            session.flush()
            subject_id = f"accountability:{subject.code}"
            record(session, act, Event.ACCOUNTABILITY_MADE, subject_id, subject.organisation_id, number=row.number)
    except IntegrityError:  # two clicks at once: the first one's paper is the answer to both
        with reading(act.store.engine) as session:
            return session.exec(select(AccountabilityPaper.id).where(AccountabilityPaper.key == key)).one()
    return paper_id


def sign_paper(act: Act, paper_id: str) -> None:
    """Sign a paper, once a person; what is signed is what the records say today.

    Raises NotFoundError, UnfinishedPaperError, AlreadyDoneError.
    """
    with reading(act.store.engine) as session:
        row = find_paper(session, act, paper_id)
        subject = subject_of(row)
        before = signatures_of(session, row.id)
        said = answers_in(session, act, subject)
        now = sections_of(session, act, subject, said)
        owner = owner_name(session, act, subject)
    if not may_sign(act, subject):
        raise NotFoundError
    if any(one.account_id == act.person.id for one in before):
        return
    if row.ended_at is not None or len(before) >= subject.kind.signatures:
        raise AlreadyDoneError("It is signed already, or a newer one took its place.")
    if digest(now) != row.sha256 or not all(said[one.key] for one in subject.kind.questions if one.needed):
        raise UnfinishedPaperError
    mine = AccountabilitySignature(
        paper_id=row.id,
        account_id=act.person.id,
        name=act.person.name,
        position=act.person.position,
        signed_at=act.at,
    )
    paper = sealed_pdf(act, row, subject, (owner, content_of(act, row)), (*before, mine))
    with transaction(act.store.engine) as session:
        stands = find_paper(session, act, paper_id, lock=True)
        if stands.ended_at is not None or len(signatures_of(session, row.id)) != len(before):
            raise AlreadyDoneError("Somebody else signed it or made it anew just now. Look at it again.")
        stands.paper = paper
        session.add_all([mine, stands])
        subject_id = f"accountability:{subject.code}"
        record(session, act, Event.ACCOUNTABILITY_SIGNED, subject_id, subject.organisation_id, number=row.number)


def delete_replaced_papers(session: Session, act: Act, rule: Rule) -> int:
    """Delete each paper that a newer one replaced longer ago than it is kept, with its signatures."""
    gone = session.exec(
        select(AccountabilityPaper.id).where(col(AccountabilityPaper.ended_at) < rule.past(act.at))
    ).all()
    session.exec(delete(AccountabilitySignature).where(col(AccountabilitySignature.paper_id).in_(gone)))
    return session.exec(delete(AccountabilityPaper).where(col(AccountabilityPaper.id).in_(gone))).rowcount


def sealed_pdf(
    act: Act,
    row: AccountabilityPaper,
    subject: PaperSubject,
    of: tuple[str, Sequence[PaperSection]],
    signatures: Sequence[AccountabilitySignature],
) -> bytes:
    """Print a paper with the signatures that it has, seal it, and encrypt it for the store."""
    head = letterhead(act, row.reference, base_url=load_settings().base_url, made_at=row.made_at)
    printed = PrintedPaper(
        title=subject.kind.title,
        owner=of[0],
        sections=tuple(PrintedSection(**vars(one)) for one in of[1]),
        review_on=row.review_on,
        signatures=tuple(PaperSigner(name=one.name, post=one.position, signed_at=one.signed_at) for one in signatures),
        wanted=subject.kind.signatures,
        sha256=row.sha256,
    )
    pdf = issue(act, accountability_paper(head, printed), row.reference)
    return act.store.vault.seal(pdf, f"accountability_paper.paper:{row.id}")
