"""Notices: who may give one, at once, told to those concerned, and the gate that other rooms ask."""

import pytest
from sqlmodel import select

from models.agreements import Notice
from models.record import Message
from portal.agreement.errors import NotActiveError
from portal.agreement.notices import notices
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.agreement.notices.standing import require_active
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from tests.builders import a_partnership, a_person, an_organisation, recorded
from tests.request_builders import letters
from tests.signing_builders import REASONS, a_manager, a_signatory, at


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


@pytest.fixture
def council(here):
    council = an_organisation(here, public_contact="Office, office@anytown.example")
    a_signatory(here, a_manager(here), council)
    return council


@pytest.mark.clause("s14.suspension")
def test_a_notice_of_the_approver_stops_everything_at_once(here, council):
    approver = a_person(here, "Jo Bell", Role.APPROVER, organisation=council)
    a_person(here, "Farah Khan", Role.CHAIR, email="farah@example.org")
    assert require_active(here.store, council.id).edition == "2026"
    given = give_notice(here.as_(approver), council.id, NoticeEffect.SUSPENSION, REASONS, key="one")
    with pytest.raises(NotActiveError, match="stopped sharing for now"):
        require_active(here.store, council.id)
    with transaction(here.store.engine) as session, pytest.raises(NotActiveError):
        require_active(session, council.id)
    assert notices.notice(here.as_(approver), given).words == REASONS
    with reading(here.store.engine) as session:
        told = session.exec(select(Message).where(Message.template == "standing-notice")).all()
    addresses = {here.store.vault.open_text(m.to, f"message.to:{m.id}") for m in told}
    assert addresses == {"priya-shah@example.org", "farah@example.org", "office@anytown.example"}
    assert not [m for m in told if "Anytown" in m.subject]
    assert recorded(here, f"organisation:{council.id}")[-1] == "agreement:suspended"


@pytest.mark.clause("s14.suspension")
def test_starting_again_holds_at_once_and_is_told_and_recorded_likewise(here, council):
    a_person(here, "Farah Khan", Role.CHAIR, email="farah@example.org")
    clerk = a_person(here, "Ann Clerk", Role.PARTNER, organisation=council)
    manager = a_manager(here, "Dan Okafor")
    for kind in (NoticeEffect.SUSPENSION, NoticeEffect.LIFTING):
        give_notice(here.as_(manager), council.id, kind, REASONS, key=kind)
    assert require_active(here.store, council.id)
    said = {"stopped sharing for now": [], "started sharing again": []}
    for to, body in letters(here, "standing-notice"):
        said[next(words for words in said if words in body)].append(to)
    whom = ["dan-okafor@example.org", "farah@example.org", "office@anytown.example", "priya-shah@example.org"]
    assert [sorted(to) for to in said.values()] == [whom, whom]
    own = letters(here, "standing-own")
    assert [to for to, _ in own] == [clerk.email] * 2
    assert [manager.name in body for _, body in own] == [False, False]
    assert recorded(here, f"organisation:{council.id}")[-2:] == ["agreement:suspended", "agreement:suspension-lifted"]


@pytest.mark.clause("s14.termination")
def test_leaving_ends_what_was_signed_and_the_organisation_may_come_back(here, council):
    manager = a_manager(here, "Dan Okafor")
    give_notice(here.as_(manager), council.id, NoticeEffect.WITHDRAWAL, REASONS, key="one")
    with pytest.raises(NotActiveError, match="left the agreement"):
        require_active(here.store, council.id)
    assert recorded(here, f"organisation:{council.id}")[-1] == "agreement:left"
    a_signatory(at(here, days=1), manager, council)
    assert require_active(here.store, council.id)


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
def test_the_same_key_is_the_same_notice_and_another_one_is_told_of_it(here, council):
    act = here.as_(a_manager(here, "Dan Okafor"))
    first = give_notice(act, council.id, NoticeEffect.SUSPENSION, REASONS, key="one")
    assert give_notice(act, council.id, NoticeEffect.SUSPENSION, REASONS, key="one") == first
    with pytest.raises(AlreadyDoneError, match="stopped sharing for now on 25 November 2026 at 10:30am already"):
        give_notice(act, council.id, NoticeEffect.SUSPENSION, REASONS, key="two")
    with reading(here.store.engine) as session:
        assert len(session.exec(select(Notice)).all()) == 1


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
@pytest.mark.parametrize("role", [Role.PARTNER, Role.CHAIR, Role.OFFICER, None])
def test_nobody_else_may_give_one(here, council, role):
    act = here if role is None else here.as_(a_person(here, "Eve", role, organisation=council))
    with pytest.raises(NotAllowedError):
        give_notice(act, council.id, NoticeEffect.SUSPENSION, REASONS, key="one")
    other = a_person(here, "Bob", Role.APPROVER, organisation=an_organisation(here, "Other Council"))
    with pytest.raises(NotAllowedError):
        give_notice(here.as_(other), council.id, NoticeEffect.SUSPENSION, REASONS, key="one")


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
def test_a_notice_is_read_only_by_its_organisation_and_the_managers(here, council):
    manager = a_manager(here, "Dan Okafor")
    given = give_notice(here.as_(manager), council.id, NoticeEffect.SUSPENSION, REASONS, key="one")
    stranger = a_person(here, "Bob", Role.APPROVER, organisation=an_organisation(here, "Other Council"))
    for person in (stranger, PUBLIC):
        with pytest.raises(NotFoundError):
            notices.notice(here.as_(person), given)
        assert notices.notices_of(here.as_(person), council.id) == []
    assert [one.id for one in notices.notices_of(here.as_(manager), council.id)] == [given]


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
def test_each_part_of_a_notice_is_needed(here, council):
    act = here.as_(a_manager(here, "Dan Okafor"))
    with pytest.raises(AnswersNeededError) as refused:
        give_notice(
            act,
            council.id,
            NoticeEffect.SUSPENSION,
            NoticeDetails(reason=" ", evidence="", name="", position=""),
            key="one",
        )
    assert set(refused.value.problems) == {"reason", "evidence", "name", "position"}
    long = NoticeDetails(reason="x" * 2001, evidence="x" * 2001, name="x" * 201, position="x" * 201)
    with pytest.raises(AnswersNeededError) as refused:
        give_notice(act, council.id, NoticeEffect.SUSPENSION, long, key="one")
    assert len(refused.value.problems) == 4


@pytest.mark.clause("s14.suspension")
def test_who_never_signed_has_nothing_to_leave_and_is_not_active(here):
    other = an_organisation(here, "Other Council")
    with pytest.raises(NotFoundError):
        give_notice(here.as_(a_manager(here, "Dan")), other.id, NoticeEffect.WITHDRAWAL, REASONS, key="one")
    with pytest.raises(NotActiveError, match="must sign the agreement first"):
        require_active(here.store, other.id)
    assert notices.possible(None) == ()


@pytest.mark.clause("s14.suspension")
@pytest.mark.threat("ES6")
def test_a_clock_that_jumps_back_leaves_events_in_order(here, council):
    act = here.as_(a_manager(here, "Dan Okafor"))
    give_notice(act, council.id, NoticeEffect.SUSPENSION, REASONS, key="one")
    give_notice(at(here, days=-1).as_(act.person), council.id, NoticeEffect.LIFTING, REASONS, key="two")
    assert require_active(here.store, council.id).begins_at == here.at
