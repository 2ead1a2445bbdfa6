import pytest

from portal.documents.layout.frame import PaperSignature
from portal.documents.receipts import signature_receipt

from .samples import SHA, drawn, edition, letterhead, read, signed, words


@pytest.mark.clause("s16.declaration")
def test_the_signed_copy_holds_the_whole_text_and_all_that_was_signed():
    pdf = signature_receipt(letterhead(), signed(standing="The Information Manager checks it now."))
    found = words(pdf)
    for part in (
        "Anytown Parish Council has signed",
        "The Information Manager checks it now.",
        "We share carefully.",
        "Store papers Locked",
        "I sign for my organisation.",
        "Siân Ó Briain",
        "Clerk",
        "1 May 2026 at 2:30:05pm BST",
        "Typed",
        "7K3-M4P-QRT",
    ):  # fmt: skip - a list to read
        assert part in found


@pytest.mark.clause("s16.declaration")
def test_the_last_page_tells_how_it_was_signed_the_hash_and_where_to_check_it():
    last = " ".join(read(signature_receipt(letterhead(), signed())).pages[-1].extract_text().split())
    assert "How this was signed" in last
    assert "E-mail checked clerk@anytown.example, at 2:20pm" in last
    assert f"Hash of the text signed {SHA}" in last
    assert "Where to check it https://portal.anytown.example/verify" in last


@pytest.mark.clause("s16.declaration")
def test_a_drawn_signature_is_a_picture_on_the_page_of_the_signature():
    pages = read(signature_receipt(letterhead(), signed(signature=PaperSignature(drawn=drawn())))).pages
    assert sum(len(page.images) for page in pages) == 1


def test_a_signature_to_markup_is_a_signature_to_its_letters():
    text = "**x** <img src=/etc/hostname>"
    pdf = signature_receipt(
        letterhead(verify_at=""), signed(name=text, position=text, organisation=text, edition=edition(title=text))
    )
    assert words(pdf).count(text) >= 6
