"""Letters: every text stands in `letters.toml`, to be read and put right in one place; here one is filled and queued.

A subject is never filled: it says the same to everybody, and so nothing private. Of a body only the braces of its own text
are filled, never those that stand in a fact.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from models.record import Message
from portal.ground.act import Act
from portal.ground.calendar.noted import AHEAD
from portal.ground.vault import DamagedSecretError
from portal.ground.wording import UK, today
from portal.record.outbox import GOOD_FOR, SECRET_MARK, Letter, post, unsent

TEXTS = Path(__file__).with_name("letters.toml")
_MOST = 80  # characters of what a letter is about
_TOLD = "letters"  # what a transaction has told so far: the address, and about what
# What follows where a text has no body but only `says`: nothing of the matter is in the letter, it is read behind sign-in.
_READ_ON = "{more}\n\nReference {reference}.\n\nSign in to read it:\n{link}"


@cache
def texts() -> Mapping[str, tuple[str, str]]:
    """Give the subject and the body of each letter by its template's name; a fact fills what stands in braces."""
    return {
        name: (told["subject"], told["body"] if "body" in told else told["says"] + _READ_ON)
        for name, told in _kept().items()
    }


@cache
def reminding() -> frozenset[str]:
    """Name the letters that go by the clock and say what is known already: they give way to whatever says it the same day."""
    return frozenset(name for name, told in _kept().items() if told.get("reminds"))


def told_today(session: Session, act: Act, about: str = "") -> set[tuple[str, str]]:
    """List to whom letters were queued since midnight, each with what it was about; about one thing alone, where it is named."""
    midnight = datetime.combine(today(act.at), time(), tzinfo=UK).astimezone(UTC)
    rows = session.exec(
        select(Message).where(
            Message.about == about if about else col(Message.about) != "",
            col(Message.queued_at).between(midnight, act.at + AHEAD),
            col(Message.settled_at).is_(None),
            col(Message.given_up_at).is_(None),
        )
    ).all()
    return {(_to(act, row), row.about) for row in rows}


def notify(
    session: Session,
    act: Act,
    template: str,
    to: str | Iterable[str],
    *,
    secret: str = "",
    about: str = "",
    good_for: timedelta = GOOD_FOR,
    **facts: object,
) -> int:
    """Queue one letter to each address, in the open transaction; returns how many. Raises KeyError where a fact of its text is missing.

    Nobody gets two letters about one thing from one act, nor a reminder of what a letter of the same day was about; and a
    reminder that was not sent yet gives way to whatever is newer.

    Args:
        session: the open transaction.
        act: the act that the letter tells of.
        template: the letter's name in `letters.toml`.
        to: the addresses; an empty one is left out.
        secret: the link or code that stands apart, sealed, until the letter is sent.
        about: what it is about ("request:<id>"; where nothing is said, the page of its link): once that is settled, the
            letter is not sent.
        good_for: how long it is worth sending.
        facts: what fills the braces of its text.
    """
    subject, body = texts()[template]
    body = body.format_map({"secret": SECRET_MARK, "more": "", **facts})
    about = about or thing_at(str(facts.get("link", "")))
    addresses = ({to} if isinstance(to, str) else set(to)) - {""}
    if about and not secret:
        addresses -= _told(session, act, template, about)
    if about:
        session.info.setdefault(_TOLD, set()).update((address, about) for address in addresses)
        _give_way(session, act, about, addresses)
    for address in sorted(addresses):
        post(
            session,
            act,
            Letter(
                template=template, to=address, subject=subject, body=body, secret=secret, about=about, good_for=good_for
            ),
        )
    return len(addresses)


def thing_at(address: str) -> str:
    """Name what a link or a duty is about by its page and id, such as '/breach?id=...'; '' for a page of many things."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"[:_MOST] if parts.query else ""


def _told(session: Session, act: Act, template: str, about: str) -> set[str]:
    """Give the addresses that know of a thing: by this transaction or, for a reminder, by any letter of the day."""
    known: set[tuple[str, str]] = session.info.get(_TOLD, set())
    if template in reminding():
        known = known | told_today(session, act, about)
    return {address for address, thing in known if thing == about}


def _give_way(session: Session, act: Act, about: str, addresses: Collection[str]) -> None:
    """Keep unsent the reminders that still wait about a thing, where something newer goes to the same address."""
    waiting = session.exec(
        select(Message).where(unsent(), Message.about == about, col(Message.template).in_(reminding()))
    ).all()
    for row in waiting:
        if _to(act, row) in addresses:
            row.settled_at = act.at
            session.add(row)


def _to(act: Act, row: Message) -> str:
    try:
        return act.store.vault.open_text(row.to, f"message.to:{row.id}")
    except DamagedSecretError:  # whatever is wrong with one letter, the others must go
        return ""


@cache
def _kept() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))
