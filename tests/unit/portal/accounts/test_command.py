import pytest
from sqlmodel import select

from models.accounts import Account
from portal.accounts.authentication.password_reset import choose
from portal.accounts.invitations import accept
from portal.app.commands.command_line import run
from portal.ground.act import PUBLIC, Role, act_now
from portal.ground.database import reading
from tests.builders import a_person, an_organisation


@pytest.fixture
def now(portal):
    return act_now(portal.store, PUBLIC)


def printed_secret(capsys):
    return capsys.readouterr().out.strip().rsplit("/", 1)[1]


def test_an_account_is_made_by_a_link_that_the_command_prints(now, capsys):
    where = an_organisation(now)
    assert (
        run(["account", "create", "--email", "bo@example.org", "--role", "approver", "--organisation", where.slug]) == 0
    )
    accept(now, printed_secret(capsys), name="Bo New", position="Clerk", password="wren lamp harbour")
    with reading(now.store.engine) as session:
        assert session.exec(select(Account.email)).all() == ["bo@example.org"]


def test_somebody_locked_out_gets_a_link(now, capsys):
    person = a_person(now, "Mina Manager", Role.MANAGER)
    assert run(["account", "reset", "--email", person.email.upper()]) == 0
    choose(now, printed_secret(capsys), "wren lamp harbour")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["create", "--email", "x", "--role", "manager"], "e-mail address in the right form"),
        (["create", "--email", "bo@example.org", "--role", "partner"], "Select the organisation"),
        (["create", "--email", "bo@example.org", "--role", "partner", "--organisation", "Nowhere"], "no organisation"),
        (["reset", "--email", "nobody@example.org"], "no account for that address"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_one_sentence(portal, capsys, arguments, says):
    assert run(["account", *arguments]) == 1
    assert says in capsys.readouterr().err
