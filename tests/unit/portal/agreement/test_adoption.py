"""An unfinished agreement is never signed: blanks filled, facts settled, two people, and only then in force."""

import pytest

from models.partnership import Partnership
from portal.agreement.editions.adoption import bring_into_force, preparation
from portal.agreement.editions.current import known_edition
from portal.agreement.editions.wording import words_named
from portal.agreement.errors import EditionStateError, InPreparationError, TextChangedError
from portal.agreement.signing import journey
from portal.agreement.signing.on_paper import editions_signed_on
from portal.ground.act import Role
from portal.ground.database import transaction
from portal.ground.errors import NotAllowedError, NotFoundError
from portal.ground.wording import day, today
from portal.partnership import blanks
from portal.partnership.changes import change_blanks, confirm_facts, strike_facts, unconfirmed
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_partnership, a_person, an_organisation
from tests.signing_builders import link


@pytest.fixture
def manager(act):
    a_partnership(act, in_force=False)
    return act.as_(a_person(act, "Priya Shah", Role.MANAGER))


@pytest.fixture
def chair(act, manager):
    return act.as_(a_person(act, "Farah Khan", Role.CHAIR))


def every_blank():
    return {one.key: one.example for _, group in blanks.blanks() for one in group}


def settle(manager):
    of = edition_in_force(today(manager.at))
    struck = []
    for fact in unconfirmed(manager, of):
        if fact.may_be_struck:
            strike_facts(manager, of, [fact.key], "No source was found.")
            struck.append(fact.fact.id)
        else:
            confirm_facts(manager, of, [fact.key], "Read on legislation.gov.uk.")
    return struck


def authorise(act, shown=""):
    return bring_into_force(act, shown_sha256=shown or preparation(act).sha256, link=link)


@pytest.mark.clause("cover.placeholders")
def test_with_an_open_blank_or_an_unsettled_fact_nobody_can_authorise_it_or_sign_it(manager, chair):
    before = preparation(chair)
    assert "Reference number of this agreement" in before.open_blanks
    assert not before.whole
    for one in (manager, chair):
        with pytest.raises(EditionStateError, match="every blank"):
            authorise(one)
    with pytest.raises(InPreparationError):
        journey.begin(manager)
    assert "2026" not in editions_signed_on(manager)
    assert "In preparation" in words_named(manager.store, "", today(manager.at)).standing
    change_blanks(manager, every_blank())
    filled = preparation(chair)
    assert (filled.open_blanks, filled.whole) == ((), False)
    assert "cpa-2026-csa-report" in {one.id for one in filled.unchecked}
    with pytest.raises(EditionStateError, match="every point of law"):
        authorise(chair)


@pytest.mark.clause("cover.versions")
@pytest.mark.clause("cover.placeholders")
def test_two_people_bring_it_into_force_and_what_is_signed_holds_no_open_blank_and_no_unchecked_mark(manager, chair):
    change_blanks(manager, every_blank() | {"in_force_date": "1 December 2026"})
    struck = settle(manager)
    assert authorise(manager) is False
    assert authorise(manager) is False  # the same person again is still one person
    with pytest.raises(InPreparationError):
        journey.begin(manager)
    assert preparation(chair).still_needed == 1
    assert authorise(chair) is True
    assert preparation(chair) is None
    words = words_named(manager.store, "", today(manager.at))
    whole = words.filled(words.edition.text)
    assert "[" not in whole.replace("](", "")
    assert "not yet checked" not in whole.lower()
    assert "is a draft" not in whole
    assert words.unchecked_facts() == ()
    assert not {one.id for one in words.edition.gateways} & set(struck)
    last = words.edition.version_record[-1]
    assert (last.change, last.authorised) == ("Brought into force", "Chair and Information Manager")
    early = f"Can be signed since {day(manager.at)}. It starts on 1 December 2026."
    assert words.standing == early, "no agreement is in force since a day to come"
    journey.begin(manager)


@pytest.mark.clause("cover.versions")
def test_an_authorisation_holds_only_for_the_words_that_were_on_the_screen(manager, chair):
    change_blanks(manager, every_blank())
    settle(manager)
    shown = preparation(chair).sha256
    authorise(manager)
    change_blanks(manager, {"isa_ref": "CSP-ISA-002"})
    assert preparation(chair).authorised == ()
    with pytest.raises(TextChangedError):
        authorise(chair, shown)
    assert authorise(chair) is False
    assert authorise(manager) is True
    change_blanks(manager, {"isa_ref": "CSP-ISA-003"})
    assert words_named(manager.store, "", today(manager.at)).blanks["isa_ref"] == "CSP-ISA-002"


@pytest.mark.clause("cover.versions")
def test_only_who_may_authorises_and_only_what_can_be_left_out_is_struck(act, manager):
    clerk = act.as_(a_person(act, "Ann Clerk", Role.PARTNER, organisation=an_organisation(act)))
    with pytest.raises(NotAllowedError):
        preparation(clerk)
    of = edition_in_force(today(act.at))
    with pytest.raises(NotFoundError):
        strike_facts(manager, of, ["handling/email"], "Nobody knows.")


@pytest.mark.clause("cover.versions")
def test_an_edition_whose_words_were_altered_after_it_was_authorised_is_not_shown(act, manager, chair):
    from models.editions import EditionAdoption  # noqa: PLC0415 - only here
    from portal.rules.errors import SealBrokenError  # noqa: PLC0415 - only here

    change_blanks(manager, every_blank())
    settle(manager)
    authorise(manager)
    authorise(chair)
    with transaction(act.store.engine) as session:
        row = session.get(EditionAdoption, "2026")
        row.blanks = row.blanks.replace("CSP-ISA-001", "CSP-ISA-009")
        session.add(row)
        assert session.get(Partnership, 1)
    with pytest.raises(SealBrokenError):
        known_edition(act.store, "2026")
