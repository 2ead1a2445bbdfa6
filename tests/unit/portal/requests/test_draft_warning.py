"""A draft is deleted after 28 days; a few days before, whoever began it is told, and nothing of it stands in the letter."""

from portal.requests.exchange.sending import send_request
from portal.requests.forms.draft_warning import warn_of_drafts
from portal.requests.forms.drafting import save_task
from tests.request_builders import CANARY, a_district, a_draft, later, letters


def test_the_holder_of_a_draft_is_told_once_a_few_days_before_it_goes(act):
    district = a_district(act)
    a_draft(act, district)
    assert [warn_of_drafts(later(act, days=days)) for days in (22, 23, 25, 29)] == [
        0,
        1,
        0,
        0,
    ]  # a Friday: three working days before
    ((to, words),) = letters(act, "request-draft-ends")
    assert to == district.clerk.email
    assert "23 December 2026" in words
    assert CANARY not in words


def test_saving_starts_the_time_anew_and_a_sent_one_is_not_warned_of(act):
    district = a_district(act)
    draft_id = a_draft(act, district)
    warn_of_drafts(later(act, days=25))
    save_task(later(act, days=26).as_(district.clerk), draft_id, "necessity", {"necessity": "Only they hold it."})
    assert [warn_of_drafts(later(act, days=days)) for days in (27, 51)] == [0, 1]
    send_request(later(act, days=52).as_(district.clerk), draft_id)
    assert warn_of_drafts(later(act, days=53)) == 0
