import pytest

from portal.documents.notices import NoticeKind, notice_paper

from .samples import letterhead, notice, words


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (NoticeKind.SUSPENSION, "Anytown Parish Council stops for now from 1 May 2026"),
        (NoticeKind.LIFTING, "Anytown Parish Council takes part again from 1 May 2026"),
        (NoticeKind.WITHDRAWAL, "Anytown Parish Council leaves the agreement on 1 May 2026"),
    ],
)
def test_a_notice_says_what_it_does_from_when_to_whom_and_why(kind, said):
    found = words(notice_paper(letterhead(), notice(kind=kind, evidence="Incident report")))
    for part in (
        said,
        "Inspector Khan",
        "A laptop was lost.",
        "Incident report",
        "• No requests go",
        "Siân Ó Briain",
        "2:30:05pm BST",
    ):
        assert part in found


def test_an_organisation_that_is_called_like_a_placeholder_is_printed_as_it_is_called():
    assert "{day} {0} stops for now" in words(notice_paper(letterhead(), notice(organisation="{day} {0}", effects=())))
