from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.meetings import MeetingScan
from portal.ground.act import SYSTEM, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.meetings.check_in.scans import add_scan, open_scan, remove_scan, scans
from portal.meetings.errors import DoorClosedError
from portal.meetings.minutes.minute_takers import end_taker, name_taker
from portal.meetings.retention import due
from portal.meetings.retention_periods import MONTHS
from portal.record.audit import history
from portal.record.row_digests import reconcile
from tests.builders import a_person
from tests.meeting_builders import a_meeting, an_open_door
from tests.unit.portal.documents.test_scans import SECRETS, picture, scan

pytestmark = pytest.mark.clause("s10.with-attendance-list")


@pytest.fixture
def hall(act):
    chair, opened, _ = an_open_door(act)
    return act.as_(chair), opened


def test_a_scan_of_the_signed_list_is_kept_sealed_once_and_each_opening_is_recorded(hall):
    led, meeting = hall
    data = picture()
    for _ in range(2):
        add_scan(led, meeting.id, data)
    add_scan(led, meeting.id, scan(1))
    (first, second) = scans(led, meeting.id)
    assert [(one.number, one.kind, one.added_by) for one in (first, second)] == [
        (1, "jpeg", led.person.name),
        (2, "pdf", led.person.name),
    ]
    opened = open_scan(led, first.id)
    assert opened.media_type == "image/jpeg"
    assert not any(secret in opened.content for secret in SECRETS)
    with reading(led.store.engine) as session:
        rows = session.exec(select(MeetingScan)).all()
    assert not any(opened.content[:40] in row.scan for row in rows)
    last = history(led.store, f"meeting:{meeting.id}")[-1]
    assert (last.event, last.details) == ("meeting:scan-opened", {"scan": first.id})


def test_a_scan_is_for_the_chair_the_manager_and_whoever_takes_the_minutes(hall, act):
    led, meeting = hall
    add_scan(led, meeting.id, picture())
    (kept,) = scans(led, meeting.id)
    manager, other = a_person(act, "Priya Shah", Role.MANAGER), a_person(act, "Eve Other", Role.CHAIR)
    taker = a_person(act, "Bo Lindqvist", Role.OFFICER)
    assert open_scan(act.as_(manager), kept.id).kind == "jpeg"
    with pytest.raises(NotAllowedError):
        add_scan(act.as_(manager), meeting.id, picture("PNG"))
    for person in (other, taker):
        for use in (
            lambda by: scans(by, meeting.id),
            lambda by: open_scan(by, kept.id),
            lambda by: remove_scan(by, kept.id),
        ):
            with pytest.raises(NotAllowedError):
                use(act.as_(person))
        with pytest.raises(NotAllowedError):
            add_scan(act.as_(person), meeting.id, b"not even read")
    name_taker(led, meeting.id, taker.email)
    add_scan(act.as_(taker), meeting.id, picture("PNG"))
    assert len(scans(act.as_(taker), meeting.id)) == 2
    end_taker(led, meeting.id, taker.id)
    with pytest.raises(NotAllowedError):
        scans(act.as_(taker), meeting.id)


def test_what_is_no_scan_or_comes_before_the_door_opens_is_refused(hall, act):
    led, meeting = hall
    with pytest.raises(AnswersNeededError):
        add_scan(led, meeting.id, b"MZ a program")
    planned = a_meeting(act, led.person, name="Another Group")
    with pytest.raises(DoorClosedError):
        add_scan(led, planned.id, picture())
    with pytest.raises(NotFoundError):
        open_scan(led, "nothing")


def test_a_scan_added_by_mistake_goes_and_the_record_says_so(hall):
    led, meeting = hall
    add_scan(led, meeting.id, picture())
    (kept,) = scans(led, meeting.id)
    remove_scan(led, kept.id)
    assert scans(led, meeting.id) == []
    assert history(led.store, f"meeting:{meeting.id}")[-1].event == "meeting:scan-removed"


@pytest.mark.clause("s12.personal-retention")
def test_scans_go_with_the_list_that_they_prove(hall):
    led, meeting = hall
    add_scan(led, meeting.id, picture())
    due(replace(led, person=SYSTEM, at=led.at + timedelta(days=31 * MONTHS["attendance"] + 1)))
    assert scans(led, meeting.id) == []
    assert [one.row for one in reconcile(led.store) if one.how == "missing"] == []
