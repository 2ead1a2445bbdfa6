"""E-mail addresses as people type them, and what an address says about the right to sign."""

import re

from portal.ground.errors import AnswersNeededError
from portal.ground.wording import one_line

LONGEST = 254  # the longest address that a mail server must take (RFC 5321)
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}")
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
    address = one_line(typed).lower()
    if not address:
        raise AnswersNeededError({field: "Enter your work e-mail address"})
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise AnswersNeededError({field: "Enter an e-mail address in full, like name@example.org"})
    return address


def domain(address: str) -> str:
    """Give what stands after the @, in lower case."""
    return address.rpartition("@")[2].lower()


def address_in(contact: str) -> str:
    """Find the e-mail address in a public contact line; '' where it has none."""
    for word in re.split(r"[\s;,<>()]+", contact.lower()):
        if _ADDRESS.fullmatch(word):
            return word
    return ""
