import pytest

from portal.documents.layout.frame import PaperSignature
from portal.documents.meetings.attendance import attendance_paper

from .samples import attendance, attendee, drawn, letterhead, read, words


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("app2.undertakings")
def test_the_list_has_statement_undertakings_names_organisations_signatures_time_and_how():
    people = (
        attendee(signature=PaperSignature(drawn=drawn())),
        attendee(name="Ольга", organisation="Resident", note="Open session only"),
    )
    pdf = attendance_paper(letterhead(marking="OFFICIAL-SENSITIVE"), attendance(attendees=people))
    found = words(pdf)
    for part in (
        "We, the undersigned, accept the Protocol.",
        "• Tell nobody else.",
        "Print name Organisation Signature",
        "Ann Green",
        "Anytown Parish Council",
        "Ольга",
        "Resident",
        "1 May 2026 at 2:30:05pm BST · On their own phone · Open session only",
        "Signed 2",
        "OFFICIAL-SENSITIVE",
    ):  # fmt: skip - a list to read
        assert part in found
    assert sum(len(page.images) for page in read(pdf).pages) == 1


@pytest.mark.clause("s10.with-attendance-list")
def test_a_line_struck_out_stays_with_its_reason_and_is_not_counted():
    pdf = attendance_paper(
        letterhead(), attendance(attendees=(attendee(), attendee(name="Insp. Khan", struck="Not the inspector")))
    )
    found = words(pdf)
    assert "Insp. Khan" in found
    assert "Struck out by the Chair: Not the inspector" in found
    assert "Signed 1" in found


@pytest.mark.clause("s10.with-attendance-list")
def test_a_list_of_sixty_has_its_headings_on_every_page_that_goes_on_with_it():
    people = tuple(attendee(name=f"Person {number}") for number in range(60))
    pages = [page.extract_text() for page in read(attendance_paper(letterhead(), attendance(attendees=people))).pages]
    assert all("Print name" in page for page in pages if "Person" in page)
    assert all(any(f"Person {number}" in page for page in pages) for number in range(60))


@pytest.mark.parametrize("name", ["x" * 200, "Anna " * 40, "李" * 200])
@pytest.mark.clause("s10.with-attendance-list")
def test_a_long_name_takes_the_room_it_needs(name):
    pdf = attendance_paper(
        letterhead(),
        attendance(attendees=(attendee(name=name, organisation=name, signature=PaperSignature(typed=name)),)),
    )
    assert words(pdf).replace(" ", "").count(name[:4].replace(" ", "")) >= 3


@pytest.mark.clause("s10.with-attendance-list")
def test_an_empty_meeting_and_a_broken_drawing_still_make_a_list():
    assert "Nobody has signed." in words(attendance_paper(letterhead(), attendance(attendees=())))
    broken = attendee(signature=PaperSignature(drawn=b"broken", note="Drawing kept by the portal"))
    assert "Drawing kept by the portal" in words(attendance_paper(letterhead(), attendance(attendees=(broken,))))
