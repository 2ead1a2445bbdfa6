"""E-mail addresses as people type them, and what an address says about the right to sign."""

import re

from portal.accounts.addresses import problem_with, tidy
from portal.ground.errors import AnswersNeededError

# Anybody can have an address there, so it says nothing about an organisation.
FREE_MAIL = frozenset(
    {
        "aol.com",
        "blueyonder.co.uk",
        "btinternet.com",
        "gmail.com",
        "gmx.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "mail.com",
        "me.com",
        "msn.com",
        "ntlworld.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sky.com",
        "talktalk.net",
        "tiscali.co.uk",
        "virginmedia.com",
        "yahoo.co.uk",
        "yahoo.com",
    }
)


def checked_address(typed: str, field: str = "email") -> str:
    """Give an address in lower case, or raise AnswersNeededError for `field`."""
    if not typed.strip():
        raise AnswersNeededError({field: "Enter your work e-mail address"})
    if problem := problem_with(typed):
        raise AnswersNeededError({field: problem})
    return tidy(typed)


def domain(address: str) -> str:
    """Give what stands after the @, in lower case."""
    return address.rpartition("@")[2].lower()


def address_in(contact: str) -> str:
    """Find the e-mail address in a public contact line; '' where it has none."""
    words = (tidy(word) for word in re.split(r"[\s;,<>()]+", contact) if "@" in word)
    return next((word for word in words if not problem_with(word)), "")
