"""The letters of a request: a reference and a link, and nothing about a person, a case or who asks whom."""

from collections.abc import Iterable

from sqlmodel import Session

from models.accounts import Account
from models.requests import InformationRequest
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.letters import notify
from portal.record.outbox import settle


def tell(session: Session, act: Act, template: str, row: InformationRequest, people: Iterable[Account]) -> int:
    """Queue one letter to each person, in the open transaction; returns how many. Once a request is over, what waits about it is not sent."""
    if template in {"request-decided", "request-withdrawn"}:
        settle(session, act, f"request:{row.id}")
    link = f"{load_settings().base_url}/request-view?id={row.id}"
    to = {person.email for person in people}
    return notify(session, act, template, to, reference=row.reference, link=link, about=f"request:{row.id}")
