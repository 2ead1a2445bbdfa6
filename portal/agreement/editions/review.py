"""The review of the agreement: due 12 months after it took force, then a year after the last; recorded, and reminded of (s13)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from models.reviews import AgreementReview
from portal.agreement.editions.current import in_force
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.input.dates import day_in
from portal.ground.partnership import facts
from portal.ground.wording import paragraphs, today
from portal.record.audit import record
from portal.record.events import Event

SOON = timedelta(days=60)  # before the day: time to put it on an agenda
OUTCOMES = ("no change", "new edition")
_LONGEST = 2000
_YEARS = timedelta(days=5 * 366)  # longer ago, or further ahead, was typed with a wrong year


@dataclass(frozen=True, kw_only=True)
class Review:
    """A review of the agreement as managers see it."""

    edition: str
    reviewed_on: date
    outcome: str
    words: str
    next_on: date
    recorded_by: str


def due_on(store: Store, on: date) -> date:
    """Give the day by which the edition in force is reviewed: as its last review said, else a year after it took force.

    The review day of its summary sheet holds until its first review; what was said of an edition before it says nothing of
    this one (clause s13.agreement-review).
    """
    now = in_force(store, on)
    reviewed = select(AgreementReview).where(AgreementReview.edition == now.id)
    with reading(store.engine) as session:
        last = session.exec(reviewed.order_by(col(AgreementReview.reviewed_on).desc())).first()
    if last is not None:
        return last.next_on
    said = facts(store).placeholders
    begun = max(day_in(said.get("in_force_date", "")) or now.begins, now.begins)
    fixed = day_in(said.get("review_date", ""))
    if fixed and fixed <= begun:  # said of an edition before this one, which has words of its own
        fixed = day_in((now.blanks or {}).get("review_date", ""))
    return fixed if fixed and fixed > begun else months_after(begun, 12)


def next_review(store: Store, on: date) -> date | None:
    """Give the day of `due_on` once there is an agreement to review; None while its first words are in preparation."""
    return None if in_force(store, on).in_preparation else due_on(store, on)


def is_due(act: Act) -> bool:
    """Say whether the review is due within 60 days, or late."""
    return due_on(act.store, today(act.at)) - today(act.at) <= SOON


def record_review(act: Act, key: str, *, reviewed_on: str, outcome: str, words: str, next_on: str = "") -> None:
    """Record a review; the next is due a year later unless another day is given.

    The same key again changes nothing, nor do the same words about the same day from another click or tab.

    Raises AnswersNeededError.
    """
    allow(act, Permission.DRAFT_EDITION)
    on, said, problems = day_in(reviewed_on), paragraphs(words), {}
    following = day_in(next_on) if next_on.strip() else months_after(on, 12) if on else None
    now = today(act.at)
    if on is None or not now - _YEARS <= on <= now:
        problems["reviewed_on"] = (
            "Enter the day of the review, like 1 October 2026: not later than today, nor long past"
        )
    if outcome not in OUTCOMES:
        problems["outcome"] = "Select what came of it"
    if not said or len(said) > _LONGEST:
        problems["words"] = f"Say who reviewed it and what they found, in {_LONGEST:,} characters or fewer"
    if following is None or (on is not None and not on < following <= on + _YEARS):
        problems["next_on"] = "Enter a day after the review and within five years, like 1 October 2027"
    if problems or on is None or following is None:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        take_turn(session)
        same = select(AgreementReview).where(AgreementReview.reviewed_on == on, AgreementReview.outcome == outcome)
        told = [one for one in session.exec(same).all() if one.next_on == following and _words(act, one) == said]
        if told or session.get(AgreementReview, key) is not None:
            return
        session.add(
            AgreementReview(
                id=key,
                edition=in_force(session, on).id,
                reviewed_on=on,
                outcome=outcome,
                words=act.store.vault.seal_text(said, f"agreement_review.words:{key}"),
                next_on=following,
                recorded_at=act.at,
                recorded_by=act.person.name,
            )
        )
        record(session, act, Event.AGREEMENT_REVIEWED, f"review:{key}", outcome=outcome, next_on=following.isoformat())


def reviews(act: Act) -> list[Review]:
    """List the reviews, the newest first."""
    allow(act, Permission.DRAFT_EDITION)
    with reading(act.store.engine) as session:
        rows = session.exec(select(AgreementReview).order_by(col(AgreementReview.reviewed_on).desc())).all()
    return [
        Review(
            edition=row.edition,
            reviewed_on=row.reviewed_on,
            outcome=row.outcome,
            words=_words(act, row),
            next_on=row.next_on,
            recorded_by=row.recorded_by,
        )
        for row in rows
    ]


def _words(act: Act, row: AgreementReview) -> str:
    return act.store.vault.open_text(row.words, f"agreement_review.words:{row.id}")
