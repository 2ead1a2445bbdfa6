"""Deciding together what of the published agreement is withheld: a partner proposes, partners answer, it is recorded (s15)."""

import re
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.agreements import Standing
from models.withholdings import Withholding, WithholdingAnswer
from portal.accounts.holders import addresses_of
from portal.agreement.editions.current import in_force
from portal.agreement.editions.passages import mark_of, passages
from portal.agreement.errors import EditionStateError, OwnProposalError
from portal.agreement.notices.standing import SignatoryStatus, require_active, take_turn
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.wording import day, new_id, one_line, paragraphs, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

ANSWER_WITHIN = timedelta(days=14)  # then it can be decided with the answers that came
_LONGEST, _EXEMPTION = 2000, 200
_EXEMPTION_WORDS = re.compile(r"[^\W_](?:[^\W_]|[ ,.()'/&:;-])*")  # it is public, and stands in the text: no markup


def propose(act: Act, *, part: str, numbers: tuple[int, ...], exemption: str, reason: str, path: str) -> str:
    """Propose to withhold passages of the edition in force, by their numbers in a part (none: the whole part).

    By an approver of an active signatory, or a manager. Until it is decided the words stay public. Every other
    signatory is told. `path` is the portal's address. Returns the proposal's id. Raises AnswersNeededError.
    """
    allow(act, Permission.PROPOSE_WITHHOLDING)
    said, law, mine = paragraphs(reason), one_line(exemption), _organisation(act)
    with transaction(act.store.engine) as session:
        take_turn(session)
        if mine is not None:
            require_active(session, mine)
        of = in_force(session, today(act.at)).edition
        chosen = [
            one
            for one in passages(of.text)
            if one.part == part and not one.is_heading and (one.number in numbers or not numbers)
        ]
        _check(chosen_any=bool(chosen), exemption=law, reason=said)
        row_id, marks = new_id(), "\n".join(dict.fromkeys(one.mark for one in chosen))
        row = Withholding(
            id=row_id,
            edition=of.id,
            part=part,
            marks=marks,
            marks_sha256=mark_of(marks),
            exemption=law,
            organisation_id=mine,
            reason=act.store.vault.seal_text(said, f"withholding.reason:{row_id}"),
            proposed_at=act.at,
            proposed_by=act.person.id,
            proposed_by_name=act.person.name,
        )
        session.add(row)
        try:
            session.flush()
        except IntegrityError as error:
            raise AlreadyDoneError(
                "Withholding these passages was proposed or decided already. See the list."
            ) from error
        record(session, act, Event.WITHHOLDING_PROPOSED, f"withholding:{row_id}", mine, passages=len(chosen))
        _tell(session, act, row, "A partner proposes to withhold a part of the published agreement", path)
        return row_id


def answer(act: Act, withholding_id: str, *, agrees: bool, words: str) -> None:
    """Answer for one's organisation; until it is decided the answer can be changed. Who disagrees says why.

    Raises AnswersNeededError, NotActiveError, EditionStateError, NotFoundError.
    """
    mine = _organisation(act)
    allow(act, Permission.ANSWER_WITHHOLDING, mine)
    said = paragraphs(words)
    if not agrees and not said:
        raise AnswersNeededError({"words": "Say why you disagree"})
    if len(said) > _LONGEST:
        raise AnswersNeededError({"words": f"What you write must be {_LONGEST:,} characters or fewer"})
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _open(session, withholding_id)
        if mine is None or mine == row.organisation_id:
            raise NotFoundError("Your organisation proposed this. The others answer.")
        require_active(session, mine)
        kept = session.get(WithholdingAnswer, (row.id, mine)) or WithholdingAnswer(
            withholding_id=row.id,
            organisation_id=mine,
            agrees=agrees,
            answered_at=act.at,
            answered_by="",
            answered_by_name="",
        )
        kept.agrees, kept.answered_at = agrees, act.at
        kept.answered_by, kept.answered_by_name = act.person.id, act.person.name
        kept.words = act.store.vault.seal_text(said, f"withholding_answer.words:{row.id}:{mine}") if said else None
        session.add(kept)
        record(session, act, Event.WITHHOLDING_ANSWERED, f"withholding:{row.id}", mine, agrees=agrees)


