import json
import shutil
import sqlite3

import pyarrow as pa
import pytest
from pyarrow import parquet

from portal.app.commands.command_line import parser, run
from portal.documents.layout.frame import Letterhead, Paper
from portal.documents.seal.issuing import certificate, check_document, issue
from portal.documents.seal.verification import SealOutcome
from portal.ground.act import SYSTEM, act_now
from portal.ground.process.runtime import running
from portal.ground.settings import ROOT
from portal.ground.wording import day_and_time
from portal.record.audit import history
from portal.record.events import Event
from portal.record.kept_head import keep_head
from tests.conftest import NOW
from tests.unit.portal.record.test_audit import write


def a_document(act):
    head = Letterhead(partnership="Safer Anytown Partnership", reference="7K3-M4P-QRT", marking="OFFICIAL", made_at=NOW)
    return issue(act, Paper(head, "A paper").finish(), "7K3-M4P-QRT")


def test_a_case_is_assessed(tmp_path, capsys):
    path = tmp_path / "case.json"
    path.write_text(
        json.dumps(
            [
                {"edition": "2009", "answers": {}},
                {"edition": "2026", "answers": {"data_type": "non_personal", "to_be_published": "no"}},
            ]
        )
    )
    assert run(["assess", str(path)]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["outcome"], first["complete"]) == ("not_justified", False)
    assert second["outcome"] == "proceed"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"edition": "1066", "answers": {}}', b'{"answers": 3}', b"7"]
)
def test_a_wrong_file_of_answers_is_one_sentence(tmp_path, capsys, content):
    path = tmp_path / "case.json"
    path.write_bytes(content)
    assert run(["assess", str(path)]) == 1
    said = capsys.readouterr().err
    assert said.strip()
    assert "Traceback" not in said


