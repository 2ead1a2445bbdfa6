"""The letters of a request without names: a reference and a link."""

from collections.abc import Iterable

from sqlmodel import Session

from models.accounts import Account
from models.depersonalised_requests import NamelessRequest
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.outbox import Letter, post

_LETTERS = {
    "nameless-waiting": ("Figures are asked of you", "Another organisation asks yours for data without names."),
    "nameless-sent": ("Your request for figures was sent", "Your request for data without names was sent."),
    "nameless-answered": ("Your request for figures was answered", "The organisation you asked has answered."),
    "nameless-declined": ("Your request for figures was declined", "The organisation you asked says why it declines."),
    "nameless-withdrawn": ("A request for figures was withdrawn", "You need do nothing more."),
    "nameless-reminder": ("Figures are still asked of you", "A request for data without names has waited some days."),
}


def tell_nameless(session: Session, act: Act, template: str, row: NamelessRequest, people: Iterable[Account]) -> None:
    """Queue one letter to each person, in the open transaction."""
    subject, said = _LETTERS[template]
    link = f"{load_settings().base_url}/data-request?id={row.id}"
    for person in people:
        body = f"{said}\n\nReference {row.reference}.\n\nSign in to read it:\n{link}"
        post(session, act, Letter(template=template, to=person.email, subject=subject, body=body))
