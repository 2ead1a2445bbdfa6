"""Sending a return: check a file, keep only what was treated, replace, withdraw, or say that there is nothing to report (s11)."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.organisations import Organisation
from models.returns import Return
from portal.access import Permission, allow
from portal.act import Act, Role
from portal.agreement.standing import require_active
from portal.database import reading, transaction
from portal.errors import AnswersNeededError, NotFoundError, PortalError
from portal.record.audit import record
from portal.record.events import Event
from portal.record.outbox import Letter, post
from portal.returns.beside import beside_others
from portal.returns.certifying import certify, has_small_groups
from portal.returns.depersonalising import depersonalise
from portal.returns.memory import remember, remembered
from portal.returns.outcomes import Outcome
from portal.rules.datasets import DataSet, book, data_set, data_sets_of
from portal.rules.editions import edition_in_force
from portal.rules.faults import RulesError
from portal.rules.quarters import Quarter
from portal.wording import new_id, paragraphs, reference, today

_AT_ONCE = BoundedSemaphore(2)  # children at work: each may take a gigabyte
REASON_LENGTH = 500


class NotOursError(PortalError):
    """This kind of organisation sends no such data set, or the set does not exist for that quarter."""

    message = "Your organisation does not send this data set for that quarter."


class NotAcceptedError(PortalError):
    """Only an accepted file can be sent."""

    message = "This file was not accepted. Nothing was kept. Choose a file again."


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file that went through the whole path, for one organisation, set and quarter; still nothing of it is kept."""

    organisation_id: str
    data_set: str
    quarter: str
    edition: str
    outcome: Outcome
    mapping: Mapping[str, str] = field(default_factory=dict, repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)


