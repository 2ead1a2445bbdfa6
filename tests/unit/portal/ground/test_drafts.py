from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts import Post
from models.drafts import Draft
from portal.accounts.posts import end_post
from portal.ground import drafts
from portal.ground.act import PUBLIC, Act, Role, RolePost
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from tests.builders import a_person, an_organisation, in_clear


@pytest.fixture
def visitor(act):
    return act.as_(PUBLIC)


def test_answers_are_there_again_on_another_device(visitor):
    _, secret = drafts.begin(visitor, "sign")
    drafts.save(visitor, "sign", {"name": "Ann Clerk"}, secret=secret)
    drafts.save(visitor, "sign", {"position": "Clerk"}, secret=secret)
    assert drafts.resume(visitor, "sign", secret=secret).answers == {"name": "Ann Clerk", "position": "Clerk"}


def test_another_journeys_or_a_wrong_token_finds_nothing(visitor):
    _, secret = drafts.begin(visitor, "sign")
    for journey, token in (("return", secret), ("sign", secret + "x"), ("sign", "")):
        with pytest.raises(NotFoundError):
            drafts.resume(visitor, journey, secret=token)


def test_a_draft_of_one_account_is_closed_to_another(act):
    ann, eve = act.as_(a_person(act, "Ann Clerk")), act.as_(a_person(act, "Eve Nobody"))
    draft, _ = drafts.begin(ann, "request", {"purpose": "crime"})
    assert drafts.held(ann, "request")[0].id == draft.id
    assert drafts.held(eve, "request") == []
    with pytest.raises(NotFoundError):
        drafts.resume(eve, "request", draft_id=draft.id)
    with pytest.raises(NotFoundError):
        drafts.save(eve, "request", {}, draft_id=draft.id)


def test_a_draft_lasts_28_days_from_its_last_saving(visitor):
    _, secret = drafts.begin(visitor, "sign")
    later = Act(store=visitor.store, person=PUBLIC, at=visitor.at + timedelta(days=27))
    drafts.save(later, "sign", {"a": "1"}, secret=secret)
    assert drafts.resume(
        Act(store=visitor.store, person=PUBLIC, at=visitor.at + timedelta(days=54)), "sign", secret=secret
    )
    with pytest.raises(NotFoundError):
        drafts.resume(
            Act(store=visitor.store, person=PUBLIC, at=visitor.at + timedelta(days=56)), "sign", secret=secret
        )


def test_a_finished_draft_keeps_its_outcome_and_no_answers(visitor):
    _, secret = drafts.begin(visitor, "sign", {"name": "Ann Clerk"})
    with transaction(visitor.store.engine) as session:
        drafts.finish(session, visitor, "sign", "signature-1", secret=secret)
    drafts.save(visitor, "sign", {"name": "Changed"}, secret=secret)
    done = drafts.resume(visitor, "sign", secret=secret)
    assert (done.outcome, done.answers) == ("signature-1", {})


def test_answers_are_not_readable_in_the_store(visitor, data_dir):
    drafts.begin(visitor, "sign", {"name": "ZQX-CANARY"})
    visitor.store.engine.dispose()
    assert b"ZQX-CANARY" not in in_clear(data_dir)


def test_a_draft_stays_with_the_organisation_that_it_was_begun_for(act):
    parish, hospital = an_organisation(act), an_organisation(act, "Anytown Hospital")
    clerk = a_person(act, "Ann Clerk", Role.PARTNER, organisation=parish)
    draft, _ = drafts.begin(act.as_(clerk), "request", {"name": "Somebody"})
    moved = replace(clerk, posts=frozenset({RolePost(role=Role.PARTNER, organisation_id=hospital.id)}))
    assert drafts.held(act.as_(moved), "request") == []
    with pytest.raises(NotFoundError):
        drafts.resume(act.as_(moved), "request", draft_id=draft.id)


def test_leaving_an_organisation_ends_the_drafts_that_were_begun_for_it(act):
    clerk = a_person(act, "Ann Clerk", Role.PARTNER, organisation=an_organisation(act))
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    drafts.begin(act.as_(clerk), "request", {"name": "Somebody"})
    with reading(act.store.engine) as session:
        post = session.exec(select(Post).where(Post.account_id == clerk.id)).one()
    end_post(manager, post.id)
    with reading(act.store.engine) as session:
        assert session.exec(select(Draft)).all() == []
