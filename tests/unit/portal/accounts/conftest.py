"""People with passwords, for the tests of accounts."""

import pytest

from models.accounts import Account
from portal.accounts.authentication.passwords import hash_password
from portal.ground.act import PUBLIC, Role
from portal.ground.database import transaction
from tests.builders import a_partnership, a_person, an_organisation

PASSWORD = "three odd lamps"
BASE = "https://portal.example.org"
HASHED = hash_password(PASSWORD)


def give_password(act, person):
    with transaction(act.store.engine) as session:
        account = session.get(Account, person.id)
        account.password_hash = HASHED
        session.add(account)
    return person


@pytest.fixture
def visit(act):
    return act.as_(PUBLIC)


@pytest.fixture
def parish(act):
    return an_organisation(act)


@pytest.fixture
def other(act):
    return an_organisation(act, "Thornby Parish Council")


@pytest.fixture
def manager(act):
    a_partnership(act)
    return give_password(act, a_person(act, "Mina Manager", Role.MANAGER))


@pytest.fixture
def approver(act, parish):
    return give_password(act, a_person(act, "Ayo Approver", Role.APPROVER, organisation=parish))


@pytest.fixture
def partner(act, parish):
    return give_password(act, a_person(act, "Ann Clerk", Role.PARTNER, organisation=parish))
