"""Secure reply addresses: real ones pass, look-alikes do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.edition.editions import edition
from portal.rules.forms.secure_reply import secure_reply

NOW = edition("2026")
THEN = edition("2009")

pytestmark = pytest.mark.clause("s6.request.secure-reply")


@pytest.mark.parametrize(
    "address",
    [
        "a.clerk@anytown.gov.uk",
        "pc.1@anyshire.police.uk",
        "Nurse@NHS.NET",
        "officer@anytown.gov.uk.cjsm.net",
        "officer@mod.gov.uk",
        " clerk@anytown.gov.uk ",
        "this service",
    ],
)
def test_a_secure_address_is_accepted(address):
    assert secure_reply(NOW, address).accepted


LOOKS, LETTER, ONE, RETIRED, NOT_SECURE = (
    "only looks like a secure one. It must end in one of",
    "a letter from another alphabet",
    "Enter one e-mail address",
    "are no longer in use",
    "The address is not a secure one. It must end in one of",
)


@pytest.mark.parametrize(
    ("why", "addresses"),
    [
        (LOOKS, ("pc@police.uk.example.com", "clerk@gov.uk.co", "clerk@notgov.uk", "pc@anyshire-police.uk")),
        (NOT_SECURE, ("clerk@gmail.com",)),
        (LETTER, ("clerk@gov\u3002uk", "clerk@g\u043ev.uk", "clerk@anytown.gov.u\u200bk", "clerk@xn--gv-6ja.gov.uk")),
        (RETIRED, ("clerk@anytown.gsi.gov.uk", "pc@anyshire.pnn.police.uk")),
        (
            ONE,
            (
                *("clerk@gov.uk@example.com", "clerk@example.com#gov.uk", "clerk@example.com/x.gov.uk", "@gov.uk", ""),
                *("clerk@anytown.gov.uk.", "clerk@.gov.uk", "gov.uk", "<clerk@anytown.gov.uk>", "x" * 250 + "@gov.uk"),
                *("clerk@anytown.gov.uk, thief@example.com", "clerk@anytown.gov.uk\nthief@example.com"),
            ),
        ),
        ("Fax is not used any more", ("0116 496 0000",)),
    ],
)
def test_a_look_alike_is_refused_with_the_reason(why, addresses):
    for address in addresses:
        found = secure_reply(NOW, address)
        assert not found.accepted
        assert why in found.why, address


def test_2009_takes_the_secure_networks_of_its_day_and_a_fax():
    for address in ("pc@leics.pnn.police.uk", "x@council.gsi.gov.uk", "x@y.cjsm.net", "x@mod.uk", "0116 496 0000"):
        assert secure_reply(THEN, address).accepted
    for address in ("clerk@anytown.gov.uk", "this service", "pc@leics.police.uk"):
        assert not secure_reply(THEN, address).accepted


@given(st.text())
def test_no_text_breaks_it_and_what_is_accepted_ends_in_an_accepted_domain(text):
    found = secure_reply(NOW, text)
    if found.accepted and found.domain:
        assert text.strip().casefold().endswith(found.domain)
