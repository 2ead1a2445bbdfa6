import json

import pytest

from portal.ground.act import Role
from portal.returns.report.file_report import CellProblem
from portal.returns.report.problem_list import keep_list
from portal.rules.datasets.catalogue import data_sets
from tests.builders import a_person, a_session, an_organisation
from tests.return_builders import CANARIES, a_force, a_return


@pytest.fixture
def sent(act, portal):
    force, person = a_force(act)
    return a_return(act.as_(person), force), person


def ask(client, act, path, person=None):
    headers = {"Cookie": f"portal_session={a_session(act, person)}"} if person else {}
    return client.get(path, headers=headers)


@pytest.fixture
def now(act):
    """Sessions are asked for by the clock, so theirs begin now."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only here

    return type(act)(store=act.store, person=act.person, at=datetime.now(UTC))


@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.parametrize("path", ["/return/certificate", "/return/certificate.json"])
def test_a_certificate_is_given_to_those_who_may_see_it_and_to_nobody_else(client, act, now, sent, path):
    return_id, person = sent
    answer = ask(client, now, f"{path}?return={return_id}", person)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert not any(canary in answer.content for canary in CANARIES)
    assert ask(client, now, f"{path}?return={return_id}", a_person(act, "Owen Pugh", Role.OFFICER)).status_code == 200
    other = an_organisation(act, "Otherham Fire and Rescue", "fire_rescue")
    eve = a_person(act, "Eve Other", Role.PARTNER, organisation=other)
    foreign, none = ask(client, now, f"{path}?return={return_id}", eve), ask(client, now, f"{path}?return=x", eve)
    assert (foreign.status_code, foreign.text) == (none.status_code, none.text)
    assert foreign.status_code == 404
    assert ask(client, now, f"{path}?return={return_id}").status_code == 404


def test_the_certificates_data_is_json(client, now, sent):
    return_id, person = sent
    assert json.loads(ask(client, now, f"/return/certificate.json?return={return_id}", person).content)


@pytest.mark.clause("app1.datasets")
@pytest.mark.parametrize("form", ["xlsx", "csv", "schema"])
def test_every_data_set_has_its_templates(client, form):
    for entry in data_sets():
        assert client.get(f"/return/template?dataset={entry.id}&as={form}").status_code == 200
    assert client.get(f"/return/template?dataset=../x&as={form}").status_code == 404


def test_figures_that_are_not_published_are_a_plain_sentence_and_not_a_page(client):
    answer = client.get("/statistics/police-incidents.csv")
    assert (answer.status_code, answer.text) == (404, "Nothing has been published for this data set yet.")


def test_the_list_of_problems_is_for_who_checks_the_file_alone(client, act, now, sent):
    person = sent[1]
    problem = CellProblem(
        kind="unreadable", data_set="la-asb", field="date", sheet="", sheet_number=1, row=3,
        cell="A3", column="=Date", what="No date.", mend="Mend it.",
    )  # fmt: skip
    keep_list(now.as_(person), [problem])
    answer = ask(client, now, "/return/problems.csv", person)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "A3,'=Date" in answer.content.decode("utf-8-sig")
    for eve in (None, a_person(act, "Owen Pugh", Role.OFFICER)):
        answer = ask(client, now, "/return/problems.csv", eve)
        assert answer.status_code in {404, 409}
        assert "A3" not in answer.text
