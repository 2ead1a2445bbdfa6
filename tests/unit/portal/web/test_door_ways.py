"""The other ways in at a door: a signature drawn with a finger, a link by e-mail, one tablet that goes round."""

import base64
import io
import re

import pytest
from PIL import Image, PngImagePlugin
from sqlmodel import select

from models.meetings import Attendance, NotSigned, Undertaking
from models.record import Message
from portal.accounts.authentication.sessions import COOKIE
from portal.ground.database import reading
from portal.ground.vault import token
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.attendance_list import attendance_list
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.signing import sign
from tests.builders import a_partnership, a_session, an_organisation
from tests.meeting_builders import a_signer, an_open_door, now
from tests.unit.portal.web.test_door import OWN, filled


@pytest.fixture
def hall(portal):
    act = now(portal)
    a_partnership(act)
    an_organisation(act, "Thornby Parish Council", "parish_council")
    return act, *an_open_door(act)


def drawing(colour=(23, 38, 43), said=""):
    image = Image.new("RGB", (420, 130), "white")
    for x in range(60, 300):
        image.putpixel((x, 40 + x % 50), colour)
    kept, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", said)
    image.save(kept, "PNG", pnginfo=info)
    return base64.urlsafe_b64encode(kept.getvalue()).decode()


def rows(act, table):
    with reading(act.store.engine) as session:
        return session.exec(select(table)).all()


@pytest.mark.clause("s10.with-attendance-list")
def test_a_signature_drawn_with_a_finger_is_kept_sealed_without_metadata_and_stands_on_the_list(client, hall):
    act, chair, meeting, door = hall
    told = filled(client.get(f"/m/{door.code}"), drawing=drawing(said="taken at home"))
    assert len(str(told)) < 30_000
    assert client.post(f"/m/{door.code}", data=told, headers=OWN).status_code == 303
    (row,) = rows(act, Undertaking)
    opened = act.store.vault.open(row.drawing, f"undertaking.drawing:{row.id}")
    assert opened.startswith(b"\x89PNG")
    assert b"taken at home" not in opened
    assert opened not in row.drawing
    led = act.as_(chair)
    close_door(led, meeting.id)
    assert attendance_list(led, meeting.id).count(b"/Subtype /Image") >= 1


@pytest.mark.parametrize(
    "sent",
    [
        "not base64!",
        base64.b64encode(b"<svg onload=alert(1)>").decode(),
        base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 400).decode(),
        base64.b64encode(b"\xff\xd8\xff" + b"x" * 400).decode(),
        base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 9000).decode(),
        drawing(colour=(255, 255, 255)),
    ],
    ids=["no base64", "a drawing that runs", "a broken picture", "a broken photograph", "too big", "blank"],
)
def test_what_is_no_drawing_is_asked_for_again_and_nothing_is_signed(client, hall, sent):
    act, _, _, door = hall
    page = client.post(f"/m/{door.code}", data=filled(client.get(f"/m/{door.code}"), drawing=sent), headers=OWN)
    assert "Draw your signature again, or leave it out." in page.text
    assert "alert(1)" not in page.text
    assert rows(act, Undertaking) == []


def test_an_error_elsewhere_keeps_the_drawing_and_the_page_stays_small(client, hall):
    act, _, _, door = hall
    for number in range(400):
        an_organisation(act, f"Fictional Parish Council of Much Longer Names {number}")
    told = filled(client.get(f"/m/{door.code}"), drawing=drawing(), name="")
    page = client.post(f"/m/{door.code}", data=told, headers=OWN)
    assert f'name="drawing" value="{told["drawing"]}"' in page.text
    largest = client.post(f"/m/{door.code}", data=told | {"drawing": "A" * 10_800}, headers=OWN)
    assert len(largest.content) <= 30_000


