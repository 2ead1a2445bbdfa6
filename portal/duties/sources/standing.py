"""Where somebody's organisation stands in the agreement, and what that asks: to sign, to sign again, to start again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models.agreements import Signature
from models.organisations import Organisation
from portal.accounts.people import people_of
from portal.accounts.self_service.absence import away_today
from portal.agreement.editions.current import in_force, short_title
from portal.agreement.editions.review import next_review
from portal.agreement.notices.standing import STATUS_WORDS, SignatoryStatus, is_behind, standing_of
from portal.duties.duty import Duty, DutyKind
from portal.ground.access import Permission, may
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.ground.wording import day, listed, today


@dataclass(frozen=True, kw_only=True)
class OwnStanding:
    """An organisation as its own people meet it on their home page. `status` is None where it never signed."""

    organisation: str
    slug: str
    status: SignatoryStatus | None
    since: date | None
    edition: str
    newest: str
    newest_from: date
    behind: bool
    waits: bool  # a signature of the edition in force waits for the Information Manager's check
    review_on: date | None
    people: tuple[str, ...]
    approvers: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say in a sentence where the organisation stands; the register says the same of it."""
        if self.status is None or self.since is None:
            return "Your signature waits for the Information Manager's check." if self.waits else "Not signed yet."
        said = f"{STATUS_WORDS[self.status]} since {day(self.since)}: {self.edition}."
        if self.waits:
            return f"{said} Your signature of {self.newest} waits for the Information Manager's check."
        return f"{said} {self.newest} is in force now and waits to be signed." if self.behind else said


def own_standing(act: Act) -> OwnStanding | None:
    """Give where the organisation of the signed-in person stands; None for somebody who acts for no organisation."""
    ours, on = act.person.organisation_id, today(act.at)
    if ours is None:
        return None
    with reading(act.store.engine) as session:
        body = session.get_one(Organisation, ours)
        newest, stands = in_force(session, on), standing_of(session, ours)
        waits = session.exec(
            select(Signature.id).where(
                Signature.organisation_id == ours,
                Signature.edition == newest.id,
                col(Signature.ended_at).is_(None),
                col(Signature.status).in_(["waiting", "asked"]),
            )
        ).first()
        title = short_title(session, stands.edition) if stands else ""
    people, away = people_of(act, ours), away_today(act)
    names = {one.id: f"{one.name} ({away[one.id].words})" if one.id in away else one.name for one in people}
    return OwnStanding(
        organisation=body.name,
        slug=body.slug,
        status=stands.status if stands else None,
        since=today(stands.since) if stands else None,
        edition=title,
        newest=newest.edition.about.short_title,
        newest_from=newest.begins,
        behind=stands is not None and is_behind(stands.status, stands.edition, newest.id),
        waits=waits is not None,
        review_on=None if stands and stands.status is SignatoryStatus.LEFT else next_review(act.store, on),
        people=tuple(names.values()),
        approvers=tuple(names[one.id] for one in people if any(post.role is Role.APPROVER for post in one.posts)),
    )


def of_standing(act: Act) -> Iterator[Duty]:
    """Say whether the organisation must sign, or sign again (clauses s13.agreement-review, s16.public-list)."""
    mine = own_standing(act)
    if mine is None or mine.waits or mine.status is SignatoryStatus.LEFT:
        return
    approver, about = may(act.person, Permission.SUSPEND_OWN), f"sign:{act.person.organisation_id}"
    who = "" if approver or not mine.approvers else f" {listed(mine.approvers, 'or')} can sign for it."
    if mine.status is SignatoryStatus.SUSPENDED:
        again = f" Then {mine.newest} waits to be signed." if mine.behind else ""
        yield Duty(
            kind=DutyKind.SIGN,
            sentence=f"{mine.organisation} stopped sharing for now on {day(mine.since or mine.newest_from)}. Start again when you can.{again}",
            button="Start sharing again" if approver else "See who can start again",
            href="/notice" if approver else "/organisation",
            about=about,
        )
    elif mine.status is None:
        yield Duty(
            kind=DutyKind.SIGN,
            sentence=f"{mine.organisation} has not signed the agreement yet.{who}",
            button="Read and sign it",
            href="/sign",
            about=about,
        )
    elif mine.behind:
        yield Duty(
            kind=DutyKind.SIGN,
            sentence=f"{mine.organisation} must sign again: {mine.newest} is in force since {day(mine.newest_from)}.{who}",
            button="Read and sign it",
            href="/sign",
            due=mine.newest_from,
            late=True,
            about=about,
        )
