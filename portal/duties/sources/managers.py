"""What the partnership asks of its Information Manager, and of those who authorise an edition."""

from collections.abc import Iterator

from models.organisations import Organisation
from portal.accounts.undelivered import GIVEN_UP
from portal.agreement.editions.adoption import preparation
from portal.agreement.editions.review import SOON, next_review
from portal.agreement.editions.views import to_authorise
from portal.agreement.notices.standing import SignatoryStatus
from portal.agreement.register.organisations import organisation_named
from portal.agreement.signing import evidence
from portal.agreement.signing.renewal import behind
from portal.duties.duty import Duty, DutyKind
from portal.duties.leaving import uncovered, without_approver
from portal.duties.scheduled.record_check import is_disturbed
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.partnership import facts
from portal.ground.wording import counted, day, today
from portal.record.outbox import given_up, to_hand_over
from portal.record.unattended import undone
from portal.retention.clock import clock_jump


def of_signatures(act: Act) -> Iterator[Duty]:
    """Give the signatures to check (clause s16.copy-to-information-manager)."""
    for one in evidence.waiting(act):
        asked = " You asked its signer a question." if one.status == "asked" else ""
        yield Duty(
            kind=DutyKind.SIGNATURE,
            sentence=f"{one.organisation} signed on {day(one.signed_at)}. Check who signed.{asked}",
            button="Check the signature",
            href=f"/signature?id={one.id}",
            since=one.signed_at,
        )


def of_messages(act: Act) -> Iterator[Duty]:
    """Say how many links and codes wait to be handed over in person, and how many messages were given up."""
    count, oldest = to_hand_over(act)
    if count:
        yield Duty(
            kind=DutyKind.HAND_OVER,
            sentence=f"{counted(count, 'link or code', 'links and codes')} could not go by mail. Hand {'it' if count == 1 else 'them'} over yourself.",
            button="Open Messages waiting",
            href="/outbox",
            since=oldest,
            things=count,
        )
    lost, first = given_up(act)
    if lost:
        yield Duty(
            kind=DutyKind.HAND_OVER,
            sentence=f"{counted(lost, 'message')} could not be sent, and the portal stopped trying. See why, and try again.",
            button="Open Messages waiting",
            href="/outbox",
            since=first,
            things=lost,
            about=GIVEN_UP,
        )


def of_behind(act: Act) -> Iterator[Duty]:
    """Say who has yet to sign the edition in force (clause s13.agreement-review)."""
    left = [one for one in behind(act) if not one.waits and one.status is SignatoryStatus.SIGNED]
    if left:
        yield Duty(
            kind=DutyKind.BEHIND,
            sentence=f"{counted(len(left), 'organisation')} {'has' if len(left) == 1 else 'have'} yet to sign the edition in force.",
            button="See which, and remind them",
            href="/editions",
            things=len(left),
        )


def of_review(act: Act) -> Iterator[Duty]:
    """Say that the agreement is to be reviewed, from 60 days before its day (clause s13.agreement-review)."""
    on = today(act.at)
    due = next_review(act.store, on)
    if due is not None and due - on <= SOON:
        yield Duty(
            kind=DutyKind.REVIEW,
            sentence=f"The agreement {'was' if due < on else 'is'} to be reviewed by {day(due)}.",
            button="Record the review",
            href="/agreement-review",
            due=due,
            late=due < on,
        )


def of_owner(act: Act) -> Iterator[Duty]:
    """Remind the organisation that owns the agreement of its review too, from 60 days before its day (clause s13.agreement-review)."""
    on, ours = today(act.at), act.person.organisation_id
    due = next_review(act.store, on)
    if due is None or due - on > SOON or ours is None:
        return
    with reading(act.store.engine) as session:
        name, owner = session.get_one(Organisation, ours).name, organisation_named(session, facts(act.store).owner)
    if owner is not None and owner.id == ours:
        yield Duty(
            kind=DutyKind.REVIEW,
            sentence=f"{name} owns the agreement, which {'was' if due < on else 'is'} to be reviewed by {day(due)}. The Information Manager records it.",
            button="Read the agreement",
            href="/agreement",
            due=due,
            late=due < on,
        )


def of_editions(act: Act) -> Iterator[Duty]:
    """Give the editions that wait for this very person to authorise, also a release's that is ready to come into force."""
    coming = preparation(act)
    if coming is not None and coming.whole and not coming.mine:
        yield Duty(
            kind=DutyKind.EDITION,
            sentence="The agreement is ready to come into force. Two people must authorise it before anybody can sign.",
            button="Read and decide",
            href="/edition-adopt",
        )
    for one in to_authorise(act):
        yield Duty(
            kind=DutyKind.EDITION,
            sentence=f"{one.title} was handed over on {day(one.changed_at)} to be authorised.",
            button="Read and decide",
            href=f"/edition-check?id={one.id}",
            since=one.changed_at,
        )


def of_cover(act: Act) -> Iterator[Duty]:
    """Say for whom nobody can sign or decide any more, and who is away while nobody stands in: who takes over?"""
    for organisation_id, name in without_approver(act):
        yield Duty(
            kind=DutyKind.COVER,
            sentence=f"Nobody can sign or decide requests for {name}. Ask it who does from now on, and invite them.",
            button="Invite an approver",
            href=f"/organisation-change?id={organisation_id}",
        )
    for one in uncovered(act):
        away = f"is away until {day(one.last)}" if one.first <= today(act.at) else f"will be away from {day(one.first)}"
        yield Duty(
            kind=DutyKind.COVER,
            sentence=f"{one.name} {away}. Nobody stands in, and nobody else holds their role.",
            button="Give somebody the role",
            href=f"/person?id={one.account_id}",
            due=max(one.first, today(act.at)),
        )


def of_record(act: Act) -> Iterator[Duty]:
    """Say that the record is not as it was, that the clock has jumped, or what the portal could not do by itself."""
    jump = clock_jump(act)
    if jump is not None:
        yield Duty(
            kind=DutyKind.RECORD,
            sentence=jump.sentence,
            button="Look at the date",
            href="/audit",
            due=today(act.at),
            late=True,
            about="record:clock",
        )
    if is_disturbed(act.store):
        yield Duty(
            kind=DutyKind.RECORD,
            sentence="The record of who did what is not as it was. Look into it before anything else.",
            button="See what is wrong",
            href="/audit",
            due=today(act.at),
            late=True,
            about="record:differs",
        )
    failed = undone(act.store)
    if failed is not None:
        yield Duty(
            kind=DutyKind.RECORD,
            sentence=failed.sentence,
            button="Open the record",
            href="/audit",
            since=failed.since,
            late=True,
        )
