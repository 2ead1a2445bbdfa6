"""What became of an answer, as either side sees it, and what this person may do about it next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.after_disclosure import AnswerNote, RecipientCopy
from models.requests import InformationRequest
from portal.ground.act import Act, Role
from portal.requests.after_disclosure.copies import HOLDS, answers_for_copy, is_named, is_over, may_end_copy
from portal.requests.after_disclosure.destruction_certificate import HOW
from portal.requests.after_disclosure.retention_extension import RetentionExtension, longer_on
from portal.requests.entitlement import Side, acts_for_asking
from portal.requests.keys import RequestKey
from portal.requests.thread import ThreadMessage, said_in


@dataclass(frozen=True, kw_only=True)
class AnswerAftermath:
    """The recipient's copy and what was said of it."""

    status: str
    keep_until: date
    is_over: bool
    confirmed_by: str
    confirmed_at: datetime | None
    gone_by: str
    gone_at: datetime | None
    how: str
    certificate: str
    notes: tuple[ThreadMessage, ...] = ()
    longer: tuple[RetentionExtension, ...] = ()
    may_confirm: bool = False
    may_report: bool = False
    may_end: bool = False
    may_extend: bool = False
    may_reply: bool = False
    may_object: bool = False
    may_pass_on: bool = False


def after_answer(
    session: Session, act: Act, row: InformationRequest, side: Side, key: RequestKey | None
) -> AnswerAftermath | None:
    """Give what became of an answer; None where nothing was shared. `key` is None once the content is deleted."""
    copy = session.get(RecipientCopy, row.id)
    if copy is None:
        return None
    asking, holds = side is Side.ASKING, copy.status in HOLDS
    named, over = asking and is_named(session, act, row), is_over(copy, act.at)
    theirs = asking and answers_for_copy(session, act, row)
    ours = side is Side.HOLDING and key is not None and not acts_for_asking(act, row)
    longer = longer_on(session, row, key) if key else ()
    ends = may_end_copy(session, act, row, side)
    approver = act.person.holds(Role.APPROVER, row.holding_organisation_id)
    return AnswerAftermath(
        status=copy.status,
        keep_until=copy.keep_until,
        is_over=over,
        confirmed_by=copy.confirmed_by or "",
        confirmed_at=copy.confirmed_at,
        gone_by=copy.gone_by or "",
        gone_at=copy.gone_at,
        how=HOW.get(copy.gone_how, ""),
        certificate=copy.certificate_reference or "",
        notes=said_in(session, AnswerNote, row, key) if key else (),
        longer=longer,
        may_confirm=named and copy.status == "unconfirmed",
        may_report=named and key is not None and copy.status in {"unconfirmed", "held"},
        may_end=ends and holds,
        may_extend=theirs and holds and key is not None,
        may_reply=ours and copy.status == "wrong" and not ends,
        may_object=ours and approver and holds and not (over or ends) and bool(longer) and not longer[-1].objection,
        may_pass_on=named and holds and key is not None,
    )
