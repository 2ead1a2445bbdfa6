"""What partners see of stored returns: full counts, each opening in the record, and no trend made of chance."""

from dataclasses import replace

import pytest

from portal.agreement.errors import NotActiveError
from portal.ground.act import PUBLIC, Role
from portal.ground.errors import NotAllowedError
from portal.publication.shared_picture import fields_to_compare, says, shared_picture
from portal.returns.service.calendar import received_by_quarter
from portal.returns.service.submission import send
from portal.returns.service.upload_check import check
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_person, an_organisation
from tests.unit.portal.publication.test_publishing import cast, events

__all__ = ["cast"]
Q3 = Quarter(2026, 3)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (6, 4, "No clear change (was 4)"),
        (30, 10, "More than before (was 10)"),
        (0, 6, "Fewer than before (was 6)"),
        (0, 5, "No clear change (was 5)"),
        (0, 0, "No clear change (was 0)"),
        (5200, 4900, "More than before (was 4,900)"),
        (5050, 4950, "No clear change (was 4,950)"),
    ],
)
def test_a_change_is_called_one_only_where_chance_would_seldom_do_it(now, before, words):
    assert says(now, before) == words


@pytest.mark.clause("s9.datasets-secured")
def test_a_partner_sees_full_counts_and_each_opening_is_recorded(cast):
    _, _, partner, _ = cast
    before = events(partner).count("return:opened")
    picture = shared_picture(partner, "police-incidents", Q3, "category")
    assert {one.label: one.now for one in picture.changes}["PSW-MISS"] == 23
    assert all(one.quarter_before is None for one in picture.changes)
    assert events(partner).count("return:opened") == before + 1


def test_hot_spots_tell_where_and_at_which_hour(cast):
    officer, _, partner, force = cast
    lines = ["Incident Date;Time;Area;Category"]
    lines += [f"{1 + n:02d}/05/2026;{'21:15' if n % 3 else '09:40'};Enderby;ASB Nuisance" for n in range(12)]
    lines += [f"{1 + n:02d}/05/2026;;Narborough;Hoax call" for n in range(4)]
    content = "\r\n".join(lines).encode(), "incidents.csv"
    send(partner, check(partner, force.id, ("police-incidents", "2026-Q2"), content), "q2")
    first, second = shared_picture(officer, "police-incidents", Q3.previous, "area").hot_spots
    assert (first.area, first.records, first.hours[9], first.hours[21]) == ("Enderby", 12, 4, 8)
    assert (second.area, second.records, sum(second.hours)) == ("Narborough", 4, 0)


def test_a_quarter_of_other_codes_is_not_compared(cast):
    """An edition before had a list of its own: else all would be new, and all of before gone."""
    officer, _, partner, force = cast
    lines = ["Incident Date;Time;Street;Category"]
    lines += [f"{1 + n:02d}/05/2026;21:15;Stanley Road;Suspicious circumstances" for n in range(12)]
    content = "\r\n".join(lines).encode(), "incidents.csv"
    send(partner, check(partner, force.id, ("police-incidents", "2026-Q2"), content), "q2")
    assert {one.quarter_before for one in shared_picture(officer, "police-incidents", Q3, "category").changes} == {None}


def test_only_signatories_and_the_officer_see_it(cast):
    officer, manager, partner, _ = cast
    with pytest.raises(NotAllowedError):
        shared_picture(replace(partner, person=PUBLIC), "police-incidents", Q3, "category")
    with pytest.raises(NotAllowedError):
        shared_picture(manager, "police-incidents", Q3, "category")
    unsigned = a_person(officer, "Una Vale", Role.PARTNER, organisation=an_organisation(officer, "Elmside Tenants"))
    with pytest.raises(NotActiveError):
        shared_picture(replace(officer, person=unsigned), "police-incidents", Q3, "category")


def test_the_grid_counts_what_came_of_what_was_asked(cast):
    _, _, partner, _ = cast
    grid = received_by_quarter(partner, [Q3, Q3.previous])
    (came, asked), (none, _) = grid["Anyshire Police"]
    assert (came, none) == (1, 0)
    assert asked >= 1


def test_a_quarter_is_not_compared_by_its_own_months():
    assert "month" not in fields_to_compare("police-incidents")
    assert "area" in fields_to_compare("police-incidents")
    assert (
        fields_to_compare("police-incidents")[0] == "category"
    )  # every return holds it, so what stands first can be opened
