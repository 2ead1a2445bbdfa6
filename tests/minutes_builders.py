"""A meeting with a closed session, made through the product's own services: who was there, and what was said."""

from dataclasses import dataclass

from portal.ground.act import Act, Person, Role
from portal.ground.vault import token
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.signing import sign
from portal.meetings.closed_session.disclosures import MeetingDisclosure, record_said
from portal.meetings.closed_session.session import begin_closed_part, stay
from portal.meetings.meeting import Planned
from tests.builders import a_partnership, a_person, an_organisation
from tests.meeting_builders import a_signer, an_open_door

TOLD = MeetingDisclosure(
    purpose="crime",
    subject="Jordan Pikestaff\nMabel Quillfeather",
    body="Anyshire Police",
    post="Neighbourhood officer",
    words="Seen with stolen bicycles behind the village hall.",
    why_named="Each of the two needs a plan of their own.",
)
CLEAN = "The group spoke about noise after dark.\nMore patrols were agreed."
NO_GROUND = dict.fromkeys(
    ("distress", "national-security", "crime", "third-party-confidence", "statutory-bar", "public-sector"), False
)


@dataclass(frozen=True)
class Hall:
    """A meeting in its closed session: the Chair's act, and its people with their lines by name."""

    led: Act
    meeting: Planned
    chair: Person
    officer: Person
    other: Person
    lines: dict[str, str]
    secrets: dict[str, str]

    def by(self, person: Person) -> Act:
        return self.led.as_(person)


def a_hall(act: Act, *, partnership: bool = True) -> Hall:
    """A Chair, a police officer and a fire officer with accounts in the closed session, a probation officer without one, a councillor who left."""
    if partnership:
        a_partnership(act)
    police = an_organisation(act, "Anyshire Police", "police")
    fire = an_organisation(act, "Anyshire Fire", "fire")
    an_organisation(act, "Anyshire Probation", "probation")
    an_organisation(act, "Thornby Parish Council", "parish_council")
    officer = a_person(act, "Sol Reyes", Role.PARTNER, organisation=police)
    other = a_person(act, "Una Flint", Role.PARTNER, organisation=fire)
    chair, opened, door = an_open_door(act)
    secrets = {}
    for name, organisation in (
        ("Sol Reyes", "Anyshire Police"),
        ("Una Flint", "Anyshire Fire"),
        ("Pat Moss", "Anyshire Probation"),
        ("Ann Clerk", "Thornby Parish Council"),
    ):
        secrets[name] = token()
        sign(act, door, secrets[name], a_signer(name, organisation=organisation))
    led = act.as_(chair)
    begin_closed_part(led, opened.id)
    found = {one.name: one.id for one in lines(led, opened.id)}
    for name in ("Sol Reyes", "Una Flint", "Pat Moss"):
        stay(led, found[name], "The Chair knows why.")
    return Hall(led, opened, chair, officer, other, found, secrets)


def say(hall: Hall, *names: str, **more: str) -> None:
    """Record one disclosure that these people needed to know."""
    told = MeetingDisclosure(**(TOLD.__dict__ | more))
    record_said(hall.led, hall.meeting.id, token(), told, [hall.lines[name] for name in names or ("Sol Reyes",)])


def closed(hall: Hall) -> Hall:
    close_door(hall.led, hall.meeting.id)
    return hall
