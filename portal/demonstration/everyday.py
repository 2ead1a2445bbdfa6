"""What else a year brings: people ask to see information, an envelope is lost, somebody is away, two councils become one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.log import NewAccess, log_access
from portal.access_requests.partner_views import ask_originator, give_view
from portal.accountability.complaints.receiving import NewComplaint, log_complaint
from portal.accountability.papers.answers import save_answers
from portal.accountability.papers.kinds import PaperSubject, paper_kind
from portal.accountability.papers.making import make_paper
from portal.accounts.self_service.absence import say_away
from portal.agreement.register.lifecycle.changes import rename
from portal.agreement.register.lifecycle.closing import close
from portal.agreement.register.lifecycle.splitting import split
from portal.agreement.register.organisations import NewOrganisation
from portal.agreement.withholding.proposals import propose as propose_withholding
from portal.breaches.reporting import NewBreach, report_breach
from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.wording import today
from portal.publication.building import Subject
from portal.publication.publishing import approve, propose, withdraw
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
    if "outcome" in one:
        later = at + timedelta(days=13)
        made = AccessDecision(outcome=one["outcome"], exemption=one.get("exemption", ""), reason=one.get("reason", ""))
        approver = one["by"].replace(".partner", ".approver")
        stage.scene(later, lambda: decide_access(stage.by(approver, later), access_id, made))


def _loss(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    new = NewBreach(kind="lost", about="other", what=one["what"], done=one["done"])
    report_breach(stage.by(one["by"], at), new, key=f"demonstration:loss:{one['ago']}")


def _withheld(stage: DemonstrationStage, one: Table, at: datetime) -> None:
    propose_withholding(
        stage.by(one["by"], at),
        part=one["part"],
        numbers=(one["number"],),
        exemption=one["exemption"],
        reason=one["reason"],
        path=stage.base_url,
    )


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
    made = propose(stage.by(one["by"], at), subject, f"demonstration:figures:{one['ago']}")
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
    log_complaint(stage.by(one["by"], at), new, today(at), one["came"], key=f"demonstration:complaint:{one['ago']}")


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
