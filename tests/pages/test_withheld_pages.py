"""No word that the partners withheld leaves by any public page or route; who signs still reads the whole (s15)."""

import io
from dataclasses import replace

import pypdf
import pytest
from starlette.routing import Route

from portal.accounts.posts import add_post
from portal.agreement.editions.passages import passages
from portal.agreement.editions.wording import whole_words_in_force
from portal.agreement.signing.journey import cookie_name
from portal.agreement.withholding import proposals as withholding
from portal.ground.act import PUBLIC, Role
from portal.ground.database import transaction
from portal.ground.page_access import PAGES
from portal.ground.settings import ROOT
from portal.ground.wording import day, today
from portal.record.events import Event, in_words
from portal.web.routes import routes
from tests.builders import a_partnership, a_person, an_organisation
from tests.pages.conftest import words
from tests.pages.test_signature_pages import press
from tests.signing_builders import a_manager, a_published_edition, a_signatory, ready_to_sign

SECRET = "Quokka patrols meet behind the zephyr depot."
PART = "13 Review of this agreement"
LAW = "Freedom of Information Act 2000, section 31"
ABOUT_THE_WORDS = [
    page.address
    for page in PAGES
    if not page.roles
    and not page.address.startswith(("sign-", "set-up"))
    and any(word in (ROOT / "pages" / page.file).read_text() for word in ("words_", "edition_text", "edition"))
]


@pytest.fixture
def here(now):
    """An edition in force since today, one passage of which is withheld."""
    act = replace(now, person=PUBLIC)
    a_partnership(act)
    a_published_edition(act, words=SECRET, begins=day(today(act.at)))
    manager, second = a_manager(act), a_manager(act, "Dan Okafor")
    text = whole_words_in_force(act.store, today(act.at)).edition.text
    number = next(one.number for one in passages(text) if one.words == SECRET)
    made = withholding.propose(
        act.as_(manager), part=PART, numbers=(number,), exemption=LAW, reason="A tactic", path="http://127.0.0.1"
    )
    withholding.decide(act.as_(second), made, withhold=True, words="All agreed", path="http://127.0.0.1")
    return act


@pytest.mark.clause("s15.withhold")
def test_no_public_page_shows_a_withheld_word(open_page, here):
    assert {"agreement", "compare", "who-may-tell", "register", "sign"} <= set(ABOUT_THE_WORDS)
    shown = [words(open_page(address)) for address in ABOUT_THE_WORDS]
    shown += [words(open_page("agreement", edition="2026-2", part=part)) for part in ("text", "appendices", "versions")]
    shown.append(words(open_page("compare", **{"from": "2026-2", "to": "2009"})))
    for said in shown:
        assert not {"quokka", "zephyr"} & set(said.lower().split())
    assert f"[Withheld under Section 15: {LAW}]" in "".join(shown)
    table = words(open_page("agreement", edition="2026-2", part="versions")).partition("Withheld under Section 15")[2]
    assert LAW in table
    assert "1 passage of this edition is withheld" in "".join(shown)


@pytest.mark.clause("s15.withhold")
def test_no_plain_route_gives_a_withheld_word(client, here):
    asked = [route.path for route in routes() if isinstance(route, Route) and "{" not in route.path]
    for path in [*asked, "/agreement.pdf?edition=2026-2", "/agreement.pdf?edition=2026"]:
        answer = client.get(path)
        body = answer.content
        if body.startswith(b"%PDF"):
            body = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).encode()
            assert b"Withheld under Section 15" in body or "2026" in path[-5:]
        assert b"quokka" not in body.lower(), path
        assert b"zephyr" not in body.lower(), path


def test_the_pdf_is_made_anew_when_a_passage_is_withheld_and_again_when_it_is_public(client, here):
    hidden = client.get("/agreement.pdf").content
    manager = a_manager(here, "Third Manager")
    from portal.agreement.withholding.views import proposals  # noqa: PLC0415 - only here

    withholding.end(here.as_(manager), proposals(here.as_(manager))[0].id)
    whole = client.get("/agreement.pdf").content
    assert whole != hidden
    assert "Quokka" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(whole)).pages)


@pytest.mark.clause("s15.withhold")
def test_who_signs_reads_the_whole(open_page, here, cookies):
    cookies[cookie_name(secure=False)] = ready_to_sign(here, an_organisation(here))
    said = words(open_page("sign-read"))
    assert "Quokka" in said
    assert "You sign the whole text" in said


@pytest.mark.clause("s15.withhold")
def test_an_approver_proposes_and_another_answers_on_the_pages(open_page, here):
    manager, council = a_manager(here, "Fourth Manager"), an_organisation(here, "Thornby Council")
    other = an_organisation(here, "Anytown Police")
    for one in (council, other):
        a_signatory(here, manager, one, email=f"a@{one.slug}.example")
    ann = a_person(here, "Ann Approver", Role.APPROVER, organisation=council)
    bob = a_person(here, "Bob Approver", Role.APPROVER, organisation=other)
    app = press(open_page("withholding-new", ann), "Propose it to the partners")
    assert (
        "A withheld passage shows as withheld on the pages, in the PDF and in comparisons. Those who sign still read it whole."
        in words(app)
    )
    assert "Every partner that has signed is told, and answers. Until it is decided the words stay public." in words(
        app
    )
    assert "Those who sign still read it whole." in words(app)
    for problem in ("Select the passages", "Name the exemption", "Enter the reason"):
        assert problem in words(app)
    app.checkbox(key="withholding.whole").check().run()
    app.text_input(key="withholding.exemption").set_value(LAW)
    app.text_area(key="withholding.reason").set_value("It *names* a tactic")
    press(app, "Propose it to the partners")
    from portal.agreement.withholding.views import proposals  # noqa: PLC0415 - only here

    made = proposals(here.as_(bob))[0].id
    both = a_person(here, "Cas Approver", Role.APPROVER, organisation=other)
    with transaction(here.store.engine) as session:
        add_post(session, here.as_(manager), both.id, Role.MANAGER, None)
    asked = open_page("withholding", both, id=made)
    assert [one.label for one in asked.text_area] == ["Why (needed where you disagree)", "How you came to it"]
    assert "Record it when every partner has answered, or from" in words(asked)
    assert in_words(Event.WITHHOLDING_PROPOSED) in words(asked)
    app = open_page("withholding", bob, id=made)
    assert "Until it is decided these words stay public. Each partner answers; one that disagrees says why." in words(
        app
    )
    assert "Select whether you agree" in words(press(app, "Send the answer"))
    app.radio[0].set_value("yes")
    assert "Your answer is kept" in words(press(app, "Send the answer"))
    app = open_page("withholding", manager, id=made)
    app.radio[0].set_value("withhold")
    app.text_area(key="withholding.decision.words").set_value("At the board")
    assert "The decision is recorded" in words(press(app, "Record the decision"))
    assert "Thornby Council" in words(open_page("withholding", ann))
