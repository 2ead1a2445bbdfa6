import os
import socket
import sys
import threading

import pytest

from portal.app.commands.command_line import run
from portal.ground.database import engine_for, migrate
from portal.ground.errors import UnsafeStartError
from portal.ground.process.runtime import start
from portal.ground.settings import load_settings
from portal.record.audit import head
from portal.record.kept_head import FILE, keep_head
from tests.conftest import NOW


def settings_of(folder):
    return load_settings({"PORTAL_DATA_DIR": str(folder)}, folder=folder)


@pytest.mark.threat("DA9")
def test_keys_whose_store_is_gone_do_not_start_on_an_empty_one(tmp_path):
    begun = start(settings_of(tmp_path))
    begun.store.engine.dispose()
    for left in tmp_path.glob("portal.sqlite*"):
        left.unlink()
    with pytest.raises(UnsafeStartError, match=r"store portal\.sqlite is gone"):
        start(settings_of(tmp_path))
    assert not (tmp_path / "portal.sqlite").exists()
    restored = start(settings_of(tmp_path), restoring=True)
    assert restored.store.vault.pepper == begun.store.vault.pepper
    restored.store.engine.dispose()


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
@pytest.mark.threat("DA9")
def test_the_store_is_read_by_its_owner_alone(tmp_path):
    before = os.umask(0o022)
    try:
        begun = start(settings_of(tmp_path))
        keep_head(begun.store, NOW)
        assert (tmp_path / "keys" / FILE).exists()
        assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_mode & 0o077] == []
        begun.store.engine.dispose()
        (tmp_path / "portal.sqlite").chmod(0o644)
        start(settings_of(tmp_path)).store.engine.dispose()
        assert (tmp_path / "portal.sqlite").stat().st_mode & 0o077 == 0
    finally:
        os.umask(before)


@pytest.mark.threat("DE10")
def test_a_port_in_use_and_a_wrong_host_are_said_in_one_line(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(["run", "--port", str(taken.getsockname()[1])]) == 1
        assert "is in use" in capsys.readouterr().err
    assert run(["run", "--host", "203.0.113.9"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.postgres
@pytest.mark.threat("DE11")
def test_two_replicas_that_start_at_once_on_an_empty_store_both_stand(both_stores):
    if both_stores.engine.dialect.name == "sqlite":
        pytest.skip("one process serves SQLite")
    url = both_stores.engine.url.render_as_string(hide_password=False)
    migrate(both_stores.engine, "base")
    engines, failed, together = [engine_for(url), engine_for(url)], [], threading.Barrier(2)

    def begin(engine):
        together.wait()
        try:
            migrate(engine)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told below
            failed.append(error)

    threads = [threading.Thread(target=begin, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert head(both_stores)[0] == 0
    for engine in engines:
        engine.dispose()
