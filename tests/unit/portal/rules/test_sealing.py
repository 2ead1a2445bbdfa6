"""Seals of the rules, and the command that makes one."""

import shutil

import pytest

from portal.rules.__main__ import main
from portal.rules.datasets.catalogue import FOLDER
from portal.rules.edition.editions import FOLDER as EDITIONS
from portal.rules.edition.sealing import SEAL, make_seal, sealed_files, whole_hash
from portal.rules.errors import SealBrokenError


@pytest.mark.parametrize("folder", [FOLDER, EDITIONS / "2009", EDITIONS / "2026"], ids=lambda folder: folder.name)
def test_every_file_of_the_rules_matches_its_seal(folder):
    assert (folder / SEAL).read_text(encoding="utf-8") == make_seal(folder)
    assert sealed_files(folder)


def test_the_hash_is_that_of_the_files_one_after_the_other():
    files = sealed_files(EDITIONS / "2026")
    assert list(files) == sorted(files)
    assert whole_hash(files) != whole_hash(dict(reversed(files.items())))


def test_a_folder_without_a_seal_is_refused(tmp_path):
    with pytest.raises(SealBrokenError, match="seal is missing"):
        sealed_files(tmp_path)


def test_a_new_folder_is_sealed_once_and_never_again(tmp_path, capsys):
    folder = shutil.copytree(EDITIONS / "2026", tmp_path / "2027")
    assert main(["seal", str(folder)]) == 1
    assert "sealed already" in capsys.readouterr().err
    (folder / SEAL).unlink()
    assert main(["seal", str(folder)]) == 0
    assert (folder / SEAL).read_text(encoding="utf-8") == (EDITIONS / "2026" / SEAL).read_text(encoding="utf-8")


def test_the_data_sets_are_sealed_anew_as_often_as_they_change(tmp_path, monkeypatch):
    data = shutil.copytree(EDITIONS.parent, tmp_path / "data")
    monkeypatch.setattr("portal.rules.__main__.FOLDER", data / "editions")
    with (data / "datasets.toml").open("a", encoding="utf-8") as file:
        file.write("# one set more\n")
    with pytest.raises(SealBrokenError):
        sealed_files(data)
    assert main(["seal"]) == 0
    assert sealed_files(data)["datasets.toml"].endswith(b"# one set more\n")


def test_the_command_says_how_it_is_used(capsys):
    assert main([]) == 2
    assert "python -m portal.rules seal" in capsys.readouterr().err
