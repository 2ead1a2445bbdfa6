"""A check that was recorded is shown as it was made, by the edition of its day, and never worked out again."""

import json

import pytest
from sqlmodel import select

from models.requests import InformationRequest
from portal.ground.database import reading, transaction
from portal.requests.case import to_json
from portal.requests.exchange.section4_check import check_of, holds
from portal.requests.forms.contents import answers_in_words
from portal.requests.keys import open_key
from portal.requests.papers.documents import check_on_paper
from portal.requests.views import open_request
from portal.rules.edition.editions import edition, edition_recorded
from portal.rules.section4.check import assess
from portal.rules.section4.recorded_check import as_record, from_record
from tests.request_builders import a_district, a_request

pytestmark = pytest.mark.clause("cover.versions")

FIRST_2026 = "29d6f9c26194c2f8544131186105c0c48cff3b19465b1c98d60977b0fd25f223"
# Only the person herself is at risk and she said no: 3 by the earlier rule, 1 by the rule of today.
EARLIER = {
    "outcome": "proceed_conditions",
    "level": 3,
    "complete": True,
    "weighing": True,
    "answers": {"data_type": "personal", "consent": "withheld", "hra_vulnerability": "high", "gateway": "listed"},
    "caps": [["G", "gateway:listed", 4], ["C", "public_interest_reason:text", 3]],
    "reasons": ["public_interest_reason:text"],
    "also": [],
    "conditions": ["record_public_interest", "tell_person"],
    "later": [],
}


@pytest.fixture
def sent_before(act):
    """A request as it stands in a store that was filled by the earlier rule."""
    district = a_district(act)
    request_id = a_request(act, district)
    with transaction(act.store.engine) as session:
        row = session.exec(select(InformationRequest)).one()
        key = open_key(act.store.vault, row)
        content = key.open_json(row.content, f"information_request.content:{row.id}")
        answers = {
            one: value for one, value in content["answers"].items() if one not in {"subject_role", "subject_child"}
        }
        content |= {"edition_hash": FIRST_2026, "check": EARLIER, "answers": answers | {"schedule2": ["art6-e"]}}
        row.content = key.seal_json(content, f"information_request.content:{row.id}")
        row.edition_hash, row.outcome = FIRST_2026, "proceed_conditions"
        session.add(row)
    return act.as_(district.inspector), request_id


def test_a_check_of_the_earlier_rule_is_shown_in_its_own_words_and_no_new_question_is_asked_of_it(sent_before):
    mine, request_id = sent_before
    case = open_request(mine, request_id).case
    check = check_of(case)
    assert case.edition.hash == FIRST_2026
    assert (check.outcome, check.level, check.complete) == ("proceed_conditions", 3, True)
    assert [one.id for one in check.conditions_in_words] == EARLIER["conditions"]
    assert [one.text for one in check.deciding] == ["A public-interest reason has been written down."]
    assert not {"subject_role", "subject_child"} & {task for _, _, task in answers_in_words(case)}
    assert check_on_paper(case).conditions[0] == "Put the public-interest reason in the request and keep it."
    assert holds(check) == ()


def test_what_is_recorded_is_read_back_as_it_was():
    of = edition("2026")
    answers = {"data_type": "sensitive", "consent": "withheld", "investigation": "objects", "gateway": "unlisted"}
    check = assess(of, answers)
    again = from_record(of, json.loads(json.dumps(as_record(check))))
    assert again.as_json() == check.as_json()
    assert again.deciding == check.deciding
    assert again.consult == check.consult == ("adviser", "senior")
    assert (again.level, again.later, again.unanswered) == (check.level, check.later, check.unanswered)


def test_a_reason_that_its_edition_does_not_have_is_said_to_be_so():
    of = edition_recorded("2026", FIRST_2026)
    check = from_record(of, EARLIER | {"reasons": ["weigh:tie"]})
    assert "not in the words of the edition" in check.deciding[0].text


def test_a_request_sent_today_keeps_the_check_with_it(act):
    district = a_district(act)
    case = open_request(act.as_(district.inspector), a_request(act, district)).case
    with reading(act.store.engine) as session:
        assert session.exec(select(InformationRequest.edition_hash)).one() == edition("2026").hash
    assert case.recorded is not None
    assert "check" not in to_json(case)
    assert check_of(case).outcome == "proceed_conditions"
