"""Figures on the officer's and the public's pages: proposed by one, approved by another, seen without a small count."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from portal.ground.act import PUBLIC, Role
from portal.publication.publishing import approve, propose, withdraw
from portal.web.routes import routes
from tests.builders import a_person
from tests.pages.conftest import words
from tests.return_builders import a_force
from tests.unit.portal.publication.test_publishing import BY_MONTH, sent


@pytest.fixture
def cast(now):
    force, sol = a_force(replace(now, person=PUBLIC))
    officer, manager = a_person(now, "Oz Adeyemi", Role.OFFICER), a_person(now, "Mo Lindqvist", Role.MANAGER)
    sent(replace(now, person=sol), force)
    return replace(now, person=officer), replace(now, person=manager)


@pytest.mark.clause("s6.non-personal-foi")
@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.merging-risk")
def test_the_public_sees_nothing_then_the_table_then_the_notice(cast, open_page):
    officer, manager = cast
    site = TestClient(Starlette(routes=routes()))
    assert "Nothing has been published yet" in words(open_page("statistics"))
    assert site.get("/statistics/police-incidents.csv").status_code == 404
    made = propose(officer, BY_MONTH, "k1")
    assert "Nothing has been published yet" in words(open_page("statistics"))
    publishing = open_page("figures-publish", officer.person)
    publishing.selectbox(key="figures.set").set_value("police-incidents").run()
    assert publishing.selectbox(key="figures.rows").value == "category"  # what every return holds stands first
    waits = words(publishing)
    assert "somebody else must approve it" in waits
    assert "worked out none" in waits
    assert "This version as CSV" not in waits  # it has no address before it is public
    approve(manager, made)
    seen = words(open_page("statistics"))
    assert "This version as CSV" in seen
    assert "A count of fewer than 5 is shown as" in seen
    assert " stands for a count of 1 to 4." in seen
    assert "It also hides larger ones" in seen
    assert "Open Government Licence" in seen
    assert "Freedom of Information Act; ask the organisation that holds them" in seen
    assert "/statistics/police-incidents.csv" in seen
    assert "Violence against fire staff" in seen
    assert "suppressed" in site.get("/statistics/police-incidents.csv?quarter=2026-Q3").text
    withdraw(manager, made, "A month was counted twice.")
    assert "A month was counted twice." in words(open_page("statistics"))
    assert site.get("/statistics/police-incidents.csv").status_code == 410
    assert site.get(f"/statistics/table/{made}.csv").status_code == 410
    assert "A month was counted twice." in site.get("/statistics/all").text


@pytest.mark.clause("s6.fewer-than-five")
def test_each_version_has_a_lasting_address_as_a_page_a_file_and_a_data_package(cast):
    officer, manager = cast
    site = TestClient(Starlette(routes=routes()))
    made = propose(officer, BY_MONTH, "k1")
    assert site.get(f"/statistics/table/{made}").status_code == 404  # nothing that is only proposed is public
    approve(manager, made)
    page, file, package = (site.get(f"/statistics/table/{made}{kind}") for kind in ("", ".csv", ".json"))
    every = site.get("/statistics/all").text
    assert f'href="/statistics/table/{made}"' in every
    assert "A count of fewer than 5 is shown as" in every
    for said in ("suppressed", "Missing person", "Anyshire Police", "Open Government Licence", "Cite as: Incidents by"):
        assert said in page.text
    assert "<script" not in page.text
    told = package.json()
    assert told["licenses"][0]["name"] == "OGL-UK-3.0"
    assert told["resources"][0]["schema"]["missingValues"] == ["suppressed"]
    heading = next(line for line in file.text.splitlines() if not line.startswith("#"))
    assert [one["name"] for one in told["resources"][0]["schema"]["fields"]] == heading.split(",")
    assert site.get(f"/statistics/table/{made}.exe").status_code == 404
    assert site.get("/statistics/table/nothing").status_code == 404


@pytest.mark.clause("s9.datasets-secured")
def test_the_officer_opens_the_full_counts_and_sees_which_returns_came(cast, open_page):
    officer, _ = cast
    page = open_page("shared-picture", officer.person)
    for told in (
        "These are the full counts, for partners alone.",
        "it does not let you publish them.",
        "The record keeps that you opened them, and when.",
    ):
        assert told in words(page)
    assert "1 of" in words(page)
    assert "Small counts may point to a person. Do not pass them on." in words(page)
    page.selectbox(key="shared.set").set_value("police-incidents").run()
    page.selectbox(key="shared.quarter").set_value("2026-Q3")
    opens(page)  # as it stands
    seen = words(page)
    assert not page.exception
    assert "no trend" in seen
    assert "There is nothing of the quarter before to compare with." in seen
    assert "Since a year before" not in seen
    assert {"Area", "Category"} <= {*page.selectbox(key="shared.by").options}
    page.selectbox(key="shared.by").set_value("area")
    opens(page)
    assert "A return does not hold" in words(page)


def opens(page):
    next(one for one in page.button if one.label == "Open these returns").click().run()