@pytest.mark.clause("s10.confidentiality")
def test_a_link_by_e_mail_signs_the_list_with_one_tap_and_is_not_used_up_by_looking(client, hall):
    act, chair, meeting, door = hall
    sign(act, door, token(), a_signer("Ann Clerk", email="ann@example.org"))
    close_door(act.as_(chair), meeting.id)
    _, meeting, door = an_open_door(act, chair)
    address = f"/m/{door.code}/known"
    assert f'href="{address}"' in client.get(f"/m/{door.code}").text
    answers = [
        client.post(address, data={"do": "send", "email": email}, headers=OWN).text
        for email in ("ann@example.org", "eve@example.org")
    ]
    assert answers[0].replace("ann@", "") == answers[1].replace("eve@", "")
    (message,) = [one for one in rows(act, Message) if one.template == "meeting-link"]
    link = act.store.vault.open_text(message.secret, f"message.secret:{message.id}")
    path = link.removeprefix("http://127.0.0.1:8501")
    for _ in range(2):  # a mail scanner opens it first
        went = client.get(path)
        assert went.status_code == 303
        assert went.headers["location"] == address
        page = client.get(address)
        assert "You sign the attendance list only" in page.text
        assert "I am Ann Clerk, here today" in page.text
    who = re.search(r'name="who" value="([^"]*)"', page.text).group(1)
    assert client.post(address, data={"do": "here", "who": who}, headers=OWN).status_code == 303
    assert "Thank you, Ann Clerk" in client.get(f"/m/{door.code}").text
    assert len(rows(act, Undertaking)) == 1
    client.get(path)
    assert "This link has been used or is too old." in client.get(address).text
    assert client.post(address, data={"email": "ann"}, headers=OWN).text.count("There is a problem") == 1
    assert client.post(address, data={"email": "ann@example.org"}).status_code == 403
    assert client.get("/m/AAAAAA/known").status_code == 404


@pytest.mark.clause("s10.confidentiality")
def test_one_tablet_goes_round_for_regulars_and_first_timers_and_opens_nothing_else_of_the_chairs(client, hall):
    act, chair, meeting, door = hall
    sign(act, door, token(), a_signer("Rhys Regular"))
    led = act.as_(chair)
    close_door(led, meeting.id)
    _, meeting, door = an_open_door(act, chair)
    address = f"/m/{door.code}/tablet"
    assert client.get(address).headers["location"] == f"/m/{door.code}"
    assert client.post(address, data={"do": "begin"}, headers=OWN).status_code == 404
    client.cookies.set(COOKIE, a_session(act, chair))
    assert client.post(address, data={"do": "begin"}, headers=OWN).headers["location"] == address
    assert client.get(f"/meeting/list?id={meeting.id}").headers["location"] == "/meetings"  # signed out here

    page = client.get(address)
    assert "Choose your name." in client.post(address, data={"do": "here"}, headers=OWN).text
    who = re.search(r'name="who" value="([^"]*)"', page.text).group(1)
    assert "Thank you, Rhys Regular" in client.post(address, data={"do": "here", "who": who}, headers=OWN).text
    for name in ("Ann Clerk", "Bo Lindqvist"):
        first = client.get(f"{address}?first=1")
        assert len(first.content) <= 30_000
        assert "Full name" in client.post(address, data=filled(first, name=""), headers=OWN).text
        assert f"Thank you, {name}" in client.post(address, data=filled(first, name=name), headers=OWN).text
    refused = filled(client.get(f"{address}?first=1"), do="decline")
    assert "You did not sign" in client.post(address, data=refused, headers=OWN).text

    shown = lines(led, meeting.id)
    assert [(one.name, one.how, one.first_time) for one in shown] == [
        ("Rhys Regular", "On the Chair's tablet", False),
        ("Ann Clerk", "On the Chair's tablet", True),
        ("Bo Lindqvist", "On the Chair's tablet", True),
    ]
    assert {row.recorded_by for row in rows(act, Attendance) if row.how == "tablet"} == {chair.name}
    assert len(rows(act, NotSigned)) == 1
    close_door(led, meeting.id)
    assert "This meeting ended at" in client.get(address).text
