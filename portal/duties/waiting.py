"""What waits for a person, by the roles they hold: counted from the services of each journey, for the home page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.access_requests.partner_views import questions_to_us
from portal.access_requests.views import access_requests
from portal.agreement.editions.review import is_due
from portal.agreement.editions.views import to_authorise
from portal.agreement.notices.standing import SignatoryStatus
from portal.agreement.signing import evidence
from portal.agreement.signing.renewal import behind
from portal.agreement.withholding.views import proposals
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.partnership import facts
from portal.ground.wording import counted, day, today
from portal.incidents.views import breaches
from portal.meetings.closed_session.urgent import waiting_wishes
from portal.meetings.meeting import is_near, leads, meetings
from portal.meetings.minutes.reading import waiting_papers
from portal.partnership import blanks
from portal.partnership.changes import unconfirmed
from portal.record.audit import ChainVerdict, head, verify
from portal.record.outbox import to_hand_over
from portal.requests.after_disclosure.onward_sharing_answers import wishes_to_us
from portal.requests.depersonalised.views import data_requests
from portal.requests.views import RequestLine, Side, requests_received, requests_sent
from portal.returns.review.queries import to_answer, to_close
from portal.returns.service.calendar import due as returns_due
from portal.rules.edition.editions import edition_in_force
from portal.statements.views import statements

_WALKED_AT_ONCE = 20_000  # entries: about half a second


@dataclass(frozen=True, kw_only=True)
class WaitingDuty:
    """One kind of thing that waits: what, how many, where to do it, and since when the oldest waits (where known)."""

    what: str
    count: int
    href: str
    since: datetime | None = None

    @property
    def words(self) -> str:
        """Say how long the oldest has waited, '' where it is not known."""
        return f"Oldest from {day(self.since)}" if self.since else ""


def waiting_for(act: Act) -> list[WaitingDuty]:
    """List what waits for the person, the oldest first; kinds of which nothing waits are left out."""
    parts: tuple[tuple[Permission, Callable[[Act], Iterator[WaitingDuty]]], ...] = (
        (Permission.ANSWER, _requests),
        (Permission.SEND_RETURN, _returns),
        (Permission.QUERY_RETURN, _queries),
        (Permission.WRITE_STATEMENT, _statements),
        (Permission.KEEP_ACCESS_LOG, _access),
        (Permission.REPORT_BREACH, _breaches),
        (Permission.CHAIR_MEETING, _meetings),
        (Permission.READ_MEETING_PAPERS, _papers),
        (Permission.CONFIRM_SIGNATURES, _signatures),
        (Permission.READ_OUTBOX, _secrets),
        (Permission.AUTHORISE_EDITION, _editions),
        (Permission.CONFIRM_SIGNATURES, _behind),
        (Permission.READ_WITHHOLDING, _withholdings),
        (Permission.DRAFT_EDITION, _review),
        (Permission.CONFIRM_FACTS, _facts),
        (Permission.CHANGE_SETTINGS, _blanks),
    )
    found = [one for permission, part in parts if may(act.person, permission) for one in part(act) if one.count]
    return sorted(found, key=lambda one: (one.since is None, one.since or act.at))


def total(act: Act) -> int:
    """Count all that waits."""
    return sum(one.count for one in waiting_for(act))


def _requests(act: Act) -> Iterator[WaitingDuty]:
    """Count what waits for this person's organisation among its requests, each kind with its oldest."""
    found: dict[str, list[datetime]] = {}
    for line in requests_received(act):
        if line.turn is Side.HOLDING:
            what = "Answers with which something is wrong" if line.copy else "Requests to answer"
            found.setdefault(what, []).append(line.turn_since)
        elif line.is_over:
            found.setdefault("Answers of yours kept past their time", []).append(line.turn_since)
    for line in requests_sent(act):
        if line.turn is Side.ASKING:
            found.setdefault(_to_do_as_asker(line), []).append(line.turn_since)
    for one in data_requests(act):
        if one.waits and one.side is Side.HOLDING:
            found.setdefault("Figures asked of you", []).append(one.turn_since)
    for wish in wishes_to_us(act):
        found.setdefault("Partners who ask to pass a fact on", []).append(wish.asked_at)
    for what, since in found.items():
        yield WaitingDuty(what=what, count=len(since), href="/request", since=min(since))


def _to_do_as_asker(line: RequestLine) -> str:
    if line.is_over:
        return "Answers whose keeping time is over"
    return "Answers to confirm" if line.copy else "Questions about your requests"


def _returns(act: Act) -> Iterator[WaitingDuty]:
    if act.person.organisation_id is None:
        return
    rows = returns_due(act, act.person.organisation_id)
    late = sum(row.standing == "stopped" for row in rows)
    yield WaitingDuty(what="Returns that are late", count=late, href="/return")
    yield WaitingDuty(what="Returns that are due", count=sum(r.standing == "waiting" for r in rows), href="/return")
    asked = to_answer(act, act.person.organisation_id)
    if asked:
        since = min(one.said[-1].at for one in asked)
        yield WaitingDuty(what="Questions about your returns", count=len(asked), href="/return", since=since)


