"""What sharing statements, access requests, losses and minutes ask."""

from collections.abc import Iterator

from portal.access_requests.partner_views import questions_to_us
from portal.access_requests.views import access_requests
from portal.agreement.withholding.views import proposals
from portal.breaches.views import breaches
from portal.duties.duty import Duty, DutyKind
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.wording import clock, day, today
from portal.meetings.meeting import leads, meetings
from portal.meetings.minutes.reading import waiting_papers
from portal.statements.views import statements


def of_statements(act: Act) -> Iterator[Duty]:
    """Give the statements that wait for this person's signature, and those to review (clause app5.statement)."""
    on = today(act.at)
    for one in statements(act):
        if one.ours:
            yield Duty(
                kind=DutyKind.STATEMENT,
                sentence=f"It is your organisation's turn to sign the statement “{one.title}”.",
                button="Read and sign it",
                href=f"/statement?id={one.id}",
            )
        elif one.closed:
            yield Duty(
                kind=DutyKind.STATEMENT,
                sentence=f"{one.closed}. The statement “{one.title}” waits to be ended.",
                button="See it",
                href=f"/statement?id={one.id}",
            )
        elif one.review:
            yield Duty(
                kind=DutyKind.STATEMENT,
                sentence=f"Review the statement “{one.title}”. {' '.join(one.review)}",
                button="Review it",
                href=f"/statement?id={one.id}",
                due=one.review_on,
                late=one.review_on is not None and one.review_on < on,
            )


def of_access_requests(act: Act) -> Iterator[Duty]:
    """Give the requests of people for information about themselves whose clock runs, and partners' questions about theirs."""
    on = today(act.at)
    for line in access_requests(act):
        if line.decided_at is None and line.stopped_on is None:
            yield Duty(
                kind=DutyKind.ACCESS,
                sentence=f"Decide access request {line.reference} by {day(line.due_on)}: {line.left(on).lower()}.",
                button="Open it",
                href=f"/access-request?id={line.id}",
                due=line.due_on,
                late=line.due_on < on,
            )
    for one in questions_to_us(act):
        if not one.view and not one.closed:
            yield Duty(
                kind=DutyKind.VIEW,
                sentence=f"{one.holder} wants your view on an access request by {day(one.answer_by)}.",
                button="Give your view",
                href=f"/access-question?id={one.id}",
                due=one.answer_by,
                since=one.asked_at,
                late=one.answer_by < on,
            )


def of_breaches(act: Act) -> Iterator[Duty]:
    """Give the losses that are not closed, with the regulator's clock where it runs (clause s9.breach)."""
    for one in breaches(act):
        if one.closed_at is not None:
            continue
        runs = one.regulator_by is not None and not one.regulator_settled
        by = (
            f" Say by {day(one.regulator_by)} at {clock(one.regulator_by)} whether the Information Commissioner is told."
            if runs and one.regulator_by
            else ""
        )
        yield Duty(
            kind=DutyKind.BREACH,
            sentence=f"Loss {one.reference}, reported on {day(one.reported_at)}, is not closed.{by}",
            button="Open it",
            href=f"/breach?id={one.id}",
            due=today(one.regulator_by) if runs and one.regulator_by else None,
            since=one.reported_at,
            late=runs and one.regulator_by is not None and one.regulator_by < act.at,
        )


def of_minutes(act: Act) -> Iterator[Duty]:
    """Give the minutes that this person writes, and those that they can still correct (Appendix 6)."""
    to_read, to_write = waiting_papers(act)
    chaired = may(act.person, Permission.CHAIR_MEETING) and to_write
    led = {one.id for one in meetings(act) if leads(act, one.chair_id)} if chaired else set()
    for closed_at, meeting_id in to_write:
        yield Duty(
            kind=DutyKind.MINUTES,
            sentence=f"Write the minutes of the meeting that closed on {day(closed_at)}.",
            button="Write them",
            href=f"/{'meeting-minutes' if meeting_id in led else 'minutes-write'}?id={meeting_id}",
            since=closed_at,
            about=f"minutes:{meeting_id}",
        )
    for sent_at, meeting_id in to_read:
        yield Duty(
            kind=DutyKind.MINUTES,
            sentence=f"Read the minutes that came on {day(sent_at)}, and say what is wrong in them.",
            button="Read them",
            href=f"/meeting-papers?id={meeting_id}",
            since=sent_at,
            about=f"minutes:{meeting_id}",
        )


def of_withholdings(act: Act) -> Iterator[Duty]:
    """Give the proposals to withhold a passage that wait for this person (clause s15.withhold-parts)."""
    for one in proposals(act):
        if one.may_answer or one.may_decide:
            said = "Decide" if one.may_decide else "Answer"
            yield Duty(
                kind=DutyKind.WITHHOLDING,
                sentence=f"{said} the proposal of {day(one.proposed_at)} to withhold a passage of the agreement.",
                button=f"{said} it",
                href=f"/withholding?id={one.id}",
                since=one.proposed_at,
            )
