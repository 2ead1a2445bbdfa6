"""Drafting an edition: from the last in force, passage by passage, until it is handed over to be authorised (s13)."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from models.editions import AgreementEdition, EditionWriter
from portal.accounts.holders import post_holders
from portal.agreement.editions.current import in_force, known_editions, made_of, words_hash
from portal.agreement.editions.drafting_checks import DAY_BLANK, check_whole, checked_passage, day_problem
from portal.agreement.editions.passages import passage_at, replaced
from portal.agreement.editions.wording import blanks_of
from portal.agreement.errors import EditionStateError, PassageChangedError
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.dates import day_in
from portal.ground.partnership import facts
from portal.ground.wording import day, one_line, today
from portal.partnership import blanks as partnership_blanks
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.edition.editions import edition as released

_CHANGE_LENGTH = 500


def begin(act: Act) -> str:
    """Begin a draft as a copy of the edition in force; one that is begun already is given again. Returns its id.

    Raises EditionStateError while an authorised edition still waits for its day.
    """
    allow(act, Permission.DRAFT_EDITION)
    known = facts(act.store)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            open_one = open_draft(session)
            if open_one is not None:
                return open_one.id
            last = in_force(session, today(act.at))
            coming = next((one for one in known_editions(session) if one.begins > today(act.at)), None)
            if coming is not None:
                raise EditionStateError(
                    f"The {coming.edition.about.short_title} takes force on {day(coming.begins)}. Draft the next one after that."
                )
            filled = last.blanks if last.blanks is not None else blanks_of(last.edition, known)
            rules = last.edition.rules_id
            newest = session.exec(
                select(func.max(AgreementEdition.number)).where(AgreementEdition.rules == rules)
            ).one()
            number = (newest or 1) + 1
            row = AgreementEdition(
                id=f"{rules}-{number}",
                rules=rules,
                based_on=last.id,
                number=number,
                text=last.edition.text,
                blanks=json.dumps(dict(filled), ensure_ascii=False, sort_keys=True),
                begun_at=act.at,
                begun_by=act.person.id,
                changed_at=act.at,
            )
            session.add(row)
            session.flush()
            session.add(EditionWriter(edition_id=row.id, account_id=act.person.id, name=act.person.name))
            record(session, act, Event.EDITION_BEGUN, f"edition:{row.id}", based_on=last.id)
            return row.id
    except IntegrityError:  # somebody began one in the same moment
        with transaction(act.store.engine) as session:
            found = open_draft(session)
            if found is None:
                raise
            return found.id


def change_passage(act: Act, edition_id: str, *, place: tuple[str, int], was: str, words: str) -> None:
    """Change the words of a passage; none take it out. `place` is its part and number, `was` its mark when it was shown.

    Raises AnswersNeededError, PassageChangedError (somebody else changed it meanwhile), EditionStateError, NotFoundError.
    """

    def change(_session: Session, row: AgreementEdition) -> dict[str, Any]:
        passage = passage_at(row.text, *place)
        if passage is None or passage.mark != was:
            raise PassageChangedError
        row.text = replaced(row.text, passage, checked_passage(words, made_of(row)))
        return {"part": passage.part, "number": passage.number}

    _change(act, edition_id, change)


def change_facts(act: Act, edition_id: str, answers: Mapping[str, str]) -> None:
    """Change the facts that this edition's words name (parties, places, posts). The portal's settings stay as they are.

    Raises AnswersNeededError, EditionStateError, NotFoundError.
    """

    def change(_session: Session, row: AgreementEdition) -> dict[str, Any]:
        before: dict[str, str] = json.loads(row.blanks)
        given = {key: value for key, value in answers.items() if key != DAY_BLANK}
        after, problems = partnership_blanks.tidy({**before, **given})
        if problems:
            raise AnswersNeededError(problems)
        row.blanks = json.dumps(after, ensure_ascii=False, sort_keys=True)
        return {"changed": sorted(key for key in {*before, *after} if before.get(key) != after.get(key))}

    _change(act, edition_id, change)


def describe(act: Act, edition_id: str, *, change: str, force_from: str) -> None:
    """Say what changed, for the version record, and from which day the edition holds.

    Raises AnswersNeededError, EditionStateError, NotFoundError.
    """
    said, begins = one_line(change), day_in(force_from)
    problems = {}
    if not said:
        problems["change"] = "Say in a sentence what changed"
    elif len(said) > _CHANGE_LENGTH:
        problems["change"] = f"What changed must be {_CHANGE_LENGTH} characters or fewer"
    if begins is None:
        problems["force_from"] = "Enter the day it takes force, like 1 January 2027"

    def put(session: Session, row: AgreementEdition) -> dict[str, Any]:
        if begins is not None and (wrong := day_problem(session, begins, today(act.at))):
            problems["force_from"] = wrong
        if problems or begins is None:
            raise AnswersNeededError(problems)
        _set_day(row, begins)
        row.change = said
        return {"force_from": begins.isoformat()}

    _change(act, edition_id, put)


def hand_over(act: Act, edition_id: str, link: Callable[[str], str]) -> str:
    """Hand a draft over to be authorised: from now on no word of it changes. Returns the hash of its words.

    Managers, chairs and officers who wrote none of it are told. Raises AnswersNeededError, EditionStateError, NotFoundError.
    """
    allow(act, Permission.DRAFT_EDITION)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        if row.state == "handed" and row.sha256:
            return row.sha256
        _must_be(row, "draft")
        check_whole(session, act, row)
        row.round += 1
        row.state, row.handed_at = "handed", act.at
        row.rules_sha256 = released(row.rules).hash
        row.sha256 = words_hash(made_of(row).hash, json.loads(row.blanks))
        session.add(row)
        record(session, act, Event.EDITION_HANDED, f"edition:{row.id}", sha256=row.sha256, round=row.round)
        notify(session, act, "edition-handed", _who_may(session, row), link=link(f"/edition-check?id={row.id}"))
        return row.sha256


def take_back(act: Act, edition_id: str) -> None:
    """Take a draft back that was handed over and not authorised yet; who had authorised it must do so again."""
    allow(act, Permission.DRAFT_EDITION)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        if row.state == "draft":
            return
        _must_be(row, "handed")
        to_draft(session, row)
        record(session, act, Event.EDITION_TAKEN_BACK, f"edition:{row.id}")


def drop(act: Act, edition_id: str) -> None:
    """Drop a draft. It is kept, unpublished, so that the record can be understood."""
    allow(act, Permission.DRAFT_EDITION)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        if row.state == "dropped":
            return
        _must_be(row, "draft")
        row.state = "dropped"
        session.add(row)
        record(session, act, Event.EDITION_DROPPED, f"edition:{row.id}")


def open_draft(session: Session) -> AgreementEdition | None:
    """Give the draft that is being written or waits to be authorised, None where there is none."""
    return session.exec(select(AgreementEdition).where(col(AgreementEdition.state).in_(["draft", "handed"]))).first()


def edition_row(session: Session, edition_id: str) -> AgreementEdition:
    """Give an edition of the partnership's own, locked for this transaction. Raises NotFoundError."""
    row = session.exec(select(AgreementEdition).where(AgreementEdition.id == edition_id).with_for_update()).first()
    if row is None:
        raise NotFoundError
    return row


