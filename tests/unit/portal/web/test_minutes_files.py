import io
import json

import pytest
from pypdf import PdfReader

from portal.accounts.authentication.sessions import COOKIE
from portal.ground.act import Role
from portal.ground.vault import token
from portal.meetings.closed_session.urgent import asked_by, decide, wishes
from portal.meetings.minutes.circulation import circulate, finalise, publish
from portal.meetings.minutes.writing import save
from portal.web.door.routes import COOKIE as DOOR
from tests.builders import a_person, a_session
from tests.meeting_builders import now
from tests.minutes_builders import CLEAN, NO_GROUND, a_hall, closed, say

HOME = {"origin": "http://127.0.0.1:8501"}


@pytest.fixture
def hall(portal):
    made = a_hall(now(portal))
    say(made, "Sol Reyes")
    return closed(made)


def get(client, hall, person, address):
    client.cookies.clear()
    if person:
        client.cookies.set(COOKIE, a_session(hall.led, person))
    return client.get(address)


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_the_appendix_goes_only_to_those_named_and_the_chair(client, hall):
    address = f"/meeting/appendix?id={hall.meeting.id}"
    for person in (hall.chair, hall.officer):
        answer = get(client, hall, person, address)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert "Pikestaff" in text_of(answer)
    for person in (hall.other, a_person(hall.led, "Priya Shah", Role.MANAGER), a_person(hall.led, "Eve", Role.CHAIR)):
        refused = get(client, hall, person, address)
        assert refused.status_code == 404
        assert refused.text == get(client, hall, person, "/meeting/appendix?id=none").text
    assert get(client, hall, None, address).headers["location"] == "/meeting-papers"


@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("app6.minutes-and-actions")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s6.meetings.chair-answers")
def test_minutes_go_to_readers_then_managers_then_everybody(client, hall):
    address, public = f"/meeting/minutes?id={hall.meeting.id}", f"/minutes/{hall.meeting.reference}.pdf"
    manager = a_person(hall.led, "Priya Shah", Role.MANAGER)
    save(hall.led, hall.meeting.id, CLEAN)
    assert get(client, hall, hall.officer, address).status_code == 404
    circulate(hall.led, hall.meeting.id, NO_GROUND)
    assert [get(client, hall, who, address).status_code for who in (hall.officer, manager)] == [200, 404]
    finalise(hall.led, hall.meeting.id)
    assert get(client, hall, manager, address).status_code == 200
    assert get(client, hall, None, public).status_code == 404
    publish(hall.led, hall.meeting.id)
    assert "Sol Reyes" not in text_of(get(client, hall, None, public))


@pytest.mark.clause("app6.affected-people")
def test_agenda_and_copy_about_a_person_are_for_chair_and_manager(client, hall):
    manager = a_person(hall.led, "Priya Shah", Role.MANAGER)
    agenda, about = f"/meeting/agenda?id={hall.meeting.id}", f"/meeting/about?line={hall.lines['Sol Reyes']}"
    assert "No item" in text_of(get(client, hall, hall.chair, agenda))
    assert get(client, hall, hall.officer, agenda).status_code == 404
    assert json.loads(get(client, hall, manager, about).content)["signed"][0]["name"] == "Sol Reyes"
    assert get(client, hall, hall.chair, about).status_code == 404


@pytest.mark.clause("app2.urgent-permission")
def test_a_phone_asks_the_chair_and_sees_the_answer_also_after_the_meeting(client, hall):
    client.cookies.clear()
    assert "We do not know this phone" in client.get("/m/ask").text
    secret = hall.secrets["Ann Clerk"]
    client.cookies.set(DOOR, secret)
    page = client.get("/m/ask")
    assert "Thornby Joint Action Group" in page.text
    assert len(page.content) < 30_000
    sent = {"key": token(), "meeting": hall.meeting.id, "what": "A <i>van</i>", "to": "School", "why": ""}
    assert client.post("/m/ask", data=sent).status_code == 403
    wrong = client.post("/m/ask", data=sent, headers=HOME)
    assert "Enter why it cannot wait" in wrong.text
    assert "A &lt;i&gt;van&lt;/i&gt;" in wrong.text
    for _ in range(2):
        assert client.post("/m/ask", data=sent | {"why": "Soon"}, headers=HOME).status_code == 303
    assert len(asked_by(hall.led, secret)) == 1
    assert "has not decided yet" in client.get("/m/ask").text
    decide(hall.led, wishes(hall.led, hall.meeting.id)[0].id, "It can wait.", allowed=False)
    assert "No, you may not." in client.get("/m/ask").text
    assert client.post("/m/ask", data=sent | {"why": "x" * 50_000}, headers=HOME).status_code == 413
    assert client.post("/m/ask", data=sent | {"why": "x", "meeting": "none"}, headers=HOME).status_code == 404
