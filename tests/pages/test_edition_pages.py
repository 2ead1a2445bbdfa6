"""Drafting an edition, authorising it and asking everybody to sign again, as Streamlit runs the pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.reviews import AgreementReview
from portal.agreement.editions.current import in_force
from portal.agreement.editions.review import due_on
from portal.ground.act import PUBLIC, Role
from portal.ground.database import transaction
from portal.ground.wording import day, today
from portal.rules.edition.editions import edition, unverified
from portal.ui.words import escaped
from tests.builders import a_partnership, a_person, an_agreement_in_force, an_organisation
from tests.pages.conftest import words
from tests.pages.test_signature_pages import press
from tests.signing_builders import a_draft, a_manager, a_published_edition, a_signatory


@pytest.fixture
def here(now):
    act = replace(now, person=PUBLIC)
    a_partnership(act)
    return act


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("cover.versions")
def test_a_manager_drafts_and_hands_over_and_two_others_authorise(open_page, here):
    manager, chair = a_manager(here), a_person(here, "Cleo Chair", Role.CHAIR)
    officer = a_person(here, "Oz Officer", Role.OFFICER)
    app = press(open_page("editions", manager), "Draft the next edition")
    draft = "2026-2"
    assert "Those change with a release of the portal" in words(app)
    app = open_page("edition-write", manager, id=draft)  # AppTest stays on the page it was switched to only once
    assert (
        "Two managers, chairs or officers who wrote none of it must authorise it. No word changes after you hand it over."
        in words(app)
    )
    app.selectbox(key="edition.part").set_value("13 Review of this agreement").run()
    app.text_area[0].set_value("We look at this agreement *every* year.")
    app = press(app, "Keep these words")
    assert "The words are kept" in words(app)
    app = press(app, "Hand it over to be authorised")
    assert "Say what changed" in words(app)
    app.text_input(key="edition.change").set_value("Section 13 is shorter")
    app.text_input(key="edition.force_from").set_value(day(today(here.at)))
    app = press(app, "Keep this")
    press(app, "Hand it over to be authorised")
    app = open_page("edition-check", manager, id=draft)
    assert "It waits for 2 people" in words(app)
    assert not any(button.label == "Authorise these words" for button in app.button)
    app = press(open_page("edition-check", chair, id=draft), "Authorise these words")
    assert "One more person must." in words(app)
    app = press(open_page("edition-check", officer, id=draft), "Authorise these words")
    assert "takes force on its day" in words(app)
    assert in_force(here.store, today(here.at)).id == draft
    assert "*every* year" in words(open_page("agreement", part="text"))
    said = words(open_page("edition-check", manager, id=draft))
    assert "authorised an edition" in said
    assert all(f">{one.name}<" in said.partition("Who decided")[2] for one in (chair, officer))
    assert "<ins>" in said.partition("What changed, word by word")[2]


@pytest.mark.clause("cover.versions")
def test_an_edition_changed_while_it_was_read_is_not_authorised(open_page, here):
    from portal.agreement.editions import drafting  # noqa: PLC0415 - only here
    from tests.signing_builders import change_paragraph, link  # noqa: PLC0415 - only here

    manager, chair = a_manager(here), a_person(here, "Cleo Chair", Role.CHAIR)
    draft = a_draft(here, manager, begins=day(today(here.at)))
    drafting.hand_over(here.as_(manager), draft, link)
    app = open_page("edition-check", chair, id=draft)
    drafting.take_back(here.as_(manager), draft)
    change_paragraph(here.as_(manager), draft, "Slipped in")
    drafting.hand_over(here.as_(manager), draft, link)
    app = press(app, "Authorise these words")
    assert "changed while you were reading" in words(app)
    assert "One more person must" in words(press(app, "Authorise these words"))


@pytest.mark.clause("cover.versions")
def test_the_manager_sees_who_has_not_signed_and_writes_again(open_page, here):
    manager, council = a_manager(here), an_organisation(here)
    a_signatory(replace(here, at=here.at - timedelta(days=3)), manager, council)
    a_published_edition(here, begins=day(today(here.at)))
    app = open_page("editions", manager)
    assert council.name in words(app)
    assert "Not yet" in words(app)
    app = press(app, "Send the letter")
    assert "waits to be handed over" in words(app)
    assert "1 letter" in words(app)
    assert "Wait a day" in words(press(app, "Send the letter"))
    assert "new edition to sign" in words(open_page("register"))


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("s15.publish")
def test_a_review_is_recorded_on_its_page_beside_where_each_partner_publishes(open_page, here):
    manager, council = a_manager(here), an_organisation(here)
    a_signatory(here, manager, council)
    app = open_page("agreement-review", manager)
    due = day(due_on(here.store, today(here.at)))
    for told in (
        "Next review by",
        due,
        "Not yet due",
        "Each partner records its own address",
        "Anytown Parish Council",
    ):
        assert told in words(app)
    assert "Not recorded" in words(app)
    assert ">No<" in words(app)
    partner = open_page("organisation", a_person(here, "Ann Approver", Role.APPROVER, organisation=council))
    assert "Each partner puts the agreement on its website." in words(partner)
    partner.text_input(key="publication.address").set_value("ftp://anytown.example")
    partner = press(partner, "Record the address")
    assert "There is a problem" in words(partner)
    partner.text_input(key="publication.address").set_value("https://www.anytown.example/agreement")
    partner.checkbox(key="publication.scheme").check()
    assert "The address is recorded" in words(press(partner, "Record the address"))
    said = words(open_page("agreement-review", manager))
    for told in ("https://www.anytown.example/agreement", ">Yes<", f">{day(today(here.at))}<"):
        assert told in said
    app = open_page("agreement-review", manager)
    assert "Select what came of it" in words(press(app, "Record the review"))
    app.text_input(key="review.reviewed_on").set_value(day(today(here.at)))
    app.radio[0].set_value("no change")
    app.text_area(key="review.words").set_value("The board: it holds.")
    app = press(app, "Record the review")
    assert "The review is recorded" in words(app)
    assert "The board: it holds." in words(app)
    assert "Reviews so far" in words(app)
    with transaction(here.store.engine) as session:
        row = session.exec(select(AgreementReview)).one()
        row.reviewed_on, row.next_on = (today(here.at) - timedelta(days=ago) for ago in (400, 1))
        session.add(row)
    assert ">Late<" in words(open_page("agreement-review", manager))


@pytest.mark.clause("cover.versions")
@pytest.mark.clause("cover.placeholders")
def test_the_page_of_adoption_says_what_is_open_until_the_agreement_is_in_force(open_page, now):
    act = replace(now, person=PUBLIC)
    a_partnership(act, in_force=False)
    manager = a_manager(act)
    app = open_page("edition-adopt", manager)
    for told in (
        "Blanks still open",
        "- Reference number of this agreement",
        "Points of law still unchecked",
        escaped(unverified(edition("2026"))[0].source),
        "People who must still authorise it",
    ):
        assert told in words(app)
    assert not any(button.label == "Authorise these words" for button in app.button)
    an_agreement_in_force(act)
    assert "The agreement is in force. Organisations can sign it." in words(open_page("edition-adopt", manager))
