import pytest
from sqlmodel import select

from models.record import AuditEntry
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.partnership import confirmed_facts, facts
from portal.partnership import changes
from portal.rules.edition.editions import editions
from tests.builders import a_partnership, a_person
from tests.unit.portal.partnership.test_logos import SVG

EDITION = editions()[-1]
WORDS = {
    "partnership_name": "Safer Thornby",
    "council": "Thornby Council",
    "local_authority_area": "Thornby",
    "owner": "Thornby Council",
}


@pytest.fixture
def mine(act):
    a_partnership(act)
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


def changed(act):
    with reading(act.store.engine) as session:
        return [e.details for e in session.exec(select(AuditEntry).where(AuditEntry.event == "settings:changed"))]


@pytest.mark.clause("cover.placeholders")
def test_new_words_change_name_and_blanks_and_the_record_says_which_not_what(mine):
    changes.change_blanks(mine, {**WORDS, "review_date": "1/10/2027"})
    known = facts(mine.store)
    assert known.name == "Safer Thornby"
    assert known.placeholders["review_date"] == "1 October 2027"
    assert "review_date" in changed(mine)[0]
    assert "Safer Thornby" not in changed(mine)[0]
    changes.change_blanks(mine, WORDS)
    assert len(changed(mine)) == 1, "saving the same words again changes nothing"


@pytest.mark.clause("cover.placeholders")
def test_the_first_blanks_cannot_be_emptied(mine):
    with pytest.raises(AnswersNeededError) as refused:
        changes.change_blanks(mine, {**WORDS, "council": " "})
    assert list(refused.value.problems) == ["council"]


def test_a_pale_accent_is_darkened_and_nonsense_refused(mine):
    assert changes.change_accent(mine, "#ffff00") == facts(mine.store).accent != "#ffff00"
    with pytest.raises(AnswersNeededError):
        changes.change_accent(mine, "red;}")
    assert changes.change_accent(mine, "") == ""


def test_a_logo_comes_and_goes(mine):
    changes.change_logo(mine, SVG)
    assert facts(mine.store).logo_type == "image/svg+xml"
    changes.change_logo(mine, None)
    assert facts(mine.store).logo is None
    with pytest.raises(AnswersNeededError):
        changes.change_logo(mine, b"")


def test_weighing_can_be_switched_off(mine):
    changes.change_weighing(mine, weighing=False)
    assert not facts(mine.store).weighing


def test_a_fact_is_confirmed_once_with_how(mine):
    key = changes.unconfirmed(mine, EDITION)[0].key
    for how in ("", " ", "x" * 1001):
        with pytest.raises(AnswersNeededError):
            changes.confirm_facts(mine, EDITION, [key], how)
    changes.confirm_facts(mine, EDITION, [key], "Read on legislation.gov.uk today")
    assert key in confirmed_facts(mine.store, EDITION.id)
    assert key not in {one.key for one in changes.unconfirmed(mine, EDITION)}
    assert changes.confirmations(mine, EDITION)[0].confirmed_by == "Mina Manager"
    with pytest.raises(AlreadyDoneError):
        changes.confirm_facts(mine, EDITION, [key], "Again")
    with pytest.raises(NotFoundError):
        changes.confirm_facts(mine, EDITION, ["sections/no-such"], "Read it")


def test_only_a_manager_changes_anything(act, mine):
    for who in (act.as_(PUBLIC), act.as_(a_person(act, "Olu Officer", Role.OFFICER))):
        for verb in (
            lambda who: changes.change_blanks(who, WORDS),
            lambda who: changes.change_accent(who, ""),
            lambda who: changes.change_logo(who, None),
            lambda who: changes.change_weighing(who, weighing=False),
            lambda who: changes.confirm_facts(who, EDITION, ["x"], "y"),
            lambda who: changes.unconfirmed(who, EDITION),
        ):
            with pytest.raises(NotAllowedError):
                verb(who)