def check(
    act: Act,
    organisation_id: str,
    chosen: tuple[str, str],
    upload: tuple[bytes, str],
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Checked:
    """Take a file through the path in a child process; keeps nothing.

    Args:
        act: by whom.
        organisation_id: for which organisation.
        chosen: data set id and quarter ('2026-Q3').
        upload: the file's bytes, and its name (which is used for nothing but telling a CSV from a TSV).
        mapping: heading -> field, where the person corrected or confirmed it; what this organisation confirmed last time fills the rest.
        answers: question id -> choice.
        progress: told the stage, how much is done, and how much there is.

    Raises NotAllowedError, NotActiveError, NotOursError.
    """
    allow(act, Permission.SEND_RETURN, organisation_id)
    entry, quarter = _chosen(act, organisation_id, *chosen)
    kept = {**remembered(act, organisation_id, entry.id), **(mapping or {})}
    edition = edition_in_force(today(act.at)).id
    with _AT_ONCE:
        outcome = depersonalise(
            upload[0], upload[1], entry.id, quarter, edition, mapping=kept, answers=answers or {}, progress=progress
        )
    return Checked(
        organisation_id=organisation_id,
        data_set=entry.id,
        quarter=quarter.label,
        edition=edition,
        outcome=beside_others(act, outcome, entry.id, quarter.label),
        mapping=mapping or {},
        answers=answers or {},
    )


def check_again(
    act: Act,
    checked: Checked,
    upload: tuple[bytes, str],
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Checked:
    """Take a file through the path once more with what its sender said; what was said before still counts."""
    return check(
        act,
        checked.organisation_id,
        (checked.data_set, checked.quarter),
        upload,
        mapping={**checked.mapping, **(mapping or {})},
        answers={**checked.answers, **(answers or {})},
    )


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
    row.rows_read, row.rows_kept = _number(outcome.report, "rows_read"), _number(outcome.report, "rows_kept")
    row.small_groups = has_small_groups(outcome.report)
    row.content = act.store.vault.seal(content, f"quarterly_return.content:{row.id}")
    row.content_hash = hashlib.sha256(content).hexdigest()
    row.report = act.store.vault.seal_text(
        json.dumps(outcome.report, ensure_ascii=False), f"quarterly_return.report:{row.id}"
    )
    return _keep(act, row, outcome.report, Event.RETURN_SENT, checked.mapping)


def send_nothing(act: Act, organisation_id: str, chosen: tuple[str, str], key: str) -> str:
    """Report that there is nothing for a quarter: it counts as a return. `chosen` is data set id and quarter."""
    allow(act, Permission.SEND_RETURN, organisation_id)
    entry, quarter = _chosen(act, organisation_id, *chosen)
    earlier = _by_key(act, key, organisation_id)
    if earlier is not None:
        return earlier
    row = _row(act, organisation_id, (entry.id, quarter.label), key)
    row.nothing_to_report = True
    return _keep(act, row, {}, Event.RETURN_NIL, {})


def withdraw(act: Act, return_id: str, reason: str) -> None:
    """Take a current return back, with a reason; its records are deleted, its line stays in the history."""
    reason = paragraphs(reason)
    if not reason:
        raise AnswersNeededError({"reason": "Say why this return is withdrawn"})
    if len(reason) > REASON_LENGTH:
        raise AnswersNeededError({"reason": f"The reason must be {REASON_LENGTH} characters or fewer"})
    with transaction(act.store.engine) as session:
        row = session.exec(select(Return).where(Return.id == return_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        allow(act, Permission.SEND_RETURN, row.organisation_id)
        if row.ended_at is not None:
            return
        row.ended_at, row.ended_why, row.ended_reason = act.at, "withdrawn", reason
        if not row.nothing_to_report:
            row.content = act.store.vault.seal(b"", f"quarterly_return.content:{row.id}")
        session.add(row)
        record(
            session,
            act,
            Event.RETURN_WITHDRAWN,
            f"return:{row.id}",
            organisation_id=row.organisation_id,
            data_set=row.data_set,
            quarter=row.quarter,
        )


def _chosen(act: Act, organisation_id: str, data_set_id: str, quarter_label: str) -> tuple[DataSet, Quarter]:
    try:
        entry, quarter = data_set(data_set_id), Quarter.parse(quarter_label)
    except RulesError as error:
        raise NotOursError from error
    with reading(act.store.engine) as session:
        require_active(session, organisation_id)
        organisation = session.get(Organisation, organisation_id)
    edition = edition_in_force(today(act.at)).id
    if (
        organisation is None
        or entry.id not in {d.id for d in data_sets_of(organisation.kind, edition)}
        or not entry.exists_in(quarter)
    ):
        raise NotOursError
    if quarter.start > today(act.at):
        raise NotOursError("That quarter has not begun yet.")
    return entry, quarter


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


def _keep(act: Act, row: Return, report: Mapping[str, object], event: Event, mapping: Mapping[str, str]) -> str:
    row.certificate = act.store.vault.seal(certify(act, row, report), f"quarterly_return.certificate:{row.id}")
    try:
        with transaction(act.store.engine) as session:
            require_active(session, row.organisation_id)
            before = _current(session, row)
            if before is not None:
                before.ended_at, before.ended_why, row.replaces = act.at, "replaced", before.id
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
            remember(session, act, row.organisation_id, row.data_set, mapping)
            record(
                session, act, event, f"return:{row.id}", organisation_id=row.organisation_id, data_set=row.data_set, quarter=row.quarter,
                rows=row.rows_kept, content=row.content_hash, edition=row.edition,
            )  # fmt: skip
            _tell(session, act, row)
    except IntegrityError as error:
        earlier = _find_by_key(act, row.key)
        if earlier is None:
            raise PortalError(
                "Somebody of your organisation sent this return at the same moment. Look at it before you send it again."
            ) from error
        return earlier
    return row.id


def _current(session: Session, row: Return) -> Return | None:
    return session.exec(
        select(Return)
        .where(
            Return.organisation_id == row.organisation_id,
            Return.data_set == row.data_set,
            Return.quarter == row.quarter,
            col(Return.ended_at).is_(None),
        )
        .with_for_update()
    ).first()


def _by_key(act: Act, key: str, organisation_id: str) -> str | None:
    return _find_by_key(act, hashlib.sha256(f"{organisation_id}:{key}".encode()).hexdigest())


def _find_by_key(act: Act, hashed: str) -> str | None:
    with reading(act.store.engine) as session:
        return session.exec(select(Return.id).where(Return.key == hashed)).first()


def _number(report: Mapping[str, object], name: str) -> int:
    value = report.get(name)
    return value if isinstance(value, int) else 0


def _tell(session: Session, act: Act, row: Return) -> None:
    title, months = data_set(row.data_set).title, Quarter.parse(row.quarter).months
    body = f"{title}, {months}: {'nothing to report' if row.nothing_to_report else f'{row.rows_kept:,} records kept'}. Reference {row.reference}."
    officers = session.exec(
        select(Account.email)
        .join(Post, col(Post.account_id) == col(Account.id))
        .where(Post.role == Role.OFFICER.value, col(Post.ended_at).is_(None), col(Account.closed_at).is_(None))
    ).all()
    for address in {*officers, *([act.person.email] if act.person.email else [])}:
        post(
            session,
            act,
            Letter(
                template="return-received",
                to=address,
                subject="A return was received",
                body=f"{body}\n\nSign in to the portal to see it.\n",
            ),
        )
