"""Whether an address is safe to send facts about a person to (s6 item 10; App 4, E-mail between partners)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.forms import RequestContent

THIS_SERVICE = "this service"
FAX = "fax"
MAX_ADDRESS = 254  # longest address that mail can carry (RFC 5321)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_FAX = re.compile(r"(\+44|0)[0-9 ()-]{8,16}")


@dataclass(frozen=True, kw_only=True)
class ReplyAddress:
    """Whether an address is accepted, and the sentence that says why not; `domain` is what was matched."""

    accepted: bool
    why: str
    domain: str = ""


def secure_reply(edition: Edition, address: str) -> ReplyAddress:
    """Tell whether a reply with personal data may go to an address.

    Args:
        edition: the edition whose accepted domains hold; a domain under an accepted one is accepted as well.
        address: an e-mail address, `this service`, or a fax number where the edition accepts one.

    Returns: refused with the reason for a look-alike domain, a letter from another alphabet, a retired secure
        network, or anything that is no single plain address.
    """
    content = _content(edition)
    wanted = address.strip()
    if wanted.casefold() == THIS_SERVICE and THIS_SERVICE in content.accepts:
        return ReplyAddress(accepted=True, why="The reply stays in this service.")
    if _FAX.fullmatch(wanted):
        return _fax(content)
    if not wanted.isascii():
        return _refused("The address has a letter from another alphabet. Type it again in plain letters.")
    local, _, domain = wanted.rpartition("@")
    labels = domain.casefold().split(".")
    if len(wanted) > MAX_ADDRESS or not _LOCAL.fullmatch(local) or not all(map(_LABEL.fullmatch, labels)):
        return _refused("Enter one e-mail address, like name@example.police.uk.")
    return _domain(content, labels)


def _domain(content: RequestContent, labels: list[str]) -> ReplyAddress:
    retired = next((one for one in content.rejects if one in labels), None)
    if retired:
        return _refused(f"Addresses with “{retired}” are no longer in use. Give today's address.")
    if any(label.startswith("xn--") for label in labels):
        return _refused("The address has a letter from another alphabet. Type it again in plain letters.")
    for accepted in content.domains:
        parts = accepted.split(".")
        if labels[-len(parts) :] == parts:
            return ReplyAddress(accepted=True, why=f"Addresses at {accepted} are accepted.", domain=accepted)
    listed = ", ".join(content.domains)
    name = ".".join(labels)
    if any(accepted in name for accepted in content.domains):
        return _refused(f"The address only looks like a secure one. It must end in one of: {listed}.")
    return _refused(f"The address is not a secure one. It must end in one of: {listed}.")


def _fax(content: RequestContent) -> ReplyAddress:
    if FAX in content.accepts:
        return ReplyAddress(accepted=True, why="A fax number is accepted. Check that the person is there.", domain=FAX)
    return _refused("Fax is not used any more. Give a secure e-mail address.")


def _refused(why: str) -> ReplyAddress:
    return ReplyAddress(accepted=False, why=why)


def _content(edition: Edition) -> RequestContent:
    found = [one for one in edition.request_contents if one.kind == "secure_contact"]
    return found[0]
