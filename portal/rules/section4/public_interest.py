"""Rules I and PI of the Section 4 check: a live case, and whether the public interest outweighs the person's choice."""

from __future__ import annotations

from collections.abc import Mapping

from portal.rules.section4.check_result import WITH_CONDITIONS, LevelCap

GRADES = {"none": 0, "low": 1, "medium": 2, "high": 3}
HIGH = GRADES["high"]
# Whose risk it is opens the grade that counts.
OPENED_BY = {"hra_risk": ("poses_risk", "both"), "hra_own_risk": ("at_risk", "both")}
MINORS = ("yes", "unknown")
LEAST_HARM_TO_A_CHILD = GRADES["medium"]


def investigation(facts: Mapping[str, str]) -> LevelCap | None:
    """Give rule I where it is more than the answer's own cap: an emergency, and an objection that was settled.

    None: the answer's own cap holds.
    """
    answer = facts.get("investigation")
    if answer in ("unknown", "not_consulted") and _emergency(facts):
        return LevelCap("I", "investigation:emergency", WITH_CONDITIONS, ("tell_investigator_at_once",))
    if answer == "objects_settled" and not ("settled_name" in facts and "settled_post" in facts):
        return LevelCap("I", "investigation:objects", 1)
    return None


def public_interest(facts: Mapping[str, str], *, weighing: bool) -> LevelCap:
    """Give the public-interest level: 0, 1 or 3, never 4, since sharing without consent always carries conditions (3c).

    A person's own risk never outweighs that adult's own no: it joins the weighing only for a child, or where the
    person cannot be asked and it is a matter of life.
    """
    if facts.get("gateway") == "compelled":
        return LevelCap("C", "gateway:compelled", WITH_CONDITIONS, ("record_duty", "tell_person"))
    others = max(_grade(facts, "hra_risk"), _grade(facts, "hra_vulnerability"))
    own = _grade(facts, "hra_own_risk")
    lacking = _lacking(facts, others, own)
    if lacking:
        return LevelCap("C", lacking, 0)
    benefit = max(others, own) if _own_risk_joins(facts, own) else others
    held = "weigh:own_choice" if benefit == 0 else _outweighed(facts, benefit) if weighing else ""
    if held:
        return LevelCap("C", held, 1)
    return LevelCap("C", "public_interest_reason:text", WITH_CONDITIONS, ("record_public_interest", "tell_person"))


def _lacking(facts: Mapping[str, str], others: int, own: int) -> str:
    """Give the reason why there is no public interest to weigh, steps 2 to 5; '' where there is."""
    if "subject_role" not in facts:
        return "subject_role:unanswered"
    if "yes" not in (facts.get("hra_aim"), facts.get("hra_vulnerable")):
        return "hra_aim:no"
    if others == own == 0:
        return "weigh:no_risk"
    return "" if "public_interest_reason" in facts else "public_interest_reason:unanswered"


def _emergency(facts: Mapping[str, str]) -> bool:
    graded = ("hra_risk", "hra_vulnerability", "hra_own_risk")
    return facts.get("urgent") == "yes" and any(_grade(facts, one) == HIGH for one in graded)


def _grade(facts: Mapping[str, str], question: str) -> int:
    """Give a grade as a number; 0 where it has no answer, or is of a risk that this person's role does not open."""
    roles = OPENED_BY.get(question)
    if roles is not None and facts.get("subject_role") not in roles:
        return 0
    return GRADES[facts.get(question, "none")]


def _own_risk_joins(facts: Mapping[str, str], own: int) -> bool:
    of_life = facts.get("consent") == "cannot_ask" and facts.get("urgent") == "yes" and own == HIGH
    return of_life or facts.get("subject_child") in MINORS


def _outweighed(facts: Mapping[str, str], benefit: int) -> str:
    """Give the reason why the benefit does not override: harm is bigger, or a tie where a tie is not enough."""
    harm = GRADES[facts.get("hra_impact", "high")]
    if facts.get("subject_child") in MINORS:
        harm = max(harm, LEAST_HARM_TO_A_CHILD)
    if benefit < harm:
        return "weigh:harm_outweighs"
    needs_more = facts.get("data_type") == "sensitive" or facts.get("consent") == "withheld"
    # No grade stands above high, so in an urgent case a high risk may tie.
    top_and_urgent = facts.get("urgent") == "yes" and benefit == HIGH
    return "weigh:tie" if benefit == harm and needs_more and not top_and_urgent else ""
