"""The parts of an audit pack after the check: who was consulted, the decision, receipt, the urgent record."""

from collections.abc import Sequence

from models.requests import AnswerFile, Decision
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import moment
from portal.documents.requests.audit_pack import PackSection, PackTable
from portal.ground.wording import day, day_and_time
from portal.requests.case import Case
from portal.requests.consents.views import HOW, ConsentView
from portal.requests.exchange.correspondence import VIEWS
from portal.requests.exchange.decisions import ALTERNATIVES, DECIDED, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import basis_in_words
from portal.requests.exchange.section4_check import WHOM
from portal.requests.views import OpenedRequest, Side

EMPTIED = "Its content is gone: it was withdrawn, or its keeping time was over."
_NOT_YOURS = "The reasons are in the answer. It opens only for the people named in the request, until its day."


def parts_of(
    opened: OpenedRequest, decision: Decision | None, verdict: RequestDecision | None, files: tuple[AnswerFile, ...]
) -> tuple[PackSection | PackTable, ...]:
    """Give the parts in their order; `verdict` is None where this person may not open the answer."""
    return (
        _consulted(opened),
        _messages(opened),
        _decided(opened, decision, verdict),
        _disclosed(files),
        _after(opened),
        _urgent(opened),
    )


def _consulted(opened: OpenedRequest) -> PackTable:
    return PackTable(
        title="Who was consulted",
        headings=("Who", "When", "What they said", "Recorded"),
        rows=tuple(
            (
                f"{WHOM[one.whom]}: {one.name}, {one.position}",
                one.day,
                f"{VIEWS[one.view]}. {one.said}",
                f"{one.recorded_by}, {day_and_time(one.recorded_at)}",
            )
            for one in opened.consulted
        ),
        widths=(3, 2, 4, 3),
        nothing=EMPTIED if opened.case is None else "No consultation is recorded.",
    )


def consented(agreed: Sequence[ConsentView]) -> PackTable:
    """Give what is recorded of the person's consent, taken back or not, and what each side did then."""
    return PackTable(
        title="Consent of the person",
        headings=("Who, and how", "When", "To what, and what shows it", "Taken back, and what was done"),
        rows=tuple(
            (
                f"{one.who}. {HOW[one.how]}",
                day(one.given_on),
                f"{one.agreed_to} {one.evidence}",
                _taken_back(one),
            )
            for one in agreed
        ),
        widths=(3, 2, 4, 3),
        nothing="No consent is recorded.",
    )


def _taken_back(one: ConsentView) -> str:
    """Say whether a consent was taken back, in whose words, and what each side did about it."""
    if one.withdrawn_on is None:
        return "No"
    done = [f"{did.organisation}: {did.words}" for did in one.followed]
    return " ".join(
        (f"{day(one.withdrawn_on)}.", one.withdrawal, *(done or ["Nobody has said yet what was done."]))
    ).strip()


def _messages(opened: OpenedRequest) -> PackTable:
    return PackTable(
        title="Questions and answers before the decision",
        headings=("Who", "When", "Words"),
        rows=tuple(
            (
                f"{'Question' if one.kind == 'question' else 'Answer'} from {one.by}",
                day_and_time(one.at),
                one.words,
            )
            for one in opened.messages
        ),
        widths=(2, 2, 5),
        nothing=EMPTIED if opened.case is None else "No question was asked.",
    )


def _decided(opened: OpenedRequest, decision: Decision | None, verdict: RequestDecision | None) -> PackSection:
    case = opened.case
    if decision is None:
        return PackSection(title="The decision", nothing="There is no decision.")
    by = f"{decision.decided_by}, {decision.position}" if decision.position else decision.decided_by
    facts = [
        LabelledLine("Decision", DECIDED[decision.outcome]),
        LabelledLine("Decided by", by),
        LabelledLine("Decided", moment(decision.decided_at)),
        LabelledLine("Went another way than the check or somebody asked", "Yes" if decision.against_check else "No"),
    ]
    if case is not None and decision.marking in {one.id for one in case.edition.markings}:
        facts.append(LabelledLine("Marking of the answer", case.edition.marking(decision.marking).title))
    if verdict is None or case is None:
        facts.append(LabelledLine("Reasons", EMPTIED if case is None else _NOT_YOURS))
        return PackSection(title="The decision", facts=tuple(facts))
    return PackSection(title="The decision", facts=(*facts, *_reasons(case, verdict, opened.line.side)))


