"""The parts of an audit pack after the check: who was consulted, the decision, receipt, the urgent record."""

from models.disclosures import AnswerFile, Decision
from portal.disclosure.case import Case
from portal.disclosure.checking import WHOM
from portal.disclosure.looking import Opened, Side
from portal.disclosure.talking import VIEWS
from portal.disclosure.verdicts import ALTERNATIVES, DECIDED, Verdict, conditions_to_tick
from portal.papers.audit_pack import Section, Table
from portal.papers.flow import Fact
from portal.papers.frame import moment
from portal.wording import day, day_and_time

EMPTIED = "Its content is gone: it was withdrawn, or its keeping time was over."
_NOT_YOURS = "The reasons are in the answer. It opens only for the people named in the request, until its day."


def parts_of(
    opened: Opened, decision: Decision | None, verdict: Verdict | None, files: tuple[AnswerFile, ...]
) -> tuple[Section | Table, ...]:
    """Give the parts in their order; `verdict` is None where this person may not open the answer."""
    return (
        _consulted(opened),
        _messages(opened),
        _decided(opened, decision, verdict),
        _disclosed(files),
        _after(opened),
        _urgent(opened),
    )


def _consulted(opened: Opened) -> Table:
    return Table(
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


def _messages(opened: Opened) -> Table:
    return Table(
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


def _decided(opened: Opened, decision: Decision | None, verdict: Verdict | None) -> Section:
    case = opened.case
    if decision is None:
        return Section(title="The decision", nothing="There is no decision.")
    by = f"{decision.decided_by}, {decision.position}" if decision.position else decision.decided_by
    facts = [
        Fact("Decision", DECIDED[decision.outcome]),
        Fact("Decided by", by),
        Fact("Decided", moment(decision.decided_at)),
        Fact("Went another way than the check or somebody asked", "Yes" if decision.against_check else "No"),
    ]
    if case is not None and decision.marking in {one.id for one in case.edition.markings}:
        facts.append(Fact("Marking of the answer", case.edition.marking(decision.marking).title))
    if verdict is None or case is None:
        facts.append(Fact("Reasons", EMPTIED if case is None else _NOT_YOURS))
        return Section(title="The decision", facts=tuple(facts))
    return Section(title="The decision", facts=(*facts, *_reasons(case, verdict, opened.line.side)))


def _reasons(case: Case, verdict: Verdict, side: Side) -> list[Fact]:
    facts = [Fact("Reason", verdict.reason or "None was given")]
    if verdict.alternative:
        facts.append(Fact("Offered instead", ALTERNATIVES[verdict.alternative]))
    for number, item in enumerate(verdict.items if verdict.shares else (), 1):
        said = "Shared. The information is left out of this pack." if item.shared else f"Not shared: {item.reason}"
        facts.append(Fact(f"Item {number}", said))
    ticked = [one.text for one in conditions_to_tick(case) if one.id in verdict.ticked]
    if verdict.shares:
        facts.append(Fact("Conditions that were met", "\n".join(ticked) or "None was needed"))
    # What the holder knows of a live case, and why it went its own way, are the holder's to tell.
    if side is Side.HOLDING and verdict.shares:
        facts.append(Fact("A live case known to the holder", "Yes" if verdict.live_case else "No"))
        if verdict.against_reason:
            facts.append(Fact("Why it went another way", verdict.against_reason))
    return facts


def _disclosed(kept: tuple[AnswerFile, ...]) -> Table:
    files = sorted(kept, key=lambda one: one.number)
    return Table(
        title="Files that went with the answer",
        headings=("File", "Kind", "Size in bytes"),
        rows=tuple((f"File {one.number}", one.kind, f"{one.size:,}") for one in files),
        widths=(2, 2, 2),
        nothing="No file went with an answer.",
    )


def _after(opened: Opened) -> Section:
    after, title = opened.after, "Receipt, and what became of the recipient's copy"
    if after is None:
        return Section(title=title, nothing="Nothing was shared, so there is no copy.")
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
    return Section(title=title, facts=tuple(Fact(label, value) for label, value in said))


def _urgent(opened: Opened) -> Section:
    urgent = opened.urgent
    if urgent is None:
        said = EMPTIED if opened.case is None and opened.line.urgent else "It was not sent by the urgent path."
        return Section(title="The urgent record", nothing=said)
    done = moment(urgent.completed_at) if urgent.completed_at else f"Due by {day(urgent.complete_by)}"
    return Section(
        title="The urgent record",
        facts=(
            Fact("Why it could not wait", urgent.why),
            Fact("Telephoned first", urgent.phoned),
            Fact("Day and time", urgent.when),
            Fact("Full record", done),
        ),
    )
