"""Bringing a release's edition into force: blanks filled, facts confirmed or struck out, two people who authorise it (s13).

Until then the agreement is in preparation: everybody can read it, and nobody is asked to sign it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.editions import AdoptionDecision, EditionAdoption
from portal.accounts.holders import addresses_of
from portal.agreement.editions.authorisation import NEEDED
from portal.agreement.editions.current import KnownEdition, in_force, words_hash
from portal.agreement.editions.wording import EditionWords, blanks_of, words_fixed
from portal.agreement.errors import EditionStateError, TextChangedError
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import ROLE_TITLES, Act, Role
from portal.ground.database import reading, transaction
from portal.ground.partnership import confirmed_facts, facts, struck_facts
from portal.ground.wording import listed, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.edition.adopted import adopted
from portal.rules.edition.editions import UnverifiedFact, unverified

_ROLES = (Role.MANAGER, Role.CHAIR, Role.OFFICER)


@dataclass(frozen=True, kw_only=True)
class Authorised:
    """Who authorised the words as they stand now, in which post, and when."""

    name: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """How far a release's edition is from coming into force, and the words that would be signed."""

    words: EditionWords
    sha256: str
    open_blanks: tuple[str, ...]
    unchecked: tuple[UnverifiedFact, ...]
    authorised: tuple[Authorised, ...]
    mine: bool

    @property
    def whole(self) -> bool:
        """Say whether every blank is filled and every fact is settled, so that it can be authorised."""
        return not (self.open_blanks or self.unchecked)

    @property
    def still_needed(self) -> int:
        """Say how many people must still authorise it."""
        return max(0, NEEDED - len(self.authorised))


def preparation(act: Act) -> Preparation | None:
    """Say what keeps today's edition from coming into force; None where it is in force (clause cover.versions)."""
    allow(act, Permission.AUTHORISE_EDITION)
    with reading(act.store.engine) as session:
        known = in_force(session, today(act.at))
        if not known.in_preparation:
            return None
        return _prepared(session, act, known)


def bring_into_force(act: Act, *, shown_sha256: str, link: Callable[[str], str]) -> bool:
    """Authorise today's edition as one of two people; says whether it is in force now.

    `shown_sha256` is the hash of the words on the screen. An authorisation holds only for those words: whoever authorised
    others before is asked again. The same person again changes nothing. Raises EditionStateError where a blank is open, a
    fact is unsettled or the edition is in force already, and TextChangedError.
    """
    allow(act, Permission.AUTHORISE_EDITION)
    with transaction(act.store.engine) as session:
        take_turn(session)
        known = in_force(session, today(act.at))
        if not known.in_preparation:
            return True
        now = _prepared(session, act, known)
        if not now.whole:
            raise EditionStateError(
                "Fill in every blank, and confirm or strike out every point of law, before it is authorised."
            )
        if now.sha256 != shown_sha256:
            raise TextChangedError("The edition was changed while you were reading it. Read it again, then decide.")
        if not now.mine:
            _authorise(session, act, known, now, link)
            now = _prepared(session, act, known)
        return now.still_needed == 0


def _authorise(session: Session, act: Act, known: KnownEdition, now: Preparation, link: Callable[[str], str]) -> None:
    row = session.get(AdoptionDecision, (known.id, act.person.id)) or AdoptionDecision(
        edition=known.id, by=act.person.id, sha256="", by_name="", role="", at=act.at
    )
    row.sha256, row.by_name, row.at = now.sha256, act.person.name, act.at
    row.role = next(role for role in _ROLES if act.person.holds(role)).value
    session.add(row)
    session.flush()
    whole = now.still_needed <= 1
    event = Event.EDITION_ADOPTED if whole else Event.EDITION_AUTHORISED
    record(session, act, event, f"edition:{known.id}", sha256=now.sha256)
    if not whole:
        return
    roles = [one.role for one in _counted(session, known.id, now.sha256)]
    session.add(
        EditionAdoption(
            edition=known.id,
            rules_sha256=known.edition.hash,
            sha256=now.sha256,
            blanks=json.dumps(dict(now.words.blanks), ensure_ascii=False, sort_keys=True),
            struck=json.dumps(sorted(struck_facts(act.store, known.id))),
            authorised=listed(roles),
            adopted_at=act.at,
        )
    )
    title = known.edition.about.short_title
    to = addresses_of(session, *_ROLES)
    said = f"{title}: two people have authorised it. It is in force."
    notify(session, act, "edition-told", to, said=said, link=link("/agreement"))


def _prepared(session: Session, act: Act, known: KnownEdition) -> Preparation:
    of = known.edition
    blanks, struck = blanks_of(of, facts(act.store)), struck_facts(act.store, of.id)
    confirmed = confirmed_facts(act.store, of.id)
    sha256 = words_hash(of.hash, {**blanks, **dict.fromkeys(struck, "struck out")})
    done = _counted(session, known.id, sha256)
    shown = adopted(of, on=today(act.at), authorised=listed([one.role for one in done]), struck=struck)
    return Preparation(
        words=words_fixed(shown, blanks, confirmed),
        sha256=sha256,
        open_blanks=tuple(
            blank.label
            for blank in of.placeholders
            if blank.required and blank.kind != "image" and blank.key != "meeting_date" and not blanks.get(blank.key)
        ),
        unchecked=tuple(one for one in unverified(of) if f"{one.table}/{one.id}" not in confirmed | struck),
        authorised=tuple(done),
        mine=session.exec(
            select(AdoptionDecision.by).where(
                AdoptionDecision.edition == known.id,
                AdoptionDecision.sha256 == sha256,
                AdoptionDecision.by == act.person.id,
            )
        ).first()
        is not None,
    )


def _counted(session: Session, edition_id: str, sha256: str) -> list[Authorised]:
    rows = session.exec(
        select(AdoptionDecision)
        .where(AdoptionDecision.edition == edition_id, AdoptionDecision.sha256 == sha256)
        .order_by(col(AdoptionDecision.at), col(AdoptionDecision.role))
    ).all()
    return [Authorised(name=row.by_name, role=ROLE_TITLES[Role(row.role)].partition(":")[0], at=row.at) for row in rows]
