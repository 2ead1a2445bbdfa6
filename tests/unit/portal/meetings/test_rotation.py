from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.ground.act import Role
from portal.ground.calendar.working_calendar import months_after
from portal.ground.errors import NotAllowedError, NotFoundError, PortalError
from portal.ground.wording import today
from portal.meetings.check_in.door import open_door
from portal.meetings.closed_session.checklist import tick
from portal.meetings.meeting import meetings
from portal.meetings.planning.group_review import (
    last_group_review,
    record_group_review,
    review_due,
)
from portal.meetings.planning.plan import plan
from portal.meetings.planning.rotation import group_notes, turn
from portal.record.audit import history
from tests.builders import a_person, an_organisation
from tests.meeting_builders import a_plan


@pytest.fixture
def people(act):
    """A Chair from the police, one from the council's housing service, one from a parish council."""
    kinds = {"Farah Khan": "police", "Hal Homes": "housing_authority", "Pat Parish": "parish_council"}
    return {
        name: a_person(act, name, Role.CHAIR, Role.PARTNER, organisation=an_organisation(act, f"Body of {name}", kind))
        for name, kind in kinds.items()
    }


def series(act, chair, *days):
    for day in days:
        plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=day)))
    return meetings(act.as_(chair))


@pytest.mark.clause("app6.chair-rotation")
def test_the_police_chair_in_the_first_year_and_the_portal_says_where_they_do_not(act, people):
    by = act.as_(people["Farah Khan"])
    held = series(act, people["Farah Khan"], 0)
    first = turn(by, held, today(act.at) + timedelta(days=28))
    assert ([one.name for one in first.proposed], first.fault) == (["Farah Khan"], "")
    assert turn(by, held, months_after(today(act.at), 12) - timedelta(days=1)).rule == first.rule
    assert f"{first.rule} It could be Farah Khan." in " ".join(group_notes(by, held))
    held = series(act, people["Hal Homes"], 28)
    assert turn(by, held, today(act.at)).fault == "Hal Homes chairs in the first year and is not from the police."


@pytest.mark.clause("app6.chair-rotation")
def test_afterwards_the_chair_goes_round_the_police_and_the_statutory_agencies(act, people):
    by = act.as_(people["Farah Khan"])
    held = series(act, people["Farah Khan"], 0, 28)
    later = turn(by, held, months_after(today(act.at), 13))
    assert [one.name for one in later.proposed] == ["Hal Homes"]
    assert later.rule.startswith("The chair rotates between the police and the statutory agencies")
    assert later.fault == "Farah Khan has chaired every meeting so far. It is somebody else's turn."
    held = series(act, people["Hal Homes"], 56)
    later = turn(by, held, months_after(today(act.at), 13))
    assert ([one.name for one in later.proposed], later.fault) == (["Farah Khan"], "")


@pytest.mark.clause("app6.frequency")
def test_chair_membership_and_frequency_are_reviewed_each_twelve_months(act, people):
    by = act.as_(people["Farah Khan"])
    held = series(act, people["Farah Khan"], 7)
    assert review_due(by, held) == date(2027, 12, 2)
    assert review_due(by, []) is None
    notes = " ".join(group_notes(by, held))
    assert "Review who chairs, who is in the open and closed parts and how often it meets by 2 December 2027." in notes


def asked(by):
    return [one for one in duties_of(by) if one.kind is DutyKind.GROUP_REVIEW]


@pytest.mark.clause("app6.frequency")
def test_a_review_is_late_until_a_meeting_records_it_and_is_due_again_a_year_after(act, people):
    chair, other = people["Farah Khan"], people["Hal Homes"]
    first, second = series(act, chair, 0, 380)
    with pytest.raises(PortalError, match="Open its door first"):
        record_group_review(act.as_(chair), second.id)
    late = replace(act, at=second.starts_at)
    note = group_notes(late.as_(chair), [first, second])[-1]
    assert note.endswith("is late: it was due by 25 November 2027. Hold it at a meeting, and record it there.")
    (duty,) = asked(late.as_(chair))
    assert (duty.late, duty.href) == (True, f"/meeting-checklist?id={second.id}")
    assert asked(late.as_(other)) == []
    open_door(late.as_(chair), second.id)
    with pytest.raises(NotFoundError):
        record_group_review(late.as_(other), second.id)
    for _ in range(2):
        record_group_review(late.as_(chair), second.id)
    assert history(act.store, f"meeting:{second.id}")[-1].details == {"reviewed": True}
    tick(late.as_(chair), second.id, frozenset())  # the Chair's checklist leaves it alone
    assert last_group_review(act, second.name) == today(second.starts_at)
    assert review_due(late.as_(chair), [first, second]) == months_after(today(second.starts_at), 12)
    assert asked(late.as_(chair)) == []
    assert "late" not in group_notes(late.as_(chair), [first, second])[-1]


@pytest.mark.clause("app6.chair-rotation")
def test_only_those_who_plan_hear_whose_turn_it_is(act):
    with pytest.raises(NotAllowedError):
        turn(act, [], today(act.at))


def test_a_month_later_is_the_last_day_where_the_month_is_shorter():
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 11, 25), 2) == date(2027, 1, 25)
