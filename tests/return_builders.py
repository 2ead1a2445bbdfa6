"""Fictional files as offices send them, and the organisations that do."""

from datetime import timedelta

from portal.ground.act import Act, Role
from portal.returns.service.submission import send
from portal.returns.service.upload_check import Checked, check
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import a_signatory

MESSY = (
    "Anyshire Police - incidents July to September\r\n"
    "Printed by PC 4417\r\n"
    "\r\n"
    "Incident Date;Time of call;Street;Category;Caller;Mobile;Remarks\r\n"
    '03/07/2026;21:15;"14 High Street, LE1 4XY";Noise;Mrs Zelda Quxley;07700 900123;"ring Zelda on 07700 900123"\r\n'
    "15/08/2026;0815;Stanley Road;Street drinking;QUXLEY, Zelda;;\r\n"
    "29/09/2026;23.59;outside Victoria Hall;Begging;;;\r\n"
    "Total;;;3;;;\r\n"
).encode("cp1252")
CANARIES = (
    b"Zelda",
    b"Quxley",
    b"QUXLEY",
    b"07700 900123",
    b"LE1 4XY",
    b"PC 4417",
)  # long enough that sealed bytes hold none by chance
CHOSEN = ("police-incidents", "2026-Q3")


def a_force(act, name="Anyshire Police"):
    """A police force that has signed, and its partner."""
    a_partnership(act)
    force = an_organisation(act, name, "police", protocol_signatory=True)
    a_signatory(Act(store=act.store, person=act.person, at=act.at - timedelta(days=300)), force)
    return force, a_person(act, "Sol Reyes", Role.PARTNER, organisation=force)


def a_checked(act, force, content=MESSY, **more) -> Checked:
    return check(act, force.id, CHOSEN, (content, "Zelda Quxley incidents.csv"), **more)


def a_return(act, force, content=MESSY, key="one") -> str:
    return send(act, a_checked(act, force, content), key)
