"""The register on other people's sites: a feed, a badge and a schema, well formed and about no person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator

from portal.agreement.notices import notices
from portal.ground.act import PUBLIC, Act
from tests.builders import a_partnership, an_organisation
from tests.signing_builders import REASONS, a_manager, a_signatory

pytestmark = pytest.mark.clause("s16.public-list")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def listed(portal):
    act = Act(store=portal.store, person=PUBLIC, at=datetime.now(UTC))
    a_partnership(act, 'Safer <Anytown> & "Co"')
    manager, council = a_manager(act), an_organisation(act, "<b>Ferny</b> & Homes")
    a_signatory(replace(act, at=act.at - timedelta(days=9)), manager, council, name="Zebedee Quill")
    notices.give_notice(act.as_(manager), council.id, notices.NoticeEffect.SUSPENSION, REASONS, key="k")
    return council.slug


def entries(answer):
    return fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own answer


def test_the_feed_lists_changes_newest_first_with_ids_that_stay(client, listed, portal):
    act = Act(store=portal.store, person=PUBLIC, at=datetime.now(UTC))
    manager = a_manager(act, "Mina Manager")
    for name, days in (("Alder Council", 5), ("Birch Council", 20), ("Cedar Council", 12)):
        a_signatory(replace(act, at=act.at - timedelta(days=days)), manager, an_organisation(act, name))
    answer = client.get("/signatories.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = entries(answer)
    assert [one.findtext(f"{ATOM}title") for one in found] == [
        "<b>Ferny</b> & Homes: Stopped for now",
        "Alder Council: Signed",
        "<b>Ferny</b> & Homes: Signed",
        "Cedar Council: Signed",
        "Birch Council: Signed",
    ]
    ids = [one.findtext(f"{ATOM}id") for one in found]
    assert len(set(ids)) == 5
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert [one.findtext(f"{ATOM}id") for one in entries(client.get("/signatories.atom"))] == ids
    for secret in ("Zebedee", "Jo Bell", "Priya", "Mina", "Minute 12"):
        assert secret not in answer.text


def test_the_feed_is_whole_before_set_up(client):
    assert entries(client.get("/signatories.atom")) == []


def test_the_badge_says_where_the_organisation_stands_and_may_be_shown_elsewhere(client, listed):
    answer = client.get(f"/signatories/{listed}/badge.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    picture = fromstring(answer.content)  # noqa: S314 - our own answer
    assert "<b>Ferny</b> & Homes. Information sharing agreement: Stopped for now" in picture.get("aria-label")
    assert client.get("/signatories/nobody/badge.svg").status_code == 404


def test_the_open_data_keeps_to_its_schema(client, listed):
    schema = client.get("/signatories.schema.json").json()
    Draft202012Validator.check_schema(schema)
    for as_of in ("", "?as_of=2020-01-01"):
        Draft202012Validator(schema).validate(client.get(f"/signatories.json{as_of}").json())
    assert list(Draft202012Validator(schema).iter_errors({"as_of": "2026-01-01", "signatories": [{"name": "x"}]}))
