"""Two people publish a table; a correction says what it corrects; a withdrawal leaves a notice; all in the record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.publications import PublishedTable
from models.record import AuditEntry
from portal.ground.act import PUBLIC, Role
from portal.ground.database import transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError
from portal.publication import publishing
from portal.publication.building import Subject, TableNotPublishableError
from portal.publication.publishing import OwnTableError, approve, propose, refuse, withdraw
from portal.publication.views import public_tables, waiting
from portal.returns.service.submission import send
from portal.returns.service.upload_check import check
from tests.builders import a_person
from tests.return_builders import a_force

BY_MONTH = Subject(data_set="police-incidents", quarter="2026-Q3", rows="category", columns="month")


def a_file(july: int = 2) -> bytes:
    """Two records of one kind in July, many others."""
    lines = ["Incident Date;Time;Street;Category"]
    for month, kind, count in (
        ("07", "Missing person", july),
        ("08", "Missing person", 12),
        ("09", "Missing person", 9),
        ("07", "ASB Nuisance", 20),
        ("08", "ASB Nuisance", 15),
        ("09", "ASB Nuisance", 11),
        ("07", "Hoax call", 10),
        ("08", "Hoax call", 14),
        ("09", "Hoax call", 8),
    ):
        lines += [f"{1 + n % 28:02d}/{month}/2026;21:15;Stanley Road;{kind}" for n in range(count)]
    return "\r\n".join(lines).encode()


@pytest.fixture
def cast(act):
    """An officer, a manager, and a force that sent its return."""
    force, sol = a_force(replace(act, person=PUBLIC))
    officer = replace(act, person=a_person(act, "Oz Adeyemi", Role.OFFICER))
    manager = replace(act, person=a_person(act, "Mo Lindqvist", Role.MANAGER))
    partner = replace(act, person=sol)
    sent(partner, force)
    return officer, manager, partner, force


def sent(partner, force, july=2, key="one", **more):
    chosen = (BY_MONTH.data_set, BY_MONTH.quarter)
    return send(partner, check(partner, force.id, chosen, (a_file(july), "incidents.csv")), key, **more)


def spring(partner, force, lines):
    """A checked return of April to June."""
    return check(partner, force.id, (BY_MONTH.data_set, "2026-Q2"), ("\r\n".join(lines).encode(), "incidents.csv"))


def events(act):
    with Session(act.store.engine) as session:
        return [one.event for one in session.exec(select(AuditEntry).order_by(AuditEntry.number))]


@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.merging-risk")
def test_one_proposes_another_approves_and_the_public_sees_no_small_count(cast):
    officer, manager, _, _ = cast
    made = propose(officer, BY_MONTH, "k1")
    for late in ("k1", "the page was drawn anew, or another tab"):
        assert propose(officer, BY_MONTH, late) == made
    assert public_tables(officer.store) == []
    (seen,) = waiting(manager)
    assert seen.tried > 0
    assert seen.sent_by == ("Anyshire Police",)
    with pytest.raises(OwnTableError):
        approve(officer, made)
    approve(manager, made)
    (public,) = public_tables(officer.store)
    (line,) = [line for line in public.content.splitlines() if line.startswith("PSW-MISS")]
    assert line.split(",")[1] == "suppressed"
    assert public.content.count("suppressed") >= 4
    assert {"figures:proposed", "figures:published", "return:opened"} <= set(events(officer))
    with pytest.raises(AlreadyDoneError):
        approve(manager, made)


@pytest.mark.clause("s6.fewer-than-five")
def test_partners_and_the_public_neither_propose_nor_approve(cast):
    officer, _, partner, _ = cast
    made = propose(officer, BY_MONTH, "k1")
    for act in (partner, replace(officer, person=PUBLIC)):
        with pytest.raises(NotAllowedError):
            propose(act, BY_MONTH, "k2")
        for verb in (approve, refuse):
            with pytest.raises(NotAllowedError):
                verb(act, made)


@pytest.mark.clause("s6.merging-risk")
def test_a_later_table_of_the_same_records_is_proved_beside_the_first(cast):
    officer, manager, _, _ = cast
    approve(manager, propose(officer, BY_MONTH, "k1"))
    approve(manager, propose(officer, replace(BY_MONTH, columns=""), "k2"))
    sums = [one.sums for one in public_tables(officer.store)]
    assert len(sums) == 2
    assert sums[1] > 0


@pytest.mark.clause("s6.merging-risk")
def test_a_rural_place_shares_a_line_and_the_quarters_next_table_and_a_correction_keep_it(cast):
    officer, manager, partner, force = cast
    lines = ["Incident Date;Time;Postcode;Category"]
    for code, kind, count in (("LE13", "ASB Nuisance", 30), ("LE13", "Hoax call", 25), ("LE14", "ASB Nuisance", 9)):
        lines += [f"{1 + n % 28:02d}/05/2026;21:15;{code};{kind}" for n in range(count)]
    send(partner, spring(partner, force, lines), "q2")
    by_place = Subject(data_set=BY_MONTH.data_set, quarter="2026-Q2", rows="outward_postcode")
    approve(manager, propose(officer, by_place, "k1"))
    approve(manager, propose(officer, replace(by_place, columns="category", subtotals=True), "k2"))
    for one in public_tables(officer.store):
        assert "LE13 and LE14," in one.content
        assert "share a line with their neighbour" in one.how_lines_go
    more = [f"{1 + n:02d}/06/2026;21:15;LE14;ASB Nuisance" for n in range(12)]
    send(partner, spring(partner, force, lines + more), "q2 again")
    approve(manager, propose(officer, by_place, "k3", notice="June was left out."))
    (corrected,) = [one for one in public_tables(officer.store) if one.version == 2]
    assert "LE13 and LE14,76" in corrected.content


@pytest.mark.clause("s6.merging-risk")
@pytest.mark.clause("s6.non-personal-foi")
def test_a_year_is_published_beside_its_quarters_and_tells_whose_returns_are_missing(cast):
    officer, manager, partner, force = cast
    approve(manager, propose(officer, BY_MONTH, "k1"))
    lines = ["Incident Date;Time;Street;Category"]
    for kind, count in (("Missing person", 2), ("ASB Nuisance", 30), ("Hoax call", 25)):
        lines += [f"{1 + n % 28:02d}/05/2026;21:15;Stanley Road;{kind}" for n in range(count)]
    send(partner, spring(partner, force, lines), "q2")
    year = replace(BY_MONTH, columns="", quarters=4)
    approve(manager, propose(officer, year, "k2"))
    (public,) = [one for one in public_tables(officer.store) if one.run.count == 4]
    assert public.title.endswith("by category, October 2025 to September 2026")
    assert public.not_sent_by == ("Anyshire Police (October to December 2025, January to March 2026)",)
    told = {line.split(",")[0]: line.split(",")[1] for line in public.content.splitlines()}
    assert told["PSW-MISS"] == "suppressed"  # 25, of which the quarter's 23 are public


@pytest.mark.clause("s6.merging-risk")
@pytest.mark.clause("s6.fewer-than-five")
def test_what_changed_since_it_was_proposed_is_not_published(cast, monkeypatch):
    officer, manager, partner, force = cast
    of_earlier_records = propose(officer, BY_MONTH, "k0")
    sent(partner, force, july=30, key="two")
    with pytest.raises(TableNotPublishableError, match="changed since"):
        approve(manager, of_earlier_records)
    refuse(manager, of_earlier_records)
    first, second = propose(officer, BY_MONTH, "k1"), propose(officer, replace(BY_MONTH, columns=""), "k2")
    build = publishing.build

    def published_meanwhile(act, subject):
        built = build(act, subject)
        monkeypatch.undo()
        approve(manager, first)
        return built

    monkeypatch.setattr(publishing, "build", published_meanwhile)
    with pytest.raises(TableNotPublishableError, match="meanwhile"):
        approve(manager, second)
    assert [one.id for one in public_tables(officer.store)] == [first]


@pytest.mark.clause("s6.merging-risk")
@pytest.mark.clause("s6.fewer-than-five")
def test_a_withdrawal_leaves_its_notice_and_is_done_once(cast):
    officer, manager, _, _ = cast
    made = propose(officer, BY_MONTH, "k1")
    approve(manager, made)
    with pytest.raises(AnswersNeededError):
        withdraw(manager, made, "")
    withdraw(manager, made, "The force counted a month twice.")
    (gone,) = public_tables(officer.store)
    assert (gone.status, gone.notice) == ("withdrawn", "The force counted a month twice.")
    with pytest.raises(AnswersNeededError):  # what was out once is not forgotten: the next is a correction of it
        propose(officer, BY_MONTH, "k2")
    with pytest.raises(AlreadyDoneError):
        withdraw(manager, made, "Again")


def test_a_quarter_without_records_is_refused_in_words(cast):
    officer, _, _, _ = cast
    with pytest.raises(TableNotPublishableError, match="missing return"):
        propose(officer, replace(BY_MONTH, quarter="2026-Q2"), "k1")


@pytest.mark.clause("s6.fewer-than-five")
def test_one_name_twice_is_refused_by_the_store_itself(cast):
    officer, manager, _, _ = cast
    made = propose(officer, BY_MONTH, "k1")
    approve(manager, made)
    with Session(officer.store.engine) as session:
        row = session.get(PublishedTable, made)
        assert (row.proposed_by, row.decided_by) == (officer.person.id, manager.person.id)
        assert row.decided_at - row.proposed_at == timedelta(0)
    with pytest.raises(IntegrityError, match="two_people_publish"), transaction(officer.store.engine) as session:
        session.get_one(PublishedTable, made).decided_by = officer.person.id
