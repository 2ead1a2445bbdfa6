"""The ten contents of a written request."""

import pytest

from portal.rules.edition.editions import edition, editions
from portal.rules.forms.requests import extras_needed, missing_contents, request_contents


@pytest.mark.clause("s6.request.in-writing")
def test_a_request_has_ten_contents_and_says_which_are_missing():
    for of in editions():
        assert len(request_contents(of)) == 10
        filled = {one.id: "filled" for one in request_contents(of)} | {"purpose": "  "}
        assert [one.id for one in missing_contents(of, filled)] == ["purpose"]
        assert len(missing_contents(of, {})) == 10


def test_a_public_interest_reason_is_asked_for_only_without_consent():
    assert "public_interest" in {one.id for one in extras_needed(edition("2009"), consent_given=False)}
    assert "public_interest" not in {one.id for one in extras_needed(edition("2026"), consent_given=True)}