def decide(act: Act, withholding_id: str, *, withhold: bool, words: str, path: str) -> None:
    """Record what was decided together, once every partner has answered or had 14 days. Not by who proposed it.

    Raises AnswersNeededError, OwnProposalError, EditionStateError, NotFoundError.
    """
    allow(act, Permission.DECIDE_WITHHOLDING)
    said = paragraphs(words)
    if not said or len(said) > _LONGEST:
        raise AnswersNeededError(
            {"words": "Say what was decided, and how you came to it, in 2,000 characters or fewer"}
        )
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _open(session, withholding_id)
        if row.proposed_by == act.person.id:
            raise OwnProposalError
        left = set(asked(session, row)) - set(_answered(session, row))
        if left and act.at - row.proposed_at < ANSWER_WITHIN:
            raise EditionStateError(
                f"{len(left)} of the partners have not answered. Wait for them, or until {day(row.proposed_at + ANSWER_WITHIN)}.",
                paragraph="Section 15",
            )
        row.status = "withheld" if withhold else "published"
        row.decided_at, row.decided_by, row.decided_by_name = act.at, act.person.id, act.person.name
        row.decision_words = act.store.vault.seal_text(said, f"withholding.decision:{row.id}")
        session.add(row)
        event = Event.WITHHOLDING_AGREED if withhold else Event.WITHHOLDING_REFUSED
        record(session, act, event, f"withholding:{row.id}", row.organisation_id)
        became = "is withheld" if withhold else "stays public"
        _tell(session, act, row, f"It was decided: a part of the published agreement {became}", path)


def end(act: Act, withholding_id: str) -> None:
    """Publish withheld passages again. By a manager, or an approver of the partner that proposed it."""
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = session.get(Withholding, withholding_id)
        own = row is not None and row.organisation_id is not None
        if row is None or not (
            may(act.person, Permission.DECIDE_WITHHOLDING)
            or (own and may(act.person, Permission.PROPOSE_WITHHOLDING, row.organisation_id))
        ):
            raise NotFoundError
        if row.status == "ended":
            return
        if row.status != "withheld":
            raise EditionStateError("Only passages that are withheld can be published again.", paragraph="Section 15")
        row.status, row.ended_at = "ended", act.at
        session.add(row)
        record(session, act, Event.WITHHOLDING_ENDED, f"withholding:{row.id}", row.organisation_id)


def asked(session: Session, row: Withholding) -> list[str]:
    """List the organisations whose answer is wanted: every active signatory but the one that proposed it."""
    signed = session.exec(
        select(Standing.organisation_id).where(
            col(Standing.ends_at).is_(None), Standing.status == SignatoryStatus.SIGNED.value
        )
    ).all()
    return [one for one in signed if one != row.organisation_id]


def _answered(session: Session, row: Withholding) -> list[str]:
    return list(
        session.exec(select(WithholdingAnswer.organisation_id).where(WithholdingAnswer.withholding_id == row.id)).all()
    )


def _open(session: Session, withholding_id: str) -> Withholding:
    row = session.exec(select(Withholding).where(Withholding.id == withholding_id).with_for_update()).first()
    if row is None:
        raise NotFoundError
    if row.status != "open":
        raise AlreadyDoneError(
            f"{row.decided_by_name} recorded the decision on {day(row.decided_at or row.proposed_at)}."
        )
    return row


def _organisation(act: Act) -> str | None:
    """Give the organisation that somebody approves for; None where they act for the partnership."""
    return next(
        (one.organisation_id for one in act.person.posts if one.role is Role.APPROVER and one.organisation_id), None
    )


def _check(*, chosen_any: bool, exemption: str, reason: str) -> None:
    problems = {}
    if not chosen_any:
        problems["passages"] = "Select the passages to withhold"
    if not exemption:
        problems["exemption"] = "Name the exemption, such as Freedom of Information Act 2000, section 31"
    elif len(exemption) > _EXEMPTION or not _EXEMPTION_WORDS.fullmatch(exemption):
        problems["exemption"] = f"Name the exemption in {_EXEMPTION} letters, digits and commas or fewer"
    if not reason:
        problems["reason"] = "Enter the reason. Only partners and managers read it"
    elif len(reason) > _LONGEST:
        problems["reason"] = f"The reason must be {_LONGEST:,} characters or fewer"
    if problems:
        raise AnswersNeededError(problems)


def _tell(session: Session, act: Act, row: Withholding, said: str, path: str) -> None:
    approvers = addresses_of(session, Role.APPROVER, organisations=asked(session, row))
    to = (approvers | addresses_of(session, Role.MANAGER)) - {act.person.email}
    notify(session, act, "withholding", to, said=said, link=f"{path}/withholding?id={row.id}")
