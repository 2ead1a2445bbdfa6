"""Practice: made-up people at an address of their own, which no setting of the real portal reaches."""

import inspect
import os
import re

import pytest

from models.partnership import Partnership
from portal.app.commands import serving
from portal.app.commands.command_line import run
from portal.ground import settings as ground_settings
from portal.ground.act import SYSTEM, Act
from portal.ground.database import transaction
from portal.ground.errors import PortalError, SettingsError
from portal.ground.process.runtime import running, start
from portal.ground.settings import load_settings
from portal.record.audit import record
from portal.record.events import Event
from tests.builders import a_partnership
from tests.conftest import NOW
from tests.meeting_builders import now

REAL = {
    "PORTAL_DATABASE_URL": "postgresql+psycopg://real",
    "PORTAL_SECRET_KEY_FILE": "/real/keys.json",
    "PORTAL_SMTP_URL": "smtps://real",
    "PORTAL_BACKUP_DIR": "/real/backups",
    "PORTAL_METRICS_TOKEN": "r" * 40,
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_PRACTICE_URL": "https://practice.example.org",
    "PORTAL_MAIL_FROM": "real@example.org",
    "PORTAL_HOSTS": "real.example.org",
    "PORTAL_SIGN_IN_WITH": "/real/providers.toml",
}
# These say how the machine serves, and nothing of the partnership.
SHARED = {"PORTAL_TRUSTED_PROXIES": "172.18.0.0/16", "PORTAL_MAX_UPLOAD_MB": "7"}


def test_practice_takes_of_the_real_portal_how_the_machine_serves_and_no_other_setting(tmp_path, monkeypatch):
    every = set(re.findall(r"\bPORTAL_[A-Z_]+\b", inspect.getsource(ground_settings.load_settings)))
    assert every == {*REAL, *SHARED, "PORTAL_DATA_DIR"}
    for name, value in (REAL | SHARED | {"PORTAL_DATA_DIR": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    served = []
    monkeypatch.setattr(serving, "serve_command", lambda arguments: served.append((arguments.demo, load_settings())))
    assert not run(["practice"])
    ((demo, settings),) = served
    assert demo
    own = {"PORTAL_DATA_DIR": str(tmp_path / "practice"), "PORTAL_BASE_URL": REAL["PORTAL_PRACTICE_URL"]}
    assert settings == load_settings(SHARED | own, folder=tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'practice' / 'portal.sqlite'}"
    assert settings.secret_key_file == tmp_path / "practice" / "keys" / "portal.json"
    assert (settings.smtp_url, settings.backup_dir, settings.metrics_token) == (None, None, "")
    assert (settings.mail_from, settings.hosts, settings.sign_in_with) == ("", (), None)
    assert not [name for name, value in os.environ.items() if value and value in REAL.values() and "URL" not in name]


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment that this test alone changes, and a folder of its own for `.env`."""
    monkeypatch.setattr(os, "environ", {**os.environ, "PORTAL_DATA_DIR": str(tmp_path / "data")})
    for name in (*REAL, *SHARED):
        os.environ.pop(name, None)
    for reads in (load_settings, ground_settings.said):
        monkeypatch.setitem(reads.__kwdefaults__, "folder", tmp_path)
    running.cache_clear()
    yield os.environ
    running.cache_clear()


@pytest.mark.parametrize("asked", [["run", "--demo", "--port", "0"], ["demo"]])
@pytest.mark.parametrize("told_by", ["environment", ".env"])
def test_a_demonstration_reaches_nothing_real_whoever_says_so(
    environment, tmp_path, monkeypatch, capsys, asked, told_by
):
    told = REAL | {"PORTAL_BASE_URL": ""}
    if told_by == ".env":
        (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in told.items()))
    else:
        environment |= told
    reached = []
    monkeypatch.setattr("portal.demonstration.load", lambda store, _say: reached.append((running().settings, store)))
    assert run(asked) == 1  # nothing was loaded, so nothing is served
    ((settings, store),) = reached
    store.engine.dispose()
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'portal.sqlite'}"
    assert settings.secret_key_file == tmp_path / "data" / "keys" / "portal.json"
    assert (settings.smtp_url, settings.backup_dir, settings.sign_in_with, settings.hosts) == (None, None, None, ())
    said = capsys.readouterr().out
    assert all(name in said for name in ("reaches nothing real", "PORTAL_SMTP_URL", "PORTAL_DATABASE_URL"))


def test_a_store_that_holds_a_demonstration_reaches_nothing_real_however_it_is_served(tmp_path):
    real = {"PORTAL_SMTP_URL": "smtps://real", "PORTAL_BACKUP_DIR": "/real", "PORTAL_SIGN_IN_WITH": "/real.toml"}
    settings = load_settings(real | {"PORTAL_DATA_DIR": str(tmp_path)}, folder=tmp_path)
    begun = start(settings)
    a_partnership(Act(store=begun.store, person=SYSTEM, at=NOW))
    begun.store.engine.dispose()
    again = start(settings)
    assert again.settings == settings
    with transaction(again.store.engine) as session:
        session.get_one(Partnership, 1).demonstration = True
    again.store.engine.dispose()
    served = start(settings)
    served.store.engine.dispose()
    assert (served.settings.smtp_url, served.settings.backup_dir, served.settings.sign_in_with) == (None, None, None)


def test_the_address_that_people_use_may_stand_in_the_file_of_settings(environment, tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("PORTAL_BASE_URL=https://portal.example.org\n")
    served = []

    def stop():
        served.append(load_settings().base_url)
        raise PortalError

    monkeypatch.setattr("portal.app.server.make_app", stop)
    assert run(["run", "--port", "0"]) == 1
    (tmp_path / ".env").unlink()
    assert run(["run", "--port", "0"]) == 1
    assert served == ["https://portal.example.org", "http://127.0.0.1:0"]


def test_nothing_made_up_is_served_from_a_real_partnerships_store(portal):
    act = now(portal)
    a_partnership(act)
    with transaction(act.store.engine) as session:
        record(session, act, Event.SETTINGS_CHANGED, "partnership:1")
    with pytest.raises(PortalError, match="A real partnership is kept there"):
        serving.demo_command(None)


@pytest.mark.parametrize("address", ["https://portal.example.org:8443", "practice.example.org", "https://x.example/y"])
def test_practice_has_a_host_name_of_its_own(address):
    with pytest.raises(SettingsError, match="PORTAL_PRACTICE_URL"):
        load_settings(REAL | {"PORTAL_PRACTICE_URL": address, "PORTAL_METRICS_TOKEN": "r" * 40})
