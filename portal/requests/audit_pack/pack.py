"""The audit pack of a request, for the two sides alone: made from what is there, sealed, and each issue recorded."""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, select

from models.requests import AnswerFile, Decision, InformationRequest, UrgentRecord
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import moment
from portal.documents.requests.audit_pack import AuditPack, PackSection, PackTable, audit_pack
from portal.documents.seal.issuing import issue
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.wording import day
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.audit_pack.parts import EMPTIED, consented, parts_of
from portal.requests.audit_pack.record_extract import chain_of, events_of
from portal.requests.case import Case
from portal.requests.consents.views import consents
from portal.requests.exchange.decisions import DECIDED, RequestDecision, marking_of, verdict_from
from portal.requests.exchange.section4_check import ADVICE
from portal.requests.forms.contents import ten
from portal.requests.keys import open_key
from portal.requests.papers.documents import PaperStamp, check_on_paper, head_of
from portal.requests.views import OpenedRequest, Side, open_request, request_row


@dataclass(frozen=True, kw_only=True)
class PackSource:
    """What the store holds of a request besides what its page shows, read at one moment."""

    row: InformationRequest
    side: Side
    decision: Decision | None
    verdict: RequestDecision | None  # None where this person may not open the answer
    files: tuple[AnswerFile, ...]
    short: UrgentRecord | None


def request_pack(act: Act, request_id: str) -> tuple[str, bytes]:
    """Make and seal the audit pack of a request: its reference and the bytes. The issue is recorded.

    For those who may open the request: both sides' people, and nobody else. What was disclosed is left out. The reasons
    of the decision stand in it for those who may open the answer. Raises NotFoundError for everybody else.
    """
    allow(act, Permission.ASK)
    opened = open_request(act, request_id)
    with reading(act.store.engine) as session:
        kept = _kept(session, act, request_id, opened)
    marking = _marking(opened, kept)
    stamp = PaperStamp(reference=kept.row.reference, at=act.at)
    pdf = issue(act, audit_pack(head_of(act, marking, stamp), _pack(act, opened, kept)), kept.row.reference)
    with transaction(act.store.engine) as session:
        row, side = request_row(session, act, request_id)
        digest = hashlib.sha256(pdf).hexdigest()
        record(session, act, Event.PACK_ISSUED, f"request:{row.id}", None, side=side.value, paper_sha256=digest)
    return kept.row.reference, pdf


def _kept(session: Session, act: Act, request_id: str, opened: OpenedRequest) -> PackSource:
    row, side = request_row(session, act, request_id)
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    files: tuple[AnswerFile, ...] = ()
    verdict = None
    if decision is not None:
        files = tuple(session.exec(select(AnswerFile).where(AnswerFile.decision_id == decision.id)).all())
        if opened.may_open_answer and row.data_key is not None:
            key = open_key(act.store.vault, row)
            verdict = verdict_from(key.open_json(decision.content, f"decision.content:{decision.id}"))
    return PackSource(
        row=row,
        side=side,
        decision=decision,
        verdict=verdict,
        files=files,
        short=session.get(UrgentRecord, row.id),
    )


def _marking(opened: OpenedRequest, kept: PackSource) -> str:
    if opened.case is None:
        return ""
    wanted = [marking_of(opened.case)]
    edition = opened.case.edition
    if kept.decision is not None and kept.decision.marking in {one.id for one in edition.markings}:
        wanted.append(edition.marking(kept.decision.marking))
    return max(wanted, key=lambda one: one.rank).title


def _pack(act: Act, opened: OpenedRequest, kept: PackSource) -> AuditPack:
    line, case = opened.line, opened.case
    agreed = consents(act, line.id) if case else ()
    return AuditPack(
        asked_by=line.asking,
        asked_of=line.holder,
        stands=DECIDED.get(line.decided, "Withdrawn" if line.status == "withdrawn" else "Not decided yet"),
        made_for=f"{act.person.name}, on the side that {'asked' if kept.side is Side.ASKING else 'was asked'}",
        life=_life(opened, kept),
        contents=_contents(opened, case),
        items=PackTable(
            title="What was asked for, item by item",
            headings=("Item", "Why it is needed"),
            rows=tuple((one.what, one.why) for one in case.items) if case else (),
            widths=(2, 3),
            nothing=EMPTIED,
        ),
        check=check_on_paper(case) if case else None,
        rule_book=_rule_book(case, kept),
        parts=(*parts_of(opened, kept.decision, kept.verdict, kept.files), consented(agreed)),
        events=events_of(act, kept.row),
        chain=chain_of(act, kept.row),
    )


def _life(opened: OpenedRequest, kept: PackSource) -> tuple[LabelledLine, ...]:
    row, decision, short = kept.row, kept.decision, kept.short
    dates = [
        ("Sent", moment(row.sent_at)),
        ("Answer wanted by", day(row.wanted_by) if row.wanted_by else ""),
        ("Urgent", "Yes" if row.urgent else "No"),
        ("Full record completed", moment(short.completed_at) if short and short.completed_at else ""),
        ("Decided", moment(decision.decided_at) if decision else ""),
        ("Opens here until", moment(decision.opens_until) if decision and decision.opens_until else ""),
        ("Withdrawn", f"{moment(row.withdrawn_at)}, by {opened.withdrawn_by}" if row.withdrawn_at else ""),
        ("Content deleted", moment(row.purged_at) if row.purged_at else ""),
    ]
    return tuple(LabelledLine(label, value) for label, value in dates if value)


def _contents(opened: OpenedRequest, case: Case | None) -> PackSection:
    if case is None:
        return PackSection(title="The ten contents of the request", nothing=EMPTIED)
    lines = ten(case, opened.line.sent_at)
    facts = tuple(LabelledLine(f"{number}. {line.label}", line.value) for number, line in enumerate(lines, 1))
    return PackSection(title="The ten contents of the request", facts=facts)


def _rule_book(case: Case | None, kept: PackSource) -> tuple[LabelledLine, ...]:
    named = case.edition.about.short_title if case else kept.row.edition
    facts = [
        LabelledLine("Edition", named),
        LabelledLine("Hash of its text when the request was sent (SHA-256)", kept.row.edition_hash),
        LabelledLine("What the check advised then", ADVICE[kept.row.outcome].title),
        LabelledLine("Hash of the written request (SHA-256)", kept.row.paper_sha256),
    ]
    if kept.decision is not None:
        facts.append(LabelledLine("Hash of the answer's paper (SHA-256)", kept.decision.paper_sha256))
    return tuple(facts)
