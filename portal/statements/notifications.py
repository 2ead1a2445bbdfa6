"""The letters of this room: a reference and a link, and nothing about a person, a case or what is shared."""

from collections.abc import Iterable

from sqlmodel import Session

from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.letters import notify


def tell(
    session: Session, act: Act, template: str, reference: str, path: str, addresses: Iterable[str], *, about: str = ""
) -> int:
    """Queue one letter to each address, in the open transaction; returns how many. `path` is where to read on, behind sign-in."""
    link = load_settings().base_url + path
    return notify(session, act, template, addresses, reference=reference, link=link, about=about)
