"""Partners of a body that ends hear of what they had open with it: nobody there acts on it any more."""

from typing import TypeVar

from sqlmodel import Session, col, or_, select

from models.after_disclosure import RecipientCopy
from models.depersonalised_requests import DepersonalisedRequest
from models.requests import InformationRequest
from models.statements import SharingStatement, StatementParty
from portal.accounts.holders import addresses_of, still_acting
from portal.ground.act import Act, Role
from portal.ground.settings import load_settings
from portal.record.letters import notify

_Asked = TypeVar("_Asked", InformationRequest, DepersonalisedRequest)


def tell_partners(session: Session, act: Act, ended: str) -> None:
    """Tell the other side of each request and statement that still stands with a body that ends, in the open transaction.

    Called once what goes over has gone over. A letter names no body and no person: only the reference.
    """
    _tell_of(session, act, InformationRequest, ended, "request-view")
    _tell_of(session, act, DepersonalisedRequest, ended, "data-request")
    for statement in open_statements(session, ended):
        parties = session.exec(
            select(StatementParty.organisation_id).where(StatementParty.statement_id == statement.id)
        ).all()
        told = addresses_of(session, Role.APPROVER, organisations=parties)
        link = f"{load_settings().base_url}/statement?id={statement.id}"
        notify(session, act, "party-closed", told, reference=statement.reference, link=link)


def open_statements(session: Session, organisation_id: str) -> list[SharingStatement]:
    """List the statements to which a body is a party and that are not over."""
    party = select(StatementParty.statement_id).where(StatementParty.organisation_id == organisation_id)
    query = select(SharingStatement).where(
        col(SharingStatement.id).in_(party), col(SharingStatement.status).in_(["draft", "in_force"])
    )
    return list(session.exec(query.order_by(col(SharingStatement.reference))).all())


def _tell_of(session: Session, act: Act, table: type[_Asked], ended: str, page: str) -> None:
    sides = or_(col(table.asking_organisation_id) == ended, col(table.holding_organisation_id) == ended)
    for row in session.exec(select(table).where(sides)).all():
        copy = session.get(RecipientCopy, row.id)
        if row.status not in {"waiting", "question"} and (copy is None or copy.status == "gone"):
            continue
        holds = row.holding_organisation_id != ended
        told = _acting(session, row.holding_organisation_id) if holds else _askers(session, row)
        link = f"{load_settings().base_url}/{page}?id={row.id}"
        about = f"request:{row.id}" if table is InformationRequest else ""
        notify(session, act, "partner-closed", told, reference=row.reference, link=link, about=about)


def _acting(session: Session, organisation_id: str) -> set[str]:
    return addresses_of(session, Role.PARTNER, Role.APPROVER, organisations=[organisation_id])


def _askers(session: Session, row: InformationRequest | DepersonalisedRequest) -> set[str]:
    return {account.email for account in still_acting(session, [row.requester_id], row.asking_organisation_id)}
