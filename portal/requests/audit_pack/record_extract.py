"""What the record says of a request: who did and opened what, when, and where in the chain it stands."""

import json

from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.record import AuditEntry
from models.requests import InformationRequest
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import moment
from portal.documents.requests.audit_pack import PackTable
from portal.ground.act import Act
from portal.ground.database import reading
from portal.record.audit import head
from portal.record.events import Event, in_words


def events_of(act: Act, row: InformationRequest) -> PackTable:
    """List every entry of the record about a request, the first first: who, of which body, did or opened what, when."""
    with reading(act.store.engine) as session:
        found = session.exec(
            select(AuditEntry, Organisation.name)
            .join(Organisation, col(Organisation.id) == col(AuditEntry.organisation_id), isouter=True)
            .where(AuditEntry.subject == f"request:{row.id}")
            .order_by(col(AuditEntry.number))
        ).all()
        return PackTable(
            title="Who did and opened what, and when",
            headings=("Entry", "When", "Who", "What"),
            rows=tuple(
                (
                    str(entry.number),
                    moment(entry.at),
                    f"{entry.actor_name}, {name}" if name else entry.actor_name,
                    in_words(entry.event),
                )
                for entry, name in found
            ),
            widths=(1, 3, 4, 4),
            nothing="The record has no entry of it.",
        )


def chain_of(act: Act, row: InformationRequest) -> tuple[LabelledLine, ...]:
    """Say where the newest entry stands, so that anybody can later show whether the record was rewritten."""
    number, digest = head(act.store)
    return (
        LabelledLine("Newest entry of the whole record", str(number)),
        LabelledLine("Its hash (SHA-256)", digest),
        LabelledLine("This request in the record", f"request:{row.id}"),
    )


def is_pack(session: Session, request_id: str, sha256: str) -> bool:
    """Say whether a file is an audit pack that was issued for this request."""
    issued = session.exec(
        select(AuditEntry.details).where(
            AuditEntry.subject == f"request:{request_id}", AuditEntry.event == Event.PACK_ISSUED.value
        )
    ).all()
    return bool(sha256) and any(json.loads(details)["paper_sha256"] == sha256 for details in issued)
