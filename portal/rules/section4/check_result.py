"""What the Section 4 check gives: outcome, reasons with their paragraphs, conditions, what is still unanswered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.rules.edition.edition_type import Edition
from portal.rules.section4.check_table import ABOUT_PEOPLE, DecisionTable
from portal.rules.section4.questions import CheckCondition

WITH_CONDITIONS = 3
TOP = 4
UNANSWERED = ":unanswered"
# Where to change the answer behind a reason that stands for more than one.
_BEHIND = {
    "weigh:no_risk": "hra_risk",
    "weigh:own_choice": "subject_role",
    "weigh:harm_outweighs": "hra_impact",
    "weigh:tie": "hra_impact",
}


class LevelCap(NamedTuple):
    """What one rule allows: its letter, the code of its reason, the highest level, what must be done at level 3."""

    rule: str
    code: str
    cap: int
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason in words, and the paragraph of the agreement behind it; `question` is where to change the answer."""

    code: str
    question: str
    text: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """The result of a check.

    `level` runs from 0 (nothing personal moves) to 4; an incomplete check is always level 0. `reasons` decide,
    `also` is needed besides, both as codes in the order of the rules; `conditions` are ids, only at level 3;
    `later` are the conditions to come, shown greyed below that. `unanswered` are the open questions that hold it back.
    """

    edition: Edition = field(repr=False, compare=False)
    answers: Mapping[str, str]
    weighing: bool
    outcome: str
    level: int
    complete: bool
    reasons: tuple[str, ...]
    also: tuple[str, ...]
    conditions: tuple[str, ...]
    later: tuple[str, ...]
    unanswered: tuple[str, ...]
    caps: tuple[LevelCap, ...]
    texts: Mapping[str, tuple[str, str]] = field(repr=False, compare=False)

    def why(self, code: str) -> Reason:
        """Give a reason's sentence and paragraph by its code, which must be one of this check's rules."""
        text, ref = self.texts[code]
        question = _BEHIND.get(code, code.partition(":")[0])
        return Reason(code=code, question=question, text=text, ref=ref)

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """Give the reasons that decide, in words."""
        return tuple(self.why(code) for code in self.reasons)

    @property
    def also_needed(self) -> tuple[Reason, ...]:
        """Give what else is left to do, in words."""
        return tuple(self.why(code) for code in self.also)

    @property
    def conditions_in_words(self) -> tuple[CheckCondition, ...]:
        """Give the conditions to tick off."""
        return tuple(self.edition.check_condition(one) for one in self.conditions)

    @property
    def later_in_words(self) -> tuple[CheckCondition, ...]:
        """Give the conditions that will be needed once the level is reached."""
        return tuple(self.edition.check_condition(one) for one in self.later)

    @property
    def consult(self) -> tuple[str, ...]:
        """Give who must be asked first by the reasons that hold it at level 1, each once."""
        at_one = [cap.code for cap in self.caps if cap.cap == 1]
        return tuple(dict.fromkeys(whom for code in at_one for whom in _whom(self.edition, code)))

    @property
    def reminders(self) -> tuple[CheckCondition, ...]:
        """Give what holds whenever facts about a person may move: how to mark them, and the duty of confidence."""
        if self.answers.get("data_type") not in ABOUT_PEOPLE or self.outcome == "not_needed":
            return ()
        confided = self.answers["data_type"] == "sensitive" and self.answers.get("consent") != "given"
        wanted = {"mark_and_handle"} | ({"confidence_check"} if confided else set())
        return tuple(one for one in self.edition.check_conditions if one.id in wanted)

    def as_json(self) -> dict[str, object]:
        """Give what `portal assess` prints."""
        return {
            "outcome": self.outcome,
            "complete": self.complete,
            "reasons": list(self.reasons),
            "also": list(self.also),
            "conditions": list(self.conditions),
        }


def _whom(edition: Edition, code: str) -> tuple[str, ...]:
    for reason in edition.check_reasons:
        if reason.code == code:
            return reason.consult
    question, _, value = code.partition(":")
    answer = edition.question(question).answer(value)
    return answer.consult if answer else ()


def settle(
    edition: Edition,
    of: DecisionTable,
    facts: Mapping[str, str],
    shown: Mapping[str, str],
    caps: Sequence[LevelCap],
    *,
    weighing: bool,
    outcome: str | None = None,
) -> Check:
    """Settle the level as the lowest cap, and sort the reasons into those that decide and those needed besides."""
    level = min(cap.cap for cap in caps)
    deciding = tuple(dict.fromkeys(cap.code for cap in caps if cap.cap == level))
    needs = tuple(sorted({one for cap in caps for one in cap.needs}))
    blank = tuple(code.removesuffix(UNANSWERED) for code in deciding if code.endswith(UNANSWERED))
    return Check(
        edition=edition,
        answers=facts,
        weighing=weighing,
        outcome=outcome or of.outcomes[level],
        level=level,
        complete=not blank,
        reasons=deciding,
        also=tuple(dict.fromkeys(cap.code for cap in caps if level < cap.cap < TOP)),
        conditions=needs if level == WITH_CONDITIONS else (),
        later=needs if level < WITH_CONDITIONS else (),
        unanswered=tuple(one for one in blank if of.rows[one].is_open(shown)),
        caps=tuple(caps),
        texts=of.texts,
    )
