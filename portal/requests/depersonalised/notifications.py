"""The letters of a request without names: a reference and a link."""

from collections.abc import Iterable

from sqlmodel import Session

from models.accounts import Account
from models.depersonalised_requests import DepersonalisedRequest
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.letters import notify


def tell_depersonalised(
    session: Session, act: Act, template: str, row: DepersonalisedRequest, people: Iterable[Account]
) -> int:
    """Queue one letter to each person, in the open transaction; returns how many."""
    link = f"{load_settings().base_url}/data-request?id={row.id}"
    return notify(session, act, template, {person.email for person in people}, reference=row.reference, link=link)
