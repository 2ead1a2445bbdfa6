"""What an organisation received and still holds: listed for giving back or destroying when it leaves (s14)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models.after_disclosure import RecipientCopy
from models.organisations import Organisation
from models.requests import InformationRequest
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.requests.after_disclosure.copies import HOLDS


@dataclass(frozen=True, kw_only=True)
class HeldCopy:
    """An answer that is not gone yet: by its reference, from whom, and until when it may be kept. Never about whom."""

    request_id: str
    reference: str
    came_from: str
    keep_until: date


def still_held(act: Act, organisation_id: str) -> list[HeldCopy]:
    """List what an organisation received under the agreement and has not said is gone (clause s14.termination).

    For its own people and the Information Manager; what is first to be destroyed stands first. Raises NotFoundError.
    """
    ours = any(held.organisation_id == organisation_id for held in act.person.posts)
    if not (ours or may(act.person, Permission.SUSPEND_ANY)):
        raise NotFoundError
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(InformationRequest, RecipientCopy, Organisation.name)
            .join(RecipientCopy, col(RecipientCopy.request_id) == InformationRequest.id)
            .join(Organisation, col(InformationRequest.holding_organisation_id) == Organisation.id)
            .where(InformationRequest.asking_organisation_id == organisation_id, col(RecipientCopy.status).in_(HOLDS))
            .order_by(col(RecipientCopy.keep_until), col(InformationRequest.reference))
        ).all()
    return [
        HeldCopy(request_id=row.id, reference=row.reference, came_from=name, keep_until=copy.keep_until)
        for row, copy, name in rows
    ]
