import io

import pytest
from pypdf import PdfReader

from portal.ground.act import PUBLIC
from portal.ground.errors import NotFoundError
from portal.ground.page_access import BY_ADDRESS
from portal.ground.partnership import facts
from portal.ground.wording import today
from portal.paper_forms.registry import BY_ID, OF_PAGE, TWINS, paper_of, return_sheets
from portal.requests.forms.tasks import GROUPS
from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import edition_in_force
from portal.rules.forms.attendance import undertakings
from portal.rules.forms.requests import request_contents
from tests.builders import a_partnership


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def said(here, twin):
    pages = PdfReader(io.BytesIO(paper_of(here, twin))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def stands(words, text):
    return " ".join(words.split()) in text


@pytest.mark.parametrize("twin", TWINS, ids=lambda one: one.id)
def test_every_form_prints_as_its_paper_twin_and_says_where_it_is_typed_in(here, twin):
    text = said(here, twin.id)
    for part in twin.make(edition_in_force(today(here.at)), facts(here.store)):
        for blank in part.blanks:
            assert stands(blank.label, text), blank.label
            assert all(stands(label, text) for label, _ in blank.options)
    assert stands(twin.then, text)
    assert f"Form {twin.id}" in text


@pytest.mark.clause("app2.undertakings")
def test_the_confidentiality_agreement_on_paper_holds_every_promise_of_the_edition(here):
    text = said(here, "undertaking")
    assert all(stands(one.text, text) for one in undertakings(edition_in_force(today(here.at))))


@pytest.mark.clause("s16.declaration")
def test_the_signature_on_paper_holds_the_declaration_and_each_line_of_section_16(here):
    edition = edition_in_force(today(here.at))
    text = said(here, "sign")
    assert stands(edition.signatory_declaration.text, text)
    assert all(stands(one.label, text) for one in edition.signatory_fields)


@pytest.mark.clause("s6.request.in-writing")
def test_the_request_on_paper_holds_the_ten_contents_and_every_group_of_its_tasks(here):
    text = said(here, "request")
    contents = request_contents(edition_in_force(today(here.at)))
    assert len(contents) == 10
    assert all(stands(one.label, text) for one in contents)
    assert all(stands(group, text) for group in GROUPS)


@pytest.mark.clause("app1.datasets")
def test_every_data_set_has_a_sheet_with_its_columns(here):
    sets = data_sets(edition_in_force(today(here.at)).id)
    assert [name for name, _ in return_sheets(here)] == [f"return-{one.id}" for one in sets]
    for one in sets[:2]:
        text = said(here, f"return-{one.id}")
        assert all(stands(field.label, text) for field in one.fields)


def test_each_twin_belongs_to_pages_that_exist(here):
    assert set(OF_PAGE) <= set(BY_ADDRESS)
    assert len(BY_ID) == len(TWINS)
    with pytest.raises(NotFoundError):
        paper_of(here, "return-nothing")
