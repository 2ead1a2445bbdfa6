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
