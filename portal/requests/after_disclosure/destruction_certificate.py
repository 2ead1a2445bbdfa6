"""The certificate of destruction on paper: what kind it was, who gave it, how and when it went. Sealed before it is kept."""

from models.after_disclosure import RecipientCopy
from models.requests import Decision, InformationRequest
from portal.documents.requests.destruction import Destruction, destruction_paper
from portal.documents.seal.issuing import issue
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.wording import day
from portal.requests.lists import kind_in_words
from portal.requests.papers.documents import PaperStamp, head_of
from portal.requests.participants import body, closed_bodies

HOW = {
    "deleted": "Deleted from every device and mailbox",
    "shredded": "Shredded or burnt, on paper",
    "both": "Deleted from every device, and shredded on paper",
    "returned": "Handed back to the organisation that gave it",
    "never_copied": "Read in the portal only: no copy was ever made",
}


def destruction_certificate(
    act: Act, row: InformationRequest, decision: Decision, copy: RecipientCopy, how: str, reference: str
) -> bytes:
    """Make and seal the certificate of destruction (clause s12.personal-retention)."""
    with reading(act.store.engine) as session:
        given_by, held_by = body(session, row.holding_organisation_id), body(session, row.asking_organisation_id)
        closed = closed_bodies(session, [held_by.id]).get(held_by.id)
    gone = Destruction(
        request_reference=row.reference,
        given_by=given_by.name,
        held_by=held_by.name,
        held_by_closed=day(closed) if closed else "",
        kind=kind_in_words(row),
        shared_at=decision.decided_at,
        kept_until=day(copy.keep_until),
        how=HOW[how],
        name=act.person.name,
        position=act.person.position,
        gone_at=act.at,
    )
    return issue(act, destruction_paper(head_of(act, "", PaperStamp(reference=reference, at=act.at)), gone), reference)
