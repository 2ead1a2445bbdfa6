"""Requests: written page by page, sent, talked about, decided; some wait, some were never finished."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from portal.demonstration.after_disclosure import steps_after
from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.input.dates import NO_DAY, as_typed
from portal.ground.wording import day, today
from portal.requests.case import Case
from portal.requests.consents.recording import ConsentGiven, record_consent
from portal.requests.exchange.answers import open_answer
from portal.requests.exchange.correspondence import Consulted, ask_question, record_consultation, reply, withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import offered_bases
from portal.requests.exchange.sending import send_request
from portal.requests.forms.contents import problem_of
from portal.requests.forms.data_subject import matchable
from portal.requests.forms.drafting import begin_request, save_task, written
from portal.requests.forms.fields import FormField
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import tasks_of, waits
from portal.requests.views import open_request

_ROUNDS = 3  # an answer opens further pages; after three rounds none is left


def note(stage: DemonstrationStage, told: Table) -> None:
    """Note every request in the diary."""
    for number, request in enumerate(told["request"]):
        at = stage.day(request["asked"], f"{9 + number % 6:02d}:20")
        stage.scene(at, _asking(stage, {**told["common"], **request.get("typed", {})}, request, at))


def _asking(stage: DemonstrationStage, typed: Table, request: Table, at: datetime) -> Callable[[], None]:
    def play() -> None:
        asker = stage.people.get(request["by"])
        if asker is None or request["of"] not in stage.organisations:
            return
        act = stage.act(asker, at)
        draft_id = begin_request(act, request["why_names"])
        _write(stage, request["by"], draft_id, _answers(stage, typed, request), request.get("draft", 0), at)
        if "draft" in request:
            return
        sent = at + timedelta(minutes=40)
        stage.scene(sent, lambda: _send(stage, request, draft_id, sent))

    return play


def _answers(stage: DemonstrationStage, typed: Table, request: Table) -> Table:
    name, born, address = request["subject"]
    first, _, family = name.rpartition(" ")
    return {
        **typed,
        "holder": stage.organisations[request["of"]],
        "subject.first": first,
        "subject.family": family,
        **_described(born, address, seen=request.get("seen", False)),
        "depersonalised_enough.why": request["why_names"],
        "purpose": request["purpose"],
        "items": [{"what": what, "why": why} for what, why in request["items"]],
    }


def _described(born: str, address: str, *, seen: bool) -> Table:
    """Give what is typed of a person's age and last address."""
    years = re.findall(r"\d+", born)
    dated = re.fullmatch(r"born (\d+) (\w+) (\d{4})", born)
    months = [datetime(2000, month, 1, tzinfo=UTC).strftime("%B") for month in range(1, 13)]
    kind = "none" if not address else "seen" if seen else "home_now"
    return {
        "subject.age": "born" if dated else "age",
        "subject.birth": (dated[1], str(months.index(dated[2]) + 1), dated[3]) if dated else ("", "", ""),
        "subject.about": "" if dated else " to ".join(years),
        "subject.address_kind": kind,
        "subject.address": address,
    }


def _write(stage: DemonstrationStage, by: str, draft_id: str, answers: Table, most: int, at: datetime) -> None:
    """Answer the pages that the answers so far open, in order, until none is left or `most` are done (0: all)."""
    done, case = 0, written(stage.by(by, at), draft_id).case
    for _ in range(_ROUNDS):
        for task in tasks_of(case):
            if waits(case, task) or not problem_of(case, task) or (most and done >= most):
                continue
            typed = {field.key: _value(field, answers) for field in page_of(case, task).fields}
            case = save_task(stage.by(by, at + timedelta(minutes=done)), draft_id, task.id, typed).case
            done += 1


def _value(field: FormField, answers: Mapping[str, object]) -> object:
    """Give what is typed in one field; of choices, those that this edition offers to these two bodies."""
    value = answers.get(field.key)
    if field.kind == "checks":
        offered = [option.value for option in field.options]
        wanted = [one for one in value if one in offered] if isinstance(value, list) else []
        return wanted or (offered[:1] if field.key == "gateway" else [])
    return value


def _send(stage: DemonstrationStage, request: Table, draft_id: str, at: datetime) -> None:
    sent = send_request(stage.by(request["by"], at), draft_id)
    for number, step in enumerate(request["steps"]):
        what = next(iter(step))
        moment = max(stage.day(step[what], "11:30"), at + timedelta(minutes=5)) + timedelta(minutes=15 * number)
        stage.scene(moment, _step(stage, request, sent.id, step, moment))


def _step(stage: DemonstrationStage, request: Table, request_id: str, step: Table, at: datetime) -> Callable[[], None]:
    what = next(iter(step))
    asker = stage.by(request["by"], at)
    officer, approver = stage.by(f"{request['of']}.partner", at), stage.by(f"{request['of']}.approver", at)
    plays: dict[str, Callable[[], object]] = {
        "opened": lambda: open_request(officer, request_id),
        "ask": lambda: ask_question(officer, request_id, step["words"]),
        "reply": lambda: reply(asker, request_id, step["words"]),
        "withdraw": lambda: withdraw(asker, request_id),
        "consult": lambda: record_consultation(officer, request_id, _consulted(step, at)),
        "consent": lambda: record_consent(officer, request_id, _consent(step, at), key=f"demonstration:{request_id}"),
        "read": lambda: open_answer(asker, request_id),
        **steps_after(stage, request, request_id, step, at),
    }

    def play() -> None:
        if what in plays:
            plays[what]()
            return
        case = open_request(approver, request_id).case
        if case is not None:
            ticked = tuple(one.id for one in conditions_to_tick(case))
            verdict = _verdict(what, step, case, ticked, tuple(matchable(case))[:3])
            keep_until = as_typed(today(at) + timedelta(days=step["keep"])) if "keep" in step else NO_DAY
            decide(approver, request_id, replace(verdict, keep_until=keep_until))

    return play


def _consulted(step: Table, at: datetime) -> Consulted:
    name, position = step["who"]
    return Consulted(whom=step["whom"], view=step["view"], name=name, position=position, day=day(at), said=step["said"])


def _consent(step: Table, at: datetime) -> ConsentGiven:
    told = {name: step[name] for name in ("who", "asked_by", "agreed_to", "evidence")}
    return ConsentGiven(**told, given_on=today(at), how="written", explicit=True)


def _verdict(
    outcome: str, step: Table, case: Case, ticked: tuple[str, ...], matched: tuple[str, ...]
) -> RequestDecision:
    if outcome == "refuse":
        return RequestDecision(outcome=outcome, reason=step["reason"], alternative=step.get("alternative", ""))
    items = tuple(
        ItemVerdict(shared=bool(words), information=words, reason="" if words else step["reason"])
        for words in step["information"]
    )
    against = step.get("against", "")
    first = offered_bases(case)[0]
    return RequestDecision(
        outcome=outcome,
        items=items,
        against_reason=against,
        ticked=ticked,
        matched=matched,
        basis=first.ids,
        purpose=first.purpose,
    )
