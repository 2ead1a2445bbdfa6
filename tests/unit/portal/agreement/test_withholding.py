"""Withholding a part of the published agreement: proposed, answered, decided together, and then nowhere public (s15)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.agreements import Signature
from portal.agreement.editions.changes import what_changed
from portal.agreement.editions.edition_paper import edition_text
from portal.agreement.editions.passages import passages
from portal.agreement.editions.wording import whole_words_in_force, words_in_force, words_named
from portal.agreement.errors import EditionStateError, NotActiveError, OwnProposalError
from portal.agreement.notices import notices
from portal.agreement.signing.copies import words_kept
from portal.agreement.withholding import proposals as withholding
from portal.agreement.withholding.views import proposal, proposals, stands_also_in
from portal.agreement.withholding.withheld import places, public_lines, withheld
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import today
from portal.record.outbox import waiting
from portal.rules.edition.editions import edition
from tests.builders import a_partnership, a_person, an_organisation, recorded
from tests.conftest import NOW
from tests.signing_builders import REASONS, a_manager, a_published_edition, a_signatory

pytestmark = pytest.mark.clause("s15.withhold")

PART = "15 Freedom of information"
PATH = "http://127.0.0.1:8501"
SUBJECT = "What is published of the information sharing agreement"
LAW = "Freedom of Information Act 2000, section 31"
HELD = "A partner that wants to hold back some or all of the agreement tells the others"


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


@pytest.fixture
def parties(here):
    """Two signatories with an approver each, and two managers."""
    manager, second = a_manager(here), a_manager(here, "Dan Okafor")
    people = []
    for name in ("Thornby Council", "Anytown Police"):
        organisation = an_organisation(here, name)
        a_signatory(here, manager, organisation, email=f"a@{organisation.slug}.example")
        people.append(a_person(here, f"Approver {name}", Role.APPROVER, organisation=organisation))
    return manager, second, *people


def number_of(words):
    return next(one.number for one in passages(edition("2026").text) if one.part == PART and words in one.words)


def a_proposal(act, person, numbers=None, part=PART):
    chosen = (number_of(HELD),) if numbers is None else numbers
    return withholding.propose(
        act.as_(person), part=part, numbers=chosen, exemption=LAW, reason="It names a tactic", path=PATH
    )


def told_that(act, manager, said):
    return {one.to for one in waiting(act.as_(manager))[0] if one.subject == SUBJECT and said in one.body}


def withhold(act, parties, **more):
    manager, _, thornby, police = parties
    made = a_proposal(act, thornby, **more)
    withholding.answer(act.as_(police), made, agrees=True, words="")
    withholding.decide(act.as_(manager), made, withhold=True, words="All agreed at the board", path=PATH)
    return made


def test_a_partner_proposes_the_others_answer_and_the_decision_is_recorded(here, parties):
    manager, second, thornby, police = parties
    made = a_proposal(here, thornby)
    assert told_that(here, manager, "A partner proposes") == {police.email, manager.email, second.email}
    assert withheld(here.store) == {}, "a proposal alone withholds nothing"
    with pytest.raises(EditionStateError, match="1 of the partners"):
        withholding.decide(here.as_(manager), made, withhold=True, words="Done", path=PATH)
    with pytest.raises(AnswersNeededError):
        withholding.answer(here.as_(police), made, agrees=False, words=" ")
    with pytest.raises(NotFoundError, match="The others answer"):
        withholding.answer(here.as_(thornby), made, agrees=True, words="")
    withholding.answer(here.as_(police), made, agrees=False, words="The public should know")
    withholding.answer(here.as_(police), made, agrees=True, words="After the talk")
    seen = proposal(here.as_(police), made)
    assert [(one.organisation, one.agrees, one.words) for one in seen.answers] == [
        ("Anytown Police", True, "After the talk")
    ]
    withholding.decide(here.as_(manager), made, withhold=True, words="All agreed at the board", path=PATH)
    assert told_that(here, manager, "is withheld") == {police.email, second.email}
    assert [line.exemption for line in public_lines(here.store)] == [LAW]
    with pytest.raises(AlreadyDoneError):
        withholding.answer(here.as_(police), made, agrees=True, words="")
    withholding.end(here.as_(thornby), made)
    assert withheld(here.store) == {}
    assert recorded(here, f"withholding:{made}") == [
        f"withholding:{said}" for said in ("proposed", "answered", "answered", "agreed", "ended")
    ]


def test_a_withheld_passage_stands_as_withheld_in_every_edition_and_only_signatories_have_its_words(here, parties):
    withhold(here, parties)
    public = words_in_force(here.store, today(NOW))
    assert HELD not in public.edition.text
    assert f"- [Withheld under Section 15: {LAW}]" in public.edition.text
    assert places(public.edition) == 1
    assert "1 passage withheld under Section 15. The hash is that of the whole text." in edition_text(public).notes
    assert not any(HELD in rule.text for rule in public.edition.rules)
    whole = whole_words_in_force(here.store, today(NOW))
    assert HELD in whole.edition.text
    assert public.sha256 == whole.sha256, "the hash is that of the whole, so that signing still binds to it"
    old = words_named(here.store, "2009", today(NOW))
    assert HELD not in repr(what_changed(old, public))
    assert len(public.parts()) == len(whole.parts())


def test_the_withheld_words_stay_withheld_in_the_next_edition(here, parties):
    withhold(here, parties)
    draft = a_published_edition(here)
    assert HELD not in words_named(here.store, draft, today(NOW)).edition.text


def test_a_signed_copy_holds_the_whole_text(here, parties):
    withhold(here, parties)
    made = a_signatory(here, parties[0], an_organisation(here, "New Council"), email="n@new.example")
    with reading(here.store.engine) as session:
        assert HELD in words_kept(session, session.get(Signature, made.id).words_sha256).edition.text


def test_a_whole_section_can_be_withheld(here, parties):
    withhold(here, parties, numbers=())
    public = words_in_force(here.store, today(NOW))
    part = next(one for one in public.parts() if one.title == PART)
    assert "partner" not in part.text.replace("Withheld under Section 15", "")


def test_after_14_days_it_is_decided_with_the_answers_that_came(here, parties):
    manager, _, thornby, _ = parties
    made = a_proposal(here, thornby)
    later = replace(here, at=NOW + timedelta(days=14, minutes=1))
    with pytest.raises(EditionStateError):
        withholding.decide(
            replace(here, at=NOW + timedelta(days=13)).as_(manager), made, withhold=False, words="Too soon", path=PATH
        )
    withholding.decide(later.as_(manager), made, withhold=False, words="Nobody else wanted it", path=PATH)
    assert withheld(here.store) == {}
    assert proposals(here.as_(manager))[0].status == "published"
    assert recorded(here, f"withholding:{made}") == ["withholding:proposed", "withholding:refused"]
    assert told_that(here, manager, "stays public") == {parties[3].email, parties[1].email}


def test_who_proposed_does_not_decide(here, parties):
    manager, second, thornby, police = parties
    made = a_proposal(here, manager)
    for person in (thornby, police):
        withholding.answer(here.as_(person), made, agrees=True, words="")
    with pytest.raises(OwnProposalError):
        withholding.decide(here.as_(manager), made, withhold=True, words="I think so", path=PATH)
    withholding.decide(here.as_(second), made, withhold=True, words="All agree", path=PATH)
    assert withheld(here.store)


def test_the_same_passage_is_proposed_once_at_a_time(here, parties):
    _, _, thornby, police = parties
    a_proposal(here, thornby)
    with pytest.raises(AlreadyDoneError):
        a_proposal(here, police)


def test_a_partner_that_has_stopped_neither_proposes_nor_answers(here, parties):
    _, _, thornby, police = parties
    made = a_proposal(here, thornby)
    notices.give_notice(
        here.as_(police), police.organisation_id, notices.NoticeEffect.SUSPENSION, REASONS, key="k" * 20
    )
    with pytest.raises(NotActiveError):
        withholding.answer(here.as_(police), made, agrees=True, words="")
    with pytest.raises(NotActiveError):
        a_proposal(here, police, numbers=(1,))


@pytest.mark.parametrize("role", [Role.PARTNER, Role.CHAIR, Role.OFFICER])
def test_others_see_no_proposal(here, parties, role):
    made = a_proposal(here, parties[2])
    other = a_person(here, "Not Me", role, organisation=an_organisation(here, "Elsewhere"))
    with pytest.raises(NotAllowedError):
        proposal(here.as_(other), made)
    with pytest.raises(NotAllowedError):
        a_proposal(here, other)


def test_only_who_decides_or_proposed_publishes_it_again(here, parties):
    made = withhold(here, parties)
    other = an_organisation(here, "Elsewhere")
    roles = [role for role in Role if role is not Role.MANAGER]
    for person in (*(a_person(here, f"Not Me {role}", role, organisation=other) for role in roles), parties[3]):
        with pytest.raises(NotFoundError):
            withholding.end(here.as_(person), made)
    assert withheld(here.store) != {}


@pytest.mark.parametrize("law", ["", "[x](http://e.org)", "*bold*", "{council}", "<b>", "x" * 201])
def test_the_exemption_is_plain_words(here, parties, law):
    with pytest.raises(AnswersNeededError) as refused:
        withholding.propose(here.as_(parties[2]), part=PART, numbers=(1,), exemption=law, reason="Because", path=PATH)
    assert set(refused.value.problems) == {"exemption"}


def test_the_proposer_is_told_where_the_portal_says_the_same_words_elsewhere():
    of = edition("2026")
    gateway = next(one for one in of.gateways if len(one.summary) > 40)
    assert "gateways" in stands_also_in(of, gateway.summary)
    assert stands_also_in(of, "Words that stand nowhere else in it at all") == ()
