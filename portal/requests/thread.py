"""The threads of a request: its questions and replies, and what is said of its answer. They take turns by number."""

from sqlmodel import Session

from models.after_disclosure import AnswerNote
from models.requests import InformationRequest, RequestMessage
from portal.ground.act import Act
from portal.ground.database import next_number
from portal.ground.wording import new_id
from portal.requests.keys import open_key


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
