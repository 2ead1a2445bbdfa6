"""Who provides which data set: two councils do not both owe the same one."""

import pytest
from sqlmodel import Session, select

from models.record import AuditEntry
from portal.ground.act import Role
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.returns.service.calendar import due, received
from portal.returns.service.providers import ask_again, except_from, providers
from portal.returns.service.submission import send_nothing
from portal.returns.service.upload_check import NotOursError
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_person
from tests.return_builders import CHOSEN, a_force

pytestmark = pytest.mark.clause("s11.quarterly")

WHY = "The county force sends them for both."


@pytest.fixture
def force(act):
    return a_force(act)


@pytest.fixture
def mine(act, force):
    return act.as_(force[1])


@pytest.fixture(params=[Role.OFFICER, Role.MANAGER])
def steward(act, request):
    return act.as_(a_person(act, "Owen Pugh", request.param))


def asked_of(act, force):
    return {item.data_set.id for item in due(act, force[0].id)}


def test_a_data_set_that_somebody_else_sends_leaves_calendar_and_matrix(act, mine, steward, force):
    assert "police-incidents" in asked_of(mine, force)
    except_from(steward, force[0].id, "police-incidents", WHY)
    except_from(steward, force[0].id, "police-incidents", WHY)
    assert asked_of(mine, force) == {"police-crimes"}
    officer = act.as_(a_person(act, "Ona Officer", Role.OFFICER))
    ((_, items),) = received(officer, Quarter(2026, 3))
    assert [item.data_set.id for item in items] == ["police-crimes"]
    with pytest.raises(NotOursError, match="The county force sends them"):
        send_nothing(mine, force[0].id, CHOSEN, "key")
    shown = {entry.id: who for entry, who in providers(steward)}
    assert [(one.organisation, one.provides, one.reason) for one in shown["police-incidents"]] == [
        ("Anyshire Police", False, WHY)
    ]
    ask_again(steward, force[0].id, "police-incidents")
    ask_again(steward, force[0].id, "police-incidents")
    assert "police-incidents" in asked_of(mine, force)
    with Session(act.store.engine) as session:
        events = [entry.event for entry in session.exec(select(AuditEntry)).all()]
    assert [one for one in events if one.startswith("data-set:")] == [
        "data-set:not-asked-of",
        "data-set:asked-again-of",
    ]


def test_what_was_sent_before_stays_in_calendar_and_matrix(mine, steward, force):
    sent = send_nothing(mine, force[0].id, CHOSEN, "key")
    except_from(steward, force[0].id, "police-incidents", WHY)
    kept = [item.return_id for item in due(mine, force[0].id) if item.data_set.id == "police-incidents"]
    assert kept == [sent]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 301])
def test_an_exception_has_a_reason(steward, force, reason):
    with pytest.raises(AnswersNeededError):
        except_from(steward, force[0].id, "police-incidents", reason)


@pytest.mark.parametrize("data_set", ["la-asb", "no-such-set", ""])
def test_only_what_its_kind_is_asked_for_can_be_excepted(steward, force, data_set):
    with pytest.raises(NotFoundError):
        except_from(steward, force[0].id, data_set, WHY)


def test_partners_and_the_public_say_nothing_of_it(act, mine, force):
    for eve in (mine, act.as_(a_person(act, "Farah Khan", Role.CHAIR))):
        with pytest.raises(NotAllowedError):
            except_from(eve, force[0].id, "police-incidents", WHY)
        with pytest.raises(NotAllowedError):
            ask_again(eve, force[0].id, "police-incidents")
        with pytest.raises(NotAllowedError):
            providers(eve)
