"""The letters about passing facts on: a reference and a link, and nothing about a person."""

from collections.abc import Iterable

from sqlmodel import Session

from models.accounts import Account
from models.after_disclosure import PassingOn
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.outbox import Letter, post

_LETTERS = {
    "passing-waiting": (
        "May a fact of yours be passed on?",
        "A partner asks whether it may pass on what came from you.",
    ),
    "passing-decided": (
        "Your question about passing on was answered",
        "The body that the facts came from has decided.",
    ),
    "passing-reminder": (
        "A question about passing on waits for you",
        "A partner has waited some days for your answer.",
    ),
}


def tell_passing(
    session: Session, act: Act, template: str, wish: PassingOn, reference: str, people: Iterable[Account]
) -> None:
    """Queue one letter to each person, in the open transaction."""
    subject, said = _LETTERS[template]
    address = f"request-view?id={wish.request_id}" if template == "passing-decided" else f"passing-on?id={wish.id}"
    link = f"{load_settings().base_url}/{address}"
    for person in people:
        body = f"{said}\n\nReference {reference}.\n\nSign in to read it:\n{link}"
        post(session, act, Letter(template=template, to=person.email, subject=subject, body=body))
