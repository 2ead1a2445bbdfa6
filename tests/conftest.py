"""What every test stands on: a fresh store (SQLite, and PostgreSQL where it runs), a fixed clock, fictional people."""

import gc
import inspect
import os
import shutil
import sys
import tomllib
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, event, make_url
from sqlmodel import Session
from starlette.testclient import TestClient
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test

from portal.documents.seal.seal import make_seal
from portal.ground import database, postgresql
from portal.ground.act import SYSTEM, Act, Store
from portal.ground.database import engine_for, migrate
from portal.ground.process.runtime import running
from portal.ground.settings import ROOT
from portal.ground.vault import open_vault
from portal.record.row_digests import UNWATCHED_COLUMNS
from portal.returns.pipeline.depersonalise import READY_FOR
from portal.spreadsheets.worker import worker_pool
from portal.spreadsheets.worker.worker_pool import start
from tests import replayed
from tests.branches import Stem

pytest_plugins = ["tests.served"]


TESTS = f"{ROOT}/tests/"
LONGEST = "test_demonstration.py"
NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


@event.listens_for(Session, "before_commit")
def _no_act_without_an_entry(session):
    """Fail where the product commits watched rows that no entry of the record speaks of; tests may write what they like."""
    if session.in_nested_transaction() or "record.act" in session.info:
        return
    session.flush()
    if {key.partition(":")[0] for key in session.info.get("record.rows", ())} <= UNWATCHED_COLUMNS.keys():
        return
    frame = inspect.currentframe().f_back
    while frame is not None and not _is_an_act(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is not None and not frame.f_code.co_filename.startswith(TESTS):
        where = f"{frame.f_code.co_filename}:{frame.f_lineno} ({frame.f_code.co_name})"
        raise AssertionError(f"an act wrote rows without an entry in the record: {where}")


def _is_an_act(file):
    """Say whether a file of the stack is the product's own code above the store, or a test's."""
    return file.startswith((TESTS, f"{ROOT}/portal/")) and not file.endswith("portal/ground/database.py")


def pytest_collection_modifyitems(items):
    """Begin with the file that takes longest: at the end of a run one worker would do it while the others have nothing."""
    items.sort(key=lambda item: item.path.name != LONGEST)


def pytest_collection_finish():
    """Leave what stays for the whole run out of every collection of garbage: on 600 tests a seventh of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _branches():
    """Let the children that take files branch off from one that is loaded."""
    stem = Stem(READY_FOR)
    with pytest.MonkeyPatch.context() as patch:
        if sys.platform == "linux":  # elsewhere each child starts by itself
            patch.setattr(worker_pool, "start", stem.start)
        yield stem
    stem.close()


@pytest.fixture(scope="module")
def own_children(_branches):
    """Start each child by itself, as where people are served."""
    _branches.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_pool, "start", start)
        yield


@pytest.fixture(scope="session", autouse=True)
def _streamlit_as_served():
    """Let each AppTest have what a served portal has once a process: its settings, compiled pages, known components.

    Made anew for each, they took more than half of a page test's time.
    """
    settings = tomllib.loads((ROOT / "portal" / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for section in ("browser", "client", "runner"):
        for name, value in settings[section].items():
            config.set_option(f"{section}.{name}", value)
    components, scripts = manifest_scanner.scan_component_manifests(), ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: components)
        patch.setattr(app_test, "ScriptCache", lambda: scripts)
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once():
    """Let every SQLite store of a run share what one process has: statements as they were compiled, a sixth of a test's time."""
    make, first = database.create_engine, []

    def shared(*words, **more):
        engine = make(*words, query_cache_size=10_000, **more)
        if engine.dialect.name == "sqlite":
            first.append(engine)
            engine.dialect, engine._compiled_cache = first[0].dialect, first[0]._compiled_cache  # noqa: SLF001 - no public way
            del first[1:]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", shared)
        yield


@pytest.fixture(scope="session")
def _template(tmp_path_factory):
    """A migrated, empty SQLite store with its keys, copied for each test: migrating takes longer than copying."""
    path = tmp_path_factory.mktemp("template") / "portal.sqlite"
    open_vault(path.with_name("portal.json"), may_make=True)
    engine = engine_for(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def _sealing(tmp_path_factory):
    """A key to seal papers with, copied for each test: making one takes a quarter of a second."""
    folder = tmp_path_factory.mktemp("sealing") / "seal"
    make_seal(folder, at=NOW - timedelta(days=1000), name="Anytown Community Safety Partnership")
    return folder


@pytest.fixture
def data_dir(tmp_path, _sealing):
    folder = tmp_path / "data"
    shutil.copytree(_sealing, folder / "keys" / "seal")
    return folder


@contextmanager
def _sqlite(data_dir, template):
    path = data_dir / "portal.sqlite"
    shutil.copy(template, path)
    shutil.copy(template.with_name("portal.json"), data_dir / "keys" / "portal.json")
    engine = engine_for(f"sqlite:///{path}")
    yield Store(engine=engine, vault=open_vault(data_dir / "keys" / "portal.json", may_make=False))
    engine.dispose()
    replayed.forget(path)


@pytest.fixture
def store(request, data_dir, _template):
    """A store on SQLite; what builders make of it is laid down again (`replayed`), unless the test patches what they call."""
    with _sqlite(data_dir, _template) as opened:
        if "monkeypatch" not in inspect.signature(request.function).parameters:
            replayed.fresh(data_dir / "portal.sqlite")
        yield opened


@pytest.fixture(scope="module")
def module_act(tmp_path_factory, _template, _sealing):
    """An act on a store that the tests of one module share: for those that show that nothing changed."""
    folder = tmp_path_factory.mktemp("module") / "data"
    shutil.copytree(_sealing, folder / "keys" / "seal")
    with _sqlite(folder, _template) as opened:
        yield Act(store=opened, person=SYSTEM, at=NOW)


@pytest.fixture(scope="session")
def _postgres_template():
    """A migrated, empty database on the PostgreSQL that the test command started (PORTAL_TEST_POSTGRES)."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    with _administering() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine = engine_for(_postgres_address(name))
    migrate(engine)
    engine.dispose()
    return name


def _postgres_address(database):
    return make_url(os.environ["PORTAL_TEST_POSTGRES"]).set(database=database).render_as_string(hide_password=False)


@contextmanager
def _administering():
    admin = create_engine(os.environ["PORTAL_TEST_POSTGRES"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()


@pytest.fixture
def empty_postgres():
    """The address of a database on PostgreSQL with nothing in it, not even tables."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    with _administering() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield _postgres_address(name)
    with _administering() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _postgres(data_dir, template):
    """A store in a database of its own, copied from the template: migrating takes ten times as long."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    with _administering() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    engine = engine_for(_postgres_address(name))
    yield Store(engine=engine, vault=open_vault(data_dir / "keys" / "portal.json", may_make=True))
    engine.dispose()
    with _administering() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both_stores(request, data_dir):
    """The same test on both databases."""
    if request.param == "sqlite":
        yield request.getfixturevalue("store")
        return
    if not os.environ.get("PORTAL_TEST_POSTGRES"):
        pytest.skip("PostgreSQL is not running; `python3 -m tests` starts it where it is installed")
    template = request.getfixturevalue("_postgres_template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgresql, "CONNECTS", 30)  # a busy machine may take longer than a person is kept waiting
        yield from _postgres(data_dir, template)


@pytest.fixture
def act(store):
    """An act by the portal itself at a fixed moment; `act.as_(person)` is the same by somebody else."""
    return Act(store=store, person=SYSTEM, at=NOW)


@pytest.fixture
def portal(monkeypatch, data_dir, store):
    """The running portal of this test: pages and routes find this store."""
    for name in ("PORTAL_DATABASE_URL", "PORTAL_SECRET_KEY_FILE", "PORTAL_SMTP_URL", "PORTAL_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_DATA_DIR", str(data_dir))
    running.cache_clear()
    yield running()
    running().store.engine.dispose()
    running.cache_clear()


@pytest.fixture(scope="session")
def _served(tmp_path_factory):
    """The ASGI application, started once a process: the framework allows one runtime each."""
    folder = tmp_path_factory.mktemp("served")
    before = os.environ.get("PORTAL_DATA_DIR")
    os.environ["PORTAL_DATA_DIR"] = str(folder)
    running.cache_clear()
    from portal.app.server import make_app  # noqa: PLC0415 - importing it opens a store

    with TestClient(make_app(), base_url="http://127.0.0.1:8501", follow_redirects=False) as opened:
        running().store.engine.dispose()
        running.cache_clear()
        if before is None:
            del os.environ["PORTAL_DATA_DIR"]
        else:
            os.environ["PORTAL_DATA_DIR"] = before
        yield opened


@pytest.fixture
def client(portal, _served):
    """A plain HTTP client of the application, which serves this test's portal; it follows no redirect by itself."""
    _served.cookies.clear()
    return _served
