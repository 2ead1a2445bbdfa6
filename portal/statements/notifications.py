"""The letters of this room: a reference and a link, and nothing about a person, a case or what is shared."""

from collections.abc import Iterable

from sqlmodel import Session

from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.letters import notify


def tell(session: Session, act: Act, template: str, reference: str, path: str, addresses: Iterable[str]) -> None:
    """Queue one letter to each address, in the open transaction. `path` is where to read on, behind sign-in."""
    notify(session, act, template, addresses, reference=reference, link=load_settings().base_url + path)
