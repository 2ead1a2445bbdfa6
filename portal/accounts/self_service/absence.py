"""Being away: the days, and the colleague who stands in. Nobody is asked by mail while they are away; others see who is."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, or_, select

from models.accounts import Absence, Account, Post
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, SignedOutError
from portal.ground.wording import day, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class PlannedAbsence:
    """Somebody who is or will be away. `stand_in` is the name of who stands in, '' where nobody does."""

    account_id: str
    name: str
    first: date
    last: date
    stand_in: str = ""
    stand_in_id: str = ""

    @property
    def words(self) -> str:
        """Say until when somebody is away, and who stands in."""
        return f"away until {day(self.last)}" + (f", {self.stand_in} stands in" if self.stand_in else "")


def say_away(act: Act, first: date, last: date, stand_in_id: str = "") -> None:
    """Say from when until when one is away, and who stands in; what was said before is replaced.

    Who stands in holds a role of one's own, for the same body, and is told. Raises SignedOutError, AnswersNeededError (first, last, stand_in).
    """
    if not act.person.signed_in:
        raise SignedOutError
    on = today(act.at)
    problems = {}
    if not on - LONGEST <= first <= on + LONGEST:
        problems["first"] = "The first day must be within a year of today"
    if last < max(first, on):
        problems["last"] = "The last day must be today or later, and not before the first"
    elif last > first + LONGEST:
        problems["last"] = "The last day must be within a year of the first. For longer, ask the Information Manager"
    if stand_in_id and stand_in_id not in dict(could_stand_in(act)):
        problems["stand_in"] = "Select a colleague who holds a role of yours"
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        row = session.get(Absence, act.person.id)
        if row is not None and (row.first, row.last, row.stand_in_id or "") == (first, last, stand_in_id):
            return
        wanted = stand_in_id or None
        if row is not None and row.last >= on and row.stand_in_id != wanted:
            _tell(session, act, row.stand_in_id, "stand-in-over")
        session.merge(Absence(account_id=act.person.id, first=first, last=last, stand_in_id=wanted, said_at=act.at))
        _tell(session, act, wanted, "stand-in-asked", (first, last))
        record(session, act, Event.ABSENCE_SAID, f"account:{act.person.id}", first=str(first), last=str(last))


def back_again(act: Act) -> None:
    """Say that one is back; saying it twice is once. Raises SignedOutError."""
    if not act.person.signed_in:
        raise SignedOutError
    with transaction(act.store.engine) as session:
        row = session.get(Absence, act.person.id)
        if row is not None:
            if row.last >= today(act.at):
                _tell(session, act, row.stand_in_id, "stand-in-over")
            session.delete(row)
            record(session, act, Event.ABSENCE_OVER, f"account:{act.person.id}")


def _tell(
    session: Session, act: Act, account_id: str | None, template: str, days: tuple[date, date] | None = None
) -> None:
    """Tell whoever stands in; an account that was closed meanwhile hears nothing."""
    account = session.get(Account, account_id) if account_id else None
    if account is not None and account.closed_at is None:
        first, last = map(day, days) if days else ("", "")
        notify(session, act, template, account.email, first=first, last=last)


def own_absence(act: Act) -> PlannedAbsence | None:
    """Give what one has said about being away, while it is not over."""
    return next((one for one in _known(act, col(Absence.account_id) == act.person.id)), None)


def standing_in(act: Act) -> list[PlannedAbsence]:
    """List for whom one stands in today."""
    return [one for one in _known(act, col(Absence.stand_in_id) == act.person.id) if one.first <= today(act.at)]


def absences(act: Act) -> list[PlannedAbsence]:
    """List who is away today or will be, by the first day. For other services: nothing is checked here."""
    return _known(act, col(Absence.account_id).is_not(None))


def away_today(act: Act) -> dict[str, PlannedAbsence]:
    """Give who is away today, by account."""
    return {one.account_id: one for one in absences(act) if one.first <= today(act.at)}


def could_stand_in(act: Act) -> list[tuple[str, str]]:
    """List who holds a role of one's own for the same body, as (account, name), by name."""
    same = [
        and_(
            col(Post.role) == post.role.value,
            col(Post.organisation_id) == post.organisation_id
            if post.organisation_id
            else col(Post.organisation_id).is_(None),
        )
        for post in act.person.posts
    ]
    if not same:
        return []
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Account.id, Account.name)
            .join(Post, col(Post.account_id) == col(Account.id))
            .where(
                or_(*same),
                col(Post.ended_at).is_(None),
                col(Account.closed_at).is_(None),
                Account.id != act.person.id,
            )
            .order_by(Account.name)
            .distinct()
        ).all()
    return [(account_id, name) for account_id, name in rows]


def stood_in_for(session: Session, act: Act) -> dict[str, date]:
    """Give the accounts for which the person of the act stands in today, each with the last day."""
    on = today(act.at)
    away = select(col(Absence.account_id), col(Absence.last)).where(
        Absence.stand_in_id == act.person.id, Absence.first <= on, Absence.last >= on
    )
    return dict(session.exec(away).all())


def _known(act: Act, which: ColumnElement[bool]) -> list[PlannedAbsence]:
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Absence, Account)
            .join(Account, col(Account.id) == col(Absence.account_id))
            .where(which, Absence.last >= today(act.at), col(Account.closed_at).is_(None))
            .order_by(col(Absence.first), Account.name)
        ).all()
        names = dict(
            session.exec(
                select(Account.id, Account.name).where(
                    col(Account.id).in_([row.stand_in_id for row, _ in rows if row.stand_in_id]),
                    col(Account.closed_at).is_(None),
                )
            ).all()
        )
    return [
        PlannedAbsence(
            account_id=row.account_id,
            name=account.name,
            first=row.first,
            last=row.last,
            stand_in=names.get(row.stand_in_id or "", ""),
            stand_in_id=row.stand_in_id or "",
        )
        for row, account in rows
    ]