def _queries(act: Act) -> Iterator[WaitingDuty]:
    answered = to_close(act)
    if answered:
        since = min(one.said[-1].at for one in answered)
        yield WaitingDuty(
            what="Answers to your questions about returns", count=len(answered), href="/returns-received", since=since
        )


def _meetings(act: Act) -> Iterator[WaitingDuty]:
    near = [one for one in meetings(act) if leads(act, one.chair_id) and is_near(act, one) and one.closed_at is None]
    yield WaitingDuty(what="Meetings of yours, today", count=len(near), href="/meetings")
    for meeting_id, asked in waiting_wishes(act).items():
        yield WaitingDuty(
            what="Wishes to pass something on",
            count=len(asked),
            href=f"/meeting-wishes?id={meeting_id}",
            since=asked[0],
        )


def _papers(act: Act) -> Iterator[WaitingDuty]:
    to_read, to_write = waiting_papers(act)
    if to_write:
        yield WaitingDuty(what="Minutes to write", count=len(to_write), href=_minutes_page(act), since=to_write[0])
    if to_read:
        yield WaitingDuty(
            what="Minutes to read and correct", count=len(to_read), href="/meeting-papers", since=to_read[0]
        )


def _minutes_page(act: Act) -> str:
    return "/meetings" if may(act.person, Permission.CHAIR_MEETING) else "/meeting-papers"


def _statements(act: Act) -> Iterator[WaitingDuty]:
    lines = statements(act)
    yield WaitingDuty(what="Sharing statements to sign", count=sum(one.ours for one in lines), href="/statements")
    yield WaitingDuty(
        what="Sharing statements to review", count=sum(bool(one.review) for one in lines), href="/statements"
    )


def _access(act: Act) -> Iterator[WaitingDuty]:
    now = today(act.at)
    near = [one for one in access_requests(act) if one.standing(now) in {"waiting", "stopped"}]
    yield WaitingDuty(what="Access requests near or past their last day", count=len(near), href="/access-requests")
    asked = [one.asked_at for one in questions_to_us(act) if not one.view and not one.closed]
    if asked:
        yield WaitingDuty(
            what="Partners who want your view", count=len(asked), href="/access-requests", since=min(asked)
        )


def _breaches(act: Act) -> Iterator[WaitingDuty]:
    still_open = [one.reported_at for one in breaches(act) if one.closed_at is None]
    if still_open:
        yield WaitingDuty(
            what="Losses of shared information", count=len(still_open), href="/breaches", since=min(still_open)
        )


def _signatures(act: Act) -> Iterator[WaitingDuty]:
    queue = evidence.waiting(act)
    if queue:
        yield WaitingDuty(
            what="Signatures to check", count=len(queue), href="/to-do", since=min(one.signed_at for one in queue)
        )


def _secrets(act: Act) -> Iterator[WaitingDuty]:
    count, oldest = to_hand_over(act)
    yield WaitingDuty(what="Links and codes to hand over", count=count, href="/outbox", since=oldest)


def _editions(act: Act) -> Iterator[WaitingDuty]:
    found = to_authorise(act)
    if found:
        href = f"/edition-check?id={found[0].id}"
        yield WaitingDuty(what="Editions to authorise", count=len(found), href=href, since=found[0].changed_at)


def _review(act: Act) -> Iterator[WaitingDuty]:
    yield WaitingDuty(what="Review of the agreement that is due", count=int(is_due(act)), href="/agreement-review")


def _withholdings(act: Act) -> Iterator[WaitingDuty]:
    left = [one for one in proposals(act) if one.may_answer or one.may_decide]
    if left:
        since = min(one.proposed_at for one in left)
        yield WaitingDuty(what="Proposals to withhold", count=len(left), href="/withholding", since=since)


def _behind(act: Act) -> Iterator[WaitingDuty]:
    left = [one for one in behind(act) if not one.waits and one.status is SignatoryStatus.SIGNED]
    yield WaitingDuty(what="Organisations to sign the edition in force", count=len(left), href="/editions")


def _facts(act: Act) -> Iterator[WaitingDuty]:
    open_facts = unconfirmed(act, edition_in_force(today(act.at)))
    yield WaitingDuty(what="Facts of the edition to confirm", count=len(open_facts), href="/facts")


def _blanks(act: Act) -> Iterator[WaitingDuty]:
    still_open = blanks.open_blanks(facts(act.store).placeholders)
    yield WaitingDuty(what="Blanks of the agreement to fill in", count=len(still_open), href="/settings")


def record_state(act: Act) -> ChainVerdict | None:
    """Walk the record where it is short enough to do so each time somebody looks; None where it is not."""
    return verify(act.store) if head(act.store)[0] <= _WALKED_AT_ONCE else None


def in_words(found: list[WaitingDuty]) -> str:
    """Say how much waits in one sentence."""
    many = sum(one.count for one in found)
    return f"{counted(many, 'thing')} {'waits' if many == 1 else 'wait'} for you." if many else "Nothing is waiting."
