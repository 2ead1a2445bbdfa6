"""The Section 4 check: from a person's answers to one of six outcomes, with the reasons (s4, s6).

The check advises. The body that holds the data decides, and may refuse if it records why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.errors import EditionDataError, UnknownIdError
from portal.rules.gateways.fit import fit
from portal.rules.section4.check_result import Check, LevelCap, settle
from portal.rules.section4.check_table import ABOUT_PEOPLE, NO_PERSON_RULES, DecisionTable, table
from portal.rules.section4.lawful_conditions import CHOSEN, NONE, worked_out
from portal.rules.section4.public_interest import investigation, public_interest
from portal.rules.section4.questions import Consideration

__all__ = ["Check", "LevelCap", "OutcomeChange", "asked", "assess", "what_would_change"]

TOP = 4
BLANK = "blank"  # how a worked case says that no words were typed
PENDING = "consent_pending"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # characters that look like nothing and are no reason


@dataclass(frozen=True, kw_only=True)
class OutcomeChange:
    """One other answer that would lead to another outcome."""

    question: str
    value: str
    outcome: str
    level: int
    complete: bool = True  # False: it would open questions that have no answer yet


def assess(  # noqa: PLR0913 - what the check looks at, each optional and by name
    edition: Edition,
    answers: Mapping[str, str],
    *,
    reasons: Mapping[str, str] | None = None,
    gateways: Collection[str] | None = None,
    giver: str | None = None,
    receiver: str | None = None,
    conditions: Collection[str] | None = None,
    confirmed: Collection[str] = frozenset(),
    weighing: bool = True,
) -> Check:
    """Work out the outcome of the Section 4 check.

    Args:
        edition: the edition whose questions and caps hold.
        answers: question id to value; a blank value counts as unanswered.
        reasons: question id to the words typed; an answer that needs words counts as unanswered without them. None
            leaves them out of account, for answers that were looked at before.
        gateways: ids of the laws named; with `giver` and `receiver` (kinds of organisation) they give `gateway`,
            whatever `answers` says of it. None: `answers` gives it worked out.
        giver: id of the kind of organisation that holds the facts.
        receiver: id of the kind that asks.
        conditions: ids of the chosen conditions of data protection law; they give `schedule2` and `schedule3`. None:
            `answers` gives them worked out.
        confirmed: gateway ids that the manager has confirmed.
        weighing: False where the partnership has switched off weighing harm against benefit.

    Raises:
        UnknownIdError: the edition has no such question, answer, gateway, condition or kind of organisation, or
            gateways were named without giver or receiver. Nothing unknown is ignored, and nothing is worked out.
        EditionDataError: the edition is one of an earlier rule, kept for what was recorded under it.
    """
    if table(edition).lacking:
        raise EditionDataError(edition.id, "considerations", "the rule in force cannot be worked out by this edition")
    _refuse_unknown(edition, reasons or {}, confirmed, (giver, receiver))
    facts, shown = _answers(edition, answers, reasons)
    if gateways is not None:
        data = facts.get("data_type", "personal")
        found = fit(edition, gateways, giver or "", receiver or "", confirmed, data)
        facts["gateway"] = shown["gateway"] = found.value
    if conditions is not None:
        facts |= worked_out(edition, conditions, giver, facts)
    return _judge(edition, facts, shown, weighing=weighing)


def asked(edition: Edition, answers: Mapping[str, str], giver: str | None = None) -> tuple[Consideration, ...]:
    """List the questions that these answers open, in the order they are asked.

    Args:
        edition: the edition whose questions they are.
        answers: question id to value.
        giver: id of the kind of organisation that holds the facts; some questions are asked of some kinds only.

    Raises:
        UnknownIdError: the edition has no such question, answer or kind of organisation.
    """
    _, shown = _answers(edition, answers, None)
    rows = table(edition).rows
    standing = edition.kind(giver).has_flag if giver is not None else lambda _flag: False
    return tuple(
        question
        for question in edition.considerations
        if rows[question.id].is_open(shown) and (not question.asked_of or standing(question.asked_of))
    )


def what_would_change(edition: Edition, check: Check) -> tuple[OutcomeChange, ...]:
    """List the single other answers that would lead to another outcome, the furthest first.

    Args:
        edition: the edition the check was made by.
        check: the check; its worked-out answers and its weighing are kept.
    """
    changes = []
    for row in table(edition).rows.values():
        if not row.is_open(check.answers):
            continue
        for value in row.answers:
            if value in (check.answers.get(row.id), PENDING):
                continue
            answers = {**check.answers, row.id: value}
            other = _judge(edition, answers, answers, weighing=check.weighing)
            if other.outcome != check.outcome:
                changes.append(
                    OutcomeChange(
                        question=row.id,
                        value=value,
                        outcome=other.outcome,
                        level=other.level,
                        complete=other.complete,
                    )
                )
    return tuple(sorted(changes, key=lambda change: -change.level))


def _refuse_unknown(
    edition: Edition, reasons: Mapping[str, str], confirmed: Collection[str], kinds: Collection[str | None]
) -> None:
    for kind in kinds:
        if kind is not None:
            edition.kind(kind)
    for question in reasons:
        edition.question(question)
    for gateway in confirmed:
        edition.gateway(gateway)


def is_blank(words: str) -> bool:
    """Tell whether a typed text holds nothing that can be read."""
    return not words.strip().strip(INVISIBLE).strip()


def _answers(
    edition: Edition, answers: Mapping[str, str], reasons: Mapping[str, str] | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Sort the answers: those that count, and all that were picked.

    An answer picked without its words does not count, but the questions behind it are opened by it all the same.
    """
    facts: dict[str, str] = {}
    shown: dict[str, str] = {}
    rows = table(edition).rows
    for question in answers:
        if question not in rows:
            raise UnknownIdError("question", question)
    for row in rows.values():
        given = answers.get(row.id)
        if given is None or is_blank(given) or (row.free_text and given == BLANK):
            continue
        value = "text" if row.free_text else given
        answer = row.answers.get(value)
        if answer is None:
            raise UnknownIdError(f"answer to {row.id}", given)
        if value == PENDING:
            continue  # it is worked out from consent, and never an answer by itself
        shown[row.id] = value
        own_words = row.free_text and given != "text"
        if reasons is None or not answer.needs_reason or own_words or not is_blank(reasons.get(row.id) or ""):
            facts[row.id] = value
    return facts, shown


