"""The command `depersonalise`: files in, return.parquet and report.json out, by exit code."""

import json

import pytest
from pyarrow import parquet

from portal.returns.command import main
from tests.spreadsheets import text, xlsx

ROWS = [["Date", "Location", "Category", "Caller"], ["03/07/2026", "12 High Street", "Alarm", "Jane Canary"]]
ASKED = ["--dataset", "police-incidents", "--quarter", "2026-Q3"]


def run(tmp_path, source, *words, name="return.csv"):
    file = tmp_path / name
    file.write_bytes(source)
    code = main([str(file), *ASKED, "--out", str(tmp_path / "out"), *words])
    return code, tmp_path / "out"


def test_an_accepted_file_gives_records_and_report(tmp_path, capsys):
    code, out = run(tmp_path, xlsx({"Data": ROWS}), name="no extension")
    assert code == 0
    assert parquet.read_table(out / "return.parquet").column("location").to_pylist() == ["High Street"]
    report = json.loads((out / "report.json").read_text())
    assert set(report) == {
        "status", "message", "warnings", "rows_read", "rows_kept", "columns", "findings", "questions", "risk"
    }  # fmt: skip
    assert report["columns"]["Caller"] == {"field": None, "treatment": "drop", "confidence": 1.0}
    assert report["message"] in capsys.readouterr().out


def test_a_refused_file_gives_only_a_report_and_takes_an_earlier_return_away(tmp_path):
    run(tmp_path, text(ROWS))
    code, out = run(tmp_path, b"")
    assert code == 3
    assert [each.name for each in out.iterdir()] == ["report.json"]


def test_a_question_is_answered_on_the_command_line(tmp_path):
    source = text([ROWS[0], ["07/03/2026", *ROWS[1][1:]]])
    code, out = run(tmp_path, source)
    assert code == 4
    assert json.loads((out / "report.json").read_text())["questions"][0]["choices"] == ["day-first", "month-first"]
    assert run(tmp_path, source, "--answer", "date-order=month-first")[0] == 0


def test_a_column_is_named_on_the_command_line(tmp_path):
    source = text([["Date", "Category", "Colour"], ["03/07/2026", "Alarm", "Park Lane"]])
    code, out = run(tmp_path, source, "--map", "Colour=location")
    assert code == 0
    assert parquet.read_table(out / "return.parquet").column("location").to_pylist() == ["Park Lane"]


def test_the_edition_may_be_chosen(tmp_path):
    code, out = run(tmp_path, text([ROWS[0], ["03/07/2026", "High Street", "Noise", ""]]), "--edition", "2009")
    assert code == 0
    assert parquet.read_table(out / "return.parquet").column("category_code").to_pylist() == ["ASB-noise"]


def test_a_missing_file_is_refused_in_words(tmp_path):
    assert main([str(tmp_path / "none.csv"), *ASKED, "--out", str(tmp_path / "out")]) == 3


def test_an_unknown_data_set_is_refused(tmp_path):
    with pytest.raises(SystemExit):
        main(["x.csv", "--dataset", "none", "--quarter", "2026-Q3", "--out", str(tmp_path)])


def test_a_folder_is_taken_file_by_file_and_no_name_of_a_file_is_written(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a Jane Canary.csv").write_bytes(text(ROWS))
    (folder / "b.csv").write_bytes(b"\x00\x01")
    assert main([str(folder), *ASKED, "--out", str(out)]) == 3
    summary = json.loads((out / "summary.json").read_text())
    assert (summary["accepted"], summary["refused"]) == (1, 1)
    assert (out / "1" / "return.parquet").exists()
    assert not (out / "2" / "return.parquet").exists()
    assert "Canary" not in (out / "summary.json").read_text() + capsys.readouterr().out


@pytest.mark.clause("s6.no-identifiers")
def test_a_folder_says_what_each_file_needs_and_writes_no_byte_of_an_original(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.csv").write_bytes(text([*ROWS, ["13/08/2026", "Noise", "Mrs Zelda Quxley, High Street"]]))
    (folder / "b.csv").write_bytes(text([["Date", "Category", "Where it was"], ["03/04/2026", "Noise", "High Street"]]))
    (out / "7").mkdir(parents=True)
    (out / "7" / "return.parquet").write_bytes(b"of an earlier run")
    before = {each: each.read_bytes() for each in folder.iterdir()}
    code = main([str(folder), *ASKED, "--out", str(out)])
    said = capsys.readouterr().out.splitlines()
    assert code in {3, 4}
    assert said[0].startswith("1 of 2: ")
    assert said[-1].startswith("2 files, numbered in the order of their names: 1 accepted")
    assert {each: each.read_bytes() for each in folder.iterdir()} == before
    written = b"".join(each.read_bytes() for each in out.rglob("*") if each.is_file())
    assert b"Quxley" not in written
    assert not (out / "7").exists()


def test_what_is_kept_never_goes_among_the_originals(tmp_path, capsys):
    (tmp_path / "a.csv").write_bytes(text(ROWS))
    assert main([str(tmp_path), *ASKED, "--out", str(tmp_path)]) == 3
    assert "Choose another folder" in capsys.readouterr().out
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_an_empty_folder_is_refused(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    assert main([str(tmp_path / "in"), *ASKED, "--out", str(tmp_path / "out")]) == 3
