import pytest

from portal.documents.agreement import AgreementPart, EditionText, agreement_paper

from .samples import SHA, edition, letterhead, read, words


@pytest.mark.clause("cover.summary")
@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s15.publish")
@pytest.mark.clause("s3.gateways")
def test_the_agreement_has_summary_sheet_contents_text_gateways_appendices_and_versions():
    pdf = agreement_paper(letterhead(), edition(notes=("3 facts are still to be checked.",)))
    found = words(pdf)
    for part in (
        "Before you rely on this edition 3 facts are still to be checked.",
        "Purpose To share information.",
        "Contents",
        "1. Introduction 3",
        "We share carefully.",
        "• One",
        "Crime and Disorder Act 1998, section 115",
        "Store papers Locked",
        "Working Group",
        f"Hash of its text (SHA-256): {SHA}",
    ):  # fmt: skip - a list to read
        assert part in found


def test_the_contents_name_the_page_of_each_part():
    pdf = agreement_paper(
        letterhead(), edition(sections=tuple(AgreementPart(f"{n}. Part", "word " * 900) for n in range(1, 6)))
    )
    pages = [" ".join(page.extract_text().split()) for page in read(pdf).pages]
    for number in range(1, 6):
        page = next(at for at, text in enumerate(pages, 1) if at > 2 and f"{number}. Part" in text)
        assert f"{number}. Part {page}" in pages[1]


def test_many_parts_keep_to_one_page_of_contents():
    parts = tuple(AgreementPart(f"Part {n} {'long ' * 30}", "Text.") for n in range(70))
    pdf = agreement_paper(letterhead(), edition(appendices=parts, gateways=()))
    contents = read(pdf).pages[1].extract_text()
    assert "Part 0 long" in contents
    assert "Part 69 long" in contents


def test_an_edition_without_anything_is_still_a_paper():
    empty = EditionText(
        title="", edition="", sha256="", standing="", summary=(), sections=(), gateways=(), appendices=(), versions=()
    )
    assert "Summary sheet" in words(agreement_paper(letterhead(), empty))