def _judge(edition: Edition, facts: Mapping[str, str], shown: Mapping[str, str], *, weighing: bool) -> Check:
    of = table(edition)
    kind = facts.get("data_type")
    if kind is None:
        caps = [LevelCap("data_type", "data_type:unanswered", 0)]
    elif kind not in ABOUT_PEOPLE:
        caps = [_own_cap(of, rule, question, facts) for rule, question in NO_PERSON_RULES if _open(of, question, shown)]
    elif facts.get("depersonalised_enough") == "yes":
        caps = [LevelCap("D", "depersonalised_enough:yes", 0)]
        return settle(edition, of, facts, shown, caps, weighing=weighing, outcome="not_needed")
    else:
        # One visit lists all that is left to do: every rule speaks, also while an earlier question is still blank.
        gentler = of.asked_with_consent or shown.get("consent") != "given"
        rules = [(rule, question) for rule, question in of.rules if rule != "N" or gentler]
        special = {"I": investigation(facts)}
        caps = [special.get(rule) or _own_cap(of, rule, question, facts) for rule, question in rules]
        caps += _consent_caps(of, facts, weighing=weighing)
    return settle(edition, of, facts, shown, caps, weighing=weighing)


def _open(of: DecisionTable, question: str, facts: Mapping[str, str]) -> bool:
    return of.rows[question].is_open(facts)


def _own_cap(of: DecisionTable, rule: str, question: str, facts: Mapping[str, str]) -> LevelCap:
    """Cap a question by its own answer; left blank it caps at 0, so that nobody gains by leaving it out."""
    value = facts.get(question)
    if value is None:
        return LevelCap(rule, f"{question}:unanswered", 0)
    answer = of.rows[question].answers[value]
    cap = TOP if answer.cap is None else answer.cap
    if answer.cap_if_compelled is not None and facts.get("gateway") == "compelled":
        cap = answer.cap_if_compelled
    needs = (answer.condition,) if answer.condition else ()
    return LevelCap(rule, f"{question}:{value}", cap, needs)


def _consent_caps(of: DecisionTable, facts: Mapping[str, str], *, weighing: bool) -> list[LevelCap]:
    """Give the rules that turn on consent: C, S, L2 and L3."""
    consent = facts.get("consent")
    sensitive = facts["data_type"] == "sensitive"
    caps = [_consent(consent, facts, weighing=weighing)]
    may_wait = facts.get("urgent") != "yes" and facts.get("gateway") != "compelled"
    if of.ask_first and sensitive and consent == "not_asked" and may_wait:
        # Section 6, Sensitive Data: first ask whether consent can be gained; App 2 point 5 lifts it when urgent.
        caps.append(LevelCap("S", "consent:ask_first", 2))
    caps.append(_condition("L2", "schedule2", facts, given=consent == "given", pending=consent == "not_asked"))
    if sensitive:
        explicit = consent == "given" and facts.get("consent_explicit") == "yes"
        pending = consent in ("not_asked", "given")
        caps.append(_condition("L3", "schedule3", facts, given=explicit, pending=pending))
    return caps


def _consent(consent: str | None, facts: Mapping[str, str], *, weighing: bool) -> LevelCap:
    if consent is None:
        return LevelCap("C", "consent:unanswered", 0)
    if consent == "given":
        return LevelCap("C", "consent:given", TOP)
    interest = public_interest(facts, weighing=weighing)
    if consent == "not_asked" and interest.cap < 2:  # noqa: PLR2004 - the level of seeking consent
        return LevelCap("C", "consent:not_asked", 2)
    return interest


def _condition(rule: str, question: str, facts: Mapping[str, str], *, given: bool, pending: bool) -> LevelCap:
    if given or facts.get(question) == CHOSEN:
        return LevelCap(rule, f"{question}:{CHOSEN}", TOP)
    if pending:
        return LevelCap(rule, f"{question}:consent_pending", 2)
    return LevelCap(rule, f"{question}:{NONE}", 0)
