"""The manager's check and notices, as Streamlit runs them."""

from dataclasses import replace

import pytest

from portal.agreement.notices.standing import SignatoryStatus, standing_of
from portal.ground.act import PUBLIC, Role
from tests.builders import a_partnership, a_person, a_session, an_organisation
from tests.pages.conftest import words
from tests.signing_builders import a_manager, a_signatory, a_signature


@pytest.fixture
def here(now):
    act = replace(now, person=PUBLIC)
    a_partnership(act)
    return act


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return app.run()


@pytest.mark.clause("s16.copy-to-information-manager")
def test_the_manager_checks_and_confirms(open_page, here):
    manager, council = a_manager(here), an_organisation(here, "Thornby *Parish* Council")
    made = a_signature(here, council, email="ann@gmail.com")
    assert "Thornby *Parish* Council" in words(open_page("signature", manager))
    app = open_page("signature", manager, id=made.id)
    for expected in (
        *("Ann Clerk", "ann@gmail.com", "free mail", "Not checked yet", f"/signature/copy/{made.id}"),
        "No mail could check the address. Say how you checked it, such as by telephone on a public number.",
        "Not known from before",
        "They answered yes to: ",
    ):
        assert expected in words(app)
    app = press(app, "Record the decision")
    assert "Select what you decide" in words(app)
    app.radio[0].set_value("confirm")
    app = press(app, "Record the decision")
    assert "Say how you checked" in words(app)
    app.radio[0].set_value("confirm")
    app.text_area(key="signature.words").set_value("Telephoned the council")
    app = press(app, "Record the decision")
    assert "Confirmed" in words(app)
    assert "confirmed a signature" in words(app)
    assert standing_of(here.store, council.id).status is SignatoryStatus.SIGNED
    assert "Nothing is waiting." in words(open_page("signature", manager))


@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.parametrize(("choice", "said"), [("ask", "A question was asked"), ("decline", "Declined")])
def test_the_manager_asks_or_declines(open_page, here, choice, said):
    manager, made = a_manager(here), a_signature(here, an_organisation(here))
    app = open_page("signature", manager, id=made.id)
    app.radio[0].set_value(choice)
    app.text_area(key="signature.words").set_value("The council does not know this person")
    assert said in words(press(app, "Record the decision"))


def test_the_second_manager_is_told_who_was_faster(open_page, here):
    from portal.agreement.signing import confirmation  # noqa: PLC0415 - only here

    first, second = a_manager(here), a_manager(here, "Dan Okafor")
    made = a_signature(here, an_organisation(here))
    app = open_page("signature", second, id=made.id)
    confirmation.decline(here.as_(first), made.id, reason="Not known")
    app.radio[0].set_value("confirm")
    app.text_area(key="signature.words").set_value("Known to me")
    app = press(app, "Record the decision")
    assert "Declined" in words(app)
    assert "Priya Shah decided this on" in words(app)


@pytest.mark.clause("s16.copy-to-information-manager")
def test_nobody_else_opens_the_check(open_page, here):
    made = a_signature(here, an_organisation(here), name="Zebedee Quill")
    for role in (Role.PARTNER, Role.APPROVER, Role.CHAIR, Role.OFFICER):
        person = a_person(here, f"Eve {role}", role, organisation=an_organisation(here, f"Org {role}"))
        said = words(open_page("signature", person, id=made.id))
        assert "You cannot open this page" in said
        assert "Zebedee" not in said
    assert "Zebedee" not in words(open_page("signature", None, id=made.id))


def test_a_signature_that_does_not_exist_is_a_closed_page(open_page, here):
    assert "You cannot open this page" in words(open_page("signature", a_manager(here), id="' OR 1=1"))


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
def test_an_approver_gives_notice_for_their_own_organisation_only(open_page, here):
    council, other = an_organisation(here), an_organisation(here, "Other Council")
    manager = a_manager(here)
    a_signatory(here, manager, council)
    a_signatory(here, manager, other, email="b@other.example")
    approver = a_person(here, "Jo Bell", Role.APPROVER, organisation=council)
    app = open_page("notice", approver, organisation=other.id)
    for told in (
        "Anytown Parish Council",
        "A notice holds at once. The register shows it, and the Chair is told. What was shared before stays governed.",
    ):
        assert told in words(app)
    app = press(app, "Give the notice")
    assert "Select what you want to do" in words(app)
    app.radio[0].set_value("suspension")
    app = press(app, "Give the notice")
    assert "Enter the reason" in words(app)
    app.radio[0].set_value("suspension")
    app.text_area(key="notice.reason").set_value("A review")
    app.text_area(key="notice.evidence").set_value("Minute 12")
    app = press(app, "Give the notice")
    assert "Stopped for now" in words(app)
    assert "/notice/copy/" in words(app)
    assert "Nothing that it received through this portal is left with it." in words(app)
    assert standing_of(here.store, council.id).status is SignatoryStatus.SUSPENDED
    assert standing_of(here.store, other.id).status is SignatoryStatus.SIGNED


@pytest.mark.clause("s14.suspension")
def test_the_manager_records_a_notice_for_any_organisation(open_page, here):
    manager, council = a_manager(here), an_organisation(here)
    a_signatory(here, manager, council)
    app = open_page("notice", manager)
    app.text_input(key="notice.q").set_value("anytown")
    assert f"/notice?organisation={council.id}" in words(app.run())
    app = open_page("notice", manager, organisation=council.id)
    app.radio[0].set_value("withdrawal")
    app.text_area(key="notice.reason").set_value("Merged")
    app.text_area(key="notice.evidence").set_value("Letter")
    app.text_input(key="notice.name").set_value("Jo Bell")
    app.text_input(key="notice.position").set_value("Clerk")
    app = press(app, "Record the notice")
    assert standing_of(here.store, council.id).status is SignatoryStatus.LEFT
    assert "No notice fits" in words(app)


@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("s16.declaration")
def test_a_manager_records_a_paper_and_a_second_one_checks_it(open_page, here, client):
    from tests.unit.portal.agreement.test_on_paper import a_scan, recorded  # noqa: PLC0415 - only here

    manager, second, council = a_manager(here), a_manager(here, "Dan Okafor"), an_organisation(here)
    app = open_page("signature-paper", manager)
    for told in (
        "Keep the paper. Its scan is kept sealed, without what a camera or an author wrote into it.",
        "It counts when a second Information Manager has compared it with the scan.",
    ):
        assert told in words(app)
    app = press(app, "Record this signature")
    for problem in ("Select the organisation", "the name on the paper", "the date on the paper"):
        assert problem in words(app)
    made = recorded(here, manager, council)
    assert "You recorded this" in words(open_page("signature", manager, id=made))
    said = words(open_page("signature", second, id=made))
    assert f"/signature/scan/{made}" in said
    assert "On paper: open the scan" in said
    assert client.get(f"/signature/scan/{made}").status_code == 404
    client.cookies.set("portal_session", a_session(here, second))
    opened = client.get(f"/signature/scan/{made}")
    assert (opened.headers["content-type"], opened.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert opened.content != a_scan()
