"""Questions about a return: the officer asks, the organisation explains or sends a correction, and the officer closes (s11)."""

import hashlib
from collections.abc import Iterable
from typing import Literal

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.return_queries import ReturnQuery, ReturnQueryWord
from models.returns import Return
from portal.accounts.holders import addresses_of
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import next_number, reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.input.required_words import needed_words
from portal.ground.wording import listed, new_id
from portal.privacy.identifiers.finding import Setting, find
from portal.privacy.identifiers.kinds import WORDS, IdentifierKind
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter

LENGTH = 1000
Closing = Literal["explained", "dropped"]
_NEVER = frozenset(IdentifierKind) - {
    IdentifierKind.NAME,
    IdentifierKind.ADDRESS,
    IdentifierKind.AGE,
    IdentifierKind.REFERENCE,
    IdentifierKind.VRM,
}  # opinions, left to the writer


def query(act: Act, return_id: str, words: str, key: str) -> str:
    """Ask the organisation about a current return; gives the question's id, the same for a double click.

    The letter says only that a question waits. Raises AlreadyDoneError where one is open.
    """
    allow(act, Permission.QUERY_RETURN)
    question = _words(words, "question", "Enter your question")
    hashed = hashlib.sha256(f"{act.person.id}:{key}".encode()).hexdigest()
    with reading(act.store.engine) as session:
        before = session.exec(select(ReturnQuery.id).where(ReturnQuery.key == hashed)).first()
    if before is not None:
        return before
    try:
        with transaction(act.store.engine) as session:
            row = session.get(Return, return_id)
            if row is None or row.ended_at is not None:
                raise NotFoundError("This return is no longer in force. Look at the one that replaced it.")
            asked = ReturnQuery(
                id=new_id(), key=hashed, return_id=row.id, organisation_id=row.organisation_id,
                data_set=row.data_set, quarter=row.quarter, asked_at=act.at, turn_since=act.at,
            )  # fmt: skip
            session.add(asked)
            session.flush()
            _say(session, act, asked, question, from_officer=True)
            record(
                session, act, Event.RETURN_QUERIED, f"return:{row.id}", organisation_id=row.organisation_id,
                query=asked.id,
            )  # fmt: skip
            _tell(session, act, asked, _senders(session, row), "return-question")
    except IntegrityError as error:
        raise AlreadyDoneError("A question about this return is already open.") from error
    return asked.id


def answer(act: Act, query_id: str, words: str) -> None:
    """Explain what the officer asked about; from then on it is the officer's turn."""
    with transaction(act.store.engine) as session:
        asked = _open(session, query_id)
        allow(act, Permission.SEND_RETURN, asked.organisation_id)
        if asked.waits_for_officer:
            raise AlreadyDoneError("Your organisation has answered this question.")
        _say(session, act, asked, _words(words, "answer", "Enter your answer"), from_officer=False)
        _turn(session, act, asked, to_officer=True)
        record(
            session, act, Event.RETURN_QUERY_ANSWERED, f"return:{asked.return_id}",
            organisation_id=asked.organisation_id, query=asked.id,
        )  # fmt: skip
        _tell(session, act, asked, addresses_of(session, Role.OFFICER), "return-question-answered")


def ask_more(act: Act, query_id: str, words: str) -> None:
    """Ask on after an answer; it is the organisation's turn again."""
    allow(act, Permission.QUERY_RETURN)
    question = _words(words, "question", "Enter your question")
    with transaction(act.store.engine) as session:
        asked = _open(session, query_id)
        if not asked.waits_for_officer:
            raise AlreadyDoneError("The organisation has not answered yet.")
        _say(session, act, asked, question, from_officer=True)
        _turn(session, act, asked, to_officer=False)
        record(
            session, act, Event.RETURN_QUERIED, f"return:{asked.return_id}", organisation_id=asked.organisation_id,
            query=asked.id,
        )  # fmt: skip
        row = session.get(Return, asked.return_id)
        if row is not None:
            _tell(session, act, asked, _senders(session, row), "return-question")


