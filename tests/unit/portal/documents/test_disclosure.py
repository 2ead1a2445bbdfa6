import pytest

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import PaperSignature
from portal.documents.requests.request import (
    Attachment,
    CheckPaper,
    DecisionPaper,
    ItemAnswer,
    answer_paper,
    request_paper,
)

from .samples import CONTENTS, SHA, answer, letterhead, request, words


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.only-that-purpose")
def test_the_request_has_its_ten_contents_in_order_and_the_undertaking():
    found = words(request_paper(letterhead(marking="OFFICIAL-SENSITIVE"), request()))
    places = [found.index(f"{number}. {label}") for number, label in enumerate(CONTENTS, 1)]
    assert places == sorted(places)
    for part in (
        "answer to reason in law",
        "Dates of incidents To show how often",
        "I will only use this information for this purpose.",
        SHA,
    ):
        assert part in found


@pytest.mark.clause("s4.ongoing-investigation")
def test_the_request_shows_the_check_with_each_reason_and_its_paragraph():
    found = words(request_paper(letterhead(), request()))
    for part in (
        "Talk to the investigating officer first",
        "The case is still being investigated. Section 4, Ongoing investigation",
        "Say why. Section 4, Public interest",
        "• Keep a record.",
        "Is it proportionate? Yes",
    ):  # fmt: skip - a list to read
        assert part in found


@pytest.mark.clause("s6.refusal")
def test_a_refusal_gives_its_reason_and_cannot_be_made_without_one():
    found = words(answer_paper(letterhead(), answer()))
    assert "Leicestershire Police does not share what you asked for" in found
    assert "The case is before the court." in found
    with pytest.raises(ValueError, match="reason"):
        answer_paper(letterhead(), answer(reason="  "))


@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s8.use-by-protocol")
def test_an_answer_in_part_decides_item_by_item():
    items = (
        ItemAnswer("Dates", "Shared", "3 January", ""),
        ItemAnswer("Outcome", "Not shared", "", "It would name a witness."),
    )
    pdf = answer_paper(
        letterhead(),
        answer(
            decision=DecisionPaper.IN_PART,
            items=items,
            conditions=("Lock it away.",),
            recipients=("Clerk",),
            use="Only for the hearing.",
            attachments=(Attachment("incidents.csv", SHA),),
            signature=PaperSignature(typed="Priya Shah"),
        ),
    )  # fmt: skip - a list to read
    found = words(pdf)
    for part in (
        "shares part of what you asked for",
        "1. Dates Decision Shared Information 3 January",
        "2. Outcome Decision Not shared Reason It would name a witness.",
        "• Lock it away.",
        "• Clerk",
        "incidents.csv",
        "Only for the hearing.",
    ):  # fmt: skip - a list to read
        assert part in found


@pytest.mark.clause("s6.disclosure-in-writing")
def test_a_question_back_and_a_full_answer_say_so():
    asked = words(answer_paper(letterhead(), answer(decision=DecisionPaper.ASK, question="Which year do you mean?")))
    assert "has a question before it decides Which year do you mean?" in asked
    assert "shares what you asked for" in words(answer_paper(letterhead(), answer(decision=DecisionPaper.DISCLOSE)))


@pytest.mark.threat("IN11")
def test_typed_markup_and_five_thousand_words_stay_text():
    text = "<img src=/etc/hostname> **x** " + "word " * 5000
    pdf = request_paper(letterhead(), request(contents=(LabelledLine("Person", text),), items=()))
    assert "<img src=/etc/hostname> **x**" in words(pdf)


def test_a_check_with_nothing_to_hold_against_it_has_no_empty_tables():
    found = words(
        request_paper(
            letterhead(),
            request(check=CheckPaper(outcome="Nothing stands in the way", explanation="", answers=(), reasons=())),
        )
    )
    assert "Nothing stands in the way" in found
    assert "Reasons" not in found
    assert "Conditions" not in found
