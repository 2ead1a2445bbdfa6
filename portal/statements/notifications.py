"""The letters of this room: a reference and a link, and nothing about a person, a case or what is shared."""

from collections.abc import Iterable

from sqlmodel import Session

from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.record.outbox import Letter, post

SUBJECTS = {
    "statement-begun": "Your organisation is asked to help write a sharing statement",
    "statement-your-turn": "A sharing statement waits for your signature",
    "statement-voided": "A sharing statement was changed, so it must be signed again",
    "statement-in-force": "A sharing statement is in force",
    "statement-copy": "A copy of a sharing statement for information management",
    "statement-ended": "A sharing statement has ended",
    "access-view-wanted": "A partner asks for your view",
    "access-view-given": "A partner gave its view",
    "access-soon": "An access request is due soon",
    "access-late": "An access request is past its last day",
    "access-view-soon": "A partner still waits for your view",
    "access-view-late": "The day for your view has passed",
}
_SAID = {
    "statement-begun": "A partner began a statement about regular sharing, and names your organisation as a party.",
    "statement-your-turn": "It is your organisation's turn to sign a sharing statement. Read it before you sign.",
    "statement-voided": "The words of a sharing statement were changed after a signature. No earlier signature counts now.",
    "statement-in-force": "Every party has signed. The sharing statement is in force from today.",
    "statement-copy": (
        "Your organisation signed a sharing statement, and it is in force. The agreement asks that you get a copy "
        "(Appendix 5). Anybody who acts for your organisation in the portal can download it for you."
    ),
    "statement-ended": "A party ended a sharing statement. Stop the sharing that rested on it.",
    "access-view-wanted": "Information that came from your organisation was asked for. A partner wants your view first.",
    "access-view-given": "A partner that you asked has given its view on an access request.",
    "access-soon": "The last day for an answer is near.",
    "access-late": "The last day for an answer has passed. Answer at once, and say why it is late.",
    "access-view-soon": "A partner must answer an access request soon, and waits for your view.",
    "access-view-late": "A partner asked for your view by a day that has passed. It may decide without it.",
}


def tell(session: Session, act: Act, template: str, reference: str, path: str, addresses: Iterable[str]) -> None:
    """Queue one letter to each address, in the open transaction. `path` is where to read on, behind sign-in."""
    link = f"{load_settings().base_url}{path}"
    body = f"{_SAID[template]}\n\nReference {reference}.\n\nSign in to read it:\n{link}"
    for address in sorted(set(addresses)):
        post(session, act, Letter(template=template, to=address, subject=SUBJECTS[template], body=body))