def to_draft(session: Session, row: AgreementEdition) -> None:
    """Make a handed edition a draft again: its hash is no longer fixed, and its authorisations no longer count."""
    row.state, row.sha256, row.rules_sha256 = "draft", None, None
    row.handed_at, row.authorised_at = None, None
    session.add(row)


def _change(act: Act, edition_id: str, change: Callable[[Session, AgreementEdition], dict[str, Any]]) -> None:
    allow(act, Permission.DRAFT_EDITION)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = edition_row(session, edition_id)
        _must_be(row, "draft")
        details = change(session, row)
        row.changed_at = act.at
        session.add(row)
        if session.get(EditionWriter, (row.id, act.person.id)) is None:
            session.add(EditionWriter(edition_id=row.id, account_id=act.person.id, name=act.person.name))
        record(session, act, Event.EDITION_CHANGED, f"edition:{row.id}", **details)


def _must_be(row: AgreementEdition, state: str) -> None:
    if row.state != state:
        raise EditionStateError(_STATES[row.state])


def _set_day(row: AgreementEdition, begins: date) -> None:
    filled: dict[str, str] = json.loads(row.blanks)
    row.force_from = begins
    row.blanks = json.dumps({**filled, DAY_BLANK: day(begins)}, ensure_ascii=False, sort_keys=True)


def _who_may(session: Session, row: AgreementEdition) -> list[str]:
    writers = set(session.exec(select(EditionWriter.account_id).where(EditionWriter.edition_id == row.id)).all())
    holders = post_holders(session, Role.MANAGER, Role.CHAIR, Role.OFFICER)
    return [account.email for account in holders if account.id not in writers]


_STATES = {
    "draft": "This edition is a draft. Hand it over first.",
    "handed": "This edition waits to be authorised. Take it back to change it.",
    "authorised": "This edition is authorised. Its words no longer change.",
    "dropped": "This draft was dropped. Begin another.",
}
