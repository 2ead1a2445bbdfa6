"""The letters about passing facts on: a reference and a link, and nothing about a person."""

from collections.abc import Iterable

from sqlmodel import Session

from models.accounts import Account
from models.after_disclosure import OnwardSharing
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.letters import notify


def tell_onward_sharing(
    session: Session, act: Act, template: str, wish: OnwardSharing, reference: str, people: Iterable[Account]
) -> int:
    """Queue one letter to each person, in the open transaction; returns how many."""
    address = f"request-view?id={wish.request_id}" if template == "passing-decided" else f"passing-on?id={wish.id}"
    link = f"{load_settings().base_url}/{address}"
    return notify(session, act, template, {person.email for person in people}, reference=reference, link=link)
