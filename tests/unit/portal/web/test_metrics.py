"""The figures for monitoring, and the two health checks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from portal.ground.process.runtime import running
from tests.builders import a_person, a_session

TOKEN = "t0ken-" * 6


@pytest.fixture
def watched(client, monkeypatch):
    now = replace(running(), settings=replace(running().settings, metrics_token=TOKEN))
    monkeypatch.setattr("portal.web.monitoring.metrics.running", lambda: now)
    return client


def figures(client):
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.text


def test_without_a_token_set_there_is_no_such_address(client):
    for given in ("", "Bearer ", f"Bearer {TOKEN}"):
        assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_only_the_token_opens_the_figures(watched):
    for given in ("", "Bearer ", f"Bearer {TOKEN}x", TOKEN, f"Bearer {TOKEN[:-1]}".encode() + b"\xe9"):
        assert watched.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_the_figures_are_counts_without_personal_data(watched, act):
    person = a_person(act)
    a_session(replace(act, at=datetime.now(UTC)), person)
    told = figures(watched)
    assert "portal_store_up 1.0" in told
    assert "portal_sessions_live 1.0" in told
    assert person.email not in told
    assert "{" not in told, "a label could carry who somebody is"


def test_a_store_that_is_down_shows_in_the_figures_and_not_in_the_shallow_check(watched, monkeypatch):
    def down(*_):
        raise OperationalError("", {}, OSError())

    monkeypatch.setattr("portal.web.monitoring.metrics.reading", down)
    monkeypatch.setattr("portal.web.monitoring.health.transaction", down)
    assert "portal_store_up 0.0" in figures(watched)
    assert watched.get("/healthz").status_code == 503
    assert watched.get("/healthz/alive").json() == {"status": "alive"}
