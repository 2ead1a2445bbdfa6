"""What a partnership loaded says what of a place stays in a return that its partners send on the web."""

import pytest

from portal.ground.act import Role
from portal.partnership.places.list_reading import read_names, read_secrets
from portal.partnership.places.place_lists import load_list
from portal.partnership.places.secret_places import key_of, load_secrets
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.sensitive import secret_forms, secret_hash
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.worker import worker_pool
from tests.builders import a_person
from tests.return_builders import a_checked, a_force

SENT = (
    b"Incident Date;Street;Category\r\n"
    b"03/07/2026;Zabihullah Noorzai Parade Ground;Noise\r\n"
    b"04/07/2026;7 Mill Lane, Tugby LE7 9XY;Noise\r\n"
    b"05/07/2026;9 Mill Lane, Tugby LE7 9XZ;Noise\r\n"
)


@pytest.fixture
def sender(act):
    force, person = a_force(act)
    return act.as_(a_person(act, "Owen Pugh", Role.OFFICER)), act.as_(person), force


def shown(sender):
    _, mine, force = sender
    checked = a_checked(mine, force, SENT)
    assert checked.outcome.status == "accepted"
    return [
        (row.after.get("location") or "", row.after.get("outward_postcode") or "") for row in checked.outcome.preview
    ]


@pytest.mark.clause("s6.no-identifiers")
def test_a_listed_place_stays_and_a_secret_one_keeps_its_area_alone(sender):
    officer = sender[0]
    before = shown(sender)
    assert before == [("", ""), ("Mill Lane, Tugby LE7", ""), ("Mill Lane, Tugby LE7", "")]
    load_list(officer, "places", read_names(b"Zabihullah Noorzai Parade Ground\r\n", "places"))
    load_secrets(officer, read_secrets(b"Wren House;7 Mill Lane, Tugby\r\n", key_of(officer.store.vault)))
    assert shown(sender) == [("Zabihullah Noorzai Parade Ground", ""), ("", "LE7"), before[2]]


def test_a_secret_postcode_in_a_column_of_its_own_hides_the_street_beside_it_and_no_other():
    lists = LocalLists.of({}, b"k" * 32, [secret_hash(b"k" * 32, form) for form in secret_forms(["Elm Road, LE7 9XY"])])
    sent = b"Date,Category,Location,Postcode\n03/07/2026,Noise,Elm Road,LE7 9XY\n04/07/2026,Noise,Elm Road,LE7 9XZ\n"
    kept = work(sent, ReturnOptions("la-asb", Quarter.parse("2026-Q3"), "2026", lists=lists)).table.to_pylist()
    assert [(row["location"], row["outward_postcode"]) for row in kept] == [(None, "LE7"), ("Elm Road", "LE7")]


@pytest.mark.usefixtures("own_children")
def test_the_child_is_told_the_key_of_the_hashes_by_its_pipe_alone(sender, monkeypatch):
    officer = sender[0]
    key = key_of(officer.store.vault)
    load_secrets(officer, read_secrets(b"Wren House;7 Mill Lane, Tugby\r\n", key))
    started = []
    real = worker_pool.subprocess.Popen
    monkeypatch.setattr(
        worker_pool.subprocess, "Popen", lambda *told, **more: started.append((told, more)) or real(*told, **more)
    )
    shown(sender)
    assert started
    assert key.hex() not in repr(started)
