"""The threads of a request: its questions and replies, and what is said of its answer. They take turns by number."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from models.after_disclosure import AnswerNote
from models.requests import InformationRequest, RequestMessage
from portal.ground.act import Act
from portal.ground.database import next_number
from portal.ground.wording import new_id
from portal.requests.keys import RequestKey, open_key

_Thread = TypeVar("_Thread", RequestMessage, AnswerNote)


@dataclass(frozen=True, kw_only=True)
class ThreadMessage:
    """What somebody said in a thread: `kind` is question or reply of a request, trouble or remedy of its answer."""

    kind: str
    by: str
    at: datetime
    words: str


def say(
    session: Session,
    act: Act,
    thread: type[RequestMessage | AnswerNote],
    row: InformationRequest,
    kind: str,
    words: str,
) -> None:
    """Add what somebody says to a thread, in the open transaction; it is sealed under the request's own key."""
    said_id, name = new_id(), str(thread.__tablename__)
    session.add(
        thread(
            id=said_id,
            request_id=row.id,
            number=next_number(session, thread.number, thread.request_id == row.id),
            kind=kind,
            by_id=act.person.id,
            by_name=act.person.name,
            at=act.at,
            body=open_key(act.store.vault, row).seal(words.encode(), f"{name}.body:{said_id}"),
        )
    )


def said_in(
    session: Session, thread: type[_Thread], row: InformationRequest, key: RequestKey
) -> tuple[ThreadMessage, ...]:
    """Give what was said in a thread of a request, the first first."""
    rows = session.exec(select(thread).where(thread.request_id == row.id).order_by(col(thread.number))).all()
    name = str(thread.__tablename__)
    return tuple(
        ThreadMessage(
            kind=one.kind, by=one.by_name, at=one.at, words=key.open(one.body, f"{name}.body:{one.id}").decode()
        )
        for one in rows
    )
