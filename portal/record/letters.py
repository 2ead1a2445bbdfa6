"""Letters: every text stands in `letters.toml`, to be read and put right in one place; here one is filled and queued.

A subject is never filled: it says the same to everybody, and so nothing private. Of a body only the braces of its own text
are filled, never those that stand in a fact.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlmodel import Session

from portal.ground.act import Act
from portal.record.outbox import GOOD_FOR, SECRET_MARK, Letter, post

TEXTS = Path(__file__).with_name("letters.toml")
# What follows where a text has no body but only `says`: nothing of the matter is in the letter, it is read behind sign-in.
_READ_ON = "{more}\n\nReference {reference}.\n\nSign in to read it:\n{link}"


@cache
def texts() -> Mapping[str, tuple[str, str]]:
    """Give the subject and the body of each letter by its template's name; a fact fills what stands in braces."""
    return {
        name: (told["subject"], told["body"] if "body" in told else told["says"] + _READ_ON)
        for name, told in tomllib.loads(TEXTS.read_text(encoding="utf-8")).items()
    }


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
) -> None:
    """Queue one letter to each address, in the open transaction. Raises KeyError where a fact of its text is missing.

    Args:
        session: the open transaction.
        act: the act that the letter tells of.
        template: the letter's name in `letters.toml`.
        to: the addresses; an empty one is left out.
        secret: the link or code that stands apart, sealed, until the letter is sent.
        about: what it is about ("request:<id>"): once that is settled, the letter is not sent.
        good_for: how long it is worth sending.
        facts: what fills the braces of its text.
    """
    subject, body = texts()[template]
    body = body.format_map({"secret": SECRET_MARK, "more": "", **facts})
    for address in sorted(({to} if isinstance(to, str) else set(to)) - {""}):
        post(
            session,
            act,
            Letter(
                template=template, to=address, subject=subject, body=body, secret=secret, about=about, good_for=good_for
            ),
        )
