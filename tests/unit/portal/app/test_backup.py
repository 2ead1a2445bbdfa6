import secrets
import struct
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, event, insert, select, update
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models.partnership import SetUpCode
from portal.app.backup import _MAGIC, BackupError, _write, backup, restore
from portal.ground.act import Act, Person, Store
from portal.ground.database import connect, engine_for, migrate, reading, transaction
from portal.ground.vault import open_vault
from portal.record.audit import verify
from tests.builders import a_partnership, a_person, an_organisation
from tests.conftest import NOW
from tests.unit.portal.record.test_audit import write


@pytest.fixture
def filled(store):
    act = Act(store=store, person=Person(id="system", name="The portal"), at=NOW)
    an_organisation(act, "ZQX-CANARY Parish Council")
    a_person(act, "Ann Clerk")
    write(act, 20)
    return store


def empty_store(folder, vault):
    folder.mkdir()
    engine = engine_for(f"sqlite:///{folder / 'portal.sqlite'}")
    migrate(engine)
    return Store(engine=engine, vault=vault)


@pytest.mark.threat("DA7")
def test_a_backup_restores_elsewhere_with_its_record_whole(filled, tmp_path):
    written = backup(filled, tmp_path / "kept" / "portal.backup")
    new = empty_store(tmp_path / "elsewhere", filled.vault)
    assert restore(new, tmp_path / "kept" / "portal.backup") == written
    assert verify(new) == verify(filled)
    with new.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM organisation").scalar() == "ZQX-CANARY Parish Council"


def test_a_backup_moves_a_portal_to_the_other_database(filled, tmp_path, both_stores):
    backup(filled, tmp_path / "portal.backup")
    target = (
        Store(engine=both_stores.engine, vault=filled.vault)
        if both_stores.engine.dialect.name == "postgresql"
        else empty_store(tmp_path / "other", filled.vault)
    )
    restore(target, tmp_path / "portal.backup")
    assert verify(target) == verify(filled)


def test_a_long_backup_comes_back_in_its_order_and_in_no_other(filled, tmp_path, monkeypatch):
    monkeypatch.setattr("portal.app.backup._CHUNK", 4096)
    a_partnership(Act(store=filled, person=Person(id="system", name="The portal"), at=NOW))
    with connect(filled.engine) as connection:
        connection.execute(update(SQLModel.metadata.tables["partnership"]).values(logo=secrets.token_bytes(99_999)))
    path = tmp_path / "portal.backup"
    written = backup(filled, path)
    assert restore(empty_store(tmp_path / "long", filled.vault), path) == written
    kept, at, chunks = path.read_bytes(), len(_MAGIC) + 3 + 8, []
    while at < len(kept):
        end = at + 5 + struct.unpack(">I", kept[at : at + 4])[0]
        chunks.append(kept[at:end])
        at = end
    assert len(chunks) > 3
    for wrong in ([*chunks[:1], chunks[2], chunks[1], *chunks[3:]], [chunks[0], *chunks[2:]]):
        path.write_bytes(kept[: len(_MAGIC) + 3 + 8] + b"".join(wrong))
        new = empty_store(tmp_path / f"wrong-{len(wrong)}", filled.vault)
        with transaction(new.engine) as session:
            session.add(SetUpCode(code_hash="x", made_at=NOW))  # its terminal shows the code: it still works
        with pytest.raises(BackupError, match="damaged"):
            restore(new, path)
        with reading(new.engine) as session:
            assert session.get_one(SetUpCode, 1).code_hash == "x"


