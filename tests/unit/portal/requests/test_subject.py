"""The person asked about, described so that a match can be judged; and the holder says what agreed before anything is shared."""

import io

import pytest
from pypdf import PdfReader

from portal.ground.errors import AnswersNeededError
from portal.requests.exchange.answers import answer_pdf, open_answer
from portal.requests.exchange.deciding import decide
from portal.requests.forms.contents import ten
from portal.requests.forms.data_subject import matchable
from portal.requests.forms.drafting import begin_request, save_task, screen_of, written
from portal.requests.views import open_request
from tests.request_builders import a_district, a_request, all_shared, an_urgent_request

TYPED = {
    "subject.first": "Zebulon",
    "subject.family": "Quillfeather",
    "subject.aliases": "",
    "subject.age": "born",
    "subject.birth": ("4", "5", "1990"),
    "subject.about": "",
    "subject.address_kind": "home_now",
    "subject.address": "14 Mill Lane, Anytown",
    "subject.postcode": "le14ab",
    "subject.references": "",
}


@pytest.fixture
def district(act):
    return a_district(act)


def described(act, district, **more):
    """Save the page about the person as the clerk types it; returns the words of the request."""
    draft_id = begin_request(act.as_(district.clerk), "Counts would not show who.")
    typed = {**TYPED, **{f"subject.{key}": value for key, value in more.items()}}
    case = save_task(act.as_(district.clerk), draft_id, "subject", typed).case
    return next(line.value for line in ten(case) if line.id == "subject"), draft_id


@pytest.mark.clause("s7.matching-quality")
def test_name_in_parts_day_and_postcode_come_out_in_one_form(act, district):
    words, draft_id = described(act, district)
    assert words.split("\n") == [
        "Zebulon Quillfeather",
        "Born or age: 4 May 1990",
        "Address: 14 Mill Lane, Anytown, LE1 4AB (they live there now)",
    ]
    given = next(screen_of(act.as_(district.clerk), draft_id, "subject").parts({})).given
    assert (given["subject.birth"], given["subject.postcode"]) == (("4", "5", "1990"), "LE1 4AB")


@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"family": " "}, "subject.family"),
        ({"age": None}, "subject.age"),
        ({"birth": ("", "", "")}, "subject.birth"),
        ({"birth": ("31", "2", "1990")}, "subject.birth"),
        ({"birth": ("26", "11", "2026")}, "subject.birth"),
        ({"birth": ("31", "12", "1905")}, "subject.birth"),  # 120 years before
        ({"age": "age", "about": ""}, "subject.about"),
        ({"age": "age", "about": "old"}, "subject.about"),
        ({"age": "age", "about": "45 to 40"}, "subject.about"),
        ({"age": "age", "about": "130"}, "subject.about"),
        ({"address_kind": None}, "subject.address_kind"),
        ({"address": " "}, "subject.address"),
        ({"postcode": "LE1"}, "subject.postcode"),
        ({"postcode": "LE1 4CV"}, "subject.postcode"),
        ({"age": "unknown", "address_kind": "none"}, "subject.age"),
    ],
)
def test_what_cannot_be_matched_is_asked_for_again(act, district, change, field):
    with pytest.raises(AnswersNeededError) as refused:
        described(act, district, **change)
    assert set(refused.value.problems) == {field}


@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("40", "about 40"),
        ("40-45", "about 40 to 45"),
        ("40 to 45", "about 40 to 45"),
        ("0", "about 0"),
    ],
)
def test_an_age_may_be_about(act, district, about, words):
    assert words in described(act, district, age="age", about=about)[0].split("\n")[1]


@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s7.matching-quality")
def test_an_address_that_does_not_stand_on_the_page_is_not_kept(act, district):
    words, draft_id = described(act, district, address_kind="none")
    assert "Mill Lane" not in words
    assert written(act.as_(district.clerk), draft_id).case.words("subject.address") == ""


@pytest.mark.clause("s7.matching-quality")
@pytest.mark.parametrize("matched", [(), ("name",), ("name", "aliases"), ("name", "eyes")])
def test_nothing_is_shared_before_two_things_that_were_given_agree(act, district, matched):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, all_shared(mine, request_id, matched=matched))
    assert set(refused.value.problems) == {"matched"}
    assert open_request(mine, request_id).line.status == "waiting"


@pytest.mark.clause("s7.matching-quality")
def test_how_the_match_was_made_stands_in_the_answer_and_on_its_paper(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    decide(mine, request_id, all_shared(mine, request_id, matched=("name", "address")))
    assert open_answer(act.as_(district.clerk), request_id).verdict.matched == ("name", "address")
    words = PdfReader(io.BytesIO(answer_pdf(mine, request_id)[1])).pages[0].extract_text()
    assert "the name and the address" in " ".join(words.split())


def test_an_urgent_request_offers_what_it_gave(act, district):
    case = open_request(act.as_(district.inspector), an_urgent_request(act, district)).case
    assert list(matchable(case)) == ["name", "references"]
