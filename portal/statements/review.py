"""Reviewing a statement: why it is due, saying that it still holds, a new holder of a post, a new version, its end."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.statements import SharingStatement, StatementPost
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.wording import day, new_id, paragraphs, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import people_of
from portal.rules.edition.editions import edition_in_force
from portal.statements.drafting import add_statement
from portal.statements.entitlement import EntitledStatement, addresses, find_own
from portal.statements.errors import EndedError
from portal.statements.notifications import tell
from portal.statements.signing import REVIEW_MONTHS

LONGEST_REASON = 2000


class NotInForceError(AlreadyDoneError):
    """Only a statement in force is reviewed or replaced."""

    message = "This statement is not in force."


def why_review(session: Session, act: Act, found: EntitledStatement) -> tuple[str, ...]:
    """Say why a statement in force must be reviewed; nothing where it need not be (clause app5.statement).

    Due when its day has come, and when somebody who holds a named post, or who signed, has left since the last review.
    This asks the posts as they stand now; nothing needs to be told of a change.
    """
    row = found.row
    if row.status != "in_force":
        return ()
    names = {party.id: party.name for party in found.parties}
    reasons = []
    if row.review_on is not None and today(act.at) >= row.review_on:
        reasons.append(f"It was to be reviewed by {day(row.review_on)}.")
    named = session.exec(
        select(StatementPost)
        .where(StatementPost.statement_id == row.id, col(StatementPost.account_id).is_not(None))
        .order_by(col(StatementPost.number))
    ).all()
    for post in named:
        since = max(post.named_at, row.reviewed_at or post.named_at)
        titles = [one.title for one in found.words.posts if one.organisation_id == post.organisation_id]
        if _has_left(session, post.account_id or "", post.organisation_id, since):
            reasons.append(
                f"The holder of a post at {names[post.organisation_id]} has left: {titles[post.number - 1]}."
            )
    for one in found.signatures:
        since = max(one.signed_at, row.reviewed_at or one.signed_at)
        if _has_left(session, one.signed_by_id, one.organisation_id, since):
            reasons.append(f"Whoever signed for {names[one.organisation_id]} no longer acts for it.")
    return tuple(reasons)


def confirm_review(act: Act, statement_id: str) -> None:
    """Record that a statement in force was reviewed and still holds; the next review is in a year.

    By an approver of any party. Raises NotFoundError, NotInForceError.
    """
    allow(act, Permission.SIGN_STATEMENT)
    with transaction(act.store.engine) as session:
        found = find_own(session, act, statement_id, lock=True)
        row = found.row
        _in_force(row)
        if (
            row.reviewed_at is not None
            and today(row.reviewed_at) == today(act.at)
            and not why_review(session, act, found)
        ):
            return
        row.reviewed_at = act.at
        row.review_on = months_after(today(act.at), REVIEW_MONTHS)
        session.add(row)
        record(session, act, Event.STATEMENT_REVIEWED, f"statement:{row.id}", found.ours, next=str(row.review_on))


def name_holder(act: Act, statement_id: str, number: int, account_id: str) -> None:
    """Say who holds a post of one's own organisation now; the words stay as they were signed.

    `number` is the post's place among those of the organisation. Raises NotFoundError, EndedError.
    """
    allow(act, Permission.WRITE_STATEMENT)
    with transaction(act.store.engine) as session:
        found = find_own(session, act, statement_id, lock=True)
        if found.row.ended_at is not None:
            raise EndedError
        post = session.exec(
            select(StatementPost).where(
                StatementPost.statement_id == found.row.id,
                StatementPost.organisation_id == found.ours,
                StatementPost.number == number,
            )
        ).first()
        known = {account.id for account in people_of(session, found.ours)}
        if post is None or (account_id and account_id not in known):
            raise NotFoundError
        if post.account_id == (account_id or None):
            return
        post.account_id, post.named_at = account_id or None, act.at
        session.add(post)
        record(session, act, Event.STATEMENT_CHANGED, f"statement:{found.row.id}", found.ours, part="holder")


def revise_statement(act: Act, statement_id: str) -> str:
    """Begin a new version of a statement in force; returns its id, and the same one when asked twice.

    The old one stays in force until every party has signed the new one, which then takes its place.
    Raises NotFoundError, NotInForceError, NotActiveError.
    """
    allow(act, Permission.WRITE_STATEMENT)
    with transaction(act.store.engine) as session:
        found = find_own(session, act, statement_id, lock=True)
        _in_force(found.row)
        before = _new_version(session, statement_id)
        if before is not None:
            return before
        for party in found.parties:
            require_active(session, party.id)
        now = edition_in_force(today(act.at))
        words = replace(found.words, edition=now.id, edition_hash=now.hash)
        row = add_statement(session, act, words, key=f"revise:{new_id()}", replaces=found.row.id)
        _copy_holders(session, act, found.row.id, row.id)
        others = tuple(party for party in found.parties if party.id != found.ours)
        path = f"/statement?id={row.id}"
        tell(session, act, "statement-begun", row.reference, path, addresses(session, others))
        return row.id


def end_statement(act: Act, statement_id: str, reason: str) -> None:
    """Take one's own organisation out, which ends the statement for all; every party is told (clause app5.statement).

    Doing it twice changes nothing. Raises NotFoundError, AnswersNeededError.
    """
    allow(act, Permission.SIGN_STATEMENT)
    words = paragraphs(reason)
    if not words or len(words) > LONGEST_REASON:
        raise AnswersNeededError({"reason": f"Enter why it ends, in {LONGEST_REASON:,} characters or fewer."})
    with transaction(act.store.engine) as session:
        found = find_own(session, act, statement_id, lock=True)
        row = found.row
        allow(act, Permission.SIGN_STATEMENT, found.ours)
        if row.ended_at is not None:
            return
        row.status, row.ended_at, row.ended_by_organisation_id = "ended", act.at, found.ours
        row.end_reason = act.store.vault.seal_text(words, f"sharing_statement.end_reason:{row.id}")
        session.add(row)
        record(session, act, Event.STATEMENT_ENDED, f"statement:{row.id}", found.ours)
        tell(
            session,
            act,
            "statement-ended",
            row.reference,
            f"/statement?id={row.id}",
            addresses(session, found.parties),
        )


def _in_force(row: SharingStatement) -> None:
    if row.status != "in_force":
        raise NotInForceError


def _new_version(session: Session, statement_id: str) -> str | None:
    return session.exec(
        select(SharingStatement.id).where(
            SharingStatement.replaces_id == statement_id, col(SharingStatement.ended_at).is_(None)
        )
    ).first()


def _copy_holders(session: Session, act: Act, old: str, new: str) -> None:
    for post in session.exec(select(StatementPost).where(StatementPost.statement_id == old)).all():
        still = {account.id for account in people_of(session, post.organisation_id)}
        session.add(
            StatementPost(
                id=new_id(),
                statement_id=new,
                organisation_id=post.organisation_id,
                number=post.number,
                account_id=post.account_id if post.account_id in still else None,
                named_at=act.at,
            )
        )


def _has_left(session: Session, account_id: str, organisation_id: str, since: datetime) -> bool:
    """Say whether a person stopped acting for an organisation after a moment, and has not come back."""
    account = session.get(Account, account_id)
    posts = session.exec(
        select(Post).where(Post.account_id == account_id, Post.organisation_id == organisation_id)
    ).all()
    closed = account is None or account.closed_at is not None
    if not closed and any(post.ended_at is None for post in posts):
        return False
    ends = [post.ended_at for post in posts if post.ended_at is not None]
    ends += [account.closed_at] if account is not None and account.closed_at is not None else []
    return any(end > since for end in ends)
