"""Minutes of the last meetings: agenda, what was said, actions, wishes, each further on than the next one's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from portal.demonstration.stage import DemonstrationStage, Table
from portal.ground.act import PUBLIC, Act
from portal.ground.wording import today
from portal.meetings.closed_session.disclosures import MeetingDisclosure, outline, record_said
from portal.meetings.closed_session.need_to_know import hearers
from portal.meetings.closed_session.urgent import ask, decide, wishes
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.meeting import Planned
from portal.meetings.minutes.actions import ActionDetails, agree, carried, finish
from portal.meetings.minutes.agenda import Topic, add_item, agenda, no_action, sources
from portal.meetings.minutes.circulation import circulate, finalise, publish
from portal.meetings.minutes.writing import save, six_grounds

_STEPS = ("written", "circulated", "final", "published")
_DAYS = {"written": 1, "circulated": 3, "final": 10, "published": 11}  # after the meeting


def note_minutes(
    stage: DemonstrationStage, told: Table, chair: str, meeting: Planned, number: int, phones: Mapping[str, str]
) -> None:
    """Note what one meeting leaves behind, where the story tells of it; `phones` are the secrets of those who came."""
    found = next((one for one in told["minutes"] if one["number"] == number), None)
    begun = meeting.starts_at
    _finish_later(stage, told, chair, meeting, number)
    if found is None:
        return
    stage.scene(
        begun + timedelta(minutes=5), lambda: _agenda(stage.by(chair, begun + timedelta(minutes=5)), meeting, found)
    )
    stage.scene(
        begun + timedelta(minutes=60),
        lambda: _closed_part(stage.by(chair, begun + timedelta(minutes=60)), meeting, found),
    )
    stage.scene(
        begun + timedelta(minutes=85), lambda: _actions(stage.by(chair, begun + timedelta(minutes=85)), meeting, found)
    )
    for step in _STEPS[: _STEPS.index(found["until"]) + 1]:
        at = min(begun + timedelta(days=_DAYS[step]), stage.last)
        stage.scene(at, partial(_step, stage, stage.by(chair, at), meeting, found, step))
    if "wish" in found:
        at = min(begun + timedelta(hours=20), stage.last)
        stage.scene(at, lambda: _wish(stage, chair, meeting, found["wish"], phones, at))


def _agenda(act: Act, meeting: Planned, found: Table) -> None:
    known = sources(act, meeting.id)
    for place, item in enumerate(found["items"]):
        topic = Topic(
            title=item["title"],
            source=known[item["source"] % len(known)],
            asked=item["asked"],
            affected=item.get("affected", ""),
            not_asked_why=item.get("why", ""),
        )
        add_item(act, meeting.id, f"demonstration:item:{meeting.id}:{place}", topic)


def _closed_part(act: Act, meeting: Planned, found: Table) -> None:
    lines = {one.name: one.line_id for one in hearers(act, meeting.id)}
    for place, one in enumerate(found.get("said", [])):
        said = MeetingDisclosure(
            **{part: one[part] for part in ("purpose", "subject", "body", "post", "words", "why_named")}
        )
        readers = [lines[name] for name in one["readers"] if name in lines]
        record_said(act, meeting.id, f"demonstration:said:{meeting.id}:{place}", said, readers)


def _actions(act: Act, meeting: Planned, found: Table) -> None:
    items = agenda(act, meeting.id)
    for place, one in enumerate(found["actions"]):
        due = today(meeting.starts_at) + timedelta(days=one["days"])
        wanted = ActionDetails(
            what=one["what"],
            owner=one["owner"],
            due=due,
            item_id=items[one["item"]].id,
            keepers=tuple(
                (said.id, reader.line_id)
                for said in outline(act, meeting.id)
                for reader in said.readers
                if reader.name in one.get("keepers", [])
            ),
        )
        agree(act, meeting.id, f"demonstration:action:{meeting.id}:{place}", wanted)
    for item, typed in zip(items, found["items"], strict=True):
        if "no_action" in typed:
            no_action(act, item.id, typed["no_action"])


def _finish_later(stage: DemonstrationStage, told: Table, chair: str, meeting: Planned, number: int) -> None:
    """Note the actions of earlier meetings that are told to be done at this one."""
    notes = {
        action["what"]: action["done"]
        for one in told["minutes"]
        for action in one["actions"]
        if action.get("done_at") == number
    }
    at = meeting.starts_at + timedelta(minutes=20)

    def play() -> None:
        act = stage.by(chair, at)
        for action in carried(act, meeting.id):
            if action.what in notes:
                finish(act, meeting.id, action.id, notes[action.what])

    if notes:
        stage.scene(at, play)


def _step(stage: DemonstrationStage, act: Act, meeting: Planned, found: Table, step: str) -> None:
    match step:
        case "written":
            save(act, meeting.id, found["body"], lesson=found.get("lesson", ""), need=found.get("need", ""))
        case "circulated":
            grounds = {one.id: one.id == found.get("ground", "") for one in six_grounds(act, meeting.id)}
            circulate(act, meeting.id, grounds, base_url=stage.base_url)
        case "final":
            finalise(act, meeting.id, base_url=stage.base_url)
        case "published":
            publish(act, meeting.id)


def _wish(
    stage: DemonstrationStage, chair: str, meeting: Planned, told: Table, phones: Mapping[str, str], at: datetime
) -> None:
    wish = WishDetails(what=told["what"], to=told["to"], why=told["why"])
    key = f"demonstration:wish:{meeting.id}"
    ask(stage.act(PUBLIC, at), phones[told["by"]], key, meeting.id, wish, base_url=stage.base_url)
    if "allowed" in told:
        act = stage.by(chair, at)
        (waiting,) = wishes(act, meeting.id)
        decide(act, waiting.id, told["reason"], allowed=told["allowed"])
