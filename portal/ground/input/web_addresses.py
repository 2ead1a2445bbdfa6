"""Web addresses as people type them, where something of theirs is published. Nothing is fetched from one."""

from urllib.parse import urlsplit

from portal.ground.errors import AnswersNeededError
from portal.ground.wording import one_line

_LONGEST_ADDRESS = 300


def checked_web_address(typed: str, field: str = "published_at") -> str:
    """Give a web address that begins with https:// and names a public host. Raises AnswersNeededError."""
    address = one_line(typed)
    ask = AnswersNeededError({field: "Enter the whole web address, such as https://www.example.org/privacy."})
    if not address or len(address) > _LONGEST_ADDRESS or " " in address or not address.isascii():
        raise ask
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ask from error
    names = host.split(".")
    if parts.scheme != "https" or parts.username or parts.password or port not in {None, 443} or len(names) < 2:  # noqa: PLR2004 - a name and its domain
        raise ask
    if not all(name and name.replace("-", "").isalnum() for name in names) or names[-1].isdigit():
        raise ask
    return address
