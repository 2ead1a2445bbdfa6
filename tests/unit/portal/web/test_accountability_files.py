"""The files that show that the law is kept: for those who may open them, never kept by a browser."""

import pytest

from portal.accountability.complaints.handling import tell_outcome
from portal.accountability.complaints.receiving import NewComplaint, complain
from portal.accountability.complaints.views import complaints
from portal.accountability.papers.kinds import PaperSubject, paper_kind
from portal.accountability.papers.making import make_paper
from portal.ground.act import PUBLIC, SYSTEM, Role, act_now
from tests.builders import a_person, a_session
from tests.request_builders import a_district


@pytest.fixture
def world(portal):
    now = act_now(portal.store, SYSTEM)
    district = a_district(now)
    desk = a_person(now, "Cass Desk", Role.OFFICER)
    complain(now.as_(PUBLIC), NewComplaint(about="My file was read."), key="k", network_address="192.0.2.1")
    (line,) = complaints(now.as_(desk))
    tell_outcome(now.as_(desk), line.id, "upheld", "It was wrong.", "nobody")
    kind = paper_kind("policy")
    own = PaperSubject(kind=kind, organisation_id=district.parish.id)
    ours = make_paper(now.as_(district.clerk), own, key="ours")
    theirs = make_paper(now.as_(desk), PaperSubject(kind=kind), key="theirs")
    return now, district, desk, line.id, ours, theirs


def ask(client, now, person, address):
    cookies = {"Cookie": f"portal_session={a_session(now, person)}"} if person else {}
    return client.get(address, headers=cookies)


def test_each_file_opens_for_those_it_is_for_and_for_nobody_else(client, world):
    now, district, desk, complaint_id, ours, theirs = world
    manager, chair = a_person(now, "Mab Manager", Role.MANAGER), a_person(now, "Cher Chair", Role.CHAIR)
    who_may = {
        f"/files/complaint/{complaint_id}.pdf": {desk.id, manager.id},
        **{f"/files/accountability/{ours}.{form}": {district.clerk.id} for form in ("pdf", "csv", "json")},
        f"/files/accountability/{theirs}.csv": {desk.id, manager.id, chair.id},
    }
    for address, may in who_may.items():
        for person in (None, district.clerk, district.outsider, desk, manager, chair):
            found = ask(client, now, person, address)
            assert found.headers["cache-control"] == "no-store"
            assert (found.status_code == 200) == (person is not None and person.id in may), (address, person)
            assert "Safer Anytown" not in found.text or found.status_code == 200
    assert ask(client, now, desk, f"/files/accountability/{theirs}.html").status_code == 404
