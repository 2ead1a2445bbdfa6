"""The register and the agreement over plain HTTP: before set-up, as of any day, safe in a spreadsheet, without a script."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.agreement.notices import notices
from portal.agreement.register.lifecycle.changes import rename
from portal.agreement.register.lifecycle.closing import close
from portal.agreement.register.organisations import organisation_named
from portal.ground.act import PUBLIC, Act
from portal.ground.database import reading
from portal.ground.wording import day
from tests.builders import a_partnership, an_organisation
from tests.signing_builders import REASONS, a_manager, a_signatory

FIELDS = ["id", "organisation", "kind", "edition", "status", "since"]
ODD = ("page=-1", "page=1e9", "page=99999999999999999999", "as_of=soon", "as_of=0001-01-01", "as_of=9999-12-31", "q=%00", "kind=x&status=y&sort=z", "q=" + "a" * 9000)  # fmt: skip


@pytest.fixture
def now(portal):
    return Act(store=portal.store, person=PUBLIC, at=datetime.now(UTC))


@pytest.fixture
def listed(now):
    """A register with one that has signed, one that has stopped and one that has left."""
    a_partnership(now)
    manager, then = a_manager(now), replace(now, at=now.at - timedelta(days=100))
    for name, kind in (("Anytown Parish Council", ""), ("Ferny Homes", "suspension"), ("=1+1 Ltd", "withdrawal")):
        council = an_organisation(now, name)
        a_signatory(then, manager, council, name="Zebedee Quill", email="zebedee@thornby.example")
        if kind:
            notices.give_notice(now.as_(manager), council.id, notices.NoticeEffect(kind), REASONS, key=name)
    return now


def organisation_id(now, name):
    with reading(now.store.engine) as session:
        return organisation_named(session, name).id


@pytest.mark.parametrize("path", ["/signatories", "/signatories.json", "/signatories.csv", "/agreement.pdf"])
def test_everything_public_answers_before_set_up(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.clause("s16.public-list")
@pytest.mark.threat("PR8")
def test_the_json_has_exactly_the_public_fields(client, listed):
    answer = client.get("/signatories.json")
    said = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert list(said) == ["as_of", "signatories"]
    assert [list(one) for one in said["signatories"]] == [FIELDS] * 3
    assert {one["status"] for one in said["signatories"]} == {"signed", "suspended", "left"}
    assert [one["kind"] for one in said["signatories"]] == ["parish_council"] * 3
    assert said["as_of"] == datetime.now(UTC).date().isoformat()


@pytest.mark.clause("s16.public-list")
@pytest.mark.threat("PR12")
@pytest.mark.threat("PR8")
def test_no_form_of_the_register_names_a_person(client, listed):
    for path in ("/signatories.json", "/signatories.csv", "/signatories?status=all", "/signatories/ferny-homes"):
        said = client.get(path).text
        assert not re.search(r"Zebedee|Quill|zebedee@|Priya|Jo Bell|Minute 12", said)


@pytest.mark.clause("s16.public-list")
def test_an_entry_says_what_it_was_called_and_what_it_became(client, listed):
    mine, ferny = listed.as_(a_manager(listed, "Mo Second")), organisation_id(listed, "Ferny Homes")
    rename(mine, ferny, "Fernier <b> Homes")
    close(mine, ferny, "It merged.", into=organisation_id(listed, "Anytown Parish Council"), key="k")
    said = client.get("/signatories/ferny-homes").text
    assert f"Called Ferny Homes until {day(listed.at)}." in said
    assert f"Closed on {day(listed.at)}." in said
    assert '<a href="/signatories/anytown-parish-council">It is now part of Anytown Parish Council</a>' in said
    assert "Fernier &lt;b&gt; Homes" in said


@pytest.mark.clause("s16.public-list")
def test_another_day_gives_the_register_of_that_day(client, listed):
    then = (datetime.now(UTC) - timedelta(days=10)).date().isoformat()
    said = client.get(f"/signatories.json?as_of={then}").json()
    assert said["as_of"] == then
    assert {one["status"] for one in said["signatories"]} == {"signed"}
    assert client.get("/signatories.json?as_of=2020-01-01").json()["signatories"] == []
    assert "Signed" in client.get(f"/signatories/ferny-homes?as_of={then}").text


@pytest.mark.clause("s16.public-list")
@pytest.mark.threat("UP6")
def test_a_spreadsheet_runs_no_cell(client, listed):
    answer = client.get("/signatories.csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == FIELDS
    assert [row[1] for row in rows[1:]] == ["'=1+1 Ltd", "Anytown Parish Council", "Ferny Homes"]
    assert answer.headers["content-disposition"].startswith('attachment; filename="signatories-')


@pytest.mark.clause("s16.public-list")
@pytest.mark.threat("IN1")
def test_the_page_needs_no_script_and_escapes_what_was_typed(client, listed):
    council = an_organisation(listed, '<script>alert(1)</script> "& Co')
    a_signatory(listed, a_manager(listed, "Dan"), council)
    said = client.get("/signatories").text
    assert '<html lang="en-GB">' in said
    assert "<script" not in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#34;&amp; Co" in said
    assert "2 organisations" not in said
    assert 'value="&#34;&gt;&lt;b&gt;"' in client.get('/signatories?q="><b>').text


def test_a_page_of_fifty_long_names_stays_under_30_kb(client, now):
    from tests.unit.portal.agreement.test_register import many  # noqa: PLC0415 - only here

    a_partnership(now)
    many(now, [f"The Most Ancient and Honourable Parish Council of Lower Anytown {number}" for number in range(120)])
    for page in (1, 2, 3):
        answer = client.get(f"/signatories?page={page}")
        assert len(answer.content) <= 30_000
        assert ("page=2" in answer.text) is (page != 2)
    assert len(client.get("/signatories.json").json()["signatories"]) == 120


@pytest.mark.clause("s16.public-list")
@pytest.mark.parametrize("query", ODD)
@pytest.mark.threat("DO6")
@pytest.mark.threat("IN10")
def test_odd_questions_are_answered_plainly(client, listed, query):
    for path in ("/signatories", "/signatories.json", "/signatories.csv", "/signatories/ferny-homes"):
        assert client.get(f"{path}?{query}").status_code in {200, 404}


@pytest.mark.clause("s16.public-list")
def test_an_unknown_signatory_is_404_in_plain_words(client, listed):
    for name in ("nobody", "<b>", "x" * 300):
        answer = client.get(f"/signatories/{name}")
        assert answer.status_code == 404
        assert "<b>" not in answer.text


@pytest.mark.clause("s15.publish")
def test_the_agreement_is_one_file_until_its_words_change(client, now):
    open_blanks = client.get("/agreement.pdf")
    assert open_blanks.headers["content-type"] == "application/pdf"
    a_partnership(now)
    filled = client.get("/agreement.pdf")
    assert open_blanks.content != filled.content == client.get("/agreement.pdf").content
    assert client.get("/agreement.pdf?edition=2009").content != filled.content
    assert client.get("/agreement.pdf?edition=../x").content == filled.content


@pytest.mark.threat("IN6")
def test_the_json_stays_whole_with_odd_names(client, now):
    a_partnership(now)
    names = ["李小龙 Council", 'Quote " Council', "Back\\slash", "Ŵyŷ"]
    manager = a_manager(now)
    for name in names:
        a_signatory(now, manager, an_organisation(now, name))
    said = json.loads(client.get("/signatories.json").text)
    assert sorted(one["organisation"] for one in said["signatories"]) == sorted(names)
