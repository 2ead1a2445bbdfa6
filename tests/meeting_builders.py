"""Fictional meetings and the people who come to them, made through the product's own services."""

from datetime import date, time

from portal.ground.act import Act, Person, Role, act_now
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.door import Door, find_door, open_door
from portal.meetings.check_in.understanding_check import QUESTIONS
from portal.meetings.meeting import Planned
from portal.meetings.planning.plan import Plan, plan
from tests.builders import a_person

RIGHT = {question.id: next(c.id for c in question.choices if c.right) for question in QUESTIONS}
WRONG = {question.id: next(c.id for c in question.choices if not c.right) for question in QUESTIONS}


def now(portal) -> Act:
    """An act by nobody in particular, at this very moment: routes and pages ask the clock."""
    return act_now(portal.store, Person(id="system", name="The portal"))


def a_plan(chair: Person, on: date, **more) -> Plan:
    told = {
        "key": token(),
        "name": "Thornby Joint Action Group",
        "first": on,
        "begins": time(14, 0),
        "place": "Thornby Village Hall",
        "chair_id": chair.id,
        "agenda_by": "Ann Clerk",
        "minutes_by": "Bo Lindqvist",
        "actions_by": "Ann Clerk",
    }
    return Plan(**(told | more))


def a_meeting(act: Act, chair: Person, **more) -> Planned:
    return plan(act.as_(chair), a_plan(chair, today(act.at), **more))[0]


def an_open_door(act: Act, chair: Person | None = None, **more) -> tuple[Person, Planned, Door]:
    """A meeting whose door is open now: its Chair, the meeting, and the door as a visitor finds it."""
    chair = chair or a_person(act, "Farah Khan", Role.CHAIR)
    opened = open_door(act.as_(chair), a_meeting(act, chair, **more).id)
    return chair, opened, find_door(act, opened.code, "127.0.0.1")


def a_signer(name: str = "Ann O’Neil-García", **more) -> AttendeeDetails:  # noqa: RUF001 - people have such names
    return AttendeeDetails(**({"name": name, "organisation": "Thornby Parish Council", "answers": RIGHT} | more))
