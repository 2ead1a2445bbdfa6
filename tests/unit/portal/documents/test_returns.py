import pytest

from portal.documents.returns import certificate_paper

from .samples import certificate, letterhead, words


@pytest.mark.clause("s6.no-identifiers")
def test_the_certificate_counts_what_was_taken_out_and_names_the_rules():
    found = words(
        certificate_paper(letterhead(), certificate(supersedes="9Q3-AAA-BBB", warnings=("2 incidents have no date.",)))
    )
    for part in (
        "309 records kept of 312 read",
        "January to March 2026",
        "Post Code postcode_district Cut to the first part",
        "N••• Not kept Left out",
        "Telephone number 4 Taken out of the text",
        "Smallest group 5 records",
        "aa" * 32,
        "bb" * 32,
        "9Q3-AAA-BBB",
        "2 incidents have no date.",
    ):  # fmt: skip - a list to read
        assert part in found


@pytest.mark.clause("s11.quarterly")
def test_nothing_to_report_has_a_certificate_too():
    nil = certificate(nil=True, rows_read=0, rows_kept=0, columns=(), removed=(), risk=())
    assert "Nothing to report for this quarter" in words(certificate_paper(letterhead(), nil))
