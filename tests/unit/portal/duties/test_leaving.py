"""Before somebody leaves, what nobody else does yet is said; a person's address changes, and who left may come back."""

from datetime import timedelta

import pytest

from models.accounts import Account
from portal.accounts.changes import reopen
from portal.accounts.deletion import erase_closed
from portal.accounts.people import close, member
from portal.duties.leaving import what_leaving_means
from portal.ground.act import Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, NotAllowedError, NotFoundError
from portal.ground.wording import today
from portal.meetings.planning.plan import plan
from portal.retention.schedule import rule
from tests.builders import a_partnership, a_person, an_organisation
from tests.meeting_builders import a_plan
from tests.request_builders import a_district, a_request, later


@pytest.fixture
def manager(act):
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


def test_what_only_this_person_does_is_said_and_what_others_do_too_is_not(act, manager):
    district = a_district(act)
    a_request(act, district)
    assert what_leaving_means(manager, district.inspector.id) == ()
    assert what_leaving_means(manager, district.parish_approver.id) == (
        "The only approver of Anytown Parish Council: without them nobody can sign for it, decide requests or invite others.",
    )
    assert what_leaving_means(manager, district.clerk.id)[0].startswith("1 request that they sent is still open.")
    assert what_leaving_means(manager, manager.person.id) == (
        "The only Information Manager. Give somebody else that role first.",
    )
    with pytest.raises(NotAllowedError):
        what_leaving_means(act.as_(district.clerk), district.clerk.id)


def test_the_chair_of_planned_meetings_leaves_them_behind(act, manager):
    a_partnership(act)
    chair = a_person(act, "Farah Khan", Role.CHAIR)
    plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=7), every_weeks=4))
    said = what_leaving_means(manager, chair.id)
    assert said[0] == "The only Chair. Give somebody else that role first."
    assert said[1].endswith("planned meetings have them as Chair. Choose another under To do afterwards.")


def test_who_left_comes_back_with_no_role_and_no_old_password_until_the_account_is_erased(act, manager):
    a_partnership(act)
    clerk = a_person(act, "Ann Clerk", Role.APPROVER, organisation=an_organisation(act))
    close(manager, clerk.id)
    reopen(manager, clerk.id)
    back = member(manager, clerk.id)
    assert (back.closed_at, back.posts) == (None, ())
    with reading(act.store.engine) as session:
        assert session.get_one(Account, clerk.id).password_hash == "closed"
    close(manager, clerk.id)
    with transaction(act.store.engine) as session:
        erase_closed(session, later(act, days=400), rule("closed-accounts"))
    with pytest.raises(AlreadyDoneError):
        reopen(manager, clerk.id)
    with pytest.raises(NotFoundError):
        reopen(manager, "nobody")
