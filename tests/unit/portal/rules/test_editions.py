"""Editions load whole, sealed and checked; anything odd is refused by file and key."""

import dataclasses
import shutil
from datetime import date

import pytest

from portal.rules import __main__ as commands
from portal.rules.edition.edition_type import facts, identity
from portal.rules.edition.editions import (
    FOLDER,
    edition,
    edition_in_force,
    edition_recorded,
    editions,
    fill,
    load,
    open_blanks,
    past_editions,
    same_promise,
    unverified,
)
from portal.rules.edition.sealing import SEAL, make_seal
from portal.rules.errors import (
    EditionDataError,
    SealBrokenError,
    UnknownEditionError,
    UnknownIdError,
    UnknownRevisionError,
)
from portal.rules.gateways.fit import offered


@pytest.fixture
def copied(tmp_path):
    """A copy of the 2026 edition that a test may spoil."""
    return shutil.copytree(FOLDER / "2026", tmp_path / "2026")


def spoil(folder, name, old, new, *, seal=True):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if seal:
        (folder / SEAL).write_text(make_seal(folder), encoding="utf-8")


def test_there_are_two_editions_the_oldest_first():
    assert [one.id for one in editions()] == ["2009", "2026"]
    assert edition("2026") is edition("2026")


def test_2026_is_in_force_today_and_2009_before_it():
    assert edition_in_force(date(2026, 11, 25)).id == "2026"
    assert edition_in_force(date(2015, 1, 1)).id == "2009"
    assert edition_in_force(date(1999, 1, 1)).id == "2009"


def test_an_edition_nobody_made_is_refused():
    with pytest.raises(UnknownEditionError, match="2009 and 2026"):
        edition("2027")
    with pytest.raises(UnknownEditionError):
        edition("../2026")


def test_every_edition_has_a_hash_of_its_own():
    hashes = {one.hash for one in editions()}
    assert len(hashes) == 2
    assert all(len(one) == 64 for one in hashes)


@pytest.mark.clause("cover.versions")
@pytest.mark.threat("ES10")
def test_a_changed_word_breaks_the_seal_and_names_the_file(copied):
    spoil(copied, "section4.toml", "Could you do the job", "Can you do the job", seal=False)
    with pytest.raises(SealBrokenError, match=r"2026/section4\.toml"):
        load(copied)


@pytest.mark.threat("DA10")
def test_a_missing_or_added_file_breaks_the_seal(copied):
    (copied / "extra.toml").write_text("", encoding="utf-8")
    with pytest.raises(SealBrokenError, match=r"extra\.toml"):
        load(copied)
    (copied / "extra.toml").unlink()
    (copied / "handling.toml").unlink()
    with pytest.raises(SealBrokenError, match=r"handling\.toml"):
        load(copied)


def test_windows_line_ends_do_not_break_the_seal(copied):
    for path in copied.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(copied).hash == edition("2026").hash


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "gateways.toml",
            "compels = false",
            "compells = false",
            r"gateways\.toml: gateways\[1\]\.compells: unknown key",
        ),
        ("gateways.toml", "row = 1\n", "", r"gateways\[1\]\.row: missing key"),
        ("gateways.toml", "row = 1\n", 'row = "1"\n', r"gateways\[1\]\.row: must be a whole number"),
        ("gateways.toml", "row = 1\n", "row = true\n", r"gateways\[1\]\.row: must be a whole number"),
        ("gateways.toml", 'personal = "yes"', 'personal = "perhaps"', r"personal: must be one of yes, support, no"),
        ("gateways.toml", 'discloser = ["any"]', 'discloser = ["wizards"]', r"gateways\.toml: gateways: .*wizards"),
        ("gateways.toml", 'id = "cda-1998-s17a"', 'id = "cda-1998-s115"', r"cda-1998-s115 stands twice"),
        ("gateways.toml", "verified = true\n", "", r"must carry verified and source"),
        ("section4.toml", 'condition = "cut_amount"', 'condition = "cut_it"', r"cut_it"),
        ("section4.toml", 'depersonalised_enough = ["no", "unsure"]', 'depersonalised_enough = ["nope"]', r"nope"),
        ("conditions.toml", "needs_list_part = [2]", "needs_list_part = [7]", r"needs_list_part names “7”"),
        ("handling.toml", "[[markings]]", "[[marks]]", r"handling\.toml: marks: unknown table"),
        ("handling.toml", "[[markings]]", "[[markings", r"handling\.toml: file: is not TOML"),
        ("meetings.toml", 'organisation_type = "court"', 'organisation_type = "courts"', r"courts"),
        ("requests.toml", 'kind = "secure_contact"', 'kind = "date"', r"exactly one must be a secure_contact"),
        (
            "handling.toml",
            'may = { official_sensitive = "yes", secret = "no" }',
            'may = { secret = "no" }',
            r"may must name",
        ),
        ("edition.toml", "[edition]", "[[edition]]", r"edition: must be a table"),
        ("gateways.toml", "[[gateway_changes]]", "[[gateways]]", r"gateways\[40\]"),
        ("organisations.toml", "[signatory_declaration]", "[handling_fallback]", r"stands in 2026/handling\.toml"),
        ("agreement.md", "{council}", "{county}", r"county"),
    ],
)
@pytest.mark.threat("DA10")
def test_odd_data_is_refused_by_file_and_key(copied, name, old, new, problem):
    spoil(copied, name, old, new)
    with pytest.raises(EditionDataError, match=problem):
        load(copied)


