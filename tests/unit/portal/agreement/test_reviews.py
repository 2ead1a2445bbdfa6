"""The review of the agreement (s13), and where partners publish it (s15)."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.partnership import Partnership
from portal.agreement.editions.review import due_on, is_due, record_review, reviews
from portal.agreement.notices.notices import NoticeEffect, give_notice
from portal.agreement.register.publication import published, record_address
from portal.ground.act import PUBLIC, Role
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError
from tests.builders import a_partnership, a_person, an_organisation, recorded
from tests.conftest import NOW
from tests.signing_builders import REASONS, a_manager, a_published_edition, a_signatory


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def a_review(act, key="k", **more):
    told = {"reviewed_on": "1 November 2026", "outcome": "no change", "words": "The board, minute 4: it holds."}
    record_review(act, key, **{**told, **more})


@pytest.mark.clause("s13.agreement-review")
def test_the_agreement_is_due_for_review_after_12_months_and_a_year_after_each_review(here):
    by = here.as_(a_manager(here))
    assert due_on(here.store, NOW.date()) == date(2027, 7, 1)
    assert not is_due(by)
    sixty_days_before = NOW + (date(2027, 7, 1) - NOW.date()) - timedelta(days=60)
    assert is_due(replace(by, at=sixty_days_before))
    assert not is_due(replace(by, at=sixty_days_before - timedelta(days=1)))
    for late in ("k", "k", "the page was drawn anew, or another tab"):
        a_review(by, late)
    assert recorded(by, "review:k") == ["agreement:reviewed"]
    assert [(one.outcome, one.next_on, one.words) for one in reviews(by)] == [
        ("no change", date(2027, 11, 1), "The board, minute 4: it holds.")
    ]
    assert due_on(here.store, NOW.date()) == date(2027, 11, 1)
    a_review(by, "other", reviewed_on="20 November 2026", outcome="new edition", next_on="1 March 2027")
    assert due_on(here.store, NOW.date()) == date(2027, 3, 1)
    a_published_edition(here, begins="1 February 2027")
    assert due_on(here.store, date(2027, 1, 31)) == date(2027, 3, 1)
    assert due_on(here.store, date(2027, 2, 1)) == date(2028, 2, 1)  # nobody has reviewed the new one


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.parametrize(
    ("fact", "due"),
    [({"in_force_date": "1 February 2027"}, date(2028, 2, 1)), ({"review_date": "1 May 2027"}, date(2027, 5, 1))],
)
def test_the_first_review_goes_by_the_day_the_partnership_says(here, fact, due):
    with transaction(here.store.engine) as session:
        row = session.get_one(Partnership, 1)
        row.placeholders = json.dumps(json.loads(row.placeholders) | fact)
        session.add(row)
    assert due_on(here.store, NOW.date()) == due


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reviewed_on": "1 December 2026"}, "reviewed_on"),
        ({"outcome": "maybe"}, "outcome"),
        ({"words": " "}, "words"),
        ({"next_on": "1 October 2026"}, "next_on"),
        ({"next_on": "1 October 2046"}, "next_on"),
        ({"reviewed_on": "1 November 2016"}, "reviewed_on"),
    ],
)
def test_a_review_says_when_what_and_by_whom(here, more, field):
    with pytest.raises(AnswersNeededError) as refused:
        a_review(here.as_(a_manager(here)), **more)
    assert set(refused.value.problems) == {field}


@pytest.mark.clause("s13.agreement-review")
def test_only_a_manager_records_a_review(here):
    with pytest.raises(NotAllowedError):
        a_review(here.as_(a_person(here, "Cleo Chair", Role.CHAIR)))


@pytest.mark.clause("s15.publish")
def test_each_partner_records_where_it_publishes_the_agreement_and_who_has_not_is_seen(here):
    council, other = an_organisation(here), an_organisation(here, "Thornby Council")
    for one in (council, other):
        a_signatory(here, a_manager(here, f"For {one.name}"), one, email=f"a@{one.slug}.example")
    approver = here.as_(a_person(here, "Ann Approver", Role.APPROVER, organisation=council))
    record_address(approver, council.id, "https://www.anytown.example/agreement", in_scheme=True)
    assert "agreement:publication-recorded" in recorded(here, f"organisation:{council.id}")
    assert [(one.organisation, one.address, one.in_scheme) for one in published(here.store)] == [
        ("Anytown Parish Council", "https://www.anytown.example/agreement", True),
        ("Thornby Council", "", False),
    ]
    with pytest.raises(AnswersNeededError):
        record_address(approver, council.id, "http://127.0.0.1/", in_scheme=True)
    with pytest.raises(NotAllowedError):
        record_address(approver, other.id, "https://www.anytown.example/", in_scheme=True)
    give_notice(approver, council.id, NoticeEffect.WITHDRAWAL, REASONS, key="left")
    assert [one.organisation for one in published(here.store)] == ["Thornby Council"], "who left publishes it no more"
