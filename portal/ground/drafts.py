"""Drafts: answers kept as they are given, sealed, for 28 days; resumed by account or by an unguessable link."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, delete, select

from models.drafts import Draft
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.vault import token, token_hash
from portal.ground.wording import new_id

KEPT = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class SavedDraft:
    """A draft: its id, its answers so far, when it was last saved, and what it became (if it is finished)."""

    id: str
    journey: str
    answers: dict[str, Any]
    saved_at: datetime
    expires_at: datetime
    finished_at: datetime | None
    outcome: str


def begin(act: Act, journey: str, answers: Mapping[str, Any] | None = None) -> tuple[SavedDraft, str]:
    """Begin a draft. A person with an account holds it by the account, and the token is empty.

    Anybody else holds it by the token (256 random bits), which is returned once and kept only as its hash.
    """
    secret = "" if act.person.signed_in else token()
    draft_id = new_id()
    row = Draft(
        id=draft_id,
        journey=journey,
        account_id=act.person.id if act.person.signed_in else None,
        organisation_id=act.person.organisation_id,
        token_hash=token_hash(secret) if secret else None,
        answers=_seal(act, draft_id, answers or {}),
        begun_at=act.at,
        saved_at=act.at,
        expires_at=act.at + KEPT,
    )
    with transaction(act.store.engine) as session:
        session.add(row)
    return _shown(act, row), secret


def resume(act: Act, journey: str, *, secret: str = "", draft_id: str = "") -> SavedDraft:
    """Find a draft again, by its token or by the account that holds it. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        return _shown(act, _held(session, act, journey, secret, draft_id))


def save(act: Act, journey: str, answers: Mapping[str, Any], *, secret: str = "", draft_id: str = "") -> SavedDraft:
    """Add answers to a draft (a key given again replaces the old answer). Raises NotFoundError; a finished draft stays as it is."""
    with transaction(act.store.engine) as session:
        row = _held(session, act, journey, secret, draft_id)
        if row.finished_at is None:
            row.answers = _seal(act, row.id, {**_open(act, row), **answers})
            row.saved_at, row.expires_at, row.warned_at = act.at, act.at + KEPT, None
            session.add(row)
    return _shown(act, row)


def finish(session: Session, act: Act, journey: str, outcome: str, *, secret: str = "", draft_id: str = "") -> None:
    """Close a draft in the transaction of what it became; its answers are emptied, since what it became holds them."""
    row = _held(session, act, journey, secret, draft_id)
    row.finished_at, row.outcome, row.answers = act.at, outcome, _seal(act, row.id, {})
    session.add(row)


def discard(act: Act, journey: str, *, secret: str = "", draft_id: str = "") -> None:
    """Delete a draft that its holder does not want any more."""
    with transaction(act.store.engine) as session:
        session.delete(_held(session, act, journey, secret, draft_id))


def held(act: Act, journey: str) -> list[SavedDraft]:
    """List the unfinished drafts of the signed-in person for one journey, newest first."""
    if not act.person.signed_in:
        return []
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Draft)
            .where(
                Draft.journey == journey,
                _of(act),
                col(Draft.finished_at).is_(None),
                col(Draft.expires_at) > act.at,
            )
            .order_by(col(Draft.saved_at).desc())
        ).all()
    return [_shown(act, row) for row in rows]


def _held(session: Session, act: Act, journey: str, secret: str, draft_id: str) -> Draft:
    query = select(Draft).where(Draft.journey == journey, col(Draft.expires_at) > act.at)
    if secret:
        query = query.where(Draft.token_hash == token_hash(secret))
    elif draft_id and act.person.signed_in:
        query = query.where(Draft.id == draft_id, _of(act))
    else:
        raise NotFoundError
    row = session.exec(query.with_for_update()).first()
    if row is None:
        raise NotFoundError(
            "We cannot find these answers. They are kept for 28 days, on the device or account that gave them."
        )
    return row


def end_with_post(session: Session, account_id: str, organisation_id: str) -> None:
    """Delete what somebody began for an organisation that they act for no more, in the transaction of their leaving."""
    session.exec(
        delete(Draft).where(
            col(Draft.account_id) == account_id,
            col(Draft.organisation_id) == organisation_id,
            col(Draft.finished_at).is_(None),
        )
    )


def _of(act: Act) -> ColumnElement[bool]:
    """Say, of a draft, that it is this person's, for an organisation that they act for now or for none."""
    acts_for = {post.organisation_id for post in act.person.posts if post.organisation_id}
    return and_(
        col(Draft.account_id) == act.person.id,
        or_(col(Draft.organisation_id).is_(None), col(Draft.organisation_id).in_(acts_for)),
    )


def _seal(act: Act, draft_id: str, answers: Mapping[str, Any]) -> bytes:
    return act.store.vault.seal_text(json.dumps(answers, ensure_ascii=False), f"draft.answers:{draft_id}")


def _open(act: Act, row: Draft) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(act.store.vault.open_text(row.answers, f"draft.answers:{row.id}"))
    return opened


def _shown(act: Act, row: Draft) -> SavedDraft:
    return SavedDraft(
        id=row.id,
        journey=row.journey,
        answers=_open(act, row),
        saved_at=row.saved_at,
        expires_at=row.expires_at,
        finished_at=row.finished_at,
        outcome=row.outcome,
    )