def test_a_table_left_out_is_refused(copied):
    path = copied / "conditions.toml"
    path.unlink()
    (copied / SEAL).write_text(make_seal(copied), encoding="utf-8")
    with pytest.raises(EditionDataError, match="conditions: missing table"):
        load(copied)


def test_facts_that_are_not_verified_are_listed_with_source_and_day():
    found = unverified(edition("2026"))
    assert ("gateways", "cpa-2026-asb-data") in {(one.table, one.id) for one in found}
    assert all(one.source and one.label and one.as_of == date(2026, 7, 1) for one in found)
    assert unverified(edition("2009")) == ()


def test_no_fact_is_called_checked_whose_own_words_say_that_it_was_not():
    for of in editions():
        for table, fact in facts(of):
            said = f"{fact.source} {getattr(fact, 'note', '')}".lower()
            unread = any(words in said for words in ("from memory", "not read", "not looked up", "not checked"))
            assert not (fact.verified and unread), (of.id, table, identity(fact))


@pytest.mark.clause("s3.gateways")
def test_a_law_that_was_not_checked_is_not_offered():
    of = edition("2026")
    offered_now = {one.id for one in offered(of)}
    for one in of.gateways:
        if one.verified is False or not one.usable:
            assert one.id not in offered_now, one.id
    assert {"pcsc-2022-s44a", "domestic-abuse-2021-s49a", "cja-2003-s327a", "care-act-2014-s45"} <= offered_now


@pytest.mark.clause("cover.placeholders")
def test_blanks_are_filled_and_open_ones_stay_visible():
    assert (
        fill("For {council} and {police_force}", {"council": "Anytown Council"})
        == "For Anytown Council and [police force]"
    )
    assert fill("{council}", {"council": "  "}) == "[council]"
    assert fill("{council}", {"council": "{owner}", "owner": "x"}) == "{owner}"
    assert open_blanks("{council} {owner} {council}", {"owner": "x"}) == ("council",)


def test_an_edition_without_its_text_is_refused(copied):
    (copied / "agreement.md").unlink()
    (copied / SEAL).write_text(make_seal(copied), encoding="utf-8")
    with pytest.raises(EditionDataError, match="no text to read and sign"):
        load(copied)


def test_an_entry_is_looked_up_by_its_id_or_refused():
    of = edition("2026")
    assert of.kind("police").title == "Police force"
    assert of.rule("report-breach").period_hours == 72
    assert of.question("consent").group == "consent"
    assert of.condition("art6-e").short == "Public task"
    assert of.check_condition("suppress").id == "suppress"
    assert of.marking("secret").rank == 3
    assert of.has_condition("art6-e")
    for look_up in (of.kind, of.rule, of.question, of.condition, of.check_condition, of.marking, of.gateway):
        with pytest.raises(UnknownIdError, match="nonsense"):
            look_up("nonsense")


FIRST_2026 = "29d6f9c26194c2f8544131186105c0c48cff3b19465b1c98d60977b0fd25f223"


@pytest.mark.clause("cover.versions")
def test_what_was_recorded_by_an_earlier_text_is_read_in_that_text():
    before = edition_recorded("2026", FIRST_2026)
    assert before.hash == FIRST_2026 != edition("2026").hash
    assert not before.has_question("subject_role")
    assert "grade is this product's addition" in before.question("hra_risk").help
    assert edition_recorded("2026", edition("2026").hash) is edition("2026")
    for of in editions():
        for earlier in past_editions(of.id):
            assert edition_recorded(of.id, earlier.hash) is earlier


@pytest.mark.clause("cover.versions")
@pytest.mark.parametrize("sha256", ["", "0" * 64, FIRST_2026[:8], f"{FIRST_2026[:8]}{'0' * 56}", "../../" + "0" * 58])
def test_a_text_that_this_release_does_not_have_is_refused_and_nothing_else_is_shown_for_it(sha256):
    with pytest.raises((UnknownRevisionError, SealBrokenError)):
        edition_recorded("2026", sha256)


def test_an_undertaking_stands_as_long_as_its_own_words_do(copied):
    now = edition("2026")
    assert FIRST_2026 in same_promise(now)
    reworded = dataclasses.replace(now, hash="0" * 64, undertakings=now.undertakings[:-1])
    assert same_promise(reworded) == {"0" * 64}


def test_an_edition_is_kept_as_it_is_before_it_is_put_right(tmp_path, monkeypatch, capsys):
    folder = shutil.copytree(FOLDER / "2026", tmp_path / "editions" / "2026")
    monkeypatch.setattr(commands, "FOLDER", tmp_path / "editions")
    monkeypatch.setattr(commands, "PAST", tmp_path / "past")
    assert commands.main(["revise", "2026"]) == 0
    kept = tmp_path / "past" / f"2026-{edition('2026').hash[:8]}"
    assert load(kept).hash == edition("2026").hash
    assert not (folder / SEAL).exists()
    assert kept.name in capsys.readouterr().out
    assert commands.main(["revise", "2026"]) == 2
