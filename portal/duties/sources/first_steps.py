"""A new manager's path to a working partnership: numbered steps that tick themselves from what the store holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.meetings import Meeting
from models.organisations import Organisation
from models.partnership import PlaceList
from portal.accounts.invitations import invited_for
from portal.agreement.editions.adoption import preparation
from portal.duties.duty import Duty, DutyKind
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.ground.partnership import facts
from portal.ground.wording import counted, today
from portal.partnership import blanks
from portal.partnership.changes import unconfirmed
from portal.rules.edition.editions import edition_in_force

_ADOPT = "/edition-adopt"
_TWO = 2  # managers: so that one may be ill; organisations: a partnership


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: what to do, why or how much is left, where, and whether it is done. Nothing waits for one that is `optional`.

    One that is `asked` waits for somebody who was invited: there is nothing more to do but to hand the link over.
    """

    title: str
    about: str
    href: str
    done: bool
    optional: bool = False
    asked: bool = False


def first_steps(act: Act, *, mail: bool) -> tuple[Step, ...]:
    """Give the path in its order (Permission CHANGE_SETTINGS). `mail`: whether a mail server is set.

    Mail is optional: without it the portal shows each link once, to hand over in person.
    """
    allow(act, Permission.CHANGE_SETTINGS)
    open_blanks = blanks.open_blanks(facts(act.store).placeholders)
    open_facts = unconfirmed(act, edition_in_force(today(act.at)))
    with reading(act.store.engine) as session:
        held = {role: _holders(session, role) for role in (Role.MANAGER, Role.OFFICER, Role.CHAIR)}
        coming_soon = {role: held[role] + len(invited_for(session, role, act.at)) for role in held}
        bodies, without = _organisations(session, act)
        planned = session.exec(select(func.count()).select_from(Meeting)).one()
        lists = session.exec(select(func.count()).select_from(PlaceList)).one()
    coming = preparation(act)
    both_asked = bool(coming_soon[Role.OFFICER] and coming_soon[Role.CHAIR])
    missing = [name for role, name in ((Role.OFFICER, "an officer"), (Role.CHAIR, "a Chair")) if not held[role]]
    return (
        Step(
            title="Let the portal send mail",
            about="Ask whoever runs the portal's computer to set PORTAL_SMTP_URL. Until then, hand links over from Messages waiting.",
            href="/outbox",
            done=mail,
            optional=True,
        ),
        Step(
            title="Fill in the blanks of the agreement",
            about=_blanks_left(len(open_blanks), len(coming.open_blanks) if coming else 0),
            href="/settings",
            done=not open_blanks,
        ),
        Step(
            title="Confirm what no source confirmed",
            about=f"{counted(len(open_facts), 'point')} of law to check with your data protection lead, a few at a time."
            if open_facts
            else "All are confirmed.",
            href="/facts",
            done=not open_facts,
        ),
        Step(
            title="Invite a second Information Manager",
            about=f"So that somebody is there when you are away, and checks what you sign.{_waits(coming_soon[Role.MANAGER] >= _TWO > held[Role.MANAGER])}",
            href="/invite?role=manager",
            done=held[Role.MANAGER] >= _TWO,
            asked=coming_soon[Role.MANAGER] >= _TWO,
        ),
        Step(
            title="Invite a Community Safety Officer and a Chair",
            about=f"Still to come: {' and '.join(missing)}.{_waits(both_asked)}" if missing else "Both are here.",
            href=f"/invite?role={'chair' if coming_soon[Role.OFFICER] else 'officer'}",
            done=not missing,
            asked=both_asked,
        ),
        Step(
            title="Bring the agreement into force",
            about="Nobody can sign before. You authorise its words, and so does a second manager, the officer or a Chair."
            if coming
            else "It is in force.",
            href=_ADOPT,
            done=coming is None,
        ),
        Step(
            title="Add the first organisations",
            about=f"{counted(bodies, 'organisation')} so far.",
            href="/organisation-add",
            done=bodies >= _TWO,
        ),
        Step(
            title="Invite an approver for each organisation",
            about=f"{counted(without, 'organisation')} without one."
            if without
            else "Each has one, or is invited."
            if bodies
            else "Add the organisations first.",
            href="/organisations",
            done=bool(bodies) and not without,
        ),
        Step(
            title="Load the wards, streets and places of your area",
            about=f"{counted(lists, 'list')} so far. Of what your partners send, more stays when its places are known.",
            href="/places",
            done=lists > 0,
            optional=True,
        ),
        Step(
            title="Plan the first meeting",
            about="A year of meetings can be planned in one step.",
            href="/meeting-plan",
            done=planned > 0,
        ),
    )


def _blanks_left(left: int, needed: int) -> str:
    """Say how many blanks are open, and how many of them keep the agreement from coming into force."""
    if not left:
        return "All are filled in."
    return f"{counted(left, 'blank')} left.{f' The agreement needs {needed} of them before it comes into force.' if needed else ''}"


def of_first_steps(act: Act) -> Iterator[Duty]:
    """Give the path's next step as one thing asked, however much is behind it.

    To bring the agreement into force is asked of each who can, by itself, once nothing else keeps it from that.
    """
    path = first_steps(act, mail=True)
    left = [
        (n, one) for n, one in enumerate(path, 1) if not (one.done or one.optional or one.asked or one.href == _ADOPT)
    ]
    if left:
        number, step = left[0]
        yield Duty(
            kind=DutyKind.FIRST_STEP,
            sentence=f"Getting started, step {number} of {len(path)}: {step.title[0].lower()}{step.title[1:]}. {step.about}",
            button="Take this step",
            href=step.href,
        )


def _holders(session: Session, role: Role) -> int:
    held = (
        select(col(Post.account_id))
        .join(Account, col(Account.id) == col(Post.account_id))
        .where(Post.role == role.value, col(Post.ended_at).is_(None), col(Account.closed_at).is_(None))
        .distinct()
    )
    return session.exec(select(func.count()).select_from(held.subquery())).one()


def _waits(asked: bool) -> str:  # noqa: FBT001 - read as a word
    return " Invited, and not here yet." if asked else ""


def _organisations(session: Session, act: Act) -> tuple[int, int]:
    """Count the organisations, and those among them that have no approver and no open invitation to one."""
    bodies = set(session.exec(select(Organisation.id).where(col(Organisation.closed_at).is_(None))).all())
    held = select(Post.organisation_id).where(Post.role == Role.APPROVER.value, col(Post.ended_at).is_(None))
    provided = set(session.exec(held).all()) | set(invited_for(session, Role.APPROVER, act.at))
    return len(bodies), len(bodies - provided)
