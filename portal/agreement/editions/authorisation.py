"""Authorising an edition: two people who wrote none of it; then it is published, and takes force on its day by itself (s13)."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from models.editions import AgreementEdition, EditionDecision, EditionWriter
from portal.accounts.holders import addresses_of
from portal.agreement.editions.current import made_of
from portal.agreement.editions.drafting import edition_row, to_draft
from portal.agreement.editions.drafting_checks import day_problem
from portal.agreement.errors import EditionStateError, OwnWordsError, TextChangedError
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.ground.input.required_words import needed_words
from portal.ground.wording import day, new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

NEEDED = 2
_REASON_LENGTH = 1000
_ROLES = (Role.MANAGER, Role.CHAIR, Role.OFFICER)
AddressMaker = Callable[[str], str]


def authorise(act: Act, edition_id: str, *, shown_sha256: str, link: AddressMaker) -> bool:
    """Authorise an edition as one of two people; says whether it is published now.

    `shown_sha256` is the hash of the words on the screen. The same person again changes nothing, and nobody who wrote a
    word of it counts. Raises OwnWordsError, TextChangedError, EditionStateError, NotFoundError.
    """
    allow(act, Permission.AUTHORISE_EDITION)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        given = _given(session, row)
        if any(one.by == act.person.id for one in given) and row.state in {"handed", "authorised"}:
            return row.state == "authorised"
        _check(session, act, row, shown_sha256)
        _decide(session, act, row, "authorised")
        whole = len(given) + 1 >= NEEDED
        event = Event.EDITION_PUBLISHED if whole else Event.EDITION_AUTHORISED
        if whole:
            row.state, row.authorised_at = "authorised", act.at
            session.add(row)
            _tell(session, act, row, "Two people have authorised it", link)
        record(session, act, event, f"edition:{row.id}", sha256=row.sha256, round=row.round)
        return whole


def send_back(act: Act, edition_id: str, *, reason: str, link: AddressMaker) -> None:
    """Send an edition back with a reason: it is a draft again. Raises AnswersNeededError, EditionStateError, NotFoundError."""
    allow(act, Permission.AUTHORISE_EDITION)
    said = needed_words(reason, "reason", "Enter the reason", _REASON_LENGTH)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        if row.state != "handed":
            raise EditionStateError("This edition does not wait to be authorised.")
        before = next((one for one in _answers(session, row) if one.by == act.person.id), None)
        if before is not None:
            session.delete(before)
            session.flush()
        _decide(session, act, row, "sent back", said)
        to_draft(session, row)
        record(session, act, Event.EDITION_SENT_BACK, f"edition:{row.id}", round=row.round)
        _tell(session, act, row, "It was sent back, with a reason", link)


def call_off(act: Act, edition_id: str, *, reason: str, link: AddressMaker) -> None:
    """Call an authorised edition off before its day: it is a draft again. Raises as `send_back` does."""
    allow(act, Permission.DRAFT_EDITION)
    said = needed_words(reason, "reason", "Enter the reason", _REASON_LENGTH)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        if row.state != "authorised" or row.force_from is None or row.force_from <= today(act.at):
            raise EditionStateError(
                "An edition can be called off only after it is authorised and before it takes force."
            )
        row.round += 1  # whoever authorised it did so for the round before
        _decide(session, act, row, "sent back", said)
        to_draft(session, row)
        record(session, act, Event.EDITION_CALLED_OFF, f"edition:{row.id}", round=row.round)
        _tell(session, act, row, "It was called off before it took force, with a reason", link)


def _check(session: Session, act: Act, row: AgreementEdition, shown_sha256: str) -> None:
    if row.state != "handed" or row.force_from is None:
        raise EditionStateError("This edition does not wait to be authorised.")
    if row.sha256 != shown_sha256:
        raise TextChangedError("The edition was changed while you were reading it. Read it again, then decide.")
    if session.get(EditionWriter, (row.id, act.person.id)) is not None:
        raise OwnWordsError
    if wrong := day_problem(session, row.force_from, today(act.at)):
        raise EditionStateError(f"{wrong}. Send it back, so that its day can be changed.")


def _given(session: Session, row: AgreementEdition) -> list[EditionDecision]:
    return [one for one in _answers(session, row) if one.decision == "authorised"]


def _answers(session: Session, row: AgreementEdition) -> list[EditionDecision]:
    return list(
        session.exec(
            select(EditionDecision)
            .where(EditionDecision.edition_id == row.id, EditionDecision.round == row.round)
            .order_by(col(EditionDecision.at))
        ).all()
    )


def _decide(session: Session, act: Act, row: AgreementEdition, decision: str, words: str = "") -> None:
    decision_id = new_id()
    session.add(
        EditionDecision(
            id=decision_id,
            edition_id=row.id,
            round=row.round,
            decision=decision,
            sha256=row.sha256 or "",
            by=act.person.id,
            by_name=act.person.name,
            role=next(role for role in _ROLES if act.person.holds(role)).value,
            words=act.store.vault.seal_text(words, f"edition_decision.words:{decision_id}") if words else None,
            at=act.at,
        )
    )
    session.flush()


def _tell(session: Session, act: Act, row: AgreementEdition, said: str, link: AddressMaker) -> None:
    title = made_of(row).about.short_title
    when = f" It takes force on {day(row.force_from)}." if row.state == "authorised" and row.force_from else ""
    to = addresses_of(session, Role.MANAGER)
    path = f"/edition-check?id={row.id}"
    notify(session, act, "edition-told", to, said=f"{title}: {said}.{when}", link=link(path))
