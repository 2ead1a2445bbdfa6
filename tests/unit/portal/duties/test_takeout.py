"""A person, an organisation and the partnership leave with everything, in files that read without the portal."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.record import AuditEntry
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.duties.takeout.own import organisation_data, own_data, record_csv
from portal.duties.takeout.partnership import partnership_data
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading
from portal.ground.errors import NotAllowedError, NotFoundError, SignedOutError
from portal.record.audit import head
from portal.requests.after_disclosure.deletion import purge_expired
from tests.builders import a_person, a_session
from tests.request_builders import CANARY, a_district, a_request, a_shared_request, later
from tests.return_builders import a_return
from tests.statement_builders import a_statement_in_force


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def taken(act):
    with reading(act.store.engine) as session:
        return session.exec(select(AuditEntry.subject).where(AuditEntry.event == "data:taken-along")).all()


@pytest.mark.threat("PR11")
def test_a_person_takes_what_their_account_holds_and_nothing_of_others(act):
    district = a_district(act)
    a_request(act, district)
    files = opened(own_data(act.as_(district.clerk)))
    assert set(files) == {
        "READ ME.txt", "account.json", "roles.csv", "sessions.csv", "browsers.csv", "what-you-did.csv",
    }  # fmt: skip
    assert json.loads(files["account.json"])["email"] == district.clerk.email
    assert rows(files["roles.csv"])[0]["organisation"] == "Anytown Parish Council"
    assert {one["what"] for one in rows(files["what-you-did.csv"])} >= {"sent a request"}
    assert CANARY.encode() not in b"".join(files.values())
    assert taken(act) == [f"account:{district.clerk.id}"]
    with pytest.raises(SignedOutError):
        own_data(act.as_(PUBLIC))


def test_an_approver_takes_lists_papers_and_certificates_that_are_still_sealed(act):
    district = a_district(act)
    a_request(act, district)
    a_statement_in_force(act, district)
    a_return(act.as_(district.officer), district.police)
    files = opened(organisation_data(act.as_(district.inspector)))
    (request,) = rows(files["requests.csv"])
    assert (request["from"], request["to"]) == ("Anytown Parish Council", "Anyshire Police")
    (sent,) = rows(files["returns.csv"])
    papers = [name for name in files if name.endswith(".pdf")]
    assert f"requests/{request['reference']}.pdf" in papers
    assert f"certificates/{sent['reference']}.pdf" in papers
    assert any(name.startswith("statements/") for name in papers)
    assert all(check_document(act.store, files[name]).outcome is SealOutcome.GENUINE for name in papers)
    assert {one["role"] for one in rows(files["people.csv"])} == {"approver", "partner"}
    assert taken(act) == [f"organisation:{district.police.id}"]
    for person in (district.officer, a_person(act, "Mina Manager", Role.MANAGER)):
        with pytest.raises((NotAllowedError, NotFoundError)):
            organisation_data(act.as_(person))


def test_a_request_whose_content_is_gone_leaves_its_line(act):
    district = a_district(act)
    a_shared_request(act, district)
    after = later(act, days=7 * 366)
    assert purge_expired(after) == 1
    files = opened(organisation_data(after.as_(district.inspector)))
    assert len(rows(files["requests.csv"])) == 1
    assert not [name for name in files if name.startswith("requests/")]


def test_the_record_leaves_as_a_table_that_ends_with_its_head(act):
    a_district(act)
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    found = rows(record_csv(manager))
    assert (found[-1]["hash"], found[-1]["what"]) == (
        head(act.store)[1],
        "took along all that the portal holds of them",
    )
    assert [one["number"] for one in found] == [str(n) for n in range(1, len(found) + 1)]
    with pytest.raises(NotAllowedError):
        record_csv(act.as_(a_person(act, "Owen Pugh", Role.OFFICER)))


def test_the_addresses_give_each_their_own_and_a_visitor_nothing(portal, client):
    act = Act(store=portal.store, person=SYSTEM, at=datetime.now(UTC))
    district = a_district(act)
    for address in ("/files/my-data.zip", "/files/organisation.zip", "/files/record.csv"):
        assert client.get(address).status_code in {404, 409}
    client.cookies.set("portal_session", a_session(act, district.inspector))
    for address, status in (("my-data.zip", 200), ("organisation.zip", 200), ("record.csv", 404)):
        answer = client.get(f"/files/{address}")
        assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-store")


@pytest.mark.threat("PR12")
def test_the_partnership_leaves_with_what_is_its_own_and_with_nothing_that_is_a_partners(act):
    district = a_district(act)
    a_request(act, district)
    a_return(act.as_(district.officer), district.police)
    manager = a_person(act, "Mina Manager", Role.MANAGER)
    files = opened(partnership_data(act.as_(manager)))
    assert {"partnership.json", "agreement/2026.md", "register.csv", "people.csv", "returns.csv", "record.csv"} <= set(
        files
    )
    assert "Anytown Parish Council" in {one["organisation"] for one in rows(files["register.csv"])}
    assert rows(files["returns.csv"])[0]["organisation"] == district.police.name
    assert len(rows(files["record.csv"])) == head(act.store)[0]
    everything = b"".join(files.values())
    for secret in (CANARY.encode(), b"password_hash", b"$argon2"):
        assert secret not in everything
    assert taken(act) == ["partnership:all"]
    for other in (district.clerk, a_person(act, "Owen Pugh", Role.OFFICER)):
        with pytest.raises(NotAllowedError):
            partnership_data(act.as_(other))
