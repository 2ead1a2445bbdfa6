"""E-mail addresses as people type them, and the network addresses that tries are counted by."""

import ipaddress
import re

from portal.ground.wording import one_line

LONGEST = 254
# No quoted forms and no bare host: what a partner's mail server hands out. Anchored at both ends, without backtracking.
_SHAPE = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
_NETWORK_BITS = 64  # one household or office on IPv6


def tidy(typed: str) -> str:
    """Give an address as it is kept: no spaces around it, in lower case."""
    return one_line(typed).lower()


def problem_with(typed: str) -> str:
    """Say what is wrong with an address as typed, '' where nothing is."""
    if not typed.strip():
        return "Enter an e-mail address"
    address = tidy(typed)
    if len(address) > LONGEST:
        return f"E-mail address must be {LONGEST} characters or fewer"
    if not _SHAPE.fullmatch(address) or ".." in address:
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
