"""A name in letters that no font of the papers has is asked for in Latin letters beside, wherever a name is typed."""

import pytest

from portal.accounts.details import name_problem
from portal.agreement.signing.journey import who_problems
from portal.documents.layout.fonts import BOX, latin_wanted, plain
from portal.ground.errors import AnswersNeededError
from portal.meetings.check_in.attendees import AttendeeDetails, checked

KHMER = "សុខ ដារ៉ា"


@pytest.mark.parametrize(
    "name", ["Ann Clerk", "李小龙", "محمد علي", "નીલા પટેલ", "Żaneta Ślązak", f"{KHMER} (Dara Sok)", "Ö"]
)
def test_a_name_that_a_paper_can_tell_is_taken_as_it_is(name):
    assert latin_wanted(name) == name_problem(name) == ""
    assert checked(AttendeeDetails(name=name, myself=True), questions=False).name == name


def test_the_latin_form_is_asked_at_the_door_for_an_account_and_for_a_signature():
    assert BOX in plain(KHMER)
    assert "Latin letters" in name_problem(KHMER)
    assert "Latin letters" in who_problems({"name": KHMER, "position": "Clerk", "typed": KHMER})["name"]
    with pytest.raises(AnswersNeededError) as asked:
        checked(AttendeeDetails(name=KHMER, myself=True), questions=False)
    assert "Latin letters" in asked.value.problems["name"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ann \U0001f337 Clerk", "Ann (tulip) Clerk"),
        ("Bo \U0001f44d\U0001f3fd", "Bo (thumbs up sign)"),
        ("Cy \U0001f469\u200d\U0001f4bb", "Cy (woman)(personal computer)"),
        ("Di \U0001f1ec\U0001f1e7", "Di GB"),
        ("Ed \u2764\ufe0f", "Ed \u2764"),
    ],
)
def test_a_picture_in_a_name_is_said_in_words_on_paper(typed, printed):
    assert plain(typed) == printed
    assert latin_wanted(typed) == ""
