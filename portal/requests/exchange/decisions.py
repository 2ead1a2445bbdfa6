"""What an approver decides: for each item, for the whole, with which conditions; checked once, then put on paper."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.ground.errors import AnswersNeededError
from portal.ground.input.dates import NO_DAY, TypedDay
from portal.ground.wording import paragraphs
from portal.requests.case import Case
from portal.requests.exchange.attachments import Attached
from portal.requests.exchange.holder_basis import basis_problem
from portal.requests.exchange.section4_check import check_of
from portal.requests.forms.data_subject import match_problem
from portal.rules.edition.forms import Marking
from portal.rules.forms.handling import Handling, how_to_handle, suggest_marking
from portal.rules.section4.questions import CheckCondition

_ABOUT_A_PERSON = "names-people"  # the ground of Appendix 4 that every answer to a request has
_BETWEEN_PARTNERS = "between-partners"  # the row of the handling table
_SHOWN = ("email", "store-papers", "dispose-papers", "telephone")  # what a reader of an answer does with it

OUTCOMES = {
    "disclose": "Share all of it",
    "in_part": "Share part of it",
    "refuse": "Refuse",
}
DECIDED = {"disclose": "Shared", "in_part": "Shared in part", "refuse": "Refused"}
MOST_WORDS = 20_000  # characters of the information given for one item
_MOST_REASON = 4000
ALTERNATIVES = {
    "": "Nothing else",
    "depersonalised": "We could give you figures without names",
    "later": "Ask again when something changes, and say what",
    "other_body": "Another organisation may be the right one to ask",
}


@dataclass(frozen=True, kw_only=True)
class ItemVerdict:
    """One item: shared or not, the information where it is, the reason where it is not.

    `source` is the organisation that a shared fact first came from; '' is the holder itself.
    """

    shared: bool
    information: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestDecision:
    """A decision.

    `ticked` are the ids of the conditions that the approver has seen met; `harms` those of what could follow if the
    answer got out (App 4). `keep_until` is the last day on which they may keep it, as typed. `matched` are
    the parts of the description that agree with the holder's record (s7). `basis` are the conditions of data protection
    law on which the holder shares, and `purpose` says whether it is for law enforcement (yes, no, '' where not asked). `live_case` says whether the holder knows of an investigation: None is not answered.
    """

    outcome: str
    items: tuple[ItemVerdict, ...] = ()
    reason: str = ""
    against_reason: str = ""
    alternative: str = ""
    ticked: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    live_case: bool | None = False
    keep_until: TypedDay = NO_DAY
    matched: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    purpose: str = ""

    @property
    def shares(self) -> bool:
        """Say whether anything leaves the holder."""
        return self.outcome in {"disclose", "in_part"}


def conditions_to_tick(case: Case) -> tuple[CheckCondition, ...]:
    """List what must be ticked before anything is shared: the check's conditions, those to come, how to mark it."""
    check = check_of(case)
    found = (*check.conditions_in_words, *check.later_in_words, *check.reminders)
    return tuple({one.id: one for one in found}.values())


def marking_of(case: Case, harms: Collection[str] = ()) -> Marking:
    """Give the marking of what is written about a person: what the harms call for, and never less than a person calls for."""
    known = {one.id for one in case.edition.restricted_grounds}
    found = suggest_marking(case.edition, [_ABOUT_A_PERSON, *(one for one in harms if one in known)])
    return found.marking or case.edition.markings[0]


def handling_of(case: Case, marking: Marking) -> tuple[Handling, ...]:
    """Give the handling rules that whoever reads an answer needs (App 4)."""
    rows = {row.id for row in case.edition.handling}
    return tuple(how_to_handle(case.edition, marking.id, one) for one in _SHOWN if one in rows)


def may_be_kept_here(case: Case, marking: Marking) -> bool:
    """Say whether the edition lets papers of a marking pass between partners at all (App 4)."""
    return how_to_handle(case.edition, marking.id, _BETWEEN_PARTNERS).may != "no"


