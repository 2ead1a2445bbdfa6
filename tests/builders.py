"""Fictional organisations and people, made with plain functions and defaults."""

import json
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from models.accounts import Account, Post, WebSession
from models.editions import EditionAdoption
from models.organisations import Organisation
from models.partnership import Partnership
from portal.accounts.authentication.sessions import session_key
from portal.accounts.posts import FOR_ONE_ORGANISATION
from portal.agreement.editions.current import words_hash
from portal.agreement.editions.wording import written_day
from portal.ground.access import NEEDS_SECOND_STEP
from portal.ground.act import Act, Person, Role
from portal.ground.act import RolePost as Held
from portal.ground.database import WAITS, transaction
from portal.ground.vault import token
from portal.ground.wording import folded, new_id, slug, today
from portal.record.audit import history
from portal.rules.edition.editions import edition_in_force

NOT_ITS_OWN = {"partnership_logo", "meeting_date"}  # asked for elsewhere


def a_partnership(act: Act, name: str = "Safer Anytown Partnership", *, in_force: bool = True, **more) -> None:
    with transaction(act.store.engine) as session:
        session.add(
            Partnership(
                name=name,
                placeholders='{"council": "Anytown Borough Council", "owner": "Anytown Borough Council"}',
                set_up_at=act.at,
                **more,
            )
        )
    if in_force:
        an_agreement_in_force(act, name)


def an_agreement_in_force(act: Act, name: str = "Safer Anytown Partnership") -> None:
    """Today's edition with every blank filled, as two people authorised it (the services are tested on their own)."""
    of = edition_in_force(today(act.at))
    blanks = {one.key: written_day(one.example) for one in of.placeholders if one.key not in NOT_ITS_OWN}
    blanks |= {"partnership_name": name, "council": "Anytown Borough Council", "owner": "Anytown Borough Council"}
    with transaction(act.store.engine) as session:
        session.add(
            EditionAdoption(
                edition=of.id,
                rules_sha256=of.hash,
                sha256=words_hash(of.hash, blanks),
                blanks=json.dumps(blanks),
                authorised="Information Manager and Chair",
                adopted_at=act.at,
            )
        )


def an_organisation(
    act: Act, name: str = "Anytown Parish Council", kind: str = "parish_council", **more
) -> Organisation:
    row = Organisation(
        id=new_id(),
        slug=slug(name),
        name=name,
        search_name=folded(name),
        kind=kind,
        added_at=act.at,
        added_by="Test",
        **more,
    )
    with transaction(act.store.engine) as session:
        session.add(row)
    return row


def a_person(
    act: Act, name: str = "Ann Clerk", *roles: Role, organisation: Organisation | None = None, email: str = ""
) -> Person:
    """An account with live posts, and the person that an act names."""
    account = Account(
        id=new_id(),
        email=email or f"{slug(name)}@example.org",
        name=name,
        position="Clerk",
        password_hash="unused",
        totp_secret=b"the phone of a test" if NEEDS_SECOND_STEP & set(roles) else None,
        created_at=act.at,
    )
    held = []
    with transaction(act.store.engine) as session:
        session.add(account)
        session.flush()
        for role in roles:
            where = organisation.id if organisation and role in FOR_ONE_ORGANISATION else None
            session.add(
                Post(
                    id=new_id(),
                    account_id=account.id,
                    role=role.value,
                    organisation_id=where,
                    granted_at=act.at,
                    granted_by="Test",
                )
            )
            held.append(Held(role=role, organisation_id=where))
    return Person(id=account.id, name=name, email=account.email, position="Clerk", posts=frozenset(held))


def a_session(act: Act, person: Person, *, ago: timedelta = timedelta(0)) -> str:
    """A live session's cookie token for a person, for page and route tests."""
    secret = f"{token()}.{person.id}"
    key = session_key(act, secret)
    with transaction(act.store.engine) as session:
        session.add(WebSession(token_hash=key, account_id=person.id, started_at=act.at - ago, seen_at=act.at - ago))
    return secret


def waits_of(monkeypatch: pytest.MonkeyPatch, room: ModuleType) -> list[float]:
    """Note how long, in seconds, each write that a module begins from now on would wait for another writer."""
    noted = list[float]()

    def begun(engine: Engine, *, waits: float = WAITS) -> AbstractContextManager[Session]:
        noted.append(waits)
        return transaction(engine, waits=waits)

    monkeypatch.setattr(room, "transaction", begun)
    return noted


def recorded(act: Act, subject: str) -> list[str]:
    """Name what the record says happened to one thing, oldest first."""
    return [one.event for one in history(act.store, subject)]


def in_clear(data_dir: Path, which: str = "portal.sqlite*") -> bytes:
    """Give the bytes of the store's files (or of others in its folder), for what must not be readable there."""
    kept = b"".join(path.read_bytes() for path in data_dir.rglob(which) if path.is_file())
    assert b"audit_entry_no_delete" in kept, "no store lies there, so nothing that is missing in it proves anything"
    return kept


def asked_of_the_store(act: Act, what) -> int:
    """How many statements reach the store while `what` is called."""
    told = []

    def note(_connection, _cursor, statement, *_more):
        told.append(statement)

    event.listen(act.store.engine, "before_cursor_execute", note)
    try:
        what()
    finally:
        event.remove(act.store.engine, "before_cursor_execute", note)
    return len(told)
