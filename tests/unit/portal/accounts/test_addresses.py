from email.message import EmailMessage

import pytest

from portal.accounts.addresses import network, problem_with, tidy


@pytest.mark.parametrize("typed", ["ann@example.org", " ANN.Clerk+isa@parish.example.org ", "o'neil@a-b.example"])
def test_a_real_address_is_fine(typed):
    assert problem_with(typed) == ""
    assert tidy(typed) == typed.strip().lower()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "a b@example.org",
        "ann@example..org",
        "ann@example.org, bob@example.org",
        "a@" + "x" * 300 + ".org",
        "ann@example.org>",
        "=?us-ascii?q??=@example.org",
        ".ann@example.org",
        "ann.@example.org",
        "ann@-example.org",
        "ann@example.1",
        "josé@example.org",
        "ann@exämple.org",
    ],
)
def test_what_is_no_address_says_how_to_mend_it(typed):
    assert problem_with(typed).startswith(("Enter an e-mail address", "E-mail address must be"))


def test_a_curly_apostrophe_becomes_a_straight_one():
    assert tidy("Siân.O\u2019Neil@example.org".replace("â", "a")) == "sian.o'neil@example.org"
    assert problem_with("o\u2019neil@example.org") == ""


def test_what_is_fine_can_be_written_into_a_letter():
    letter = EmailMessage()
    for address in ("o'neil@a-b.example", "a!#$%&'*+/=^_`{|}~-z@example.org", "ann=?@example.org"):
        assert problem_with(address) == "" or "=?" in address
        letter["To"] = address
        assert letter["To"].addresses[0].addr_spec == address
        del letter["To"]


@pytest.mark.threat("IN7")
def test_a_line_break_cannot_come_into_a_header():
    assert "\n" not in tidy("ann@example.org\nBcc: eve@example.org")
    assert problem_with("ann@example.org\nBcc: eve@example.org")
    assert tidy("ann@example.org\n") == "ann@example.org"


def test_a_hostile_address_is_refused():
    """A pattern that went over it again and again would take minutes."""
    assert problem_with("a" * 50_000 + "!")
    assert problem_with("a@" + "a." * 25_000 + "!")


def test_a_house_on_ipv6_counts_as_one():
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2:9::1")
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")
    assert network("192.0.2.1") == "192.0.2.1"
    assert network("x" * 100) == "unknown"
    mapped = {network(f"::ffff:192.0.2.{n}") for n in (1, 9)}  # as some systems write IPv4
    assert len(mapped) == 2, "all of IPv4 would share the tries of one house"
