"""Who may stay for which part of a meeting, and what people fill in there."""

import pytest

from portal.rules.edition.editions import edition, editions
from portal.rules.forms.attendance import attendance_fields, chair_checklist, entitlement, undertakings


@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("app6.voluntary-standing")
def test_everyone_may_come_to_the_open_part_and_the_listed_to_the_closed_one():
    of = edition("2026")
    assert entitlement(of, "police").closed
    assert entitlement(of, "education_authority").closed
    for kind in ("parish_council", "voluntary", "court", "social_landlord", "business"):
        found = entitlement(of, kind)
        assert (found.open, found.closed) == (True, False)
        assert "open part only" in found.why
    unlisted = entitlement(of, "probation").why
    assert unlisted.startswith("Appendix 6 does not list ")
    assert unlisted.endswith(", so it may come to the open part. The Chair may invite it.")


def test_the_head_teacher_stays_for_the_open_part_though_the_council_stays_for_both():
    assert not entitlement(edition("2009"), "school").closed
    assert entitlement(edition("2009"), "social_services").closed


def test_every_kind_has_an_entitlement_with_a_reason():
    for of in editions():
        assert all(entitlement(of, kind.id).why.endswith(".") for kind in of.organisation_types)


@pytest.mark.clause("app2.undertakings")
def test_the_ten_undertakings_stand_in_order():
    for of in editions():
        assert [one.order for one in undertakings(of)] == list(range(1, 11))


def test_the_list_asks_each_person_and_each_meeting_for_their_own_lines():
    of = edition("2026")
    assert [one.key for one in attendance_fields(of, "person")] == ["signature", "print_name", "organisation"]
    assert [one.key for one in attendance_fields(of, "meeting")] == ["meeting_date", "partnership_logo"]


@pytest.mark.clause("app3.chair-checklist")
def test_the_chairs_checklist_comes_whole_or_by_part():
    of = edition("2026")
    assert len(chair_checklist(of)) == 16
    assert {one.when for one in chair_checklist(of, "after")} == {"after"}
