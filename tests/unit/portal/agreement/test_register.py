"""The register: who had signed on a day, found whatever is typed."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.agreements import Signature, SignedWords, Standing
from models.organisations import Organisation
from portal.agreement.notices import notices
from portal.agreement.notices.standing import SignatoryStatus
from portal.agreement.register.partners import missing_kinds
from portal.agreement.register.public_register import (
    PAGE,
    RegisterEntry,
    counts,
    entry,
    everybody,
    near_entries,
    register,
)
from portal.agreement.register.search import RegisterSearch, asked, day_asked
from portal.ground.act import PUBLIC
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import folded, new_id
from portal.rules.edition.editions import edition
from tests.builders import a_partnership, an_organisation
from tests.conftest import NOW
from tests.signing_builders import REASONS, a_manager, a_signatory, at

TODAY = NOW.date()


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def many(act, names, kind="parish_council", since=NOW - timedelta(days=9)):
    """Signatories put into the store at once, for long lists."""
    rows = []
    with transaction(act.store.engine) as session:
        if session.get(SignedWords, "w" * 64) is None:
            session.add(SignedWords(sha256="w" * 64, edition="2026", edition_sha256="e" * 64, blanks="{}"))
        for name in names:
            row_id = new_id()
            rows += [
                Organisation(id=row_id, slug=row_id, name=name, search_name=folded(name), kind=kind, added_at=since, added_by="Test"),
                Signature(
                    id=row_id, reference=row_id, draft_id=row_id, organisation_id=row_id, edition="2026", text_sha256="e" * 64,
                    words_sha256="w" * 64, signer=b"", email_hash="h", method="typed", email_checked_at=since, email_checked_how="code",
                    signed_at=since, signed_by="public", audit_head="a" * 64, status="confirmed", decided_at=since, decided_by="m",
                ),
                Standing(id=row_id, organisation_id=row_id, signature_id=row_id, edition="2026", status="signed", since=since, begins_at=since),
            ]  # fmt: skip
        for kind_of in (Organisation, Signature, Standing):
            session.add_all(row for row in rows if isinstance(row, kind_of))
            session.flush()


def names(found):
    return [one.organisation for one in found.entries]


@pytest.mark.clause("s16.public-list")
def test_an_entry_has_exactly_the_public_fields():
    assert [field.name for field in fields(RegisterEntry)] == [
        "id",
        "organisation",
        "kind",
        "edition",
        "status",
        "since",
    ]


@pytest.mark.clause("s16.public-list")
def test_a_search_finds_words_in_any_order_without_accents_or_case(here):
    many(here, ["Llanfair Ŵyŷ Town Council", "Anytown Parish Council", "100% Youth_Work"])
    for typed in ("wyy llanfair", "LLANFAIR TOWN", "ŵyŷ", "  town   wyy "):
        assert names(register(here.store, RegisterSearch(on=TODAY, words=typed))) == ["Llanfair Ŵyŷ Town Council"]


@pytest.mark.clause("s16.public-list")
@pytest.mark.parametrize("typed", ["%", "_", "100%", "youth_work"])
@pytest.mark.threat("IN3")
def test_wildcards_are_text(here, typed):
    many(here, ["Anytown Parish Council", "100% Youth_Work"])
    assert names(register(here.store, RegisterSearch(on=TODAY, words=typed))) == ["100% Youth_Work"]


@pytest.mark.clause("s16.public-list")
@pytest.mark.parametrize("typed", ["' OR 1=1 --", "\\", "'" * 190, "\x00", "*[a-z]*"])
def test_odd_searches_find_nothing_and_break_nothing(here, typed):
    many(here, ["Anytown Parish Council"])
    assert register(here.store, RegisterSearch(on=TODAY, words=typed)).total in {0, 1}


@pytest.mark.clause("s16.public-list")
def test_filters_sort_and_pages_of_fifty(here):
    many(here, [f"Council {number:03}" for number in range(120)])
    many(here, ["Zeta School"], kind="school", since=NOW - timedelta(days=1))
    first = register(here.store, RegisterSearch(on=TODAY))
    assert (first.total, len(first.entries), first.last_page) == (121, PAGE, 3)
    last = register(here.store, RegisterSearch(on=TODAY, page=99))
    assert (last.asked.page, len(last.entries)) == (3, 21)
    assert names(register(here.store, RegisterSearch(on=TODAY, sort="since")))[0] == "Zeta School"
    assert names(register(here.store, RegisterSearch(on=TODAY, kind="school"))) == ["Zeta School"]
    assert register(here.store, RegisterSearch(on=TODAY, edition="2009")).total == 0
    assert register(here.store, RegisterSearch(on=TODAY, status="suspended")).total == 0
    assert [one.organisation for one in everybody(here.store, TODAY)][::60] == [
        "Council 000",
        "Council 060",
        "Zeta School",
    ]


@pytest.mark.clause("s16.public-list")
def test_history_and_any_day_are_told_from_dated_events(here):
    manager, council = a_manager(here), an_organisation(here)
    then = at(here, days=-100)
    a_signatory(then, manager, council)
    for days, kind in ((-50, "suspension"), (-40, "lifting"), (-10, "withdrawal")):
        notices.give_notice(at(here, days=days).as_(manager), council.id, notices.NoticeEffect(kind), REASONS, key=kind)
    a_signatory(here, manager, council)

    def status(days):
        found = register(here.store, RegisterSearch(on=TODAY + timedelta(days=days), status="all")).entries
        return found[0].status.value if found else ""

    assert [status(days) for days in (-101, -100, -51, -50, -41, -40, -11, -10, -1, 0)] == [
        "", "signed", "signed", "suspended", "suspended", "signed", "signed", "left", "left", "signed",
    ]  # fmt: skip
    found, changes = entry(here.store, council.slug, TODAY)
    assert [change.status.value for change in changes] == ["signed", "suspended", "signed", "left", "signed"]
    assert (found.edition, found.since) == ("2026", TODAY)
    assert len(entry(here.store, council.slug, TODAY - timedelta(days=45))[1]) == 2
    with pytest.raises(NotFoundError):
        entry(here.store, council.slug, TODAY - timedelta(days=101))


@pytest.mark.clause("s16.public-list")
def test_a_day_ends_at_midnight_in_the_united_kingdom(here):
    summer = replace(here, at=datetime(2026, 7, 10, 22, 59, tzinfo=UTC))  # 23:59 in London
    a_signatory(summer, a_manager(summer), an_organisation(here))
    assert register(here.store, RegisterSearch(on=date(2026, 7, 10))).total == 1
    late = replace(here, at=datetime(2026, 7, 11, 23, 30, tzinfo=UTC))  # half past midnight on the 12th
    a_signatory(late, a_manager(late, "Dan Okafor"), an_organisation(here, "Late Council"))
    assert register(here.store, RegisterSearch(on=date(2026, 7, 11))).total == 1
    assert register(here.store, RegisterSearch(on=date(2026, 7, 12))).total == 2


@pytest.mark.clause("s16.public-list")
def test_near_names_are_offered_for_a_slip_of_the_pen(here):
    many(here, ["Anytown Parish Council", "Ferny Homes"])
    assert [one.organisation for one in near_entries(here.store, "Anytwon Parish Council", TODAY)] == [
        "Anytown Parish Council"
    ]


@pytest.mark.clause("s2.statutory-partners-sign")
@pytest.mark.clause("s1.arrangements")
def test_the_kinds_that_the_law_makes_responsible_and_that_are_missing_are_listed(here):
    missing = {kind.id for kind in missing_kinds(here.store, edition("2026"), TODAY)}
    assert missing == {"police", "local_authority", "fire_rescue", "integrated_care", "probation"}
    many(here, ["Anyshire Police"], kind="police")
    assert "police" not in {kind.id for kind in missing_kinds(here.store, edition("2026"), TODAY)}
    assert counts(here.store, TODAY) == {
        SignatoryStatus.SIGNED: 1,
        SignatoryStatus.SUSPENDED: 0,
        SignatoryStatus.LEFT: 0,
    }


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-05-01", date(2026, 5, 1)), ("1 May 2026", date(2026, 5, 1)), ("1/5/2026", date(2026, 5, 1)), ("2999-01-01", TODAY),
     ("", TODAY), ("soon", TODAY), ("2026-02-30", TODAY), ("0001-01-01", TODAY)],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it_and_never_lies_ahead(typed, day):
    assert day_asked(NOW, typed) == day


@pytest.mark.clause("s16.public-list")
@given(
    st.dictionaries(st.sampled_from(["q", "kind", "status", "edition", "sort", "page", "as_of"]), st.text(max_size=60))
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_breaks_the_register(here, values):
    found = register(here.store, asked(NOW, values))
    assert found.asked.page == 1
    assert found.asked.on <= TODAY
