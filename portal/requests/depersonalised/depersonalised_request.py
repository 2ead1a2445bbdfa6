"""Asking for data without names: what, from whom, for what, by when, in what detail. No Section 4 check is needed (s6)."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.accounts import Account
from models.depersonalised_requests import DepersonalisedRequest
from models.requests import Decision, InformationRequest
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.dates import AS_NUMBERS, NO_DAY, TypedDay, day_typed
from portal.ground.wording import new_id, paragraphs, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.depersonalised.identifier_check import pointing
from portal.requests.depersonalised.notifications import tell_depersonalised
from portal.requests.entitlement import Side, request_row
from portal.requests.errors import NotYourTurnError
from portal.requests.participants import bodies_to_ask, own_organisation, people_of

DETAILS = {
    "totals": "Totals only",
    "months": "By month",
    "places": "By area, such as ward or parish",
    "records": "One line for each case, without names or addresses",
}
_MOST_WORDS = 2000
_LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class NewDepersonalisedRequest:
    """What the short form asks. `after` is the refused request that led here, '' where none did."""

    holder: str = ""
    what: str = ""
    purpose: str = ""
    detail: str = ""
    wanted_by: TypedDay = NO_DAY
    after: str = ""


def ask_without_names(act: Act, key: str, wanted: NewDepersonalisedRequest) -> str:
    """Ask another organisation for data without names; returns the request's id (clause s6.prefer-depersonalised).

    `key` is made when the form is first shown: pressing twice gives the same request. Raises AnswersNeededError with a
    sentence for each field, also where one points to a person; NotActiveError where either body takes no part now.
    """
    organisation_id = own_organisation(act)
    allow(act, Permission.ASK, organisation_id)
    require_active(act.store, organisation_id)
    before = _asked_before(act, key)
    if before:
        return before
    words, by = _checked(act, wanted)
    after = _kinder(act, wanted.after) if wanted.after else None
    row = DepersonalisedRequest(
        id=new_id(),
        reference=reference(),
        key=key,
        asking_organisation_id=organisation_id,
        holding_organisation_id=wanted.holder,
        requester_id=act.person.id,
        after_request_id=after.id if after else None,
        status="waiting",
        detail=wanted.detail,
        wanted_by=by,
        sent_at=act.at,
        turn_since=act.at,
        words=b"",
    )
    row.words = act.store.vault.seal_text(json.dumps(words), f"nameless_request.words:{row.id}")
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            _keep(session, act, row)
            return row.id
    except IntegrityError:
        again = _asked_before(act, key)  # two clicks at once
        if not again:
            raise
        return again


def kinder_start(act: Act, request_id: str) -> NewDepersonalisedRequest:
    """Give the form as a refused request fills it in: whom to ask. No word of that request comes with it.

    Raises NotFoundError where the person may not see that request, or it was not refused.
    """
    allow(act, Permission.ASK)
    row = _kinder(act, request_id)
    return NewDepersonalisedRequest(holder=row.holding_organisation_id, after=row.id)


def withdraw_without_names(act: Act, request_id: str) -> None:
    """Withdraw a request without names that waits. For who asked, or any colleague there; a second time changes nothing."""
    allow(act, Permission.ASK)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, side = depersonalised_row(session, act, request_id, lock=True)
        if side is not Side.ASKING:
            raise NotFoundError
        if row.status == "withdrawn":
            return
        if row.status != "waiting":
            raise NotYourTurnError("This request has been answered, so it cannot be withdrawn.")
        row.status, row.withdrawn_at, row.turn_since = "withdrawn", act.at, act.at
        session.add(row)
        record(session, act, Event.NAMELESS_WITHDRAWN, f"data-request:{row.id}", row.asking_organisation_id)
        tell_depersonalised(
            session, act, "depersonalised-withdrawn", row, people_of(session, row.holding_organisation_id)
        )


def depersonalised_row(
    session: Session, act: Act, request_id: str, *, lock: bool = False
) -> tuple[DepersonalisedRequest, Side]:
    """Find a request without names and the side on which this person acts. Raises NotFoundError for everybody else."""
    query = select(DepersonalisedRequest).where(DepersonalisedRequest.id == request_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is not None and may(act.person, Permission.ANSWER, row.holding_organisation_id):
        return row, Side.HOLDING
    if row is not None and may(act.person, Permission.ASK, row.asking_organisation_id):
        return row, Side.ASKING
    raise NotFoundError


def _checked(act: Act, wanted: NewDepersonalisedRequest) -> tuple[dict[str, str], date]:
    words = {"what": paragraphs(wanted.what), "purpose": paragraphs(wanted.purpose)}
    needed = {"what": "Say which figures or facts you want.", "purpose": "Say what they are for."}
    problems = pointing(words, act.at.year)
    for field, text in words.items():
        if not text:
            problems[field] = needed[field]
        elif len(text) > _MOST_WORDS:
            problems[field] = f"Use {_MOST_WORDS:,} characters or fewer."
    if wanted.holder not in {one.id for one in bodies_to_ask(act)}:
        problems["holder"] = "Choose who you are asking."
    if wanted.detail not in DETAILS:
        problems["detail"] = "Choose how fine the data must be."
    by = None
    try:
        by = day_typed(wanted.wanted_by)
    except ValueError:
        problems["wanted_by"] = AS_NUMBERS
    if by is None or not today(act.at) < by <= today(act.at) + _LONGEST_WAIT:
        problems.setdefault("wanted_by", "Enter the day by which you want it: after today, and within a year.")
    if problems or by is None:
        raise AnswersNeededError(problems)
    return words, by


def _kinder(act: Act, request_id: str) -> InformationRequest:
    with reading(act.store.engine) as session:
        row, side = request_row(session, act, request_id)
        decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    if side is not Side.ASKING or decision is None or decision.outcome != "refuse":
        raise NotFoundError
    return row


def _keep(session: Session, act: Act, row: DepersonalisedRequest) -> None:
    require_active(session, row.asking_organisation_id)
    require_active(session, row.holding_organisation_id)
    session.add(row)
    session.flush()
    record(
        session,
        act,
        Event.NAMELESS_ASKED,
        f"data-request:{row.id}",
        row.asking_organisation_id,
        reference=row.reference,
        to=row.holding_organisation_id,
        detail=row.detail,
        after=row.after_request_id or "",
    )
    tell_depersonalised(session, act, "depersonalised-waiting", row, people_of(session, row.holding_organisation_id))
    asker = session.get(Account, row.requester_id)
    tell_depersonalised(session, act, "depersonalised-sent", row, [asker] if asker else [])


def _asked_before(act: Act, key: str) -> str:
    with reading(act.store.engine) as session:
        query = select(DepersonalisedRequest.id).where(
            DepersonalisedRequest.key == key, DepersonalisedRequest.requester_id == act.person.id
        )
        return session.exec(query).first() or ""
