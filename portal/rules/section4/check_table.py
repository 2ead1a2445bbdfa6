"""The Section 4 decision table of one edition, made ready once: caps, reasons, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal.rules.edition.edition_type import Edition
from portal.rules.errors import EditionDataError
from portal.rules.section4.questions import Answer, Consideration

ABOUT_PEOPLE = frozenset({"personal", "sensitive"})

# One rule a letter in the order in which reasons are shown: D P G I W T N A R X U K, then C S L2 L3.
# U (urgent) has no cap below the top, but left blank it holds the check back like any other question.
# K (a child) is asked only where the edition has the question.
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
    ("K", "subject_child"),
)
OPTIONAL = frozenset({"subject_child"})
WITHOUT_CAP = ("subject_role", "hra_own_risk", "settled_name", "settled_post")
NO_PERSON_RULES = (
    ("to_be_published", "to_be_published"),
    ("fewer_than_five", "fewer_than_five"),
    ("merged_or_rural", "merged_or_rural"),
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question as the check reads it: its answers, and which earlier answers open it."""

    id: str
    answers: Mapping[str, Answer]
    ways: tuple[tuple[tuple[str, frozenset[str]], ...], ...]
    free_text: bool
    asked_of: str

    def is_open(self, answers: Mapping[str, str]) -> bool:
        """Tell whether the question is asked on these answers, by one of the ways that open it."""
        return any(all(answers.get(earlier) in allowed for earlier, allowed in way) for way in self.ways)


@dataclass(frozen=True, kw_only=True, eq=False)
class DecisionTable:
    """The decision table of an edition. `rules` are the rules with a cap of their own, in their order.

    `lacking` are the questions that the rule needs and this edition does not have: an edition kept for what was recorded
    under it is read, and nothing is worked out by it any more.
    """

    rules: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
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
        EditionDataError: a question that the check needs has an answer without a cap.
    """
    rows = {question.id: _row(question) for question in edition.considerations}
    rules = tuple((letter, one) for letter, one in RULES if one in rows or one not in OPTIONAL)
    needed = [one for _, one in (*rules, *NO_PERSON_RULES)]
    lacking = tuple(one for one in (*needed, *WITHOUT_CAP) if one not in rows)
    for one in needed:
        if one in rows and any(answer.cap is None for answer in rows[one].answers.values()):
            raise EditionDataError(edition.id, f"considerations.{one}", "each answer must have a cap")
    levels = edition.check.levels
    return DecisionTable(
        rules=rules,
        lacking=lacking,
        rows=rows,
        outcomes={level: outcome for outcome, level in levels.items() if outcome != "not_needed"},
        texts=texts_of(edition),
        conditions=frozenset(condition.id for condition in edition.check_conditions),
        ask_first=edition.check.sensitive_ask_first,
        asked_with_consent=edition.check.hra_asked_with_consent,
    )


def _row(question: Consideration) -> Row:
    return Row(
        id=question.id,
        answers={answer.value: answer for answer in question.answers},
        ways=tuple(
            tuple((earlier, frozenset(allowed)) for earlier, allowed in way.items())
            for way in ((question.ask_if, question.or_if) if question.or_if else (question.ask_if,))
        ),
        free_text=question.kind == "free_text",
        asked_of=question.asked_of,
    )


def texts_of(edition: Edition) -> dict[str, tuple[str, str]]:
    """Map every reason code to its sentence and the paragraph behind it."""
    special = {reason.code: reason for reason in edition.check_reasons}
    texts = {reason.code: (reason.text, reason.ref) for reason in edition.check_reasons}
    for question in edition.considerations:
        texts[f"{question.id}:unanswered"] = (special["unanswered"].text, question.ref)
        for answer in question.answers:
            texts.setdefault(f"{question.id}:{answer.value}", (answer.reason, question.ref))
    return texts
