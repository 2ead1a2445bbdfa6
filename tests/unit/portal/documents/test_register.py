from datetime import date

import pytest

from portal.documents.register import RegisterLine, register_paper

from .samples import SHA, letterhead, read, register, words


@pytest.mark.clause("s16.public-list")
def test_the_list_says_who_had_signed_on_a_day():
    found = words(register_paper(letterhead(), register()))
    for part in (
        "List of signatories on 1 May 2026",
        "1 organisation",
        "Anytown Parish Council Parish or town council",
        "3 April 2026",
        SHA,
    ):
        assert part in found


def test_an_empty_register_says_so_and_a_part_of_it_says_which():
    assert "No organisation has signed this edition yet." in words(register_paper(letterhead(), register(lines=())))
    assert "Schools only" in words(register_paper(letterhead(), register(chosen="Schools only")))


def test_five_hundred_organisations_are_all_there():
    lines = tuple(
        RegisterLine(f"Council {number}", "Council", "2026", "Signed", date(2026, 4, 3)) for number in range(500)
    )
    pdf = register_paper(letterhead(), register(lines=lines))
    assert len(read(pdf).pages) > 10
    assert "Council 499 Council" in words(pdf)
