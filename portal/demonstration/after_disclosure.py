"""What became of answers, requests without names, and an urgent request: so that every state can be seen."""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.input.dates import as_typed
from portal.ground.wording import day_and_time, new_id, today
from portal.requests.after_disclosure.destruction import say_gone
from portal.requests.after_disclosure.onward_sharing import OnwardSharingRequest, ask_to_pass_on
from portal.requests.after_disclosure.onward_sharing_answers import decide_wish, wishes_to_us
from portal.requests.after_disclosure.retention_extension import keep_longer
from portal.requests.depersonalised.answers import answer_without_names, decline_without_names
from portal.requests.depersonalised.depersonalised_request import (
    NewDepersonalisedRequest,
    ask_without_names,
    withdraw_without_names,
)
from portal.requests.exchange.assigning import assign
from portal.requests.exchange.receipt import answer_trouble, confirm_receipt, report_trouble
from portal.requests.exchange.urgent import UrgentForm, send_urgent


def steps_after(
    stage: DemonstrationStage, request: Table, request_id: str, step: Table, at: datetime
) -> dict[str, Callable[[], object]]:
    """Give what can happen to a request besides asking and answering, by the name of the step."""
    asker = stage.by(request["by"], at)
    officer, approver = stage.by(f"{request['of']}.partner", at), stage.by(f"{request['of']}.approver", at)

    def longer() -> object:
        return keep_longer(asker, request_id, as_typed(today(at) + timedelta(days=step["days"])), step["words"])

    def pass_on() -> object:
        to = stage.organisations.get(step["to"], "")
        asked = OnwardSharingRequest(facts=(1,), receiver=to, other="", gateway=step["gateway"], why=step["words"])
        return ask_to_pass_on(asker, request_id, new_id(), asked)

    def passing() -> None:
        for wish in wishes_to_us(approver):
            if wish.request_id == request_id:
                decide_wish(approver, wish.id, yes=step["yes"], said=step["words"])

    return {
        "assign": lambda: assign(approver, request_id, officer.person.id),
        "received": lambda: confirm_receipt(asker, request_id),
        "trouble": lambda: report_trouble(asker, request_id, step["words"]),
        "remedy": lambda: answer_trouble(officer, request_id, step["words"]),
        "gone": lambda: say_gone(asker, request_id, step["how"], promised=True),
        "longer": longer,
        "pass_on": pass_on,
        "passing": passing,
    }


def note_others(stage: DemonstrationStage, told: Table) -> None:
    """Note the urgent requests and the requests without names in the diary."""
    for one in told["urgent"]:
        at = stage.day(one["asked"], "15:40")
        stage.scene(at, _urgently(stage, one, at))
    for number, one in enumerate(told["nameless"]):
        at = stage.day(one["asked"], f"{9 + number:02d}:05")
        stage.scene(at, _without_names(stage, one, at))


def _urgently(stage: DemonstrationStage, one: Table, at: datetime) -> Callable[[], None]:
    def play() -> None:
        if one["by"] in stage.people and one["of"] in stage.organisations:
            told = {key: one[key] for key in ("name", "details", "what", "why", "phoned")}
            asked = UrgentForm(holder=stage.organisations[one["of"]], when=day_and_time(at), **told)
            send_urgent(stage.by(one["by"], at), new_id(), asked)

    return play


def _without_names(stage: DemonstrationStage, one: Table, at: datetime) -> Callable[[], None]:
    def play() -> None:
        if one["by"] not in stage.people or one["of"] not in stage.organisations:
            return
        asked = NewDepersonalisedRequest(
            holder=stage.organisations[one["of"]],
            what=one["what"],
            purpose=one["purpose"],
            detail=one["detail"],
            wanted_by=as_typed(today(at) + timedelta(days=one["days"])),
        )
        request_id = ask_without_names(stage.by(one["by"], at), new_id(), asked)
        if "withdrawn" in one:
            gone = stage.day(one["withdrawn"], "14:20")
            stage.scene(gone, lambda: withdraw_without_names(stage.by(one["by"], gone), request_id))
        if "answered" in one:
            when = stage.day(one["answered"], "14:20")
            stage.scene(when, lambda: _answer(stage, one, request_id, when))

    return play


def _answer(stage: DemonstrationStage, one: Table, request_id: str, at: datetime) -> None:
    holder = stage.by(f"{one['of']}.partner", at)
    if "reason" in one:
        decline_without_names(holder, request_id, one["reason"])
        return
    files = [("Figures.csv", one["figures"].encode())] if "figures" in one else []
    answer_without_names(holder, request_id, one["words"], files)
