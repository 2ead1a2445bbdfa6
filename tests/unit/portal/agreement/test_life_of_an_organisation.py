"""An organisation is added, renamed, of another kind, closed or merged; and search forgives how people write its name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts import Account, Post
from portal.access_requests.log import NewAccess, log_access
from portal.access_requests.partner_views import ask_originator, open_question
from portal.access_requests.views import access_requests
from portal.accounts.invitations import invitation, invite
from portal.accounts.organisations import choices
from portal.accounts.people import people_of
from portal.accounts.posts import person_with_posts
from portal.agreement.errors import CannotSignError
from portal.agreement.notices.standing import SignatoryStatus, standing_of
from portal.agreement.register.lifecycle.changes import (
    add,
    change_kind,
    every_organisation,
    former_names,
    merged_into,
    rename,
)
from portal.agreement.register.lifecycle.closing import close, what_closing_means
from portal.agreement.register.lifecycle.splitting import NOWHERE, became, came_from, split
from portal.agreement.register.list_import import check_rows, import_rows, keep_rows
from portal.agreement.register.list_reading import ListedRow
from portal.agreement.register.matching import kinds_meant
from portal.agreement.register.organisations import NewOrganisation, find, near, organisation_named
from portal.agreement.register.public_register import register
from portal.agreement.register.search import asked
from portal.agreement.register.successors import became_in_words
from portal.agreement.signing.confirmation import confirm
from portal.breaches.reporting import NewBreach, report_breach
from portal.breaches.views import breaches
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.ground.act import Role, RolePost
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, LinkError, NotAllowedError
from portal.ground.wording import today
from portal.record.audit import history
from portal.record.row_digests import reconcile
from portal.requests.depersonalised.views import data_requests
from portal.requests.exchange.deciding import decide
from portal.requests.lists import requests_received, requests_sent
from portal.requests.views import open_request
from portal.returns.service.calendar import due
from tests.builders import a_partnership, a_person, an_organisation, asked_of_the_store
from tests.request_builders import a_data_request, a_district, a_request, a_signatory, all_shared, letters
from tests.return_builders import a_force
from tests.signing_builders import NO_MAIL, a_signature


@pytest.fixture
def mine(act):
    a_partnership(act)
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


@pytest.fixture
def names(act):
    for name, kind in (
        ("St Mary's Parish Council", "parish_council"),
        ("Healey & Rooley Town Council", "parish_council"),
        ("Avershire Constabulary", "police"),
        ("Anyshire Fire-and-Rescue Authority", "fire"),
        ("Trust for Peace", "charity"),
    ):
        an_organisation(act, name, kind)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("st marys", ["St Mary's Parish Council"]),
        ("Saint Mary's", ["St Mary's Parish Council"]),
        ("healey and rooley", ["Healey & Rooley Town Council"]),
        ("HEALEY ROOLEY", ["Healey & Rooley Town Council"]),
        ("police", ["Avershire Constabulary"]),
        ("fire and rescue", ["Anyshire Fire-and-Rescue Authority"]),
        ("%", []),
        ("  ", []),
    ],
)
def test_search_forgives_how_a_name_is_written(act, names, typed, found):
    assert [one.name for one in find(act.store, typed)] == found


def test_a_kind_is_meant_by_its_words_or_initials_and_not_by_two_letters():
    assert [kind for kind, _ in kinds_meant("police")] == ["police", "police_commissioner"]
    assert kinds_meant("co") == kinds_meant("") == []
    titles = [title for _, title in kinds_meant("icb")]
    assert titles
    assert all("integrated care board" in title.casefold() for title in titles)


def test_a_manager_adds_an_organisation_once_and_nobody_else_does(mine):
    new = NewOrganisation(name="Newby Parish Council", kind="parish_council")
    assert add(mine, new) == add(mine, new)
    (listed,) = every_organisation(mine)
    assert (listed.name, listed.status, listed.approvers) == ("Newby Parish Council", None, 0)
    with pytest.raises(AnswersNeededError):
        add(mine, NewOrganisation(name=" ", kind="no such kind"))
    with pytest.raises(NotAllowedError):
        add(mine.as_(a_person(mine, "Owen Pugh", Role.OFFICER)), new)


@pytest.mark.clause("s16.public-list")
def test_a_renamed_organisation_keeps_its_address_and_is_found_by_its_old_name(act):
    district = a_district(act)
    mine = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    for _ in range(2):
        rename(mine, district.parish.id, "Anytown Town Council")
    page = register(act.store, asked(act.at, {"q": "anytown parish"}))
    assert [(one.organisation, one.id) for one in page.entries] == [("Anytown Town Council", "anytown-parish-council")]
    (former,) = former_names(act, "anytown-parish-council")
    assert (former.name, former.until) == ("Anytown Parish Council", act.at)
    with pytest.raises(AnswersNeededError) as taken:
        rename(mine, district.parish.id, "Anyshire POLICE")
    assert "Merge" in taken.value.problems["name"]
    events = [one.event for one in history(act.store, f"organisation:{district.parish.id}")]
    assert events.count("organisation:renamed") == 1
    told = letters(act, "organisation-changed")
    assert {to for to, _ in told} == {
        one.email for one in (district.clerk, district.colleague, district.parish_approver)
    }
    assert len(told) == 3
    assert all("its name is Anytown Town Council now" in body for _, body in told)


def test_another_kind_counts_from_the_next_act_on(act, mine):
    body = an_organisation(act)
    clerk = a_person(act, "Ann Clerk", Role.PARTNER, organisation=body)
    for _ in range(2):
        change_kind(mine, body.id, "police")
    ((to, told),) = letters(act, "organisation-changed")
    assert (to, "its kind is" in told) == (clerk.email, True)
    assert every_organisation(mine)[0].kind == "police"
    with pytest.raises(AnswersNeededError):
        change_kind(mine, body.id, "guild")


@pytest.mark.clause("s14.termination")
def test_a_merged_council_leaves_and_its_people_act_for_the_other(act):
    district = a_district(act)
    a_request(act, district)
    mine = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    said = what_closing_means(mine, district.parish.id)
    assert said[0] == "3 people act for it."
    assert "1 request of its own is open with partners." in said
    with pytest.raises(AnswersNeededError):
        close(mine, district.parish.id, "Merged", into=district.parish.id, key="k")
    close(mine, district.parish.id, "The councils merged.", into=district.council.id, key="k")
    assert standing_of(act.store, district.parish.id).status is SignatoryStatus.LEFT
    assert {one.name for one in people_of(mine, district.council.id)} >= {"Ann Clerk", "Cal League", "Pat Chairman"}
    told = dict(letters(act, "role-moved"))
    assert set(told) == {one.email for one in (district.clerk, district.colleague, district.parish_approver)}
    assert "you now act for Elsewhere Borough Council" in told[district.clerk.email]
    assert "What you do for it: Partner." in told[district.clerk.email]
    assert letters(act, "role-ended") == letters(act, "roles-closed") == letters(act, "standing-own") == []
    assert people_of(mine, district.parish.id) == []
    assert merged_into(act, "anytown-parish-council")[1] == "Elsewhere Borough Council"
    assert "Anytown Parish Council" not in [one.name for one in find(act.store, "anytown")]
    with pytest.raises(AlreadyDoneError):
        rename(mine, district.parish.id, "Anything")
    assert not [
        one for one in duties_of(act.as_(district.clerk)) if one.kind is DutyKind.SIGN and "Anytown" in one.sentence
    ]


@pytest.mark.clause("s16.public-list")
def test_a_body_that_never_signed_is_found_by_its_old_names_where_it_went(act):
    district = a_district(act)
    mine = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    oldby, midby, other = (an_organisation(act, f"{name} Parish Council") for name in ("Oldby", "Midby", "Otherby"))
    rename(mine, oldby.id, "Oldby and Nearby Parish Council")
    close(mine, oldby.id, "Merged.", into=midby.id, key="one")
    close(mine, midby.id, "Merged again.", into=district.council.id, key="two")
    close(mine, other.id, "Wound up.", key="three")
    for typed in ("oldby parish", "nearby", "midby"):
        page = register(act.store, asked(act.at, {"q": typed}))
        assert [one.organisation for one in page.entries] == ["Elsewhere Borough Council"], typed
    assert became_in_words(act.store, "oldby", today(act.at)) == (
        "Oldby and Nearby Parish Council is now part of Midby Parish Council.",
    )
    assert became_in_words(act.store, "midby", today(act.at)) == (
        "Midby Parish Council is now part of Elsewhere Borough Council.",
    )
    assert became_in_words(act.store, "oldby", today(act.at) - timedelta(days=1)) == ()
    assert became_in_words(act.store, "otherby", today(act.at)) == became_in_words(act.store, " ", today(act.at)) == ()
    assert register(act.store, asked(act.at, {"q": "otherby"})).entries == ()


def test_a_closed_organisation_ends_the_roles_of_its_people(act, mine):
    body = an_organisation(act)
    a_person(act, "Ann Clerk", Role.PARTNER, Role.APPROVER, organisation=body)
    close(mine, body.id, "It was wound up.", key="k")
    with reading(act.store.engine) as session:
        assert all(post.ended_at for post in session.exec(select(Post).where(Post.organisation_id == body.id)).all())
    assert every_organisation(mine)[-1].closed_at == act.at
    ((to, told),) = letters(act, "roles-closed")
    assert (to, "what you did for it has ended: Approver and Partner." in told) == ("ann-clerk@example.org", True)
    assert letters(act, "role-ended") == []


@pytest.mark.clause("s14.termination")
def test_what_a_merged_organisation_had_in_hand_goes_over_and_nothing_of_it_is_lost(act):
    district = a_district(act)
    mine, clerk = act.as_(a_person(act, "Mina Manager", Role.MANAGER)), act.as_(district.clerk)
    sent, between = a_request(act, district), a_request(act, district, holder=district.council.id)
    figures = a_data_request(act, district)
    told = NewAccess(
        kind="subject_access", received_on=today(act.at), requester="R", reach="r@x.example", asked_for="All of it."
    )
    logged = log_access(clerk, told, key="k")
    asked = ask_originator(clerk, logged, district.police.id, "May we?", today(act.at) + timedelta(days=9))
    lost = report_breach(
        clerk, NewBreach(kind="lost", about=f"request:{sent}", what="A list.", done="Called back."), key="k"
    )
    close(mine, district.parish.id, "The councils merged.", into=district.council.id, key="k")
    with reading(act.store.engine) as session:
        clerk = act.as_(person_with_posts(session, session.get_one(Account, district.clerk.id)))
    council = act.as_(district.outsider)
    assert {one.id for one in requests_sent(clerk)} == {sent}
    assert open_request(clerk, sent).may_withdraw
    assert {one.id for one in requests_received(council)} == {between}
    assert [one.id for one in data_requests(clerk)] == [figures]
    assert [one.id for one in access_requests(council)] == [logged]
    assert [one.id for one in breaches(council)] == [lost]
    inspector = act.as_(district.inspector)
    decide(inspector, sent, all_shared(inspector, sent))
    charity = an_organisation(act, "Open Door", "charity")
    close(mine, district.police.id, "The force became part of another.", into=charity.id, key="f")
    head = act.as_(
        replace(district.inspector, posts=frozenset({RolePost(role=Role.APPROVER, organisation_id=charity.id)}))
    )
    assert {one.id for one in requests_received(head)} == {sent}
    assert open_question(head, asked).view == ""
    assert reconcile(act.store) == []


@pytest.mark.clause("s14.termination")
def test_the_requests_of_a_split_organisation_go_with_whoever_sent_them(act):
    district = a_district(act)
    mine, sent = act.as_(a_person(act, "Mina Manager", Role.MANAGER)), a_request(act, district)
    assert "1 request of its own is open with partners." in what_closing_means(mine, district.parish.id)
    parts = [NewOrganisation(name=f"{name} Parish Council", kind="parish_council") for name in ("Upper", "Nether")]
    goes = {district.clerk.id: 1, district.parish_approver.id: NOWHERE, district.colleague.id: NOWHERE}
    split(mine, district.parish.id, parts, goes, "Two parishes.", key="k")
    with reading(act.store.engine) as session:
        clerk = act.as_(person_with_posts(session, session.get_one(Account, district.clerk.id)))
    assert [(one.id, one.asking) for one in requests_sent(clerk)] == [(sent, "Nether Parish Council")]


@pytest.mark.clause("s14.termination")
def test_nothing_begins_anew_for_a_closed_organisation(act):
    district = a_district(act)
    mine, body = act.as_(a_person(act, "Mina Manager", Role.MANAGER)), district.parish
    invited = invite(mine, "new@anytown.example", Role.PARTNER, body.id, base_url="https://p").rpartition("/")[2]
    waits = a_signature(act, an_organisation(act, "Newby Parish Council"))
    newby = next(one for one in every_organisation(mine) if one.name == "Newby Parish Council")
    for number, one in enumerate((body.id, newby.id)):
        close(mine, one, "Wound up.", key=str(number))
    with pytest.raises(LinkError):
        invitation(act, invited)
    with pytest.raises(AnswersNeededError) as refused:
        invite(mine, "new@anytown.example", Role.PARTNER, body.id, base_url="https://p")
    assert "is closed" in refused.value.problems["organisation"]
    assert body.id not in choices(mine)
    with pytest.raises(CannotSignError):
        confirm(mine, waits.id, how="By telephone", reach=NO_MAIL)
    with pytest.raises(CannotSignError):
        a_signature(act, body, email="again@anytown.example")
    assert [one.name for one in near(act.store, "Anytown Parish Counsil", there=True)] == []


@pytest.mark.clause("s16.public-list")
def test_a_name_is_free_again_once_its_body_is_closed(act, mine):
    old, other = an_organisation(act), an_organisation(act, "Newby Parish Council")
    close(mine, old.id, "The parishes merged.", into=other.id, key="k")
    rename(mine, other.id, old.name)
    new = add(mine, NewOrganisation(name="Newby Parish Council", kind="parish_council"))
    assert new not in {old.id, other.id}
    with reading(act.store.engine) as session:
        assert organisation_named(session, "newby parish council").id == new
        assert organisation_named(session, "anytown parish council").id == other.id
    lost = an_organisation(act, "Lostby Parish Council")
    rename(mine, lost.id, "Foundby Parish Council")
    shut = an_organisation(act, "Shutby Parish Council")
    close(mine, shut.id, "Wound up.", key="s")
    rows = [ListedRow(line=2, name=name, kind="Parish or town council") for name in (old.name, lost.name, shut.name)]
    checked = check_rows(mine, rows)
    assert [(one.there, one.problem[:10]) for one in checked] == [(True, ""), (True, ""), (False, "It closed ")]
    rows[1] = replace(rows[1], email="clerk@foundby.example")
    assert [one.invites for one in check_rows(mine, rows)] == [False, True, False]
    made = import_rows(mine, keep_rows(mine, rows), base_url="https://p")
    assert (made.added, made.invited) == (0, 1)


def test_a_file_asks_the_store_no_more_however_many_bodies_and_former_names_there_are(mine):
    rows = [ListedRow(line=2, name="Newby Parish Council", kind="Parish or town council")]
    bodies = [an_organisation(mine, f"{name} Parish Council") for name in ("Oldby", "Midby", "Otherby")]
    before = asked_of_the_store(mine, lambda: check_rows(mine, rows))
    for body in bodies:
        rename(mine, body.id, f"{body.name} and District")
        rename(mine, body.id, f"{body.name} and Around")
    assert asked_of_the_store(mine, lambda: check_rows(mine, rows)) == before


@pytest.mark.clause("s11.quarterly")
def test_who_left_is_asked_for_the_quarters_that_had_ended_and_for_none_after(act):
    force, person = a_force(act)
    boss = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    before = {one.quarter.label for one in due(act.as_(person), force.id)}
    close(boss, force.id, "The force was merged.", key="k")
    later = replace(act, at=act.at + timedelta(days=200))
    assert {one.quarter.label for one in due(later.as_(person), force.id)} < before | {"2026-Q3"}
    assert "2027-Q1" not in {one.quarter.label for one in due(later.as_(person), force.id)}


@pytest.mark.clause("s14.termination")
def test_a_split_council_leaves_its_people_go_where_they_are_sent_and_each_new_one_must_sign(act):
    district = a_district(act)
    mine = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    parts = [NewOrganisation(name=f"{name} Parish Council", kind="parish_council") for name in ("Upper", "Nether")]
    goes = {district.clerk.id: 0, district.parish_approver.id: 1, district.colleague.id: NOWHERE}
    with pytest.raises(AnswersNeededError) as wrong:
        split(mine, district.parish.id, [parts[0], replace(parts[0], kind="x")], goes, " ", key="k")
    assert set(wrong.value.problems) == {"kind-1", "reason"}
    left_out = {account: place for account, place in goes.items() if account != district.parish_approver.id}
    with pytest.raises(AnswersNeededError) as unsaid:
        split(mine, district.parish.id, parts, left_out, "Two parishes.", key="k")
    assert unsaid.value.problems == {
        f"goes-{district.parish_approver.id}": "Choose where Pat Chairman goes, or that their roles end"
    }
    with pytest.raises(AnswersNeededError) as taken:
        split(mine, district.parish.id, [parts[0], parts[0]], goes, "Two parishes.", key="k")
    assert set(taken.value.problems) == {"name-1"}
    upper, nether = split(mine, district.parish.id, parts, goes, "Two parishes.", key="k")
    assert standing_of(act.store, district.parish.id).status is SignatoryStatus.LEFT
    assert [[one.name for one in people_of(mine, body)] for body in (upper, nether, district.parish.id)] == [
        ["Ann Clerk"],
        ["Pat Chairman"],
        [],
    ]
    assert [(one.name, one.signed) for one in became(act, "anytown-parish-council")] == [
        ("Nether Parish Council", False),
        ("Upper Parish Council", False),
    ]
    assert [one.sentence for one in duties_of(mine) if one.kind is DutyKind.COVER] == [
        "Nobody can sign or decide requests for Upper Parish Council. Ask it who does from now on, and invite them."
    ], "its only approver went to the other"
    a_signatory(act, next(one for one in every_organisation(mine) if one.id == upper))
    assert [one.signed for one in became(act, "anytown-parish-council")] == [False, True]
    origin, _ = came_from(act, "upper-parish-council")
    assert (origin.name, origin.signed) == ("Anytown Parish Council", True)
    with reading(act.store.engine) as session:
        approver = person_with_posts(session, session.get_one(Account, district.parish_approver.id))
    asked_of = [one.sentence for one in duties_of(act.as_(approver)) if one.kind is DutyKind.SIGN]
    assert asked_of == ["Nether Parish Council has not signed the agreement yet."]
    with pytest.raises(AlreadyDoneError):
        split(mine, district.parish.id, [replace(one, name=f"New {one.name}") for one in parts], {}, "Again", key="k2")
