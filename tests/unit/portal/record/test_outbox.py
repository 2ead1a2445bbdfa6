import pytest

from models.record import Message
from portal.ground.act import Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotAllowedError, NotFoundError
from portal.record.audit import verify
from portal.record.outbox import SECRET_MARK, Letter, given_up, post, show_secret, to_hand_over, try_again, waiting
from tests.builders import a_person, in_clear

LETTER = Letter(
    template="code", to="ann@example.org", subject="Your code", body=f"Your code is {SECRET_MARK}.", secret="493 177"
)


@pytest.fixture
def manager(act):
    return act.as_(a_person(act, "Priya Shah", Role.MANAGER))


def queue(act):
    with transaction(act.store.engine) as session:
        return post(session, act, LETTER)


def test_a_message_waits_without_showing_its_secret(manager):
    queue(manager)
    (message,), total = waiting(manager)
    assert total == 1
    assert message.to == "ann@example.org"
    assert "493" not in message.body
    assert message.has_secret


def test_a_secret_is_shown_once_and_that_is_recorded(manager):
    message_id = queue(manager)
    before = verify(manager.store).entries
    assert show_secret(manager, message_id) == "493 177"
    with pytest.raises(NotFoundError):
        show_secret(manager, message_id)
    assert verify(manager.store).entries == before + 1
    with reading(manager.store.engine) as session:
        assert session.get_one(Message, message_id).secret is None, "what was handed over is kept no longer"


@pytest.mark.parametrize("asks", [waiting, to_hand_over, given_up, try_again, lambda act: show_secret(act, "1")])
def test_only_the_manager_reads_the_outbox(act, asks):
    queue(act)
    with pytest.raises(NotAllowedError):
        asks(act.as_(a_person(act, "Ann Clerk", Role.OFFICER)))


def test_nothing_of_a_message_is_readable_in_the_store(act, data_dir):
    queue(act)
    act.store.engine.dispose()
    stored = in_clear(data_dir)
    assert b"ann@example.org" not in stored
    assert b"493 177" not in stored