def _reasons(case: Case, verdict: RequestDecision, side: Side) -> list[LabelledLine]:
    of_items = any(one.reason for one in verdict.items)
    facts = [LabelledLine("Reason", verdict.reason or ("It stands beside each item" if of_items else "None was given"))]
    if verdict.basis:
        facts.append(LabelledLine("The holder's lawful basis", basis_in_words(case, verdict.basis)))
    if verdict.alternative:
        facts.append(LabelledLine("Offered instead", ALTERNATIVES[verdict.alternative]))
    for number, item in enumerate(verdict.items if verdict.shares else (), 1):
        said = "Shared. The information is left out of this pack." if item.shared else f"Not shared: {item.reason}"
        facts.append(LabelledLine(f"Item {number}", said))
    ticked = [one.text for one in conditions_to_tick(case) if one.id in verdict.ticked]
    if verdict.shares:
        facts.append(LabelledLine("Conditions that were met", "\n".join(ticked) or "None was needed"))
    # What the holder knows of a live case, and why it went its own way, are the holder's to tell.
    if side is Side.HOLDING and verdict.shares:
        facts.append(LabelledLine("A live case known to the holder", "Yes" if verdict.live_case else "No"))
        if verdict.against_reason:
            facts.append(LabelledLine("Why it went another way", verdict.against_reason))
    return facts


def _disclosed(kept: tuple[AnswerFile, ...]) -> PackTable:
    files = sorted(kept, key=lambda one: one.number)
    return PackTable(
        title="Files that went with the answer",
        headings=("File", "Kind", "Size in bytes"),
        rows=tuple((f"File {one.number}", one.kind, f"{one.size:,}") for one in files),
        widths=(2, 2, 2),
        nothing="No file went with an answer.",
    )


def _after(opened: OpenedRequest) -> PackSection:
    after, title = opened.after, "Receipt, and what became of the recipient's copy"
    if after is None:
        return PackSection(title=title, nothing="Nothing was shared, so there is no copy.")
    said = [
        ("Receipt confirmed", f"{moment(after.confirmed_at)}, by {after.confirmed_by}" if after.confirmed_at else "No"),
        ("Kept until", day(after.keep_until)),
        *(
            (
                f"{'Said to be wrong' if one.kind == 'trouble' else 'Answered'}, {day_and_time(one.at)}",
                f"{one.by}: {one.words}",
            )
            for one in after.notes
        ),
        *((f"Kept longer, to {day(one.until)}", f"{one.asked_by}: {one.why}") for one in after.longer),
        ("Destroyed", f"{moment(after.gone_at)}, by {after.gone_by}. {after.how}" if after.gone_at else "Not yet"),
        ("Certificate of destruction", after.certificate or "None yet"),
    ]
    return PackSection(title=title, facts=tuple(LabelledLine(label, value) for label, value in said))


def _urgent(opened: OpenedRequest) -> PackSection:
    urgent = opened.urgent
    if urgent is None:
        said = EMPTIED if opened.case is None and opened.line.urgent else "It was not sent by the urgent path."
        return PackSection(title="The urgent record", nothing=said)
    done = moment(urgent.completed_at) if urgent.completed_at else f"Due by {day(urgent.complete_by)}"
    return PackSection(
        title="The urgent record",
        facts=(
            LabelledLine("Why it could not wait", urgent.why),
            LabelledLine("Telephoned first", urgent.phoned),
            LabelledLine("Day and time", urgent.when),
            LabelledLine("Full record", done),
        ),
    )
