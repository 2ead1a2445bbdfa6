"""Changing the partnership's own facts after set-up, and confirming facts of an edition. For the Information Manager."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.partnership import ConfirmedFact, Partnership
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.partnership import confirmed_facts, struck_facts
from portal.ground.wording import new_id, one_line, paragraphs
from portal.partnership import blanks, colours, logos
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.adopted import STRIKABLE
from portal.rules.edition.editions import Edition, UnverifiedFact, unverified

_LONGEST_HOW = 1000


@dataclass(frozen=True, kw_only=True)
class SettledFact:
    """A fact (table/id) that was confirmed or struck out: by whom, when, and how it was checked."""

    fact: str
    struck: bool
    how: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Unconfirmed:
    """A fact of an edition that nobody has settled yet; `key` is table/id."""

    key: str
    fact: UnverifiedFact

    @property
    def may_be_struck(self) -> bool:
        """Say whether the edition can do without it."""
        return self.fact.table in STRIKABLE


def change_blanks(act: Act, answers: Mapping[str, str]) -> None:
    """Change the words that fill the agreement's blanks; one left out of `answers` stays as it is.

    Raises AnswersNeededError. What was signed before keeps the words of its day.
    """
    allow(act, Permission.CHANGE_SETTINGS)
    with transaction(act.store.engine) as session:
        row = _row(session)
        before: dict[str, str] = json.loads(row.placeholders)
        after, problems = blanks.tidy({**before, **answers})
        problems |= {key: "This cannot be empty" for key in blanks.FIRST if key not in after and key not in problems}
        if problems:
            raise AnswersNeededError(problems)
        changed = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
        if changed:
            row.placeholders, row.name = json.dumps({**before, **after}, ensure_ascii=False), after["partnership_name"]
            _keep(session, act, row, changed)


def change_accent(act: Act, typed: str) -> str:
    """Change the accent colour; one too pale to read on white is darkened. Returns what is kept ('' for the usual)."""
    allow(act, Permission.CHANGE_SETTINGS)
    try:
        colour = colours.accent(typed)
    except ValueError as error:
        raise AnswersNeededError({"accent": str(error)}) from error
    kept = colours.darkened(colour) if colour else ""
    with transaction(act.store.engine) as session:
        row = _row(session)
        if (row.accent or "") != kept:
            row.accent = kept or None
            _keep(session, act, row, ["accent"])
    return kept


def change_logo(act: Act, data: bytes | None) -> None:
    """Change the logo, or take it away (None). Raises AnswersNeededError ("logo")."""
    allow(act, Permission.CHANGE_SETTINGS)
    kept, kind = logos.checked(data) if data is not None else (None, None)
    with transaction(act.store.engine) as session:
        row = _row(session)
        if row.logo != kept:
            row.logo, row.logo_type = kept, kind
            _keep(session, act, row, ["logo"])


def change_weighing(act: Act, *, weighing: bool) -> None:
    """Say whether the Section 4 check weighs benefit against harm."""
    allow(act, Permission.CHANGE_SETTINGS)
    with transaction(act.store.engine) as session:
        row = _row(session)
        if row.weighing != weighing:
            row.weighing = weighing
            _keep(session, act, row, ["weighing"])


def unconfirmed(act: Act, of: Edition) -> list[Unconfirmed]:
    """List the facts of an edition that no source confirmed and that nobody has confirmed or struck out (CONFIRM_FACTS)."""
    allow(act, Permission.CONFIRM_FACTS)
    done = confirmed_facts(act.store, of.id) | struck_facts(act.store, of.id)
    found = [Unconfirmed(key=f"{fact.table}/{fact.id}", fact=fact) for fact in unverified(of)]
    return [one for one in found if one.key not in done]


def confirmations(act: Act, of: Edition) -> list[SettledFact]:
    """List the facts that were confirmed or struck out, newest first."""
    allow(act, Permission.CONFIRM_FACTS)
    with reading(act.store.engine) as session:
        rows = session.exec(select(ConfirmedFact).where(ConfirmedFact.edition == of.id)).all()
    found = [
        SettledFact(
            fact=row.fact,
            struck=row.struck,
            confirmed_by=row.confirmed_by,
            confirmed_at=row.confirmed_at,
            how=act.store.vault.open_text(row.how, f"confirmed_fact.how:{row.id}"),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.confirmed_at, reverse=True)


def confirm_facts(act: Act, of: Edition, keys: Collection[str], how: str) -> None:
    """Confirm facts of an edition, saying how they were checked; from now on the portal relies on them. All, or none.

    Raises AnswersNeededError, NotFoundError, AlreadyDoneError (somebody else was faster).
    """
    _settle(act, of, keys, how, struck=False)


def strike_facts(act: Act, of: Edition, keys: Collection[str], why: str) -> None:
    """Strike facts out of an edition that can do without them: the portal neither shows nor offers them any more.

    Raises AnswersNeededError, NotFoundError (also where the edition needs one), AlreadyDoneError.
    """
    if not all(key.partition("/")[0] in STRIKABLE for key in keys):
        raise NotFoundError
    _settle(act, of, keys, why, struck=True)


def _settle(act: Act, of: Edition, keys: Collection[str], how: str, *, struck: bool) -> None:
    allow(act, Permission.CONFIRM_FACTS)
    if not keys:
        raise AnswersNeededError({"chosen": "Choose what you checked"})
    words = paragraphs(how)
    if not words:
        asked = (
            "Enter why it is struck out" if struck else "Enter how you checked this: what you read, or whom you asked"
        )
        raise AnswersNeededError({"how": asked})
    if len(words) > _LONGEST_HOW:
        raise AnswersNeededError({"how": f"How you checked this must be {_LONGEST_HOW:,} characters or fewer"})
    if not set(keys) <= {f"{fact.table}/{fact.id}" for fact in unverified(of)}:
        raise NotFoundError
    event = Event.FACT_STRUCK if struck else Event.FACT_CONFIRMED
    try:
        with transaction(act.store.engine) as session:
            for key in keys:
                row_id = new_id()
                session.add(
                    ConfirmedFact(
                        id=row_id,
                        edition=of.id,
                        fact=key,
                        how=act.store.vault.seal_text(words, f"confirmed_fact.how:{row_id}"),
                        struck=struck,
                        confirmed_by=act.person.name,
                        confirmed_at=act.at,
                    )
                )
                session.flush()
                record(session, act, event, f"fact:{of.id}/{key}"[:120])
    except IntegrityError as error:
        raise AlreadyDoneError("One of these has been settled already. Look at the list below.") from error


def _row(session: Session) -> Partnership:
    row = session.exec(select(Partnership).where(Partnership.id == 1).with_for_update()).first()
    if row is None:
        raise NotFoundError("This portal is not set up yet.")
    return row


def _keep(session: Session, act: Act, row: Partnership, changed: list[str]) -> None:
    session.add(row)
    record(session, act, Event.SETTINGS_CHANGED, "partnership:1", changed=[one_line(name) for name in changed])
