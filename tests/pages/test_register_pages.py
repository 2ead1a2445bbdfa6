"""The register, the agreement, who may tell whom, and the check of a document, as Streamlit runs them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from models.partnership import Partnership
from portal.agreement.editions.edition_paper import who_may_use
from portal.agreement.editions.wording import words_in_force
from portal.agreement.notices import notices
from portal.agreement.signing import copies
from portal.app.clause_coverage import clause_coverage
from portal.ground.act import PUBLIC
from portal.ground.database import transaction
from portal.ground.wording import day, today
from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import edition as rules_edition
from portal.ui.words import escaped, plain
from tests.builders import a_partnership, an_organisation
from tests.pages.conftest import words
from tests.signing_builders import REASONS, SECURITY, a_manager, a_signatory, a_signature
from tests.unit.portal.agreement.test_register import many


@pytest.fixture
def here(now):
    act = replace(now, person=PUBLIC)
    a_partnership(act)
    return act


@pytest.fixture
def listed(here):
    manager, then = a_manager(here), replace(here, at=here.at - timedelta(days=50))
    for name, kind in (("Anytown Parish Council", ""), ("Ferny *Homes*", "suspension"), ("Gone Council", "withdrawal")):
        council = an_organisation(here, name)
        a_signatory(then, manager, council, name="Zebedee Quill")
        if kind:
            notices.give_notice(here.as_(manager), council.id, notices.NoticeEffect(kind), REASONS, key=name)
    return here


def test_the_register_answers_before_set_up(open_page):
    app = open_page("register")
    assert app.title[0].value == "Who has signed the agreement"
    assert "No organisations have signed yet" in words(app)


@pytest.mark.clause("s2.statutory-partners-sign")
@pytest.mark.clause("s16.public-list")
def test_the_list_counts_filters_and_keeps_its_search_in_the_address(open_page, listed):
    app = open_page("register")
    said = words(app)
    assert f"**2 organisations** on {day(listed.at)}." in said
    assert "Download the list (JSON)" in said
    for one in ("Parish or town council", "Signed", "Stopped for now", day(listed.at - timedelta(days=50))):
        assert f">{one}<" in said
    assert "Ferny *Homes*" in said
    assert "Gone Council" not in said
    assert "Zebedee" not in said
    assert all(f"/signatories.{kind}" in said for kind in ("csv", "json", "atom"))
    assert f"/signatories?as_of={listed.at.date().isoformat()}" in said
    missing = said.partition("No organisation of these kinds has signed")[2].partition(".")[0]
    assert "Police force" in missing
    app.text_input(key="register.q").set_value("ferny")
    app = app.run()
    assert "**1 organisation**" in words(app)
    assert app.query_params["q"] in ("ferny", ["ferny"])
    assert "**3 organisations**" in words(open_page("register", status="all"))
    then = (listed.at - timedelta(days=10)).date().isoformat()
    assert "Stopped for now</span>" not in words(open_page("register", as_of=then))


@pytest.mark.clause("s16.public-list")
def test_a_slip_of_the_pen_finds_near_names(open_page, listed):
    said = words(open_page("register", q="Anytwon Parish Council"))
    assert "No organisations match" in said
    assert "/register?organisation=anytown-parish-council" in said


@pytest.mark.clause("s15.publish")
@pytest.mark.clause("s16.public-list")
def test_one_signatory_has_its_history(open_page, listed):
    app = open_page("register", organisation="ferny-homes")
    said = words(app)
    assert any('/agreement">Our information sharing agreement</a>' in one.value for one in app.code)
    assert any("/signatories/" in one.value for one in app.code)
    assert "Stopped for now" in said
    for told in ("Kind", "Edition signed", f"Status on {day(listed.at)}", "Since", "How its standing changed"):
        assert told in said
    assert 'href="/signatories/ferny-homes"' in said
    assert "No names of people stand in this register." in said
    assert "/signatories/ferny-homes/badge.svg" in said
    assert "You cannot open this page" in words(open_page("register", organisation="nobody"))


@pytest.mark.threat("DO1")
@pytest.mark.clause("s16.public-list")
def test_ten_thousand_signatories_are_paged(open_page, here):
    many(here, [f"Council {number:05}" for number in range(10_000)])
    app = open_page("register", page="200")
    assert "**10,000 organisations**" in words(app)
    assert words(app).count("/register?organisation=") == 50
    assert "Council 09999" in words(app)
    assert "page=199" in words(app)


@pytest.mark.parametrize(
    "query", [{"page": "-1"}, {"page": "1e9"}, {"as_of": "soon"}, {"q": "%" * 5000}, {"kind": "x", "status": "y"}]
)
def test_odd_addresses_are_clamped(open_page, listed, query):
    assert open_page("register", **query).title[0].value == "Who has signed the agreement"


@pytest.mark.clause("s9.security-standards")
@pytest.mark.clause("cover.placeholders")
@pytest.mark.clause("cover.summary")
@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s3.gateways")
@pytest.mark.clause("app1.datasets")
@pytest.mark.parametrize("edition", ["2026", "2009"])
@pytest.mark.clause("s6.statement-outside-meetings")
def test_the_agreement_shows_every_part(open_page, here, edition):
    wanted = {
        "summary": "Summary sheet",
        "text": "ignatories",
        "laws": "Crime and Disorder Act 1998",
        "data": "Data sets sent each quarter",
        "appendices": "Attendance" if edition == "2026" else "ATTENDANCE",
        "versions": "24 April 2008",
    }
    for part, expected in wanted.items():
        app = open_page("agreement", edition=edition, part=part)
        assert expected.lower() in words(app).lower()
        assert "{council}" not in words(app)
        assert (SECURITY[edition] in words(app)) is (part == "text")
        if part == "data":
            of = rules_edition(edition)
            for one in data_sets(edition):
                assert escaped(one.title) in words(app)
                assert not of.has_kind(kind := one.provider(edition)) or escaped(of.kind(kind).title) in words(app)
        assert not app.exception
        assert ("Statements added to the agreement" in words(app)) is (part == "appendices")


@pytest.mark.clause("s3.non-personal-duty")
@pytest.mark.clause("s3.gateways")
def test_a_law_is_found_and_what_is_not_checked_is_marked(open_page, here):
    app = open_page("agreement", part="laws")
    assert "Not yet checked by the partnership" in words(app)
    of = words_in_force(here.store, today(here.at))
    assert escaped(who_may_use(of, of.edition.gateways[0])) in words(app)
    assert "Only for data that names nobody." in words(app)
    app.text_input(key="agreement.law").set_value("no such law at all")
    assert "No law matches" in words(app.run())


@pytest.mark.clause("s15.publish")
@pytest.mark.clause("cover.placeholders")
def test_the_agreement_is_public_before_set_up_with_its_blanks_open_and_says_that_nobody_signs_it_yet(open_page):
    app = open_page("agreement")
    said = words(app)
    assert "[isa ref]" in said
    assert plain("In preparation. It can be read, and nobody is asked to sign it yet.") in said
    assert "Then two people bring it into force." in said
    assert "python3 -m portal --demo" in {one.value for one in app.code}
    assert "/agreement.pdf?edition=2026" in said
    assert "/how-kept" in said


@pytest.mark.clause("s3.gateways")
def test_who_may_tell_whom_says_why_both_ways(open_page, here):
    said = words(open_page("who-may-tell", **{"from": "police", "to": "parish_council"}))
    assert "Police force to Parish or town council" in said
    assert "Parish or town council to Police force" in said
    assert "This law covers both organisations" in said
    assert "Police force to" not in words(open_page("who-may-tell"))
    assert not open_page("who-may-tell", **{"from": "nobody", "to": "<b>"}).exception


@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s14.termination")
@pytest.mark.clause("s16.declaration")
def test_a_document_or_a_reference_is_checked(open_page, here):
    made = a_signature(here, an_organisation(here), name="Zebedee Quill")
    pdf = copies.signed_copy(here.as_(a_manager(here)), made.id, "https://portal.example")[0]
    app = open_page("verify")
    app.file_uploader[0].upload("copy.pdf", pdf, "application/pdf")
    app = next(b for b in app.button if b.label == "Check this document").click().run()
    assert "This document is genuine" in words(app)
    app = open_page("verify")
    app.text_input(key="verify.typed").set_value(made.reference.lower())
    app = next(b for b in app.button if b.label == "Check this reference").click().run()
    assert f"Reference {made.reference} is ours" in words(app)
    assert "Zebedee" not in words(app)


def test_an_empty_check_says_what_to_do(open_page, here):
    app = open_page("verify")
    app = next(b for b in app.button if b.label == "Check this document").click().run()
    assert "Select a document" in words(app)
    app = next(b for b in app.button if b.label == "Check this reference").click().run()
    assert "Enter the reference, like" in words(app)


@pytest.mark.clause("cover.versions")
def test_two_editions_are_compared_word_by_word(open_page, here):
    app = open_page("compare")
    said = words(app)
    assert "2009 edition to 2026 edition" in said
    assert "<del>" in said
    assert "<ins>" in said
    assert not app.exception
    same = open_page("compare", **{"from": "2026", "to": "2026"})
    assert "No word changed." in words(same)
    assert "2026 edition" in words(open_page("compare", **{"from": "<b>", "to": "1066"}))


@pytest.mark.clause("s3.guidance")
def test_the_guidance_of_the_edition_stands_beside_its_laws_with_its_standing_today(open_page, here):
    said = words(open_page("agreement", part="laws"))
    for guidance in rules_edition("2026").guidance:
        assert escaped(guidance.title) in said
        assert escaped(guidance.note) in said
        assert f">{guidance.year}<" in said


@pytest.mark.clause("cover.summary")
@pytest.mark.clause("s1.arrangements")
@pytest.mark.clause("s2.under-protocol")
@pytest.mark.clause("s3.gateways")
@pytest.mark.clause("cover.versions")
def test_the_agreement_names_its_partners_its_law_its_protocol_and_who_authorised_it(open_page, here):
    a_signatory(here, a_manager(here), an_organisation(here, "Anyshire Police", "police"))
    told = {"protocol_title": "County Protocol", "protocol_date": "1 August 2008", "protocol_address": "Records room"}
    for known in ({"protocol_title": told["protocol_title"]}, told):
        with transaction(here.store.engine) as session:
            row = session.get_one(Partnership, 1)
            row.placeholders = json.dumps({**json.loads(row.placeholders), **known})
            session.add(row)
        said = words(open_page("agreement"))
        assert ("Not recorded yet" in said) is (known is not told)
    for row in rules_edition("2026").summary_sheet:
        assert escaped(row.label) in said
    assert said.count("Anyshire Police") >= 2  # among the partners, and beside its kind of responsible body
    assert "Nobody has signed yet" in said  # the other responsible bodies
    assert "The law asks these bodies to arrange how they share" in said
    assert plain(rules_edition("2026").sections[0].summary) in said
    assert plain(f"It sits under {rules_edition('2026').about.sits_under}.") in said
    assert all(one in said for one in told.values())
    assert "Appendix E" in said
    assert "Appendix F" in said
    assert "Information Manager and Chair" in words(open_page("agreement", part="versions"))
    found = words(open_page("agreement", part="laws", law="children act 1989"))
    assert "Children Act 1989" in found
    assert "Police Act 1996" not in found


@pytest.mark.clause("s15.publish")
def test_everybody_reads_how_each_clause_is_kept_and_how_far_that_is_proved(open_page, here):
    every = clause_coverage()
    said = words(open_page("how-kept", part="s14"))
    assert f"{sum(one.proved for one in every)} of {len(every)}" in said
    for one in every:
        assert (escaped(one.says) in said) is (one.part == "s14")
    assert "Section 4" in said
    assert "Title page and summary sheet" in words(open_page("how-kept", part="<b>"))


def test_an_agreement_in_preparation_says_so_and_begins_no_signature(open_page, now):
    a_partnership(replace(now, person=PUBLIC), in_force=False)
    said = words(open_page("sign"))
    assert "in preparation" in said
    assert "--demo" in said
    assert "/sign/begin" not in said
    assert "in preparation" in words(open_page("agreement"))
