"""The record leaves as a file, and is checked without the store it came from."""

import csv
import json

import pytest

from portal.app.commands.command_line import run
from portal.ground.act import Person
from portal.ground.database import transaction
from portal.record import export
from portal.record.audit import head, record
from portal.record.events import Event
from portal.record.export import NoRecordFileError, check_export, export_record
from tests.builders import an_organisation


@pytest.fixture
def kept(act):
    for number in range(3):
        with transaction(act.store.engine) as session:
            record(session, act, Event.ORGANISATION_ADDED, f"organisation:{number}", kind="parish_council")
    return act.store


def test_an_export_is_whole_by_itself_and_a_changed_line_shows(kept, tmp_path):
    file = tmp_path / "record.jsonl"
    assert export_record(kept, file) == 3
    verdict = check_export(file)
    assert (verdict.whole, verdict.entries, verdict.head) == (True, 3, head(kept)[1])
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for name, value in (("actor_name", "Somebody Else"), ("at", "2020-01-01T00:00:00+00:00"), ("changes", "{}")):
        file.write_text("\n".join(json.dumps(one | ({name: value} if n == 1 else {})) for n, one in enumerate(lines)))
        assert check_export(file).broken_at == 2, name
    file.write_text("\n".join(json.dumps(one) for one in (lines[0], lines[2])))
    assert "missing" in check_export(file).why


def test_what_is_no_export_says_so(tmp_path):
    file = tmp_path / "record.jsonl"
    file.write_text("Dear all\n")
    with pytest.raises(NoRecordFileError):
        check_export(file)


def test_a_record_of_more_than_one_page_leaves_whole(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "_PAGE", 2)
    file = tmp_path / "record.jsonl"
    assert export_record(kept, file) == 3
    assert check_export(file, known_head=head(kept)[1]).whole


def test_the_commands_write_and_check_it(portal, act, tmp_path, capsys):
    def more(name):
        mine = act.as_(Person(id="x", name=name))
        with transaction(act.store.engine) as session:
            record(session, mine, Event.ORGANISATION_ADDED, "organisation:1", name=name)

    an_organisation(act, "=cmd()")
    more("=cmd()")
    table, lines = tmp_path / "record.csv", tmp_path / "record.jsonl"
    assert (run(["audit", "export", str(table)]), run(["audit", "export", str(lines)])) == (0, 0)
    more("later")
    for known in ([], ["--head", head(act.store)[1]]):  # kept elsewhere: without it nobody sees that an end was cut off
        assert run(["audit", "verify", "--export", str(lines), *known]) == bool(known)
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    assert rows[0][0] == "number"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert "'=cmd()" in rows[1], "who acted, as they call themselves"
    assert "The record is whole: 1 entries" in capsys.readouterr().out
