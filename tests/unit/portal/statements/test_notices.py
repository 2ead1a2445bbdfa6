"""Privacy notices: made of what an organisation really uses, in three forms, with where they are published (s6)."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.input.web_addresses import checked_web_address
from portal.ground.wording import new_id
from portal.privacy_notices.notices import make_notice, notice, notice_pdf, notices, offer, record_publication
from portal.privacy_notices.wording import PURPOSES, NoticeChoices, as_html, as_text
from tests.builders import recorded
from tests.request_builders import CANARY, a_district, a_request
from tests.statement_builders import SHARING, a_statement_in_force

pytestmark = pytest.mark.clause("s6.fair-obtaining")
CHOICES = NoticeChoices(
    purposes=(PURPOSES["crime"],),
    gateways=("cda-1998-s115",),
    conditions=("art6-e",),
    recipients=("Anyshire Police",),
    sensitive=True,
    keep="One year after the case ends.",
    contact_role="data protection officer",
    contact="dpo@anytown.example.org",
)


@pytest.fixture
def district(act):
    return a_district(act)


def test_what_is_offered_is_what_the_organisation_really_uses(act, district):
    mine = act.as_(district.clerk)
    assert offer(mine).used_gateways == ()
    a_request(act, district)
    a_statement_in_force(act, district)
    given = offer(mine)
    assert given.used_gateways == ("cda-1998-s115",)
    assert given.partners == ("Anyshire Police",)
    assert given.purposes == ("Answer to purpose.",)
    assert offer(act.as_(district.officer)).partners == ("Anytown Parish Council",)
    assert offer(act.as_(district.outsider)).partners == ()


def test_a_notice_says_why_with_whom_and_under_which_law(act, district):
    notice_id = make_notice(act.as_(district.clerk), CHOICES, key="k")
    for late in ("k", "the page was drawn anew, or another tab"):
        assert make_notice(act.as_(district.clerk), CHOICES, key=late) == notice_id
    text = as_text(notice(act.as_(district.colleague), notice_id).words)
    for said in (
        "Anytown Parish Council",
        "Safer Anytown Partnership",
        PURPOSES["crime"],
        "Crime and Disorder Act 1998, section 115",
        "Anyshire Police",
        "dpo@anytown.example.org",
        "within one month",
        "Sensitive data: Personal data on race",
    ):
        assert said in text


def test_every_sentence_of_the_fixed_words_is_short(act, district):
    made = notice(act.as_(district.clerk), make_notice(act.as_(district.clerk), CHOICES, key="k"))
    own = [text for one in made.words.passages if one.title != "About this notice" for text in one.paragraphs]
    for sentence in " ".join(own).replace(": ", ". ").split(". "):
        assert len(sentence.split()) <= 20, sentence


def test_markup_that_was_typed_stays_text_in_the_html(act, district):
    odd = replace(CHOICES, purposes=("<script>alert(1)</script>",), contact="<img src=x onerror=y>")
    page = as_html(notice(act.as_(district.clerk), make_notice(act.as_(district.clerk), odd, key="k")).words)
    tags = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the parser's own name
            tags.add(tag)

    Tags().feed(page)
    assert tags == {"html", "head", "meta", "title", "body", "main", "h1", "h2", "p", "ul", "li"}
    assert "&lt;script&gt;" in page


def test_the_pdf_is_sealed(act, district):
    reference, pdf = notice_pdf(act.as_(district.clerk), make_notice(act.as_(district.clerk), CHOICES, key="k"))
    verdict = check_document(act.store, pdf)
    assert (verdict.outcome, verdict.reference) == (SealOutcome.GENUINE, reference)


def test_what_is_missing_is_asked_for(act, district):
    blank = NoticeChoices(
        purposes=(" ",),
        gateways=("unheard-of",),
        conditions=("art6-zz",),
        recipients=(),
        sensitive=False,
        keep="",
        contact_role="",
        contact="",
    )
    with pytest.raises(AnswersNeededError) as caught:
        make_notice(act.as_(district.clerk), blank, key="k")
    assert set(caught.value.problems) == set(vars(blank)) - {"sensitive"}


def test_a_public_body_is_not_offered_a_basis_that_is_closed_to_it(act, district):
    # A parish council counts as no public authority there (Data Protection Act 2018 s7(3)); the police do.
    assert "art6-f" in dict(offer(act.as_(district.clerk)).conditions)
    assert "art6-f" not in dict(offer(act.as_(district.officer)).conditions)


def test_a_notice_says_what_came_into_use_since(act, district):
    less = replace(CHOICES, recipients=("Somebody else",))
    notice_id = make_notice(act.as_(district.clerk), less, key="k")
    assert notice(act.as_(district.clerk), notice_id).uncovered == ()
    a_request(act, district)
    assert notice(act.as_(district.clerk), notice_id).uncovered == ("Anyshire Police",)


def test_another_organisation_finds_none_of_it(act, district):
    notice_id = make_notice(act.as_(district.clerk), CHOICES, key="k")
    for act_of_other in (act.as_(district.officer), act.as_(district.outsider)):
        assert notices(act_of_other) == []
        for verb in (notice, notice_pdf):
            with pytest.raises(NotFoundError):
                verb(act_of_other, notice_id)
        with pytest.raises(NotFoundError):
            record_publication(act_of_other, notice_id, "https://www.example.org/privacy")
        with pytest.raises(NotFoundError):
            make_notice(act_of_other, CHOICES, key="k")
    with pytest.raises(NotAllowedError):
        notices(act)


def test_where_it_is_published_is_recorded_with_the_day(act, district):
    mine = act.as_(district.clerk)
    notice_id = make_notice(mine, CHOICES, key=new_id())
    record_publication(mine, notice_id, " https://www.anytown.example.org/privacy ")
    made = notices(mine)[0]
    assert (made.published_at, made.published_on) == (
        "https://www.anytown.example.org/privacy",
        act.at.date(),
    )
    assert recorded(act, f"privacy-notice:{notice_id}") == ["privacy-notice:made", "privacy-notice:published"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://www.example.org/privacy",
        "www.example.org",
        "https://localhost/privacy",
        "https://127.0.0.1/privacy",
        "https://user:word@example.org/",
        "https://example.org:8443/",
        "https://exa mple.org/",
        "https://example..org/",
        "javascript:alert(1)",
        "https://[::1",
        "https://example.org/" + "a" * 300,
    ],
)
def test_an_address_that_people_could_not_open_safely_is_refused(address):
    with pytest.raises(AnswersNeededError):
        checked_web_address(address)


def test_nothing_of_a_case_or_a_statement_gets_into_a_notice_by_itself(act, district):
    a_request(act, district)
    a_statement_in_force(act, district)
    notice_id = make_notice(act.as_(district.clerk), CHOICES, key="k")
    text = as_text(notice(act.as_(district.clerk), notice_id).words)
    assert CANARY not in text
    assert SHARING not in text
