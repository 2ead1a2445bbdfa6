"""The Section 4 decision table of one edition, made ready once: caps, reasons, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal.rules.edition.edition_type import Edition
from portal.rules.errors import EditionDataError
from portal.rules.section4.questions import Answer, Consideration

ABOUT_PEOPLE = frozenset({"personal", "sensitive"})

# One rule a letter in the order in which reasons are shown: D P G I W T N A R X (U), then C S L2 L3.
# U (urgent) has no cap below the top, but left blank it holds the check back like any other question.
RULES = (
    ("D", "depersonalised_enough"),
    ("P", "purpose_in_scope"),
    ("G", "gateway"),
    ("I", "investigation"),
    ("W", "law_considered"),
    ("T", "hra_proportionate"),
    ("N", "hra_less_intrusive"),
    ("A", "amount_minimum"),
    ("R", "people_minimum"),
    ("X", "setting"),
    ("U", "urgent"),
)
NO_PERSON_RULES = (
    ("to_be_published", "to_be_published"),
    ("fewer_than_five", "fewer_than_five"),
    ("merged_or_rural", "merged_or_rural"),
)
GRADES = {"none": 0, "low": 1, "medium": 2, "high": 3}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question as the check reads it: its answers, and which earlier answers open it."""

    id: str
    answers: Mapping[str, Answer]
    opens: tuple[tuple[str, frozenset[str]], ...]
    free_text: bool

    def is_open(self, answers: Mapping[str, str]) -> bool:
        """Tell whether the question is asked on these answers."""
        return all(answers.get(earlier) in allowed for earlier, allowed in self.opens)


@dataclass(frozen=True, kw_only=True, eq=False)
class DecisionTable:
    """The decision table of an edition."""

    rows: Mapping[str, Row]
    outcomes: Mapping[int, str]
    texts: Mapping[str, tuple[str, str]]
    conditions: frozenset[str]
    ask_first: bool
    asked_with_consent: bool


@cache
def table(edition: Edition) -> DecisionTable:
    """Make the decision table of an edition.

    Raises:
        EditionDataError: the edition lacks a question that the check needs, or an answer that carries a cap.
    """
    rows = {question.id: _row(question) for question in edition.considerations}
    for _, question_id in RULES + NO_PERSON_RULES:
        if question_id not in rows or any(answer.cap is None for answer in rows[question_id].answers.values()):
            raise EditionDataError(edition.id, f"considerations.{question_id}", "must be there, each answer with a cap")
    levels = edition.check.levels
    return DecisionTable(
        rows=rows,
        outcomes={level: outcome for outcome, level in levels.items() if outcome != "not_needed"},
        texts=_texts(edition),
        conditions=frozenset(condition.id for condition in edition.check_conditions),
        ask_first=edition.check.sensitive_ask_first,
        asked_with_consent=edition.check.hra_asked_with_consent,
    )


def _row(question: Consideration) -> Row:
    return Row(
        id=question.id,
        answers={answer.value: answer for answer in question.answers},
        opens=tuple((earlier, frozenset(allowed)) for earlier, allowed in question.ask_if.items()),
        free_text=question.kind == "free_text",
    )


def _texts(edition: Edition) -> dict[str, tuple[str, str]]:
    """Map every reason code to its sentence and the paragraph behind it."""
    special = {reason.code: reason for reason in edition.check_reasons}
    texts = {reason.code: (reason.text, reason.ref) for reason in edition.check_reasons}
    for question in edition.considerations:
        texts[f"{question.id}:unanswered"] = (special["unanswered"].text, question.ref)
        for answer in question.answers:
            texts.setdefault(f"{question.id}:{answer.value}", (answer.reason, question.ref))
    return texts
