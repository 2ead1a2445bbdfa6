"""The ten contents of a written request, filled from the answers; what is still missing; how each task stands."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from portal.ground.errors import AnswersNeededError
from portal.ground.wording import day_and_time
from portal.requests.case import Case
from portal.requests.exchange.section4_check import DESPITE, check_of, gateway_fit, proposed_bases
from portal.requests.forms.data_subject import address_in_words
from portal.requests.forms.form_validation import given, take
from portal.requests.forms.law_questions import condition_name, name_of
from portal.requests.forms.questions import label_of, page_of
from portal.requests.forms.tasks import BY_ID, GROUPS, RequestTask, tasks_of, waits
from portal.rules.forms.requests import extras_needed, missing_contents, request_contents
from portal.rules.section4.check import Check


class TaskStatus(StrEnum):
    """How a task stands, in the words of the list."""

    COMPLETED = "Completed"
    INCOMPLETE = "Not finished"
    LATER = "Cannot start yet"
    PROBLEM = "There is a problem"


@dataclass(frozen=True, kw_only=True)
class ContentLine:
    """One of the ten contents as it will stand in the request, and the task where it can be changed."""

    id: str
    label: str
    value: str
    task: str
    ref: str


def ten(case: Case, sent_at: datetime | None = None) -> tuple[ContentLine, ...]:
    """Give the ten contents in their order (clauses s6.request.*). The date is stamped when it is sent, never typed."""
    values = _values(case, sent_at)
    tasks = {task.content: task.id for task in BY_ID.values() if task.content}
    return tuple(
        ContentLine(id=one.id, label=one.label, value=values[one.id], task=tasks.get(one.id, ""), ref=one.ref)
        for one in request_contents(case.edition)
    )


def _values(case: Case, sent_at: datetime | None) -> dict[str, str]:
    return {
        "date": day_and_time(sent_at) if sent_at else "Stamped when you send it",
        "subject": _subject(case),
        "information": "\n".join(f"{n}. {item.what} (why: {item.why})" for n, item in enumerate(case.items, 1)),
        "purpose": case.words("purpose"),
        "gateway": "\n".join(gateways_in_words(case)),
        "necessity": case.words("necessity"),
        "effect": case.words("effect"),
        "single_purpose_clause": _promise(case),
        "requester": f"{case.requester.name}, {_post(case)}, {case.asking.name}" if _post(case) else "",
        "secure_reply": _reply(case),
    }


def _subject(case: Case) -> str:
    told = {
        "Other names": case.words("subject.aliases"),
        "Born or age": case.words("subject.born"),
        "Address": address_in_words(case),
        "References": case.words("subject.references"),
    }
    more = [f"{label}: {words}" for label, words in told.items() if words]
    return "\n".join([case.words("subject.name"), *more]) if case.words("subject.name") else ""


def _promise(case: Case) -> str:
    text = next(one.text for one in request_contents(case.edition) if one.kind == "declaration")
    return text if case.is_ticked("undertaking") else ""


def _post(case: Case) -> str:
    return case.requester.position or case.words("requester.position")


def _reply(case: Case) -> str:
    if case.words("reply") == "portal":
        return "Inside this portal"
    return case.words("reply.address")


def gateways_in_words(case: Case) -> tuple[str, ...]:
    """Name the laws picked."""
    return tuple(name_of(case.edition.gateway(one)) for one in case.picked("gateway") if case.edition.has_gateway(one))


def extras(case: Case) -> tuple[ContentLine, ...]:
    """Give what the request says besides the ten: consent, the public interest, the lawful basis, keeping, who will see it."""
    values = {
        "consent_status": _consent(case),
        "public_interest": case.words("public_interest_reason"),
        "lawful_basis": "\n".join(_basis(case)),
        "retention": case.words("retention"),
    }
    where = {
        "consent_status": "consent",
        "public_interest": "public_interest_reason",
        "lawful_basis": "",
        "retention": "retention",
    }
    wanted = extras_needed(case.edition, consent_given=case.words("consent") == "given")
    lines = [
        ContentLine(id=one.id, label=one.label, value=values[one.id], task=where[one.id], ref=one.ref) for one in wanted
    ]
    if case.words(DESPITE):
        label = "Why it is sent although the check advises against it"
        lines.append(ContentLine(id="despite", label=label, value=case.words(DESPITE), task="", ref="s4"))
    people = "\n".join(one.words for one in case.recipients)
    lines.append(
        ContentLine(id="people", label="Who will see it", value=people, task="people_minimum", ref="s4 Proportionality")
    )
    return tuple(lines)


def _consent(case: Case) -> str:
    if not case.words("consent"):
        return ""
    said = label_of(case, "consent", case.words("consent"))
    return f"{said}. {case.words('consent.why')}".strip() if case.words("consent.why") else said


def conditions_in_words(case: Case) -> tuple[str, ...]:
    """Name the conditions of data protection law picked."""
    picked = (one for name in ("schedule2", "schedule3", "dpa2018-sch1") for one in case.picked(name))
    return tuple(condition_name(case.edition.condition(one)) for one in picked if case.edition.has_condition(one))


def _basis(case: Case) -> tuple[str, ...]:
    """Say what was picked, where the asker still did, else what the portal proposes to the holder."""
    picked = conditions_in_words(case)
    if picked or case.holder is None:
        return picked
    first = next(iter(proposed_bases(case)), None)
    if first is None:
        return (f"None fits these answers. {case.holder.name} must find one before it shares.",)
    named = " with ".join(condition_name(one) for one in first.conditions)
    return (f"{named}. Proposed: {case.holder.name} confirms it, or another one, when it decides.",)


def problem_of(case: Case, task: RequestTask) -> str:
    """Give the first thing that keeps a task from being finished, '' where nothing does."""
    if task.id == "holder":
        return "" if case.holder else "Say who you are asking."
    typed = {field.key: given(case, field) for field in page_of(case, task).fields}
    if task.question and not case.words(task.question) and task.id != "gateway":
        return f"{task.title}: answer this."
    try:
        take(case, task, typed)
    except AnswersNeededError as error:
        return f"{task.title}: {next(iter(error.problems.values()))}"
    return ""


def status(case: Case, task: RequestTask, check: Check) -> TaskStatus:
    """Say how a task stands; an answer that decides for not sharing shows as a problem."""
    if waits(case, task):
        return TaskStatus.LATER
    if problem_of(case, task):
        return TaskStatus.INCOMPLETE
    stops = {check.why(code).question for code in check.reasons} if check.level == 0 else set()
    return (
        TaskStatus.PROBLEM if task.question in stops and task.question not in check.unanswered else TaskStatus.COMPLETED
    )


def task_list(case: Case) -> tuple[tuple[str, tuple[tuple[RequestTask, TaskStatus], ...]], ...]:
    """Give the task list: each group's title, and its tasks with how they stand."""
    check, found = check_of(case), tasks_of(case)
    return tuple(
        (title, tuple((task, status(case, task, check)) for task in found if task.group == number))
        for number, title in enumerate(GROUPS)
    )


