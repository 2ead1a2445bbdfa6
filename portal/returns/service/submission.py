"""Sending a return: keep only what was treated, replace an earlier one, or say that there is nothing to report (s11)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.returns import Return
from portal.accounts.holders import addresses_of
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import PortalError
from portal.ground.wording import new_id, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.returns.matching.remembered import remember
from portal.returns.matching.remembered_wordings import Wordings, answered, remember_wordings
from portal.returns.report.certificate import certify, has_small_groups
from portal.returns.report.file_report import FileReport
from portal.returns.review.query import close_for
from portal.returns.service.upload_check import Checked, chosen_by
from portal.rules.datasets.catalogue import book, data_set
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition_in_force

_AT_ONCE = "Somebody of your organisation sent this return at the same moment. Look at it before you send it again."


class NotAcceptedError(PortalError):
    """Only an accepted file can be sent."""

    message = "This file was not accepted. Nothing was kept. Choose a file again."


def send(act: Act, checked: Checked, key: str) -> str:
    """Keep a checked return: one transaction for the records, the replacement of an earlier one, the entry and the letters.

    `key` was made when the form was shown: sent twice, it is kept once, and the same id comes back. The certificate is
    sealed before the transaction, since sealing takes half a second.
    Clauses s11.quarterly, s9.datasets-secured, app1.datasets.
    """
    allow(act, Permission.SEND_RETURN, checked.organisation_id)
    outcome = checked.outcome
    if outcome.status != "accepted" or outcome.parquet is None:
        raise NotAcceptedError
    earlier = _by_key(act, key, checked.organisation_id)
    if earlier is not None:
        return earlier
    content = outcome.parquet
    row = _row(act, checked.organisation_id, (checked.data_set, checked.quarter), key)
    row.rows_read, row.rows_kept = outcome.report.rows_read, outcome.report.rows_kept
    row.small_groups = has_small_groups(outcome.report.risk)
    row.content = act.store.vault.seal(content, f"quarterly_return.content:{row.id}")
    row.content_hash = hashlib.sha256(content).hexdigest()
    row.report = act.store.vault.seal_text(
        json.dumps(checked.report.as_json(), ensure_ascii=False), f"quarterly_return.report:{row.id}"
    )
    told = (checked.mapping if checked.remembers else {}, answered(checked.answers))
    return _keep(act, row, outcome.report, Event.RETURN_SENT, told)


def send_nothing(act: Act, organisation_id: str, chosen: tuple[str, str], key: str) -> str:
    """Report that there is nothing for a quarter: it counts as a return. `chosen` is data set id and quarter."""
    allow(act, Permission.SEND_RETURN, organisation_id)
    entry, quarter = chosen_by(act, organisation_id, *chosen)
    earlier = _by_key(act, key, organisation_id)
    if earlier is not None:
        return earlier
    row = _row(act, organisation_id, (entry.id, quarter.label), key)
    row.nothing_to_report = True
    return _keep(act, row, None, Event.RETURN_NIL, ({}, {}))


def _row(act: Act, organisation_id: str, chosen: tuple[str, str], key: str) -> Return:
    edition = edition_in_force(today(act.at))
    return Return(
        id=new_id(),
        reference=reference(),
        key=hashlib.sha256(f"{organisation_id}:{key}".encode()).hexdigest(),
        organisation_id=organisation_id,
        data_set=chosen[0],
        quarter=chosen[1],
        edition=edition.id,
        edition_hash=edition.hash,
        rules_hash=book().hash,
        sent_at=act.at,
        sent_by=act.person.id,
        sent_by_name=act.person.name,
    )


def _keep(
    act: Act, row: Return, report: FileReport | None, event: Event, told: tuple[Mapping[str, str], Wordings]
) -> str:
    with reading(act.store.engine) as session:
        row.replaces = session.exec(select(Return.id).where(*_in_force(row))).first()
    row.certificate = act.store.vault.seal(certify(act, row, report), f"quarterly_return.certificate:{row.id}")
    try:
        with transaction(act.store.engine) as session:
            require_active(session, row.organisation_id)
            before = session.exec(select(Return).where(*_in_force(row)).with_for_update()).first()
            if row.replaces != (before.id if before is not None else None):
                return _sent_meanwhile(session, row)  # its certificate would name another than it takes the place of
            if before is not None:
                before.ended_at, before.ended_why = act.at, "replaced"
                session.add(before)
                session.flush()
                record(
                    session,
                    act,
                    Event.RETURN_REPLACED,
                    f"return:{before.id}",
                    organisation_id=row.organisation_id,
                    by=row.id,
                )
            session.add(row)
            session.flush()
            if before is not None:
                close_for(session, act, before, row.id)
            remember(session, act, row.organisation_id, row.data_set, told[0])
            remember_wordings(session, act, row.organisation_id, row.data_set, told[1])
            record(
                session, act, event, f"return:{row.id}", organisation_id=row.organisation_id, data_set=row.data_set, quarter=row.quarter,
                rows=row.rows_kept, content=row.content_hash, edition=row.edition,
            )  # fmt: skip
            _tell(session, act, row)
    except IntegrityError as error:
        earlier = _find_by_key(act, row.key)
        if earlier is None:
            raise PortalError(_AT_ONCE) from error
        return earlier
    return row.id


def _sent_meanwhile(session: Session, row: Return) -> str:
    """Give the return of the other of two clicks at once; PortalError where it was another person's."""
    same = session.exec(select(Return.id).where(Return.key == row.key)).first()
    if same is None:
        raise PortalError(_AT_ONCE)
    return same


def _in_force(row: Return) -> tuple[Any, ...]:
    """Choose the return that holds of the organisation, data set and quarter of a new one."""
    return (
        Return.organisation_id == row.organisation_id,
        Return.data_set == row.data_set,
        Return.quarter == row.quarter,
        col(Return.ended_at).is_(None),
    )


def _by_key(act: Act, key: str, organisation_id: str) -> str | None:
    return _find_by_key(act, hashlib.sha256(f"{organisation_id}:{key}".encode()).hexdigest())


def _find_by_key(act: Act, hashed: str) -> str | None:
    with reading(act.store.engine) as session:
        return session.exec(select(Return.id).where(Return.key == hashed)).first()


def _tell(session: Session, act: Act, row: Return) -> None:
    title, months = data_set(row.data_set).title, Quarter.parse(row.quarter).months
    kept = "nothing to report" if row.nothing_to_report else f"{row.rows_kept:,} records kept"
    to = addresses_of(session, Role.OFFICER) | {act.person.email}
    notify(session, act, "return-received", to, title=title, months=months, kept=kept, reference=row.reference)
