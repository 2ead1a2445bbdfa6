import pytest


@pytest.mark.parametrize("path", ["/healthz", "/", "/no-such-thing", "/assets/portal.css", "/assets/..%2fserver.py"])
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in script
    assert "blob:" not in script
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_the_frameworks_side_doors_are_shut(client, path):
    assert client.get(path).status_code == 404


def test_health_says_ok_and_nothing_more(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_only_named_files_are_served(client):
    assert client.get("/assets/portal.css").status_code == 200
    assert client.get("/assets/server.py").status_code == 404
