"""An edition of the partnership's own as its managers, chairs and officers see it: words, what changed, who decided what."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.editions import AgreementEdition, EditionDecision, EditionWriter
from portal.agreement.editions.authorisation import NEEDED
from portal.agreement.editions.changes import what_changed
from portal.agreement.editions.comparison import ComparedPart
from portal.agreement.editions.current import known_edition, made_of
from portal.agreement.editions.wording import EditionWords, words_fixed, words_of
from portal.ground.access import Permission, allow
from portal.ground.act import ROLE_TITLES, Act, Role
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.partnership import confirmed_facts


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One person's answer to an edition."""

    name: str
    role: str
    decision: str
    words: str
    at: datetime
    counts: bool


@dataclass(frozen=True, kw_only=True)
class OwnEdition:
    """An edition of the partnership's own, in whatever state."""

    id: str
    title: str
    based_on: str
    state: str
    change: str
    force_from: date | None
    sha256: str
    words: EditionWords
    writers: tuple[str, ...]
    wrote: bool
    decided: tuple[Decided, ...]
    mine: bool
    changed_at: datetime

    @property
    def still_needed(self) -> int:
        """Say how many people must still authorise it."""
        return max(0, NEEDED - sum(one.counts for one in self.decided))


def own_edition(act: Act, edition_id: str) -> OwnEdition:
    """Give an edition of the partnership's own. Raises NotFoundError."""
    allow(act, Permission.AUTHORISE_EDITION)
    with reading(act.store.engine) as session:
        row = session.get(AgreementEdition, edition_id)
        if row is None:
            raise NotFoundError
        return _shown(session, act, row)


def own_editions(act: Act) -> list[OwnEdition]:
    """List the partnership's own editions, the newest first; a dropped draft last of all is left out."""
    allow(act, Permission.AUTHORISE_EDITION)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(AgreementEdition)
            .where(AgreementEdition.state != "dropped")
            .order_by(col(AgreementEdition.begun_at).desc())
        ).all()
        return [_shown(session, act, row) for row in rows]


def to_authorise(act: Act) -> list[OwnEdition]:
    """List the editions that wait for this very person to authorise."""
    return [one for one in own_editions(act) if one.state == "handed" and not (one.wrote or one.mine)]


def changes_of(act: Act, own: OwnEdition) -> tuple[ComparedPart, ...]:
    """Compare an edition with the one it was drafted from, word by word (clause cover.versions)."""
    before = known_edition(act.store, own.based_on)
    old = words_of(act.store, before.edition) if before.blanks is None else words_fixed(before.edition, before.blanks)
    return what_changed(old, own.words)


def _shown(session: Session, act: Act, row: AgreementEdition) -> OwnEdition:
    of = made_of(row)
    writers = session.exec(select(EditionWriter).where(EditionWriter.edition_id == row.id)).all()
    answers = session.exec(
        select(EditionDecision).where(EditionDecision.edition_id == row.id).order_by(col(EditionDecision.at))
    ).all()
    counted = [one for one in answers if one.round == row.round and one.decision == "authorised" and row.sha256]
    return OwnEdition(
        id=row.id,
        title=of.about.short_title,
        based_on=row.based_on,
        state=row.state,
        change=row.change,
        force_from=row.force_from,
        sha256=row.sha256 or "",
        words=words_fixed(of, json.loads(row.blanks), confirmed_facts(act.store, of.rules_id)),
        writers=tuple(one.name for one in writers),
        wrote=any(one.account_id == act.person.id for one in writers),
        decided=tuple(_decided(act, one, counts=one in counted) for one in answers),
        mine=any(one.by == act.person.id for one in counted),
        changed_at=row.changed_at,
    )


def _decided(act: Act, row: EditionDecision, *, counts: bool) -> Decided:
    words = act.store.vault.open_text(row.words, f"edition_decision.words:{row.id}") if row.words else ""
    return Decided(
        name=row.by_name,
        role=ROLE_TITLES[Role(row.role)].partition(":")[0],
        decision=row.decision,
        words=words,
        at=row.at,
        counts=counts,
    )