def check_verdict(case: Case, verdict: RequestDecision, *, against: bool, files: tuple[Attached, ...]) -> None:
    """Check a decision as it was typed. Raises AnswersNeededError with a sentence for each field."""
    problems: dict[str, str] = {}
    if verdict.outcome not in OUTCOMES:
        raise AnswersNeededError({"outcome": "Choose what you decide."})
    if verdict.alternative not in ALTERNATIVES:
        problems["alternative"] = "Choose one of the answers on the page."
    if verdict.outcome == "refuse":
        if not paragraphs(verdict.reason):
            problems["reason"] = "Enter why you refuse. It is kept with the request."
    else:
        problems |= _sharing(case, verdict, files)
        if against and not paragraphs(verdict.against_reason):
            problems["against_reason"] = (
                "Say why you share although the check, or somebody who was asked, says otherwise."
            )
    for field, words in (("reason", verdict.reason), ("against_reason", verdict.against_reason)):
        if len(words) > _MOST_REASON:
            problems[field] = f"Use {_MOST_REASON:,} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)


def _sharing(case: Case, verdict: RequestDecision, files: tuple[Attached, ...]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if len(verdict.items) != len(case.items):
        return {"items": "Decide each item."}
    for number, item in enumerate(verdict.items, 1):
        problem = _item_problem(item, files)
        if problem:
            problems[f"item{number}"] = f"Item {number}: {problem}"
    unfit = basis_problem(case, verdict.basis, verdict.purpose)
    if unfit:
        problems["basis"] = unfit
    unlike = match_problem(case, verdict.matched)
    if unlike:
        problems["matched"] = unlike
    if verdict.live_case is None:
        problems["live_case"] = "Say whether you know of a live investigation."
    if not may_be_kept_here(case, marking_of(case, verdict.harms)):
        problems["harms"] = "What you chose calls for a marking that may not be kept here. Ring the police."
    wrong = _outcome_problem(verdict)
    if wrong:
        problems["outcome"] = wrong
    if {one.id for one in conditions_to_tick(case)} - set(verdict.ticked):
        problems["ticked"] = "Tick each condition once it is met. Nothing is shared before."
    return problems


def _item_problem(item: ItemVerdict, files: tuple[Attached, ...]) -> str:
    if item.shared and not paragraphs(item.information) and not files:
        return "enter the information, or add a file with it."
    if not item.shared and not paragraphs(item.reason):
        return "say why it is not shared."
    if max(len(item.information), len(item.reason)) > MOST_WORDS:
        return f"use {MOST_WORDS:,} characters or fewer, or add a file."
    return ""


def _outcome_problem(verdict: RequestDecision) -> str:
    shared = [item.shared for item in verdict.items]
    if verdict.outcome == "disclose" and not all(shared):
        return "You hold an item back, so choose 'Share part of it'."
    if verdict.outcome == "in_part" and all(shared):
        return "You share every item, so choose 'Share all of it'."
    if verdict.outcome == "in_part" and not any(shared):
        return "You share no item, so refuse and say why."
    return ""


def as_json(verdict: RequestDecision) -> dict[str, object]:
    """Write a decision as plain data, to be kept under seal."""
    return {
        "outcome": verdict.outcome,
        "items": [vars(item) for item in verdict.items],
        "reason": paragraphs(verdict.reason),
        "against_reason": paragraphs(verdict.against_reason),
        "alternative": verdict.alternative,
        "ticked": list(verdict.ticked),
        "harms": list(verdict.harms),
        "live_case": verdict.live_case,
        "keep_until": list(verdict.keep_until),
        "matched": list(verdict.matched),
        "basis": list(verdict.basis),
        "purpose": verdict.purpose,
    }


def verdict_from(kept: Mapping[str, object]) -> RequestDecision:
    """Read a decision that `as_json` wrote."""
    items = kept["items"] if isinstance(kept["items"], list) else []
    return RequestDecision(
        outcome=str(kept["outcome"]),
        items=tuple(
            ItemVerdict(
                shared=item["shared"] is True,
                information=item["information"],
                reason=item["reason"],
                source=item.get("source", ""),
            )
            for item in items
        ),
        reason=str(kept["reason"]),
        against_reason=str(kept["against_reason"]),
        alternative=str(kept["alternative"]),
        ticked=_ids(kept["ticked"]),
        harms=_ids(kept["harms"]),
        live_case=kept.get("live_case") is True,
        keep_until=_typed_day(kept.get("keep_until")),
        matched=_ids(kept.get("matched")),
        basis=_ids(kept.get("basis")),
        purpose=str(kept.get("purpose") or ""),
    )


def _typed_day(value: object) -> TypedDay:
    match _ids(value):
        case [day, month, year]:
            return day, month, year
    return NO_DAY


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()
