"""A check written down and read back: what was recorded is shown as it was, and never worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.rules.edition.edition_type import Edition
from portal.rules.section4.check_result import UNANSWERED, Check, LevelCap
from portal.rules.section4.check_table import texts_of

_UNKNOWN_WORDS = ("This reason is not in the words of the edition that it names.", "s4")


def as_record(check: Check) -> dict[str, object]:
    """Write a check down as plain data: worked-out answers, each rule's cap and code, outcome, conditions."""
    return {
        "outcome": check.outcome,
        "level": check.level,
        "complete": check.complete,
        "weighing": check.weighing,
        "answers": dict(check.answers),
        "caps": [[cap.rule, cap.code, cap.cap] for cap in check.caps],
        "reasons": list(check.reasons),
        "also": list(check.also),
        "conditions": list(check.conditions),
        "later": list(check.later),
        "unanswered": list(check.unanswered),
    }


def from_record(edition: Edition, kept: Mapping[str, object]) -> Check:
    """Read a check that `as_record` wrote, in the words of the edition by which it was made.

    Args:
        edition: the edition with the hash that was recorded beside the check.
        kept: the record; one of before November 2026 has no `unanswered`, which its reasons tell as well.
    """
    answers = kept.get("answers")
    reasons = _texts(kept.get("reasons"))
    also = _texts(kept.get("also"))
    blank = tuple(code.removesuffix(UNANSWERED) for code in reasons if code.endswith(UNANSWERED))
    words = texts_of(edition)
    return Check(
        edition=edition,
        answers={str(key): str(value) for key, value in answers.items()} if isinstance(answers, Mapping) else {},
        weighing=kept.get("weighing") is True,
        outcome=str(kept.get("outcome")),
        level=_number(kept.get("level")),
        complete=kept.get("complete") is True,
        reasons=reasons,
        also=also,
        conditions=_known(edition, kept.get("conditions")),
        later=_known(edition, kept.get("later")),
        unanswered=_texts(kept["unanswered"]) if "unanswered" in kept else blank,
        caps=tuple(_caps(kept.get("caps"))),
        texts={**dict.fromkeys((*reasons, *also), _UNKNOWN_WORDS), **words},
    )


def _known(edition: Edition, value: object) -> tuple[str, ...]:
    known = {one.id for one in edition.check_conditions}
    return tuple(one for one in _texts(value) if one in known)


def _caps(value: object) -> Iterable[LevelCap]:
    for row in value if isinstance(value, list) else []:
        if isinstance(row, list) and len(row) == len(("rule", "code", "cap")):
            yield LevelCap(str(row[0]), str(row[1]), _number(row[2]))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()
