"""E-mail addresses as people type them, and the network addresses that tries are counted by."""

import ipaddress
import re

from portal.ground.wording import one_line

LONGEST = 254
# No quoted forms and no bare host: what a partner's mail server hands out. No "=?", which begins an encoded word where
# mail is written (RFC 2047). The parts between dots are never empty, so that nothing here backtracks.
_PART = r"(?:(?!=\?)[a-z0-9!#$%&'*+/=?^_`{|}~-]){1,64}"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SHAPE = re.compile(rf"{_PART}(?:\.{_PART}){{0,31}}@(?:{_LABEL}\.){{1,8}}(?:[a-z]{{2,24}}|xn--[a-z0-9-]{{2,59}})")
_LONGEST_NAME = 64  # before the @ (RFC 5321)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u2032\uff07", "'"))  # what a phone or Word makes of '
_NETWORK_BITS = 64  # one household or office on IPv6


def tidy(typed: str) -> str:
    """Give an address as it is kept: no spaces around it, in lower case, its apostrophes straight."""
    return one_line(typed).translate(_APOSTROPHES).lower()


def problem_with(typed: str) -> str:
    """Say what is wrong with an address as typed, '' where nothing is."""
    if not typed.strip():
        return "Enter an e-mail address"
    address = tidy(typed)
    if len(address) > LONGEST:
        return f"E-mail address must be {LONGEST} characters or fewer"
    if "@" in address and not address.isascii():
        return "Enter an e-mail address without accents or other special letters: mail cannot be sent to one yet"
    if not _SHAPE.fullmatch(address) or address.index("@") > _LONGEST_NAME:
        return "Enter an e-mail address in the right form, like name@example.org"
    return ""


def network(address: str) -> str:
    """Give the network that tries from an address are counted for: the address itself, or an IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped is None:  # noqa: PLR2004 - the version's own number
        return str(ipaddress.ip_network((parsed, _NETWORK_BITS), strict=False))
    return str(parsed)