def test_a_missing_file_is_one_sentence(tmp_path, capsys):
    assert run(["assess", str(tmp_path / "none.json")]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["backup", "{out}"],
        ["audit", "export", "{out}"],
        ["depersonalise", "{table}", "--dataset", "la-asb", "--quarter", "2026-Q3", "--out", "{out}"],
        ["depersonalise", "{empty}", "--dataset", "la-asb", "--quarter", "2026-Q3", "--out", "{out}"],
        ["tabulate", "{records}", "--dataset", "la-asb", "--rows", "area", "--out", "{out}"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
@pytest.mark.parametrize("is_folder", [False, True], ids=["beyond a file", "where a folder stands"])
def test_a_place_that_cannot_be_written_is_said_in_one_line(portal, act, tmp_path, capsys, words, is_folder):
    write(act, 1)
    (tmp_path / "table.csv").write_text("Date,Category,Ward\n03/07/2026,Noise,Mill\n")
    parquet.write_table(pa.table({"area": ["Mill"] * 9, "date": ["2026-07-03"] * 9}), tmp_path / "records")
    (tmp_path / "empty").mkdir()
    taken = tmp_path / "taken"
    out = taken if is_folder else taken / "out"
    if is_folder:
        for name in ("return.parquet", "summary.json"):
            (taken / name).mkdir(parents=True)
    else:
        taken.write_bytes(b"")
    before = sorted(tmp_path.rglob("*"))
    places = {"out": out, "table": tmp_path / "table.csv", "records": tmp_path / "records", "empty": tmp_path / "empty"}
    assert run([word.format(**places) for word in words]) == 1
    said = capsys.readouterr()
    assert "cannot be written" in said.err
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_the_record_is_walked_and_its_first_fault_named(portal, act, data_dir, capsys):
    write(act, 4)
    assert run(["audit", "verify"]) == 0
    running().store.engine.dispose()
    with sqlite3.connect(data_dir / "portal.sqlite") as raw:
        raw.execute("DROP TRIGGER audit_entry_no_update")
        raw.execute("UPDATE audit_entry SET actor_name = 'Somebody else' WHERE number = 2")
    assert run(["audit", "verify"]) == 1
    assert "entry 2" in capsys.readouterr().out


def test_a_head_that_is_not_in_the_record_fails(portal, act):
    write(act, 2)
    assert run(["audit", "verify", "--head", "ab" * 32]) == 1


def test_a_document_of_ours_verifies_and_an_altered_one_does_not(portal, act, tmp_path):
    write(act, 2)
    content = a_document(act_now(running().store, SYSTEM))
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    assert run(["verify", str(path)]) == 0
    path.write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
    assert run(["verify", str(path)]) == 1
    path.write_bytes(b"%PDF-1.4\n%%EOF")
    assert run(["verify", str(path)]) == 1


def test_every_document_of_a_folder_is_checked_and_each_that_is_not_genuine_is_named(portal, act, tmp_path, capsys):
    write(act, 2)
    content = a_document(act_now(running().store, SYSTEM))
    inner = tmp_path / "papers" / "2026"
    inner.mkdir(parents=True)
    (inner / "one.pdf").write_bytes(content)
    (inner / "two.PDF").write_bytes(content)
    (inner / "notes.txt").write_text("no paper")
    assert run(["verify", str(tmp_path / "papers")]) == 0
    assert "2 PDFs checked: 2 genuine, 0 not." in capsys.readouterr().out
    (inner / "two.PDF").write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
    assert run(["verify", str(tmp_path / "papers")]) == 1
    said = capsys.readouterr().out
    assert "two.PDF: This copy was altered." in said
    assert "2 PDFs checked: 1 genuine, 1 not." in said
    assert run(["verify", str(tmp_path / "papers" / "none")]) == 1


def test_a_document_outlives_no_rewriting_of_the_record(portal, act, data_dir, tmp_path, capsys):
    write(act, 3)
    path = tmp_path / "paper.pdf"
    path.write_bytes(a_document(act_now(running().store, SYSTEM)))
    running().store.engine.dispose()
    with sqlite3.connect(data_dir / "portal.sqlite") as raw:
        raw.execute("DROP TRIGGER audit_entry_no_delete")
        raw.execute("DELETE FROM audit_entry WHERE number = 3")
        raw.execute("UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit_entry WHERE number = 2)")
    assert run(["audit", "verify"]) == 0, "a bare chain cannot see that its end was cut"
    assert run(["verify", str(path)]) == 1
    assert "rewritten" in capsys.readouterr().out


def test_backup_and_restore_by_command(portal, act, tmp_path, data_dir, monkeypatch, capsys):
    write(act, 3)
    kept = str(tmp_path / "portal.backup")
    assert run(["backup", kept]) == 0
    assert run(["restore", kept]) == 1, "this store is not empty"
    write(act, 2)
    keep_head(act.store, NOW)  # which the restored record does not reach
    shutil.copytree(data_dir / "keys", tmp_path / "new" / "keys")
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path / "new"))
    running().store.engine.dispose()
    running.cache_clear()
    assert run(["restore", kept]) == 0
    assert f"as it stood on {day_and_time(NOW)}" in capsys.readouterr().out
    assert run(["audit", "verify"]) == 0, "the restore is noted beside the keys"
    assert "3 entries" in capsys.readouterr().out


def test_clauses_are_listed_with_what_honours_them(capsys):
    assert run(["clauses", "--json"]) == 0
    found = {clause["id"]: clause for clause in json.loads(capsys.readouterr().out)}
    assert len(found) == 96
    assert found["s16.public-list"]["tests"]


def test_what_is_due_is_done_and_counted(portal, capsys):
    assert run(["due"]) == 0
    assert "0 messages sent" in capsys.readouterr().out


def test_the_readme_names_every_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for action in parser()._subparsers._group_actions:  # noqa: SLF001 - argparse gives no other way to list them
        for name in action.choices:
            assert f"`{name}" in text or f"`{name}`" in text or f", `{name}`" in text, name


def test_a_renewed_seal_is_used_at_once_recorded_and_older_documents_still_verify(portal, tmp_path, capsys):
    act = act_now(running().store, SYSTEM)
    before = tmp_path / "before.pdf"
    before.write_bytes(a_document(act))
    old = certificate(act)
    assert run(["renew-seal"]) == 0
    assert "new key" in capsys.readouterr().out
    assert certificate(act) != old
    after = tmp_path / "after.pdf"
    after.write_bytes(a_document(act))
    assert check_document(act.store, before.read_bytes()).outcome is SealOutcome.GENUINE
    assert check_document(act.store, after.read_bytes()).outcome is SealOutcome.GENUINE
    assert [one.event for one in history(act.store, "partnership:seal")] == [Event.SEAL_RENEWED]
