"""The small fictional partnership that browser tests meet, made through the product's own tables and services."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import select

from portal.accounts.authentication.passwords import hash_password
from portal.ground.act import SYSTEM, Act, Person, Role, Store
from portal.ground.database import engine_for, migrate, transaction
from portal.ground.vault import open_vault
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import a_signatory

PASSWORD = "correct wren harbour lamp"


@dataclass(frozen=True)
class World:
    base: str
    data: Path
    store: Store
    manager: Person
    officer: Person
    chair: Person
    clerk: Person
    sergeant: Person


def make_world(data: Path, base: str, url: str = "") -> World:
    engine = engine_for(url or f"sqlite:///{data / 'portal.sqlite'}")
    migrate(engine)
    store = Store(engine=engine, vault=open_vault(data / "keys" / "portal.json", may_make=True))
    act = Act(store=store, person=SYSTEM, at=datetime.now(UTC))
    a_partnership(act, demonstration=True)  # so that nobody is asked for a code: that has a test of its own
    parish = an_organisation(act, "Thornby Parish Council", "parish_council", protocol_signatory=True)
    police = an_organisation(act, "Anyshire Police", "police", protocol_signatory=True)
    people = {
        "manager": a_person(act, "Priya Shah", Role.MANAGER, email="priya@example.org"),
        "officer": a_person(act, "Owen Pugh", Role.OFFICER, email="owen@example.org"),
        "chair": a_person(act, "Farah Khan", Role.CHAIR, email="farah@example.org"),
        "clerk": a_person(act, "Ann Clerk", Role.PARTNER, Role.APPROVER, organisation=parish, email="ann@example.org"),
        "sergeant": a_person(
            act, "Sol Reyes", Role.PARTNER, Role.APPROVER, organisation=police, email="sol@example.org"
        ),
    }
    for organisation in (parish, police):
        a_signatory(act, organisation)
    _give_passwords(act)
    return World(base=base, data=data, store=store, **people)


def _give_passwords(act: Act) -> None:
    from models.accounts import Account  # noqa: PLC0415 - only here

    hashed = hash_password(PASSWORD)
    with transaction(act.store.engine) as session:
        for account in session.exec(select(Account)).all():
            account.password_hash, account.totp_secret = hashed, None
            session.add(account)
