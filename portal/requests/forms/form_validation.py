"""What was typed on a page, checked once and cleaned: from there on it is trusted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from portal.ground.errors import AnswersNeededError
from portal.ground.input.dates import AS_NUMBERS, as_typed, day_typed
from portal.ground.wording import one_line, paragraphs
from portal.requests.case import INVISIBLE, Body, Case
from portal.requests.forms.data_subject import check_subject
from portal.requests.forms.fields import MOST_ITEMS, FormField
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import RequestTask
from portal.rules.forms.secure_reply import secure_reply

Typed = Mapping[str, object]


_AHEAD = frozenset({"wanted_by"})
_A_YEAR = timedelta(days=366)


def take(
    case: Case,
    task: RequestTask,
    typed: Typed,
    bodies: Sequence[Body] = (),
    on: date | None = None,
    *,
    leave: bool = False,
) -> dict[str, object]:
    """Check one page's fields and give what to save.

    A field that does not stand on the page is emptied. `on` is the day it is, for what must lie in the past; with `leave` what is
    unfinished is kept as it is. Raises AnswersNeededError with a sentence for each field.
    """
    answers: dict[str, object] = {}
    problems: dict[str, str] = {}
    fields = page_of(case, task, bodies).fields
    for field in fields:
        if not field.is_shown(typed):
            answers[field.key] = [] if field.kind in {"checks", "items"} else ""
            continue
        value, problem = _READ[field.kind](field, typed.get(field.key))
        answers[field.key] = value
        if problem:
            problems[field.key] = problem
    for key in _AHEAD & answers.keys():
        if key not in problems and (problem := not_ahead(str(answers[key]), on)):
            problems[key] = problem
    _SPECIAL.get(task.id, _nothing_more)(case, answers, problems)
    if task.id == "subject":
        check_subject(answers, problems, on)
    if problems and not leave:
        raise AnswersNeededError(problems)
    return answers


def not_ahead(typed: str, on: date | None) -> str:
    """Say what is wrong with a day that must lie ahead, within a year; '' where nothing is, or none was given."""
    day = _kept_day(typed)
    if day is None or on is None or on <= day <= on + _A_YEAR:
        return ""
    return "The day must be today or later, and within a year."


def _choice(field: FormField, value: object) -> tuple[object, str]:
    known = {option.value for option in field.options}
    if not isinstance(value, str) or (value == "" and "" not in known):
        return "", field.needed or "Choose one answer."
    return (value, "") if value in known else ("", "Choose one of the answers on the page.")


def _checks(field: FormField, value: object) -> tuple[object, str]:
    known = {option.value for option in field.options}
    picked = [one for one in value if isinstance(one, str) and one in known] if isinstance(value, (list, tuple)) else []
    return picked, "" if picked else field.needed


def _words(field: FormField, value: object) -> tuple[object, str]:
    text = str(value or "")
    clean = paragraphs(text) if field.kind == "long" else one_line(text)
    if len(clean) > field.limit:
        return clean, f"{field.label} must be {field.limit:,} characters or fewer."
    return clean, "" if clean.strip(INVISIBLE) else field.needed


def _day(_field: FormField, value: object) -> tuple[object, str]:
    try:
        found = day_typed(value if isinstance(value, (list, tuple)) else ())
    except ValueError:
        return "", AS_NUMBERS
    return found.isoformat() if found else "", ""


def _kept_day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _items(field: FormField, value: object) -> tuple[object, str]:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []
    items = [{"what": paragraphs(str(row.get("what", ""))), "why": paragraphs(str(row.get("why", "")))} for row in rows]
    items = [item for item in items if item["what"] or item["why"]]
    if not items:
        return [], field.needed
    for number, item in enumerate(items, 1):
        if not item["what"]:
            return items, f"Item {number}: say what you want to know."
        if not item["why"]:
            return items, f"Item {number}: say why you need it."
        if max(len(item["what"]), len(item["why"])) > field.limit:
            return items, f"Item {number} must be {field.limit:,} characters or fewer."
    if len(items) > MOST_ITEMS:
        return items, f"Ask for {MOST_ITEMS} items or fewer, so that each one is needed."
    return items, ""


def _promise(field: FormField, value: object) -> tuple[object, str]:
    return value is True, "" if value is True else field.needed


_READ: dict[str, Callable[[FormField, object], tuple[object, str]]] = {
    "radio": _choice,
    "pick": _choice,
    "checks": _checks,
    "line": _words,
    "long": _words,
    "day": _day,
    "items": _items,
    "promise": _promise,
}


def _nothing_more(_case: Case, _answers: dict[str, object], _problems: dict[str, str]) -> None:
    return


def _reply(case: Case, answers: dict[str, object], problems: dict[str, str]) -> None:
    address = str(answers.get("reply.address", ""))
    if answers.get("reply") in {"email", "fax"} and address:
        found = secure_reply(case.edition, address)
        if not found.accepted:
            problems["reply.address"] = f"{found.why} Or get the answer inside this portal."


def _gateway(case: Case, answers: dict[str, object], problems: dict[str, str]) -> None:
    picked = [str(one) for key in ("gateway", "gateway.unlisted") for one in _many(answers.get(key))]
    answers.pop("gateway.unlisted", None)
    answers["gateway"] = list(dict.fromkeys(picked))
    if case.holder is None:
        problems["gateway"] = "First say who you are asking."
    elif not picked:
        problems["gateway"] = "Choose a law. If none fits, ask your information manager before you go on."


def _consent(_case: Case, answers: dict[str, object], _problems: dict[str, str]) -> None:
    way = answers.get("consent.way")
    answers["consent"] = answers.get("consent.ask", "") if way == "without" else way


def _people(_case: Case, answers: dict[str, object], _problems: dict[str, str]) -> None:
    """Nobody but who asks can open it where nobody is ticked: no fewer could, so that is not asked."""
    if not answers.get("recipients"):
        answers |= {"people_minimum": "yes"}


def _many(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()


_SPECIAL = {"reply": _reply, "gateway": _gateway, "consent": _consent, "people_minimum": _people}


def given(case: Case, field: FormField) -> object:
    """Give what stands in the draft for a field, as the page would send it."""
    if field.kind in {"checks", "items"}:
        key = "gateway" if field.key == "gateway.unlisted" else field.key
        if field.kind == "items":
            return [{"what": item.what, "why": item.why} for item in case.items]
        known = {option.value for option in field.options}
        return [one for one in case.picked(key) if one in known]
    if field.kind == "promise":
        return case.is_ticked(field.key)
    if field.kind == "day":
        return as_typed(_kept_day(case.words(field.key)))
    if field.kind == "pick":
        return case.holder.id if case.holder else None
    words = case.words(field.key)
    if field.key == "subject.family" and field.key not in case.answers:
        words = case.words("subject.name")  # a draft from before names were asked in parts
    return words if words or field.kind in {"line", "long"} else None
