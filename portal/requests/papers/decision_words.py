"""A decision in the words of its paper: what is shared, where it came from, how it was matched, what it may be used for."""

import hashlib
from datetime import datetime

from portal.documents.requests.request import AnswerPaper, Attachment, ItemAnswer
from portal.documents.requests.request import DecisionPaper as Said
from portal.ground.act import Act
from portal.ground.input.dates import day_typed
from portal.ground.wording import day, listed, paragraphs
from portal.requests.case import Case
from portal.requests.exchange.attachments import Attached
from portal.requests.exchange.decisions import ALTERNATIVES, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import basis_in_words
from portal.requests.forms.data_subject import MATCHES
from portal.requests.participants import bodies_to_ask


def on_paper(
    act: Act, case: Case, reference: str, sent_at: datetime, verdict: RequestDecision, files: tuple[Attached, ...]
) -> AnswerPaper:
    """Put a decision in the words of its paper (clause s6.disclosure-in-writing)."""
    kinder = f" {ALTERNATIVES[verdict.alternative]}." if verdict.alternative else ""
    decided = {"disclose": Said.DISCLOSE, "in_part": Said.IN_PART, "refuse": Said.REFUSE}[verdict.outcome]
    ours = case.holder.name if case.holder else ""
    names = {one.id: one.name for one in bodies_to_ask(act)}
    items = tuple(
        ItemAnswer(
            item=asked.what,
            decision="Shared" if item.shared else "Not shared",
            information=item.information or ("In the files that go with this answer" if item.shared else ""),
            reason=item.reason,
            source=(names.get(item.source, "") or ours) if item.shared else "",
        )
        for asked, item in zip(case.items, verdict.items, strict=False)
    )
    return AnswerPaper(
        decision=decided,
        request_reference=reference,
        request_sent_at=sent_at,
        asked_by=case.asking.name,
        holder=ours,
        decided_by=act.person.name,
        position=act.person.position,
        decided_at=act.at,
        reason=f"{paragraphs(verdict.reason)}{kinder}".strip(),
        items=items if verdict.shares else (),
        conditions=(
            *([f"The holder's lawful basis: {basis_in_words(case, verdict.basis)}."] if verdict.basis else []),
            *(one.text for one in conditions_to_tick(case) if one.id in verdict.ticked),
        ),
        recipients=tuple(one.words for one in case.recipients),
        attachments=tuple(Attachment(one.name, hashlib.sha256(one.content).hexdigest()) for one in files),
        matched=matched_in_words(verdict) if verdict.shares else "",
        use=_use(case, verdict) if verdict.shares else "",
    )


def _use(case: Case, verdict: RequestDecision) -> str:
    """Say what it may be used for, and until when it may be kept (clauses s8.use-by-protocol, s12.personal-retention)."""
    until = day_typed(verdict.keep_until)
    kept = f" Keep it until {day(until)} at most, then destroy it and say so." if until else ""
    return f"{use_in_words(case)}{kept}"


def use_in_words(case: Case) -> str:
    """Say the one purpose, the Protocol that the use is held to, and what another purpose needs (clause s8.use-by-protocol)."""
    purpose = case.words("purpose").rstrip(".")
    return (
        f"Only for this purpose: {purpose}. Use it as the Protocol says "
        f"({case.edition.about.sits_under}). Another purpose needs a new request."
    )


def matched_in_words(verdict: RequestDecision) -> str:
    """Say which parts of the description agreed with the holder's record (clause s7.matching-quality)."""
    return listed([MATCHES[one].lower() for one in MATCHES if one in verdict.matched])
