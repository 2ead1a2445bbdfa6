"""Deciding an access request: give it out, part of it, or hold it back. The decision is the holder's own (s15)."""

import hashlib
import json
from dataclasses import dataclass

from models.statements import AccessRequest
from portal.access_requests.clocks import KIND_TITLES
from portal.access_requests.entitlement import find_access, place
from portal.access_requests.log import LONGEST
from portal.access_requests.partner_views import VIEWS
from portal.access_requests.views import OUTCOMES, OpenedAccessRequest, ViewLine, opened_in
from portal.agreement.notices.standing import take_turn
from portal.documents.statements import AccessRecord, View
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import NAME_LENGTH, day, listed, one_line, paragraphs, today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition
from portal.statements.errors import DecidedError, ViewsMissingError, WordsChangedError
from portal.statements.papers.documents import access_record


@dataclass(frozen=True, kw_only=True)
class AccessDecision:
    """A decision: `exemption` is the provision relied on to hold back; `without_views` why views were not waited for."""

    outcome: str
    exemption: str = ""
    reason: str = ""
    without_views: str = ""


def decide_access(act: Act, access_id: str, decision: AccessDecision) -> None:
    """Decide an access request for the organisation that holds the information (clause s15.foi-case-by-case).

    Partners' views are weighed and kept beside it (clause s5.consult-originator); they do not bind. To hold anything back
    needs the exemption and the reason. The sealed record is made with it. The same decision again changes nothing.

    Raises NotFoundError, AnswersNeededError, ViewsMissingError, DecidedError.
    """
    allow(act, Permission.DECIDE_ACCESS)
    made = _checked(decision)
    with reading(act.store.engine) as session:
        row = find_access(session, act, access_id)
        allow(act, Permission.DECIDE_ACCESS, row.organisation_id)
        seen = opened_in(session, act, row)
    if seen.decided_at is not None:
        if seen.decided_by_id == act.person.id and {**seen.decision, **vars(made)} == seen.decision:
            return
        raise DecidedError(seen.decided_at)
    _check_views(act, seen, made)
    paper = access_record(act, row.reference, edition(row.edition), _on_paper(act, seen, made))
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = find_access(session, act, access_id, lock=True)
        if row.decided_at is not None:
            raise DecidedError(row.decided_at)
        now = opened_in(session, act, row)
        if (now.views, now.due_on) != (seen.views, seen.due_on):  # a view came in while the record was made
            last = max((one.answered_at for one in now.views if one.answered_at), default=act.at)
            raise WordsChangedError("A partner", last)
        _keep(act, row, made, paper)
        session.add(row)
        record(
            session,
            act,
            Event.ACCESS_DECIDED,
            f"access-request:{row.id}",
            row.organisation_id,
            outcome=made.outcome,
            views=sum(bool(one.view) for one in now.views),
            paper_sha256=row.paper_sha256,
        )


def _keep(act: Act, row: AccessRequest, made: AccessDecision, paper: bytes) -> None:
    vault = act.store.vault
    row.outcome, row.decided_at, row.decided_by_id = made.outcome, act.at, act.person.id
    row.stopped_on = None  # a question that nobody answered stops nothing once it is decided
    kept = {**vars(made), "decided_by": act.person.name, "position": act.person.position}
    row.decision = vault.seal_text(json.dumps(kept, ensure_ascii=False), place("decision", row.id))
    row.paper, row.paper_sha256 = vault.seal(paper, place("paper", row.id)), hashlib.sha256(paper).hexdigest()


def _checked(decision: AccessDecision) -> AccessDecision:
    made = AccessDecision(
        outcome=decision.outcome,
        exemption=one_line(decision.exemption) if decision.outcome in {"part", "withhold"} else "",
        reason=paragraphs(decision.reason),
        without_views=paragraphs(decision.without_views),
    )
    problems = {}
    if made.outcome not in OUTCOMES:
        raise AnswersNeededError({"outcome": "Choose what you decide."})
    if made.outcome in {"part", "withhold"}:
        if not made.exemption or len(made.exemption) > NAME_LENGTH:
            problems["exemption"] = "Enter the exemption you rely on, such as 'section 31(1)(a)'."
        if not made.reason:
            problems["reason"] = "Enter why it is held back. It is kept with the request."
    if len(made.reason) > LONGEST:
        problems["reason"] = f"Use {LONGEST:,} characters or fewer."
    if len(made.without_views) > LONGEST:
        problems["without_views"] = f"Use {LONGEST:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return made


def _check_views(act: Act, seen: OpenedAccessRequest, made: AccessDecision) -> None:
    """Wait for partners until their day has passed, unless the holder says why not: the law sets the clock, not they."""
    waiting = [one.organisation for one in seen.views if not one.view and one.answer_by >= today(act.at)]
    if waiting and not made.without_views:
        raise ViewsMissingError(listed(waiting))


def _on_paper(act: Act, seen: OpenedAccessRequest, made: AccessDecision) -> AccessRecord:
    return AccessRecord(
        kind=KIND_TITLES[seen.kind],
        holder=seen.holder,
        requester=seen.requester,
        asked_for=seen.asked_for,
        received_on=seen.received_on,
        due_on=seen.due_on,
        extension=seen.extension,
        views=tuple(_view(one) for one in seen.views),
        outcome=OUTCOMES[made.outcome],
        exemption=made.exemption,
        reason=made.reason,
        without_views=made.without_views,
        decided_by=act.person.name,
        position=act.person.position,
        decided_at=act.at,
        edition=seen.edition.about.short_title,
        sha256=seen.edition_hash,
    )


def _view(one: ViewLine) -> View:
    said = VIEWS[one.view] if one.view else "No view was given"
    when = f"Asked on {day(one.asked_at)}, by {day(one.answer_by)}"
    if one.answered_at:
        when += f"; answered on {day(one.answered_at)}"
    return View(one.organisation, one.question, said, one.words, when)
