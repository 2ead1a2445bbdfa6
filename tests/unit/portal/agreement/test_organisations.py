"""Finding organisations and adding one; who may sign."""

import pytest

from portal.agreement.notices.standing import take_turn
from portal.agreement.register.look_alikes import look_alikes
from portal.agreement.register.organisations import NewOrganisation, check_new, find, find_or_add, near, organisation
from portal.agreement.signing.eligibility import SigningCapacity, must_ask, way_for
from portal.ground.act import PUBLIC
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.rules.edition.editions import edition
from tests.builders import an_organisation


@pytest.fixture
def here(act):
    return act.as_(PUBLIC)


def add(act, name, kind="parish_council", **more):
    with transaction(act.store.engine) as session:
        take_turn(session)
        return find_or_add(session, act, NewOrganisation(name=name, kind=kind, **more))


def test_at_most_eight_are_offered_and_wildcards_are_text(here):
    for number in range(12):
        add(here, f"Council {number}")
    assert len(find(here.store, "council")) == 8
    assert find(here.store, "%") == find(here.store, "") == find(here.store, " ") == []
    assert [one.name for one in find(here.store, "11 COUNCIL")] == ["Council 11"]


def test_a_double_is_found_before_it_is_made(here):
    first = add(here, "Anytown Parish Council")
    assert add(here, "  anytown   PARISH council ".strip()).id == first.id
    assert [one.id for one in near(here.store, "Anytwon Parish Council")] == [first.id]
    assert near(here.store, "") == []


def test_addresses_last_and_never_collide(here):
    assert [add(here, name).slug for name in ("St. Mary's", "St Marys", "St-Mary\u2019s!", "李小龙")] == [
        "st-marys", "st-marys-2", "st-marys-3", "organisation",
    ]  # fmt: skip
    assert add(here, "李小龙二").slug == "organisation-2"


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewOrganisation(name=" \u200b ", kind="police"), "name"),
        (NewOrganisation(name="x" * 201, kind="police"), "name"),
        (NewOrganisation(name="x", kind="spaceship"), "kind"),
        (NewOrganisation(name="x", kind="police", contact="y" * 301), "contact"),
        (NewOrganisation(name="x", kind="police", number="y" * 201), "number"),
    ],
)
def test_what_is_missing_or_too_long_is_asked_for(new, field):
    with pytest.raises(AnswersNeededError) as refused:
        check_new(edition("2026"), new)
    assert list(refused.value.problems) == [field]


@pytest.mark.clause("s2.under-protocol")
@pytest.mark.clause("s2.who-may-join")
@pytest.mark.parametrize("of", ["2009", "2026"])
def test_the_editions_own_question_decides_who_signs(of):
    for kind in edition(of).organisation_types:
        yes, no = way_for(edition(of), kind.id, protocol=True), way_for(edition(of), kind.id, protocol=False)
        assert (yes, no) == (
            (SigningCapacity.NOTHING, SigningCapacity.NOTHING)
            if kind.signs == "none"
            else (SigningCapacity.SIGN, SigningCapacity.MEETING)
        )


@pytest.mark.clause("s2.under-protocol")
@pytest.mark.clause("s10.indemnity")
def test_who_is_known_is_not_asked(here):
    known = organisation(here.store, an_organisation(here, protocol_signatory=True).id)
    unknown = organisation(here.store, an_organisation(here, "Other").id)
    assert (must_ask(known), must_ask(unknown), must_ask(None)) == (False, True, True)
    with pytest.raises(NotFoundError):
        organisation(here.store, "nothing")


@pytest.mark.parametrize(
    "name",
    [
        "\u0410nyt\u043ewn Parish Council",
        "Anytown P\u03b1rish Council",
        "Anyt0wn Parish Counci1",
        "Anytown PC",
        "APC",
        "Any\u200btown,  Parish Council\u3000",
        "Any town Parish-Council",
        "\uff21nytown \U0001d40farish Council",
        "The Anytown Parish Council",
        "Anytovvn Parish Council",
        "\ua4eenytown Parish Council",
        "Parish Council of Anytown",
        "Anytown Parish Council (Official)",
    ],
)
def test_a_name_that_looks_like_one_on_the_list_is_named_and_offered(here, name):
    real = add(here, "Anytown Parish Council")
    add(here, "Anytown Town Council")
    assert look_alikes(here.store, name) == ["Anytown Parish Council"]
    assert near(here.store, name)[0].id == real.id


@pytest.mark.parametrize(
    "name", ["Anytown Town Council", "Northby Parish Council", "PC", "Anytown", "ANYTOWN  parish council"]
)
def test_another_name_and_the_same_name_are_not_called_alike(here, name):
    add(here, "Anytown Parish Council")
    assert look_alikes(here.store, name) == []
