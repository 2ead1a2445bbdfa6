"""Who the partners are, who may join and under which duties, and to whom notices go."""

import json

import pytest
from sqlmodel import select

from models.partnership import Partnership
from models.record import Message
from portal.agreement.editions.edition_paper import edition_text
from portal.agreement.editions.wording import words_in_force
from portal.agreement.notices.notices import NoticeEffect, give_notice
from portal.agreement.register.partners import MOST_NAMED, missing_kinds, partners, partners_in_words, responsible_kinds
from portal.agreement.signing.eligibility import who_may_join
from portal.breaches.affected_records import OTHER
from portal.breaches.reporting import NewBreach, report_breach
from portal.breaches.wording import KINDS
from portal.documents.agreement import agreement_paper
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.wording import today
from portal.record.outbox import waiting
from portal.rules.edition.editions import edition, editions
from tests.builders import a_partnership, a_person, an_organisation
from tests.signing_builders import REASONS, a_manager, a_signatory
from tests.unit.portal.agreement.test_register import many
from tests.unit.portal.documents.samples import letterhead, words


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


@pytest.fixture
def police(here):
    found = an_organisation(here, "Anyshire Police", "police")
    a_signatory(here, a_manager(here), found)
    return found


@pytest.mark.clause("s1.arrangements")
@pytest.mark.clause("s2.statutory-partners-sign")
def test_each_responsible_body_is_shown_with_who_has_signed_and_one_that_stopped_counts_no_more(here, police):
    on, of = today(here.at), edition("2026")
    found = {one.kind.id: one.signed for one in responsible_kinds(here.store, of, on)}
    assert found["police"] == ("Anyshire Police",)
    assert found["fire_rescue"] == ()
    assert "police" not in {kind.id for kind in missing_kinds(here.store, of, on)}
    give_notice(here.as_(a_manager(here, "Dan Okafor")), police.id, NoticeEffect.SUSPENSION, REASONS, key="stop")
    assert "police" in {kind.id for kind in missing_kinds(here.store, of, on)}


@pytest.mark.clause("cover.summary")
@pytest.mark.clause("s3.gateways")
def test_the_partners_of_the_summary_sheet_are_who_has_signed_today_on_paper_too(here, police):
    assert partners(here.store, today(here.at)) == ("Anyshire Police",)
    told = words_in_force(here.store, today(here.at))
    text = edition_text(told, partners_in_words(here.store, today(here.at)))
    rows = {one.label: one.value for one in text.summary}
    assert rows["Partners"] == "Anyshire Police"
    assert len(rows) == len(told.edition.summary_sheet)
    paper = words(agreement_paper(letterhead(), text))
    for label, value in rows.items():
        assert " ".join(f"{label} {value}".split())[:60] in paper, label
    assert all(one.law and one.permits and one.who and one.standing for one in text.gateways)
    assert text.gateways[0].who.split(";")[0] in paper
    a_signatory(here, a_manager(here, "Sam Ofori"), an_organisation(here, "Alder Parish Council"))
    assert partners_in_words(here.store, today(here.at)) == "Alder Parish Council; Anyshire Police"
    many(here, [f"Council {number:02}" for number in range(MOST_NAMED)])
    assert partners_in_words(here.store, today(here.at)).endswith("; and 2 more, whom the register names")


@pytest.mark.clause("cover.summary")
def test_the_partners_row_says_so_where_the_last_one_left(here, police):
    give_notice(here.as_(a_manager(here, "Dan Okafor")), police.id, NoticeEffect.WITHDRAWAL, REASONS, key="go")
    assert partners_in_words(here.store, today(here.at)) == "Nobody has signed yet"


@pytest.mark.clause("cover.versions")
def test_the_version_record_on_paper_says_what_changed_when_and_who_authorised_it(here):
    text = edition_text(words_in_force(here.store, today(here.at)))
    last = text.versions[-1]
    assert (last.change, last.authorised) == ("Brought into force", "Information Manager and Chair")
    paper = words(agreement_paper(letterhead(), text))
    assert "Authorised by" in paper
    assert f"{last.number} {last.date} Brought into force Information Manager and Chair" in paper


@pytest.mark.clause("s2.who-may-join")
@pytest.mark.parametrize("of", editions(), ids=lambda one: one.id)
def test_three_standings_may_join_each_with_its_duties_and_every_kind_that_signs_stands_in_one(of):
    groups = who_may_join(of)
    assert [one.title for one in groups] == [
        "Responsible authorities",
        "Co-operating organisations",
        "Any other organisation that signs",
    ]
    assert all(one.kinds and one.duty for one in groups)
    assert len({one.duty for one in groups}) == 3
    listed = [kind for one in groups for kind in one.kinds]
    assert sorted(listed) == sorted(one.title for one in of.organisation_types if one.signs == "isa")


def test_no_kind_of_wales_may_join_under_an_edition_for_england():
    (newest,) = [one for one in editions() if one.id == "2026"]
    assert not [kind for group in who_may_join(newest) for kind in group.kinds if "Wales" in kind]


def name_the_chair(act):
    with transaction(act.store.engine) as session:
        row = session.get_one(Partnership, 1)
        row.placeholders = json.dumps({**json.loads(row.placeholders), "chair_email": "leader@council.example"})
        session.add(row)


def told(act, template):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    return {act.store.vault.open_text(one.to, f"message.to:{one.id}") for one in rows}


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
@pytest.mark.clause("s9.breach")
@pytest.mark.clause("cover.placeholders")
def test_notices_and_losses_go_to_the_chair_of_the_partnership_and_not_to_whoever_chairs_a_meeting(here, police):
    a_person(here, "Farah Khan", Role.CHAIR, email="farah@example.org")
    name_the_chair(here)
    manager = a_manager(here, "Dan Okafor")
    give_notice(here.as_(manager), police.id, NoticeEffect.SUSPENSION, REASONS, key="stop")
    new = NewBreach(kind=next(iter(KINDS)), about=OTHER, what="A list went astray.", done="It was called back.")
    report_breach(here.as_(manager), new, key="k" * 32)
    for template in ("standing-notice", "breach-reported"):
        assert {"leader@council.example", manager.email} <= set(told(here, template))
        assert "farah@example.org" not in told(here, template)
    give_notice(here.as_(manager), police.id, NoticeEffect.WITHDRAWAL, REASONS, key="leave")
    left = {one.to for one in waiting(here.as_(manager))[0] if "left the agreement" in one.body}
    assert left >= {"leader@council.example", manager.email}
