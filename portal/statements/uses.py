"""What an organisation really uses: laws, partners and purposes, from its requests and its statements. Codes and names only."""

import json
from dataclasses import dataclass

from sqlalchemy import literal
from sqlmodel import Session, col, or_, select

from models.organisations import Organisation
from models.record import AuditEntry
from models.requests import InformationRequest
from models.statements import SharingStatement, StatementParty
from portal.ground.act import Act
from portal.record.events import Event
from portal.statements.entitlement import open_words

_SENT = (Event.REQUEST_SENT.value, Event.URGENT_SENT.value, Event.RECORD_COMPLETED.value)


@dataclass(frozen=True, kw_only=True)
class SentRequest:
    """One written request: its row, and the laws that it named. Nothing sealed was opened for it."""

    row: InformationRequest
    gateways: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Uses:
    """What an organisation uses: gateway ids, partners' names by name, and the purposes its statements give."""

    gateways: tuple[str, ...]
    partners: tuple[str, ...]
    purposes: tuple[str, ...]


def sent_requests(session: Session, organisation_id: str | None = None) -> list[SentRequest]:
    """List the requests that were sent and not withdrawn, with the laws they named, as the record of sending has them.

    An urgent one counts from its short record on; its laws come with its full record.

    Those that one organisation asked or was asked, or all of the partnership's where none is named.
    """
    query = (
        select(InformationRequest, AuditEntry.details)
        .join(AuditEntry, col(AuditEntry.subject) == literal("request:") + col(InformationRequest.id))
        .where(col(AuditEntry.event).in_(_SENT), InformationRequest.status != "withdrawn")
        .order_by(col(InformationRequest.sent_at))
    )
    if organisation_id is not None:
        query = query.where(
            or_(
                InformationRequest.asking_organisation_id == organisation_id,
                InformationRequest.holding_organisation_id == organisation_id,
            )
        )
    found: dict[str, SentRequest] = {}
    for row, details in session.exec(query).all():
        before = found[row.id].gateways if row.id in found else ()
        found[row.id] = SentRequest(row=row, gateways=tuple(dict.fromkeys((*before, *_gateways(details)))))
    return list(found.values())


def uses_of(session: Session, act: Act, organisation_id: str) -> Uses:
    """Work out what an organisation uses (clause s6.fair-obtaining). The caller has checked who asks."""
    requests = sent_requests(session, organisation_id)
    gateways = [gateway for one in requests for gateway in one.gateways]
    partners = {
        other
        for one in requests
        for other in (one.row.asking_organisation_id, one.row.holding_organisation_id)
        if other != organisation_id
    }
    purposes = []
    for row in _statements_in_force(session, organisation_id):
        words = open_words(act, row)
        gateways += words.gateways
        partners |= set(words.parties) - {organisation_id}
        purposes.append(words.answers.get("purpose", ""))
    names = session.exec(
        select(Organisation.name).where(col(Organisation.id).in_(partners)).order_by(col(Organisation.search_name))
    ).all()
    return Uses(
        gateways=tuple(dict.fromkeys(gateways)),
        partners=tuple(names),
        purposes=tuple(dict.fromkeys(purpose for purpose in purposes if purpose)),
    )


def _statements_in_force(session: Session, organisation_id: str) -> list[SharingStatement]:
    own = select(StatementParty.statement_id).where(StatementParty.organisation_id == organisation_id)
    return list(
        session.exec(
            select(SharingStatement)
            .where(col(SharingStatement.id).in_(own), SharingStatement.status == "in_force")
            .order_by(col(SharingStatement.in_force_at))
        ).all()
    )


def _gateways(details: str) -> tuple[str, ...]:
    named = json.loads(details).get("gateways", [])
    return tuple(str(one) for one in named) if isinstance(named, list) else ()
