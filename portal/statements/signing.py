"""Signing a statement, each party's approver in turn; in force only when all have signed the same words (App 5)."""

import hashlib
import json
from dataclasses import dataclass

from sqlmodel import Session

from models.statements import SharingStatement, StatementSignature
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import NAME_LENGTH, new_id, one_line, today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition
from portal.statements.contacts import copy_goes_to
from portal.statements.entitlement import EntitledStatement, Party, addresses, find_own
from portal.statements.errors import AnotherSignsFirstError, EndedError, UnfinishedStatementError, WordsChangedError
from portal.statements.notifications import tell
from portal.statements.papers.documents import SignedBy, statement_in_force
from portal.statements.papers.wording import missing

REVIEW_MONTHS = 12  # the edition asks for a review on any change; a year without one is too long


@dataclass(frozen=True, kw_only=True)
class StatementSigner:
    """Who signs: full name and post, as they stand on the paper."""

    name: str
    post: str


@dataclass(frozen=True, kw_only=True)
class SigningOutcome:
    """What a signature led to."""

    in_force: bool
    next_party: str = ""


def sign_statement(act: Act, statement_id: str, signer: StatementSigner, *, version: int) -> SigningOutcome:
    """Sign for one's own organisation (clause app5.statement); signing again changes nothing.

    `version` is the one that was on the screen. The organisation comes from the session, never from a form. With the
    last signature the statement is in force, its paper is sealed, and copies go to each information management.

    Raises NotFoundError, AnswersNeededError, WordsChangedError, UnfinishedStatementError, NotYourTurnError,
    EndedError, NotActiveError.
    """
    allow(act, Permission.SIGN_STATEMENT)
    checked = _checked(signer)
    with reading(act.store.engine) as session:
        found = find_own(session, act, statement_id)
    if _has_signed(found):
        return _outcome(found)
    allow(act, Permission.SIGN_STATEMENT, found.ours)
    _check(found, version)
    signature = _signature(act, found, checked)
    paper = _paper(act, found, signature) if len(found.signatures) + 1 == len(found.parties) else b""
    with transaction(act.store.engine) as session:
        take_turn(session)  # of two clicks at once the second finds the first one's signature
        return _keep(session, act, found, signature, paper)


def signer_of(act: Act, row: StatementSignature) -> StatementSigner:
    """Open who signed."""
    return StatementSigner(**json.loads(act.store.vault.open_text(row.signer, _place(row.id))))


def _has_signed(found: EntitledStatement) -> bool:
    return any(one.organisation_id == found.ours for one in found.signatures)


def _outcome(found: EntitledStatement) -> SigningOutcome:
    waiting = found.next_party
    return SigningOutcome(in_force=found.row.status == "in_force", next_party=waiting.name if waiting else "")


def _check(found: EntitledStatement, version: int) -> None:
    if found.row.status != "draft":
        raise EndedError
    if found.row.version != version:
        raise WordsChangedError(found.row.changed_by, found.row.changed_at)
    still_open = missing(edition(found.words.edition), found.words)
    if still_open:
        raise UnfinishedStatementError(tuple(one.label for one in still_open))
    turn = found.next_party
    if turn is None or turn.id != found.ours:
        raise AnotherSignsFirstError(turn.name if turn else "")


def _checked(signer: StatementSigner) -> StatementSigner:
    made = StatementSigner(name=one_line(signer.name), post=one_line(signer.post))
    problems = {}
    if not made.name:
        problems["name"] = "Enter your full name."
    if not made.post:
        problems["post"] = "Enter your post, such as 'Clerk'."
    for field, value in vars(made).items():
        if len(value) > NAME_LENGTH:
            problems[field] = f"Use {NAME_LENGTH} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return made


def _signature(act: Act, found: EntitledStatement, signer: StatementSigner) -> StatementSignature:
    signature_id = new_id()
    return StatementSignature(
        id=signature_id,
        statement_id=found.row.id,
        organisation_id=found.ours,
        version=found.row.version,
        text_sha256=found.row.text_sha256,
        signer=act.store.vault.seal_text(json.dumps(vars(signer), ensure_ascii=False), _place(signature_id)),
        signed_by_id=act.person.id,
        signed_at=act.at,
    )


def _paper(act: Act, found: EntitledStatement, last: StatementSignature) -> bytes:
    names = {party.id: party.name for party in found.parties}
    signed = tuple(
        SignedBy(organisation=names[one.organisation_id], signed_at=one.signed_at, **vars(signer_of(act, one)))
        for one in (*found.signatures, last)
    )
    return statement_in_force(act, found, signed)


def _keep(
    session: Session, act: Act, seen: EntitledStatement, signature: StatementSignature, paper: bytes
) -> SigningOutcome:
    """Keep a signature if the words are those it was prepared for; then the signatures before it are the same too."""
    found = find_own(session, act, seen.row.id, lock=True)
    row = found.row
    if _has_signed(found):
        return _outcome(found)
    _check(found, seen.row.version)
    for party in found.parties:
        require_active(session, party.id)
    session.add(signature)
    session.flush()
    subject = f"statement:{row.id}"
    details = {"version": row.version, "text_sha256": row.text_sha256}
    record(session, act, Event.STATEMENT_SIGNED, subject, found.ours, **details)
    if paper:
        _come_into_force(session, act, found, paper)
        return SigningOutcome(in_force=True)
    following = found.parties[len(found.signatures) + 1]
    told = addresses(session, (following,), Role.APPROVER)
    tell(session, act, "statement-your-turn", row.reference, f"/statement?id={row.id}", told)
    return SigningOutcome(in_force=False, next_party=following.name)


def _come_into_force(session: Session, act: Act, found: EntitledStatement, paper: bytes) -> None:
    row = found.row
    row.paper = act.store.vault.seal(paper, paper_place(row.id))
    row.paper_sha256 = hashlib.sha256(paper).hexdigest()
    row.status, row.in_force_at = "in_force", act.at
    row.review_on = months_after(today(act.at), REVIEW_MONTHS)
    session.add(row)
    record(session, act, Event.STATEMENT_IN_FORCE, f"statement:{row.id}", found.ours, paper_sha256=row.paper_sha256)
    if row.replaces_id:
        _replace(session, act, found, row.replaces_id)
    path = f"/statement?id={row.id}"
    _send_copies(session, act, row, found.parties, about=path)  # who gets one is told by it, and by no second letter
    tell(session, act, "statement-in-force", row.reference, path, addresses(session, found.parties))


def _replace(session: Session, act: Act, found: EntitledStatement, before_id: str) -> None:
    before = session.get(SharingStatement, before_id)
    if before is None or before.status != "in_force":
        return
    before.status, before.ended_at = "replaced", act.at
    session.add(before)
    record(session, act, Event.STATEMENT_REPLACED, f"statement:{before.id}", found.ours, by=found.row.id)


def _send_copies(session: Session, act: Act, row: SharingStatement, parties: tuple[Party, ...], *, about: str) -> None:
    path = f"/files/statement/{row.id}.pdf"
    for party in parties:
        tell(session, act, "statement-copy", row.reference, path, copy_goes_to(session, act, party.id), about=about)


def paper_place(statement_id: str) -> str:
    """Name the place that a statement's paper is sealed for."""
    return f"sharing_statement.paper:{statement_id}"


def _place(signature_id: str) -> str:
    return f"statement_signature.signer:{signature_id}"