def close(act: Act, query_id: str, why: Closing) -> None:
    """Close a question: it was explained, or the officer no longer asks it."""
    allow(act, Permission.QUERY_RETURN)
    with transaction(act.store.engine) as session:
        asked = _open(session, query_id)
        _close(session, act, asked, why)
        row = session.get(Return, asked.return_id)
        if row is not None:
            _tell(session, act, asked, _senders(session, row), "return-question-closed")


def close_for(session: Session, act: Act, row: Return, corrected_by: str | None) -> None:
    """Close the question about a return that is replaced or withdrawn, in the transaction that does so."""
    asked = session.exec(
        select(ReturnQuery)
        .where(ReturnQuery.return_id == row.id, col(ReturnQuery.closed_at).is_(None))
        .with_for_update()
    ).first()
    if asked is not None:
        asked.corrected_by = corrected_by
        _close(session, act, asked, "corrected" if corrected_by else "withdrawn")
        _tell(session, act, asked, addresses_of(session, Role.OFFICER), "return-question-changed")


def _close(session: Session, act: Act, asked: ReturnQuery, why: str) -> None:
    asked.closed_at, asked.closed_why, asked.closed_by_name = act.at, why, act.person.name
    session.add(asked)
    session.flush()
    record(
        session, act, Event.RETURN_QUERY_CLOSED, f"return:{asked.return_id}", organisation_id=asked.organisation_id,
        query=asked.id, why=why,
    )  # fmt: skip


def _open(session: Session, query_id: str) -> ReturnQuery:
    asked = session.exec(select(ReturnQuery).where(ReturnQuery.id == query_id).with_for_update()).first()
    if asked is None:
        raise NotFoundError
    if asked.closed_at is not None:
        raise AlreadyDoneError("This question is closed.")
    return asked


def _turn(session: Session, act: Act, asked: ReturnQuery, *, to_officer: bool) -> None:
    asked.waits_for_officer, asked.turn_since = to_officer, act.at
    session.add(asked)


def _words(text: str, field: str, missing: str) -> str:
    """Take what was typed; refuse what plainly points to a person, without quoting it."""
    said = needed_words(text, field, missing, LENGTH)
    found = {one.kind for one in find(said, Setting.REMARK) if one.kind in _NEVER or one.proven}
    if found:
        held = listed(sorted(WORDS[kind] for kind in found))
        raise AnswersNeededError({field: f"Take out what looks like {held}. Ask about numbers, not about people"})
    return said


def _say(session: Session, act: Act, asked: ReturnQuery, said: str, *, from_officer: bool) -> None:
    number = next_number(session, ReturnQueryWord.number, ReturnQueryWord.query_id == asked.id)
    word = ReturnQueryWord(
        id=new_id(), query_id=asked.id, number=number, at=act.at, by_id=act.person.id,
        by_name=act.person.name, from_officer=from_officer, words=b"",
    )  # fmt: skip
    word.words = act.store.vault.seal_text(said, f"return_query_word.words:{word.id}")
    session.add(word)
    session.flush()


def _senders(session: Session, row: Return) -> set[str]:
    """Give the address of whoever sent a return; of all who act for the organisation where that person has gone."""
    found = session.exec(
        select(Account.id, Account.email)
        .join(Post, col(Post.account_id) == col(Account.id))
        .where(Post.organisation_id == row.organisation_id, col(Post.ended_at).is_(None))
        .where(col(Account.closed_at).is_(None))
    ).all()
    return {email for account_id, email in found if account_id == row.sent_by} or {email for _, email in found}


def _tell(session: Session, act: Act, asked: ReturnQuery, addresses: Iterable[str], template: str) -> None:
    of = f"{data_set(asked.data_set).title}, {Quarter.parse(asked.quarter).months}"
    notify(session, act, template, addresses, of=of, about=f"return:{asked.return_id}")
