"""A notice holds at once, everywhere: what an organisation that has stopped can still do is written here, and nothing else (s14)."""

import pytest

from models.organisations import Organisation
from portal.agreement.errors import NotActiveError
from portal.agreement.notices import notices
from portal.agreement.withholding import proposals
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, PortalError
from portal.ground.wording import new_id
from portal.meetings.closed_session.session import stay
from portal.meetings.minutes.appendix import open_appendix
from portal.requests.after_disclosure import onward_sharing, onward_sharing_answers
from portal.requests.depersonalised import depersonalised_request, views
from portal.requests.depersonalised.answers import answer_without_names
from portal.requests.exchange import answers, sending, urgent
from portal.requests.forms import drafting
from portal.returns.service.submission import send
from tests.builders import a_person
from tests.minutes_builders import a_hall, say
from tests.request_builders import (
    a_data_request,
    a_district,
    a_draft,
    a_request,
    a_shared_request,
    a_signatory,
    urgently,
    wanted,
)
from tests.return_builders import a_checked, a_force
from tests.signing_builders import REASONS
from tests.statement_builders import a_begun_statement
from tests.unit.portal.requests.test_passing import a_wish, asked
from tests.unit.portal.requests.test_who_may import ON_A_REQUEST

pytestmark = pytest.mark.clause("s14.suspension")

# What was shared before stays governed: the record of it is read, and the duties that it brought are still done.
STAYS = {
    "open_request",
    "request_pdf",
    "request_pack",
    "withdraw",
    "confirm_receipt",
    "report_trouble",
    "answer_trouble",
    "say_gone",
    "certificate_pdf",
    "wishes_on",
    "may_see_to",
    "assign",  # which colleague sees to it stays inside
}


def stop(act, organisation, approver, kind=notices.NoticeEffect.SUSPENSION):
    notices.give_notice(act.as_(approver), organisation.id, kind, REASONS, key=new_id())


def refused(attempt):
    try:
        attempt()
    except NotActiveError:
        return True
    return False


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.mark.parametrize("stopped", ["parish", "police"])
@pytest.mark.threat("AZ8")
def test_of_every_service_on_a_request_only_those_written_here_go_on(act, district, stopped):
    requests = a_shared_request(act, district), a_request(act, district)
    people = {"parish": (district.clerk, district.parish_approver), "police": (district.officer, district.inspector)}
    stop(act, getattr(district, stopped), people[stopped][1])
    went_on = set()
    for person in people[stopped]:
        for name, call in ON_A_REQUEST.items():
            for request_id in requests:
                try:
                    call(act.as_(person), request_id)
                    went_on.add(name)
                except PortalError:
                    continue
    own_words = {"open_answer", "answer_pdf"} if stopped == "police" else set()  # what it gave, it may read
    assert went_on <= STAYS | own_words
    assert "open_request" in went_on


@pytest.mark.threat("AZ8")
def test_an_organisation_that_has_stopped_begins_nothing_and_receives_nothing(act, district):
    shared, draft = a_shared_request(act, district), a_draft(act, district)
    wish, data = a_wish(act, district, shared)[0], a_data_request(act, district)
    answer_without_names(act.as_(district.inspector), data, "Three calls.")
    clerk, approver = act.as_(district.clerk), act.as_(district.parish_approver)
    stop(act, district.parish, district.parish_approver)
    tries = [
        lambda: drafting.begin_request(clerk, "why"),
        lambda: sending.send_request(clerk, draft),
        lambda: urgent.send_urgent(clerk, "key", urgently(district)),
        lambda: depersonalised_request.ask_without_names(clerk, new_id(), wanted(district)),
        lambda: views.data_file(clerk, data, 1),
        lambda: answers.open_answer(clerk, shared),
        lambda: answers.answer_pdf(clerk, shared),
        lambda: answers.answer_file(clerk, shared, 1),
        lambda: onward_sharing.ask_to_pass_on(clerk, shared, "other", asked(district)),
        lambda: a_begun_statement(act, district),
        lambda: proposals.propose(
            approver, part="13 Review of this agreement", numbers=(1,), exemption="FOI", reason="x", path=""
        ),
        lambda: onward_sharing_answers.decide_wish(act.as_(district.inspector), wish, yes=True, said="Only by hand"),
    ]
    for number, attempt in enumerate(tries):
        assert refused(attempt), number
    onward_sharing_answers.decide_wish(act.as_(district.inspector), wish, yes=False, said="They have stopped")


@pytest.mark.parametrize("kind", [notices.NoticeEffect.SUSPENSION, notices.NoticeEffect.WITHDRAWAL])
@pytest.mark.clause("s14.termination")
def test_partners_send_nothing_to_one_that_has_stopped_or_left(act, district, kind):
    draft, open_one = a_draft(act, district), a_request(act, district)
    stop(act, district.police, district.inspector, kind)
    with pytest.raises(NotActiveError):
        sending.send_request(act.as_(district.clerk), draft)
    with pytest.raises(AnswersNeededError) as told:
        depersonalised_request.ask_without_names(act.as_(district.clerk), new_id(), wanted(district))
    assert set(told.value.problems) == {"holder"}
    with pytest.raises(NotActiveError):
        ON_A_REQUEST["ask_question"](act.as_(district.inspector), open_one)


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s14.termination")
def test_a_return_checked_before_the_notice_is_not_sent_after_it(act):
    force, partner = a_force(act)
    mine = act.as_(partner)
    checked = a_checked(mine, force)
    stop(act, force, a_person(act, "Ira Chief", Role.APPROVER, organisation=force))
    with pytest.raises(NotActiveError):
        send(mine, checked, "key")


@pytest.mark.clause("s14.termination")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("app6.attendance")
def test_at_a_meeting_its_people_are_not_in_the_closed_session_and_read_no_appendix(act):
    hall = a_hall(act)
    say(hall, "Sol Reyes")
    with reading(act.store.engine) as session:
        police = session.get_one(Organisation, hall.officer.organisation_id)
    assert open_appendix(hall.by(hall.officer), hall.meeting.id)
    a_signatory(act, police)
    stop(act, police, a_person(act, "Ira Chief", Role.APPROVER, organisation=police))
    with pytest.raises(NotActiveError):
        open_appendix(hall.by(hall.officer), hall.meeting.id)
    with pytest.raises(NotActiveError):
        stay(hall.led, hall.lines["Sol Reyes"], "The Chair knows why.")
    stay(hall.led, hall.lines["Una Flint"], "The Chair knows why.")
    assert open_appendix(hall.led, hall.meeting.id), "the Chair goes on"
