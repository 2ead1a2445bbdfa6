"""What partners and managers see of proposals to withhold: the words, the reason, the answers, the decision (s15)."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.withholdings import Withholding, WithholdingAnswer
from portal.agreement.editions.current import known_edition
from portal.agreement.editions.passages import passages
from portal.agreement.withholding.proposals import ANSWER_WITHIN, asked
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import folded
from portal.rules.edition.edition_type import Edition, facts

_LONG_ENOUGH = 25  # letters: shorter words stand in many places without meaning the same


@dataclass(frozen=True, kw_only=True)
class PartnerAnswer:
    """One partner's answer, or that none came yet (`agrees` None)."""

    organisation: str
    agrees: bool | None
    words: str
    by: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposal to withhold, as partners and managers see it."""

    id: str
    part: str
    edition: str
    exemption: str
    reason: str
    words: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    status: str
    answers: tuple[PartnerAnswer, ...]
    decided_by: str
    decided_at: datetime | None
    decision_words: str
    decide_from: datetime
    may_end: bool
    may_answer: bool
    may_decide: bool


def proposals(act: Act) -> list[Proposal]:
    """List the proposals, those that are open first, then the newest."""
    allow(act, Permission.READ_WITHHOLDING)
    with reading(act.store.engine) as session:
        rows = session.exec(select(Withholding).order_by(col(Withholding.proposed_at).desc())).all()
        return [_shown(session, act, row) for row in sorted(rows, key=lambda row: row.status != "open")]


def proposal(act: Act, withholding_id: str) -> Proposal:
    """Give one proposal. Raises NotFoundError."""
    allow(act, Permission.READ_WITHHOLDING)
    with reading(act.store.engine) as session:
        row = session.get(Withholding, withholding_id)
        if row is None:
            raise NotFoundError
        return _shown(session, act, row)


def stands_also_in(of: Edition, words: str) -> tuple[str, ...]:
    """Name the tables of an edition's rules that say the same words; the portal goes on showing those."""
    wanted = folded(words).strip("-*# ")
    found = {
        table
        for table, fact in facts(of)
        for value in (getattr(fact, field.name) for field in dataclasses.fields(fact))
        if isinstance(value, str) and len(value) >= _LONG_ENOUGH and _same(folded(value), wanted)
    }
    return tuple(sorted(found - {"sections", "appendices", "rules"}))


def _same(value: str, wanted: str) -> bool:
    return value in wanted or (len(wanted) >= _LONG_ENOUGH and wanted in value)


def _shown(session: Session, act: Act, row: Withholding) -> Proposal:
    vault, marks = act.store.vault, set(row.marks.split())
    whole = known_edition(session, row.edition).edition.text
    mine = {post.organisation_id for post in act.person.posts if post.organisation_id}
    wanted = asked(session, row)
    own = row.organisation_id in mine if row.organisation_id else row.proposed_by == act.person.id
    return Proposal(
        id=row.id,
        part=row.part,
        edition=row.edition,
        exemption=row.exemption,
        reason=vault.open_text(row.reason, f"withholding.reason:{row.id}"),
        words=tuple(one.words for one in passages(whole) if one.mark in marks and one.part == row.part),
        proposed_by=_name(session, row.organisation_id) or f"{row.proposed_by_name}, Information Manager",
        proposed_at=row.proposed_at,
        status=row.status,
        answers=tuple(_answers(session, act, row, wanted)),
        decided_by=row.decided_by_name or "",
        decided_at=row.decided_at,
        decision_words=vault.open_text(row.decision_words, f"withholding.decision:{row.id}")
        if row.decision_words
        else "",
        decide_from=row.proposed_at + ANSWER_WITHIN,
        may_end=row.status == "withheld" and (own or may(act.person, Permission.DECIDE_WITHHOLDING)),
        may_answer=row.status == "open"
        and any(may(act.person, Permission.ANSWER_WITHHOLDING, one) for one in mine & set(wanted)),
        may_decide=row.status == "open"
        and may(act.person, Permission.DECIDE_WITHHOLDING)
        and row.proposed_by != act.person.id,
    )


def _answers(session: Session, act: Act, row: Withholding, wanted: list[str]) -> list[PartnerAnswer]:
    given = {
        one.organisation_id: one
        for one in session.exec(select(WithholdingAnswer).where(WithholdingAnswer.withholding_id == row.id)).all()
    }
    found = []
    for organisation_id in [*given, *(one for one in wanted if one not in given and row.status == "open")]:
        one = given.get(organisation_id)
        sealed = one.words if one else None
        where = f"withholding_answer.words:{row.id}:{organisation_id}"
        found.append(
            PartnerAnswer(
                organisation=_name(session, organisation_id),
                agrees=one.agrees if one else None,
                words=act.store.vault.open_text(sealed, where) if sealed else "",
                by=one.answered_by_name if one else "",
                at=one.answered_at if one else None,
            )
        )
    return sorted(found, key=lambda one: folded(one.organisation))


def _name(session: Session, organisation_id: str | None) -> str:
    row = session.get(Organisation, organisation_id) if organisation_id else None
    return row.name if row else ""
