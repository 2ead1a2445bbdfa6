"""What else a year brings: people ask to see information, an envelope is lost, somebody is away or leaves, two councils become one.

Of each kind of thing one is still open, and others stand as they end.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.access_requests.clarification import ask_clarification
from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.log import NewAccess, log_access
from portal.access_requests.partner_views import ask_originator, give_view
from portal.accountability.complaints.handling import acknowledge, add_handling_step, tell_outcome
from portal.accountability.complaints.receiving import NewComplaint, log_complaint
from portal.accountability.complaints.views import complaints
from portal.accountability.papers.answers import save_answers
from portal.accountability.papers.kinds import PaperSubject, paper_kind
from portal.accountability.papers.making import make_paper
from portal.accounts.people import close as close_account
from portal.accounts.self_service.absence import say_away
from portal.agreement.editions.review import record_review
from portal.agreement.register.lifecycle.changes import rename
from portal.agreement.register.lifecycle.closing import close
from portal.agreement.register.lifecycle.splitting import split
from portal.agreement.register.organisations import NewOrganisation
from portal.agreement.withholding.proposals import decide as decide_withholding
from portal.agreement.withholding.proposals import end as end_withholding
from portal.agreement.withholding.proposals import propose as propose_withholding
from portal.breaches.follow_up import add_step, close_breach
from portal.breaches.reporting import NewBreach, report_breach
from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.wording import UK, day, today
from portal.meetings.meeting import MeetingState, Planned, meetings
from portal.meetings.planning.change import MeetingChange, call_off, change
from portal.publication.building import Subject
from portal.publication.publishing import approve, propose, refuse, withdraw
from portal.requests.consents.recording import ConsentGiven, record_consent, withdraw_consent
from portal.requests.consents.views import consents
from portal.requests.lists import requests_sent
from portal.rules.datasets.quarters import Quarter


def note(stage: DemonstrationStage, told: Table) -> None:
    """Note each of them in the diary, on its day and only where those who act are there."""
    scenes: tuple[tuple[str, Callable[[DemonstrationStage, Table, datetime], object]], ...] = (
        ("access", _access),
        ("loss", _loss),
        ("withheld", _withheld),
        ("figures", _figures),
        ("away", _away),
        ("renamed", _renamed),
        ("merged", _merged),
        ("split", _split),
        ("complaint", _complaint),
        ("paper", _paper),
        ("consent", _consent),
        ("moved", _moved),
        ("called_off", _called_off),
        ("gone", _gone),
        ("review", _review),
    )
    for name, play in scenes:
        for one in told[name]:
            _note(stage, one, play)


def _note(stage: DemonstrationStage, one: Table, play: Callable[[DemonstrationStage, Table, datetime], object]) -> None:
    at = stage.day(one["ago"], one.get("hour", "11:20"))

    def scene() -> None:
        bodies = [one[name] for name in ("asks", "body", "into") if name in one]
        if one["by"] in stage.people and all(body in stage.organisations for body in bodies):
            play(stage, one, at)

    stage.scene(at, scene)


def _access(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    act = stage.by(one["by"], at)
    new = NewAccess(
        kind=one["kind"],
        received_on=today(at),
        requester=one["requester"],
        reach="By letter",
        asked_for=one["asked_for"],
    )
    access_id = log_access(act, new, key=f"demonstration:access:{one['by']}:{one['ago']}")
    if "asks" in one:
        answer_by = today(at) + timedelta(days=14)
        view_id = ask_originator(act, access_id, stage.organisations[one["asks"]], one["question"], answer_by)
        if "view" in one:
            seen = at + timedelta(days=6)
            asked = f"{one['asks']}.partner"
            stage.scene(seen, lambda: give_view(stage.by(asked, seen), view_id, one["view"], one["said"]))
    if "clarify" in one:
        _then(stage, one["ago"] - 1, lambda on: ask_clarification(stage.by(one["by"], on), access_id, one["clarify"]))
    if "outcome" in one:
        later = at + timedelta(days=13)
        made = AccessDecision(outcome=one["outcome"], exemption=one.get("exemption", ""), reason=one.get("reason", ""))
        approver = one["by"].replace(".partner", ".approver")
        stage.scene(later, lambda: decide_access(stage.by(approver, later), access_id, made))


def _loss(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    new = NewBreach(kind=one.get("kind", "lost"), about="other", what=one["what"], done=one["done"])
    breach_id = report_breach(stage.by(one["by"], at), new, key=f"demonstration:loss:{one['ago']}")
    for number, (kind, words) in enumerate(one.get("steps", {}).items(), 1):
        key = f"demonstration:loss:{one['ago']}:{kind}"
        _then(stage, one["ago"] - number, _step(stage, one["by"], breach_id, (kind, words), key))
    if "closed" in one:
        _then(stage, one["closed"], lambda on: close_breach(stage.by("manager", on), breach_id, one["lesson"]))


def _step(
    stage: DemonstrationStage, by: str, breach_id: str, said: tuple[str, str], key: str
) -> Callable[[datetime], None]:
    return lambda on: add_step(stage.by(by, on), breach_id, *said, key=key)


def _withheld(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    proposal = propose_withholding(
        stage.by(one["by"], at),
        part=one["part"],
        numbers=(one["number"],),
        exemption=one["exemption"],
        reason=one["reason"],
        path=stage.base_url,
    )
    if "decided" in one:
        told = {"withhold": one["withhold"], "words": one["words"], "path": stage.base_url}
        _then(stage, one["decided"], lambda on: decide_withholding(stage.by("manager", on), proposal, **told))
    if "ended" in one:
        _then(stage, one["ended"], lambda on: end_withholding(stage.by("manager", on), proposal))


def _figures(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    quarter = Quarter.just_ended(today(at))
    for _ in range(one["quarters_ago"]):
        quarter = quarter.previous
    subject = Subject(
        data_set=one["data_set"],
        quarter=quarter.label,
        quarters=one.get("quarters", 1),
        rows=one["rows"],
        columns=one["columns"],
    )
    key, notice = f"demonstration:figures:{one['ago']}", one.get("notice", "")
    made = propose(stage.by(one["by"], at), subject, key, notice=notice)
    if "refused_by" in one:
        refuse(stage.by(one["refused_by"], at), made)
    if "approved_by" in one:
        approve(stage.by(one["approved_by"], at), made)
    if "withdrawn" in one:
        withdraw(stage.by(one["approved_by"], at), made, one["withdrawn"])


def _away(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    stands_in = stage.people[one["stand_in"]].id if "stand_in" in one else ""
    say_away(stage.by(one["by"], at), today(at), today(at) + timedelta(days=one["days"]), stands_in)


def _renamed(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    rename(stage.by(one["by"], at), stage.organisations[one["body"]], one["name"])


def _merged(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    body, into = stage.organisations[one["body"]], stage.organisations[one["into"]]
    close(stage.by(one["by"], at), body, one["reason"], into=into, key=f"demonstration:merged:{one['body']}")


def _split(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    parts = [NewOrganisation(name=name, kind=one["kind"]) for name in one["names"]]
    key = f"demonstration:split:{one['body']}"
    split(stage.by(one["by"], at), stage.organisations[one["body"]], parts, {}, one["reason"], key=key)


def _complaint(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    new = NewComplaint(about=one["about"], name=one["name"], reach=one["reach"])
    key = f"demonstration:complaint:{one['ago']}"
    told = log_complaint(stage.by(one["by"], at), new, today(at), one["came"], key=key)
    complaint_id = next(each.id for each in complaints(stage.by(one["by"], at)) if each.reference == told.reference)
    if "outcome" in one:
        _then(stage, one["ago"] - 1, lambda on: acknowledge(stage.by(one["by"], on), complaint_id, "post", today(on)))
        step, (result, words) = one["step"], one["outcome"]
        _then(stage, one["ago"] - 2, lambda on: add_handling_step(stage.by(one["by"], on), complaint_id, step, key=key))
        _then(stage, one["told"], lambda on: tell_outcome(stage.by(one["by"], on), complaint_id, result, words, "post"))


def _paper(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    act, subject = stage.by(one["by"], at), PaperSubject(kind=paper_kind(one["kind"]))
    save_answers(act, subject, one["answers"])
    make_paper(act, subject, key=f"demonstration:paper:{one['kind']}")


def _consent(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    """Let somebody take back a consent on which a request rests that is still open."""
    act = stage.by(one["by"], at)
    request = next((line for line in requests_sent(act) if line.turn is not None), None)
    if request is None:  # a smaller part of the story is loaded
        return
    given = ConsentGiven(
        who=one["who"],
        asked_by=one["asked_by"],
        agreed_to=one["agreed_to"],
        evidence=one["evidence"],
        given_on=request.sent_at.date(),
        how="spoken",
        explicit=True,
    )
    record_consent(act, request.id, given, key=f"demonstration:consent:{one['by']}")
    withdraw_consent(act, consents(act, request.id)[0].id, today(at), one["taken_back"])


def _moved(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    found = _to_come(stage, one, at)
    if found is None:
        return
    local = found.starts_at.astimezone(UK)
    wanted = MeetingChange(
        day=local.date() + timedelta(days=one["days"]),
        begins=local.time(),
        place=one["place"],
        chair_id=found.chair_id,
        agenda_by=found.agenda_by,
        minutes_by=found.minutes_by,
        actions_by=found.actions_by,
    )
    change(stage.by(one["by"], at), found.id, wanted, base_url=stage.base_url)


def _called_off(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    found = _to_come(stage, one, at)
    if found is not None:
        call_off(stage.by(one["by"], at), found.id, one["reason"], base_url=stage.base_url)


def _to_come(stage: DemonstrationStage, one: Table, at: datetime) -> Planned | None:
    """Find the meeting of this Chair that comes so many after the loading; None where a smaller part of the story is loaded."""
    act = stage.by(one["by"], at)
    mine = [each for each in meetings(act) if each.chair_id == act.person.id and each.state is MeetingState.PLANNED]
    left = [each for each in sorted(mine, key=lambda each: each.starts_at) if each.starts_at > stage.now]
    return left[one["number"]] if len(left) > one["number"] else None


def _gone(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    close_account(stage.by(one["by"], at), stage.people.pop(one["who"]).id)


def _review(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    reviewed_on, key = day(at), f"demonstration:review:{one['ago']}"
    record_review(stage.by(one["by"], at), key, reviewed_on=reviewed_on, outcome=one["outcome"], words=one["words"])


def _then(stage: DemonstrationStage, ago: float, play: Callable[[datetime], object]) -> None:
    """Note what follows some days before the loading, at an hour when those who act are at work."""
    at = stage.day(ago, "14:45")

    def scene() -> None:
        play(at)

    stage.scene(at, scene)