def test_a_backup_of_a_newer_version_says_that_it_is(filled, tmp_path):
    with connect(filled.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backup(filled, tmp_path / "portal.backup")
    with pytest.raises(BackupError, match="newer version"):
        restore(empty_store(tmp_path / "older", filled.vault), tmp_path / "portal.backup")


@pytest.mark.threat("DA7")
def test_what_is_done_while_it_is_made_is_in_it_whole_or_not_at_all(filled, tmp_path, monkeypatch):
    act = Act(store=filled, person=Person(id="system", name="The portal"), at=NOW)
    before = verify(filled)

    def meanwhile(file, vault, lines):
        def told():
            for line in lines:
                yield line
                if b'"table":"audit_entry"' in line and not done:
                    done.append(1)
                    write(act, 5)  # after the entries were begun, and before the head is read

        done = []
        _write(file, vault, told())
        assert done

    monkeypatch.setattr("portal.app.backup._write", meanwhile)
    backup(filled, tmp_path / "portal.backup")
    new = empty_store(tmp_path / "elsewhere", filled.vault)
    restore(new, tmp_path / "portal.backup")
    assert verify(new) == before


def test_nothing_in_a_backup_is_readable(filled, tmp_path):
    backup(filled, tmp_path / "portal.backup")
    kept = (tmp_path / "portal.backup").read_bytes()
    assert b"ZQX-CANARY" not in kept
    assert (tmp_path / "portal.backup").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("harm", ["cut", "flip", "other file", "no file"])
def test_a_damaged_backup_is_refused_and_changes_nothing(filled, tmp_path, harm):
    path = tmp_path / "portal.backup"
    backup(filled, path)
    content = bytearray(path.read_bytes())
    match harm:
        case "cut":
            path.write_bytes(content[:-20])
        case "flip":
            content[-30] ^= 1
            path.write_bytes(content)
        case "other file":
            path.write_bytes(b"PK\x03\x04")
        case "no file":
            path.unlink()
    new = empty_store(tmp_path / "elsewhere", filled.vault)
    with pytest.raises(BackupError):
        restore(new, path)
    assert verify(new).whole


def test_other_keys_do_not_open_it(filled, tmp_path):
    backup(filled, tmp_path / "portal.backup")
    new = empty_store(tmp_path / "elsewhere", open_vault(tmp_path / "other.json", may_make=True))
    with pytest.raises(BackupError):
        restore(new, tmp_path / "portal.backup")


def test_a_store_that_holds_something_is_not_overwritten(filled, tmp_path):
    backup(filled, tmp_path / "portal.backup")
    with pytest.raises(BackupError, match="not empty"):
        restore(filled, tmp_path / "portal.backup")


VALUES = {
    Boolean: True,
    Integer: 1,
    LargeBinary: b"\x00\xff",
    Date: date(2026, 2, 28),
    UTCDateTime: datetime(2026, 11, 25, 10, 30, 0, 123456, tzinfo=UTC),
}


def a_value(table, column):
    """A value of the column's type; a name of another row is that of the one row of its table."""
    for key in column.foreign_keys:
        return a_value(key.column.table, key.column)
    for kind, value in VALUES.items():
        if isinstance(column.type, kind):
            return value
    return f"Łucja {table.name} {column.name}"[: getattr(column.type, "length", None) or 200]


@pytest.mark.threat("DA7")
def test_every_column_of_every_table_comes_back_as_it_was(store, tmp_path):
    new = empty_store(tmp_path / "elsewhere", store.vault)
    for engine in (store.engine, new.engine):
        engine.dispose()
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA ignore_check_constraints=ON"))
    tables = SQLModel.metadata.sorted_tables
    with connect(store.engine) as connection:
        connection.exec_driver_sql("DELETE FROM audit_head")
        for table in tables:
            connection.execute(insert(table).values({c.name: a_value(table, c) for c in table.columns}))
    assert backup(store, tmp_path / "portal.backup") == len(tables)
    restore(new, tmp_path / "portal.backup")
    for table in tables:
        with store.engine.connect() as before, new.engine.connect() as after:
            assert after.execute(select(table)).all() == before.execute(select(table)).all(), table.name


def test_a_kind_of_value_that_a_backup_does_not_know_leaves_no_file(filled, tmp_path, monkeypatch):
    monkeypatch.setattr("portal.app.backup._packed", lambda value: value)
    with pytest.raises(TypeError):
        backup(filled, tmp_path / "portal.backup")
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
