import errno
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import AuditEntry
from portal.duties.asked import duties_of
from portal.duties.scheduled import due
from portal.duties.scheduled.due import do_what_is_due, sender
from portal.ground import drafts
from portal.ground.act import PUBLIC, Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.settings import load_settings
from portal.record import kept_head
from portal.retention.runner import run
from tests.signing_builders import a_manager


def later(act, days):
    return Act(store=act.store, person=act.person, at=act.at + timedelta(days=days))


@pytest.fixture
def settings(tmp_path):
    return load_settings({"PORTAL_DATA_DIR": str(tmp_path)}, folder=tmp_path)


def gone(done, rule_id):
    return next(ran.count for ran in done.deleted if ran.rule.id == rule_id)


def test_a_draft_is_deleted_when_its_28_days_are_over_and_not_before(act, settings, data_dir):
    _, secret = drafts.begin(act.as_(PUBLIC), "sign", {"name": "Ann Clerk"})
    assert gone(do_what_is_due(later(act, 27), settings), "drafts") == 0
    assert drafts.resume(later(act, 27).as_(PUBLIC), "sign", secret=secret)
    assert gone(do_what_is_due(later(act, 29), settings), "drafts") == 1
    with pytest.raises(NotFoundError):
        drafts.resume(later(act, 1).as_(PUBLIC), "sign", secret=secret)


def test_doing_it_twice_does_nothing_more(act, settings):
    drafts.begin(act.as_(PUBLIC), "sign")
    do_what_is_due(later(act, 40), settings)
    assert gone(do_what_is_due(later(act, 40), settings), "drafts") == 0


def test_one_fault_does_not_keep_the_rest_from_being_done(act, settings, monkeypatch):
    def fails(_act, _settings):
        raise RuntimeError("Ann Clerk")

    drafts.begin(act.as_(PUBLIC), "sign")
    monkeypatch.setattr(due, "REMINDERS", {"what is broken": fails, **due.REMINDERS})
    done = do_what_is_due(later(act, 40), settings)
    assert set(done.failed) == {"what is broken"}
    assert gone(done, "drafts") == 1


def told(act, manager):
    return [one.sentence for one in duties_of(act.as_(manager)) if "by itself" in one.sentence]


def test_what_fails_every_hour_is_told_to_the_manager_until_it_works_again(act, settings, monkeypatch):
    def fails(*_):
        raise RuntimeError("Ann Clerk")

    manager = a_manager(act)
    with monkeypatch.context() as broken:
        broken.setattr(due, "REMINDERS", {"what is broken": fails, **due.REMINDERS})
        broken.setattr(due, "delete_what_is_past", lambda act, _: run(act, [("drafts", fails)]))
        for hours in range(3):
            do_what_is_due(later(act, hours / 24), settings)
        (sentence,) = told(act, manager)
        assert all(part in sentence for part in ("what is broken", "deletion (Answers that"))
        assert "Ann Clerk" not in sentence
    with reading(act.store.engine) as session:
        assert len(session.exec(select(AuditEntry).where(AuditEntry.event == "unattended:failed")).all()) == 1
    do_what_is_due(later(act, 1), settings)
    assert told(act, manager) == []


def test_a_head_of_the_record_that_cannot_be_kept_is_told(act, settings, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    manager = a_manager(act)
    monkeypatch.setattr(kept_head.os, "open", full)
    do_what_is_due(act, settings)
    assert "the head of the record" in told(act, manager)[0]


@pytest.mark.parametrize("what", due.REMINDERS)
def test_each_reminder_can_be_given_by_itself(act, settings, what):
    assert due.REMINDERS[what](later(act, 40), settings) == 0


def test_messages_come_from_the_mail_account_or_the_portals_host(tmp_path):
    def of(**more):
        return sender(load_settings(more, folder=tmp_path))

    assert of(PORTAL_SMTP_URL="smtps://isa%40example.org:x@mail.example.org") == "isa@example.org"
    assert of(PORTAL_MAIL_FROM="isa@example.org", PORTAL_BASE_URL="https://x.example.org") == "isa@example.org"
    assert of(PORTAL_BASE_URL="https://portal.example.org") == "no-reply@portal.example.org"
