"""First run: the code, the one transaction, and that it happens once."""

import json
import threading

import pytest
from sqlmodel import select

from models.accounts import Account, Post
from models.drafts import Draft
from models.partnership import Partnership, SetUpCode
from models.record import AuditEntry
from portal.accounts.authentication.sign_in import sign_in
from portal.ground.act import PUBLIC, SYSTEM, Act
from portal.ground.database import reading
from portal.ground.drafts import resume
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, TooManyTriesError
from portal.ground.partnership import facts
from portal.partnership import set_up as setting_up
from portal.partnership.logos import checked
from portal.partnership.places.known_places import known_places
from portal.partnership.set_up import CodeError, SetUp, check_blanks, new_code, open_door, set_up
from portal.privacy.grammar.gazetteer import spelt, wards_by_district
from tests.conftest import NOW

FIRST = {
    "partnership_name": "Safer Thornby Partnership",
    "council": "Thornby Borough Council",
    "local_authority_area": "Thornby",
    "owner": "Thornby Borough Council",
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def answers(**more):
    return SetUp(
        **{
            "placeholders": {**FIRST, "in_force_date": "1/10/2026"},
            "name": " Priya  Shah ",
            "email": "Priya@Example.org",
            "position": "Information Manager",
            "password": "wren lamp harbour",
            **more,
        }
    )


@pytest.fixture
def visit(act):
    return act.as_(PUBLIC)


@pytest.mark.clause("cover.placeholders")
def test_the_code_opens_the_door_however_it_is_typed_and_the_portal_is_set_up_once(act, visit):
    code = new_code(act)
    draft = open_door(visit, code.lower().replace("-", " "))
    set_up(visit, answers(logo=SVG), draft=draft)
    known = facts(act.store)
    assert known.logo_type == "image/svg+xml"
    assert known.logo == checked(SVG)[0]
    assert (known.set_up, known.name, known.owner) == (True, FIRST["partnership_name"], FIRST["owner"])
    assert known.placeholders["in_force_date"] == "1 October 2026"
    assert sign_in(visit, "priya@example.org", "wren lamp harbour", address="192.0.2.1").secret
    with reading(act.store.engine) as session:
        assert session.exec(select(Post.role)).all() == ["manager"]
        assert session.exec(select(Account.name)).one() == "Priya Shah"
        events = session.exec(select(AuditEntry.event).order_by(AuditEntry.number)).all()
    assert events[:3] == ["portal:set-up", "account:created", "post:granted"]
    with pytest.raises(AlreadyDoneError):
        set_up(visit, answers(), draft=draft)
    with pytest.raises(AlreadyDoneError):
        open_door(visit, code)


def test_the_wards_of_the_councils_district_come_with_set_up_and_close_no_list_of_areas(act):
    set_up(act, answers(placeholders={**FIRST, "council": "Rutland County Council"}))
    lists = known_places(act)
    assert "oakham north west" in lists.kind("wards")
    assert not lists.has_areas
    assert known_places(act).kind("wards") == {*map(spelt, wards_by_district()["Rutland"])}


def test_only_the_hash_of_the_code_is_kept(act):
    code = new_code(act)
    with reading(act.store.engine) as session:
        kept = session.exec(select(SetUpCode)).one()
    assert code not in json.dumps(kept.model_dump(), default=str)
    assert len(code.replace("-", "")) == 12


def test_wrong_codes_wait_after_five_and_a_right_one_never_does(act, visit):
    code = new_code(act)
    for _ in range(5):
        with pytest.raises(CodeError):
            open_door(visit, "AAAA-AAAA-AAAA")
    with pytest.raises(TooManyTriesError):
        open_door(visit, "AAAA-AAAA-AAAA")
    assert open_door(visit, code)


def test_a_new_start_makes_the_old_code_and_its_draft_worthless(act, visit):
    draft = open_door(visit, new_code(act))
    new_code(act)
    with pytest.raises(CodeError):
        set_up(visit, answers(), draft=draft)


@pytest.mark.parametrize("draft", ["", "no-such-draft"])
def test_nobody_sets_up_without_the_code(act, visit, draft):
    new_code(act)
    with pytest.raises(CodeError):
        set_up(visit, answers(), draft=draft)
    assert not facts(act.store).set_up


@pytest.mark.clause("cover.placeholders")
def test_every_missing_answer_is_named_and_nothing_is_kept(act, visit):
    draft = open_door(visit, new_code(act))
    with pytest.raises(AnswersNeededError) as refused:
        set_up(
            visit,
            SetUp(placeholders={}, name="", email="x", position="", password="short", logo=b"GIF89a"),
            draft=draft,
        )
    assert set(refused.value.problems) == {*FIRST, "name", "email", "position", "password", "logo"}
    with reading(act.store.engine) as session:
        assert session.exec(select(Partnership)).all() == session.exec(select(Account)).all() == []
    assert resume(visit, setting_up.JOURNEY, secret=draft).finished_at is None


def test_the_draft_is_sealed_and_emptied_when_the_portal_stands(act, visit):
    draft = open_door(visit, new_code(act))
    set_up(visit, answers(), draft=draft)
    with reading(act.store.engine) as session:
        row = session.exec(select(Draft)).one()
    assert (row.outcome, row.finished_at) == ("partnership:1", act.at)
    assert resume(visit, setting_up.JOURNEY, secret=draft).answers == {}


def test_of_two_people_who_set_up_at_once_one_does(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    draft = open_door(act.as_(PUBLIC), new_code(act))
    gate, outcomes = threading.Barrier(2), []

    def try_it(email):
        gate.wait()
        try:
            set_up(act.as_(PUBLIC), answers(email=email), draft=draft)
            outcomes.append("done")
        except (AlreadyDoneError, CodeError):
            outcomes.append("refused")

    threads = [threading.Thread(target=try_it, args=(e,)) for e in ("a@example.org", "b@example.org")]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["done", "refused"]
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Account)).all()) == 1


def test_the_portal_itself_sets_up_without_a_code_for_the_demonstration(act):
    set_up(act, answers(demonstration=True))
    assert facts(act.store).demonstration
    with pytest.raises(AlreadyDoneError):
        set_up(act, answers(email="other@example.org"))


def test_the_terminal_names_the_code_until_the_portal_is_set_up(portal):
    said = []
    setting_up.announce(said.append)
    assert "/set-up" in said[0]
    act = Act(store=portal.store, person=SYSTEM, at=NOW)
    code = said[0].rsplit(" ", 1)[1]
    set_up(act.as_(PUBLIC), answers(), draft=open_door(act.as_(PUBLIC), code))
    setting_up.announce(said.append)
    assert len(said) == 1


def test_a_date_that_is_none_is_asked_for_again():
    with pytest.raises(AnswersNeededError) as refused:
        check_blanks({**FIRST, "review_date": "31 February 2027", "isa_ref": "x" * 301})
    assert set(refused.value.problems) == {"review_date", "isa_ref"}
