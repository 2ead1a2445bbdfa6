import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ground.errors import UnsafeStartError
from portal.ground.vault import DamagedSecretError, Vault, add_key, drop_older_keys, open_vault

VAULT = Vault(keys={"k1": bytes(range(32))}, current="k1", pepper=bytes(32))


@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_sealed_opens_in_its_place_and_nowhere_else(value, place):
    sealed = VAULT.seal(value, place)
    assert VAULT.open(sealed, place) == value
    with pytest.raises(DamagedSecretError):
        VAULT.open(sealed, place + "x")


@given(st.integers(min_value=0, max_value=40), st.integers(min_value=1, max_value=255))
def test_an_altered_value_does_not_open(position, change):
    sealed = bytearray(VAULT.seal(b"Jane Fictional", "draft.answers:1"))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(DamagedSecretError):
        VAULT.open(bytes(sealed), "draft.answers:1")


def test_an_older_key_still_opens_what_it_sealed():
    newer = Vault(keys={"k1": bytes(range(32)), "k2": bytes(32)}, current="k2", pepper=bytes(32))
    assert newer.open(VAULT.seal(b"x", "p"), "p") == b"x"


@given(st.integers(min_value=0, max_value=44))
def test_a_value_that_was_cut_is_damaged_and_nothing_worse(length):
    with pytest.raises(DamagedSecretError):
        VAULT.open(VAULT.seal(b"Jane Fictional", "draft.answers:1")[:length], "draft.answers:1")


def test_keys_that_another_process_renewed_are_used_at_once(tmp_path):
    path = tmp_path / "portal.json"
    mine, other = open_vault(path, may_make=True), open_vault(path, may_make=False)
    before = mine.seal(b"x", "p")
    assert add_key(other) == "k2"
    assert mine.seal(b"y", "p")[:3] == b"\x02k2"
    assert (mine.open(other.seal(b"y", "p"), "p"), mine.open(before, "p")) == (b"y", b"x")
    drop_older_keys(mine)
    assert [*open_vault(path, may_make=False).keys] == ["k2"]
    assert [each.name for each in tmp_path.iterdir()] == ["portal.json"]


def test_nothing_is_sealed_with_the_keys_of_another_portal_that_were_put_in_their_place(tmp_path):
    mine = open_vault(tmp_path / "portal.json", may_make=True)
    open_vault(tmp_path / "other.json", may_make=True)
    (tmp_path / "other.json").replace(tmp_path / "portal.json")
    with pytest.raises(UnsafeStartError, match="of another portal"):
        mine.seal(b"x", "p")


def test_a_key_file_that_cannot_be_written_is_said_in_a_sentence():
    gone = Vault(keys=VAULT.keys, current="k1", pepper=VAULT.pepper, file=Path("/no/such/folder/portal.json"))
    with pytest.raises(UnsafeStartError, match="cannot be written"):
        add_key(gone)


def test_keys_are_made_once_for_their_owner_only(tmp_path):
    path = tmp_path / "keys" / "portal.json"
    first, second = open_vault(path, may_make=True), open_vault(path, may_make=False)
    assert first.keys == second.keys
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_agree_on_one_set_of_keys(tmp_path):
    for round_ in range(5):
        path, found, gate = tmp_path / str(round_) / "portal.json", [], threading.Barrier(6)

        def start(path=path, found=found, gate=gate):
            gate.wait()
            found.append(open_vault(path, may_make=True).pepper)

        threads = [threading.Thread(target=start) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 6
        assert len(set(found)) == 1
        assert [p.name for p in path.parent.iterdir()] == ["portal.json"]


@pytest.mark.threat("DE10")
def test_data_without_their_keys_do_not_start(tmp_path):
    with pytest.raises(UnsafeStartError):
        open_vault(tmp_path / "portal.json", may_make=False)


@pytest.mark.parametrize(
    "content", ["", "{}", '{"keys": {"k1": "c2hvcnQ="}, "current": "k1", "pepper": "c2hvcnQ="}', "[]"]
)
@pytest.mark.threat("DE10")
def test_a_damaged_or_short_key_does_not_start(tmp_path, content):
    path = tmp_path / "portal.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(UnsafeStartError):
        open_vault(path, may_make=True)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_keys_that_others_can_read_do_not_start(tmp_path):
    path = tmp_path / "portal.json"
    open_vault(path, may_make=True)
    path.chmod(0o644)
    with pytest.raises(UnsafeStartError):
        open_vault(path, may_make=True)


def test_a_derived_key_is_of_one_purpose_and_of_this_portal_alone(tmp_path):
    mine, other = (open_vault(tmp_path / name / "keys.json", may_make=True) for name in ("a", "b"))
    keys = {mine.derived_key("one"), mine.derived_key("two"), other.derived_key("one"), mine.pepper}
    assert len(keys) == 4
    assert mine.derived_key("one") == open_vault(tmp_path / "a" / "keys.json", may_make=False).derived_key("one")