def missing(case: Case) -> dict[str, str]:
    """Map each task that is not finished to what to do: the ten contents, and every question that is asked.

    A request with anything in here does not go out (clause s6.request.in-writing).
    """
    problems = {task.id: problem_of(case, task) for task in tasks_of(case) if not waits(case, task)}
    problems = {task: problem for task, problem in problems.items() if problem}
    filled = {line.id: line.value for line in ten(case)}
    for content in missing_contents(case.edition, filled):
        task = next((one.id for one in BY_ID.values() if one.content == content.id), content.id)
        problems.setdefault(task, f"{content.label}: fill this in.")
    return problems


def missing_parts(case: Case) -> dict[str, str]:
    """Map each part without which no request goes out to what to do: the ten contents, whom to ask, how long it is kept.

    A question of the check that is left open is none of them: the check then says that it is not finished.
    """
    return {one: said for one, said in missing(case).items() if one not in BY_ID or _is_part(BY_ID[one])}


def _is_part(task: RequestTask) -> bool:
    return bool(task.content) or not task.question


def with_answers(case: Case, answers: dict[str, object]) -> Case:
    """Give the case with more answers."""
    return replace(case, answers={**case.answers, **answers})


_SAID_BESIDES = {"consent", "public_interest_reason"}  # they stand among the extras


def answers_in_words(case: Case) -> tuple[tuple[str, str, str], ...]:
    """List the answers of the check as read: question, answer with its words, task."""
    rows = []
    for task in tasks_of(case):
        if not task.question or waits(case, task) or task.question in _SAID_BESIDES:
            continue
        rows.append((case.edition.question(task.question).text, _answer(case, task.question), task.id))
    return tuple(rows)


def _answer(case: Case, question: str) -> str:
    if question == "gateway":
        return label_of(case, "gateway", gateway_fit(case)) if gateway_fit(case) else ""
    if question == "public_interest_reason":
        return case.words(question)
    value = case.words(question)
    why = "" if question == "purpose_in_scope" else case.words(f"{question}.why")
    picked = ", ".join(case.picked(f"{question}.options"))
    return "\n".join(part for part in (label_of(case, question, value) if value else "", picked, why) if part)
