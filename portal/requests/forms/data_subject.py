"""The data subject: who a request is about, described so that a match can be judged: name in parts, age in range, address by its kind (s7)."""

import re
from collections.abc import Mapping
from datetime import date

from portal.ground.wording import day
from portal.requests.case import Case
from portal.requests.forms.fields import LINE, FormField, Option, QuestionPage
from portal.requests.forms.own_questions import content_page

OLDEST = 120  # years
ADULT = 18  # years
# As Royal Mail gives them out: one that is typed must be right, while the engine of returns cuts what only resembles one.
_POSTCODE = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})$")
_ABOUT = re.compile(r"^(\d{1,3})(?:\s*(?:-|to|\u2013)\s*(\d{1,3}))?$")
AGES = (
    Option(value="born", label="The date of birth"),
    Option(value="age", label="About how old they are"),
    Option(value="unknown", label="Nothing"),
)
ADDRESSES = (
    Option(value="home_now", label="They live there now"),
    Option(value="home_before", label="They lived there before"),
    Option(value="seen", label="They were seen there"),
    Option(value="none", label="I know no address, or they have none"),
)
_AN_ADDRESS = frozenset({"home_now", "home_before", "seen"})
# What the holder compares with its own records, by what the request gives of it.
MATCHES = {
    "name": "The name",
    "aliases": "Another name they use",
    "born": "The date of birth or age",
    "address": "The address",
    "references": "A reference number, or another detail given",
}
FEWEST = 2  # things that agree, before anything is shared


def subject_page(case: Case) -> QuestionPage:
    """Ask who it is about, and only what helps to find them (clauses s6.request.individual, s7.matching-quality)."""
    fields = (
        FormField(key="subject.first", kind="line", label="First names", limit=LINE, hint="As far as you know them."),
        FormField(
            key="subject.family",
            kind="line",
            label="Family name",
            limit=LINE,
            needed="Enter the family name, or the only name you know.",
        ),
        FormField(key="subject.aliases", kind="line", label="Other names they use (optional)", limit=LINE),
        FormField(
            key="subject.age",
            kind="radio",
            label="What do you know of their age?",
            options=AGES,
            needed="Choose what you know of their age.",
        ),
        FormField(
            key="subject.birth",
            kind="day",
            label="Date of birth",
            hint="Such as 4 5 1990. Two people can share a name. This tells them apart.",
            shown_if=(("subject.age", frozenset({"born"})),),
        ),
        FormField(
            key="subject.about",
            kind="line",
            label="About how old, such as 40, or 40 to 45",
            limit=20,
            needed="Enter about how old they are.",
            shown_if=(("subject.age", frozenset({"age"})),),
        ),
        FormField(
            key="subject.address_kind",
            kind="radio",
            label="The last address you know",
            options=ADDRESSES,
            needed="Choose what kind of address it is.",
        ),
        FormField(
            key="subject.address",
            kind="long",
            label="Address",
            limit=600,
            needed="Enter the address, or the place.",
            shown_if=(("subject.address_kind", _AN_ADDRESS),),
        ),
        FormField(
            key="subject.postcode",
            kind="line",
            label="Postcode (optional)",
            limit=10,
            shown_if=(("subject.address_kind", _AN_ADDRESS),),
        ),
        FormField(
            key="subject.references",
            kind="line",
            label="Reference numbers (optional)",
            limit=LINE,
            hint="Such as a tenancy, crime or case number.",
        ),
    )
    return content_page(case, "subject", "subject", "Who is it about?", fields)


def check_subject(answers: dict[str, object], problems: dict[str, str], on: date | None) -> None:
    """Check and normalise the description of a person, and say it in the words that stand in the request.

    `on` is the day it is, None where a saved answer is looked at again (clause s7.matching-quality).
    """
    names = (str(answers.get("subject.first", "")), str(answers.get("subject.family", "")))
    answers["subject.name"] = " ".join(part for part in names if part)
    answers["subject.born"] = _age(answers, problems, on)
    if on is not None and answers["subject.born"] and answers.get("subject.birth"):
        answers["subject_child"] = "yes" if _under_18(date.fromisoformat(str(answers["subject.birth"])), on) else "no"
    typed = str(answers.get("subject.postcode", ""))
    found = _POSTCODE.match(re.sub(r"[\s.-]", "", typed).upper())
    if typed and found is None:
        problems["subject.postcode"] = "Enter a full postcode, such as LE1 4AB, or leave it out."
    elif found is not None:
        answers["subject.postcode"] = f"{found[1]} {found[2]}"
    if not problems and not any(
        answers.get(f"subject.{part}") for part in ("born", "address", "aliases", "references")
    ):
        problems["subject.age"] = "Give one more thing that helps to find the right person."


def age_problem(case: Case) -> dict[str, str]:
    """Refuse that somebody is no child who was just said to be about 15: a child's interests weigh more (Section 4)."""
    about = _ABOUT.match(case.words("subject.about")) if case.words("subject.age") == "age" else None
    if about is None or int(about[2] or about[1]) >= ADULT or case.words("subject_child") != "no":
        return {}
    return {
        "subject_child": f"You wrote that they are about {about[0].strip()} years old. Choose yes, or that you do not know."
    }


def _under_18(birth: date, on: date) -> bool:
    """Say whether somebody born on a day is under 18, so that it is not asked a second time."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) < ADULT


def _age(answers: Mapping[str, object], problems: dict[str, str], on: date | None) -> str:
    if answers.get("subject.age") == "born" and "subject.birth" not in problems:
        born = str(answers.get("subject.birth", ""))
        if not born:
            problems["subject.birth"] = "Enter the date of birth."
            return ""
        birth = date.fromisoformat(born)
        if on is not None and not date(on.year - OLDEST, 1, 1) <= birth <= on:
            problems["subject.birth"] = f"Enter a date of birth in the past, and within {OLDEST} years."
        return day(birth)
    about = _ABOUT.match(str(answers.get("subject.about", ""))) if answers.get("subject.age") == "age" else None
    if answers.get("subject.age") == "age" and "subject.about" not in problems:
        first, last = (int(about[1]), int(about[2] or about[1])) if about else (1, 0)
        if not 0 <= first <= last <= OLDEST:
            problems["subject.about"] = f"Enter an age from 0 to {OLDEST}, such as 40, or 40 to 45."
            return ""
        return f"about {first}" if first == last else f"about {first} to {last}"
    return ""


def address_in_words(case: Case) -> str:
    """Say the address with its postcode, and what kind of address it is; '' where none is known."""
    kinds = {one.value: one.label[0].lower() + one.label[1:] for one in ADDRESSES}
    where = ", ".join(part for part in (case.words("subject.address"), case.words("subject.postcode")) if part)
    kind = case.words("subject.address_kind")
    return f"{where} ({kinds[kind]})" if where and kind in kinds else where


def matchable(case: Case) -> dict[str, str]:
    """List what of the description the holder can compare with its own records."""
    return {one: label for one, label in MATCHES.items() if case.words(f"subject.{one}")}


def match_problem(case: Case, matched: tuple[str, ...]) -> str:
    """Say what is missing of the match before anything is shared, '' where enough agrees (clause s7.matching-quality)."""
    agree = set(matched) & set(matchable(case))
    if len(agree) >= FEWEST:
        return ""
    return "Tick at least two things that agree with your record. If fewer do, ask a question, or refuse."
