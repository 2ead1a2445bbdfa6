"""The life of an edition: drafted from the last, authorised by two others, in force on its day, signed again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from models.record import AuditEntry, Message
from portal.agreement.editions import authorisation, drafting
from portal.agreement.editions.changes import signed_before, what_changed
from portal.agreement.editions.current import in_force, known_edition, known_editions
from portal.agreement.editions.passages import passages, replaced
from portal.agreement.editions.views import changes_of, own_edition, to_authorise
from portal.agreement.editions.wording import words_in_force, words_named
from portal.agreement.errors import EditionStateError, OwnWordsError, PassageChangedError, TextChangedError
from portal.agreement.notices.notices import NoticeEffect, give_notice
from portal.agreement.notices.standing import standing_of
from portal.agreement.reach import Reach
from portal.agreement.register.public_register import entry
from portal.agreement.signing import sign
from portal.agreement.signing.copies import signed_copy
from portal.agreement.signing.renewal import AGAIN_AFTER, MOST_LETTERS, ask_who_is_behind, behind, remind
from portal.agreement.verification import check_pdf, check_reference
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError
from portal.ground.wording import today
from portal.rules.edition.editions import edition
from portal.rules.errors import SealBrokenError
from tests.builders import a_partnership, a_person, an_organisation
from tests.conftest import NOW
from tests.signing_builders import (
    NO_MAIL,
    REASONS,
    a_draft,
    a_manager,
    a_published_edition,
    a_signatory,
    a_signature,
    change_paragraph,
    link,
    ready_to_sign,
)

DAY = date(2026, 12, 1)
REACH = Reach(base_url="http://127.0.0.1:8501", mail=False)
NEW = "Each partner answers for what it shares."


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


@pytest.fixture
def manager(here):
    return a_manager(here)


def on_the_day(act):
    return replace(act, at=NOW + timedelta(days=7))


def letters(act, template):
    with reading(act.store.engine) as session:
        return session.exec(select(Message).where(Message.template == template)).all()


def sent_to(act, template):
    return {act.store.vault.open_text(one.to, f"message.to:{one.id}") for one in letters(act, template)}


@pytest.mark.clause("cover.versions")
def test_a_draft_is_a_copy_of_the_edition_in_force_and_public_nowhere(here, manager):
    draft = drafting.begin(here.as_(manager))
    assert own_edition(here.as_(manager), draft).words.edition.text == known_edition(here.store, "2026").edition.text
    change_paragraph(here.as_(manager), draft, NEW)
    assert drafting.begin(here.as_(manager)) == draft == "2026-2"
    assert draft not in {one.id for one in known_editions(here.store)}
    assert words_named(here.store, draft, DAY).edition.id == "2026"
    (part,) = changes_of(here.as_(manager), own_edition(here.as_(manager), draft))
    assert part.title == "13 Review of this agreement"


@pytest.mark.clause("cover.versions")
@given(
    st.lists(
        st.sampled_from(["## 1 One", "A line", "- an item", "| a | b |", "### Within", "", "1. first"]), max_size=25
    )
)
def test_passages_cover_every_word_of_every_part_and_put_back_unchanged_change_nothing(lines):
    whole = "\n".join(lines) + "\n"
    for one in passages(whole):
        assert whole[one.start : one.end] == one.words
        assert replaced(whole, one, one.words) == whole
    begun = whole.partition("## 1 One")[2]
    left = begun
    for one in passages(whole):
        left = left.replace(one.words, "", 1)
    assert not left.replace("## 1 One", "").strip()


@pytest.mark.clause("cover.versions")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("## 17 More", "begins with #"),
        ("# Title", "begins with #"),
        ("<b>Bold</b>", "HTML"),
        ("![x](https://example.org/x.png)", "Pictures"),
        ("[x](javascript:alert(1))", "https://"),
        ("Ask {nobody_known}", "{nobody_known}"),
        ("x" * 6001, "6,000"),
    ],
)
def test_a_passage_holds_words_and_no_title_picture_or_unknown_blank(here, manager, words, said):
    draft = drafting.begin(here.as_(manager))
    with pytest.raises(AnswersNeededError) as refused:
        change_paragraph(here.as_(manager), draft, words)
    assert said in refused.value.problems["words"]


@pytest.mark.clause("cover.versions")
def test_two_managers_in_one_passage_do_not_overwrite_each_other(here, manager):
    other, draft = a_manager(here, "Dan Okafor"), drafting.begin(here.as_(manager))
    place = ("13 Review of this agreement", 1)
    was = next(p for p in passages(edition("2026").text) if (p.part, p.number) == place).mark
    drafting.change_passage(here.as_(manager), draft, place=place, was=was, words="Mine")
    with pytest.raises(PassageChangedError):
        drafting.change_passage(here.as_(other), draft, place=place, was=was, words="Yours")


@pytest.mark.clause("cover.versions")
def test_what_is_not_whole_is_not_handed_over(here, manager):
    by, draft = here.as_(manager), drafting.begin(here.as_(manager))
    with pytest.raises(AnswersNeededError) as refused:
        drafting.hand_over(by, draft, link)
    assert set(refused.value.problems) == {"change", "text"}
    for begins in ("1 January 2020", "no day", "24 November 2026", "1 January 2926", "1 January 2036"):
        with pytest.raises(AnswersNeededError) as refused:
            drafting.describe(by, draft, change="More", force_from=begins)
        assert set(refused.value.problems) == {"force_from"}


@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s13.agreement-review")
def test_two_people_who_wrote_none_of_it_publish_an_edition_and_it_takes_force_by_itself(here, manager):
    draft = a_draft(here, manager)
    chair, officer = a_person(here, "Cleo Chair", Role.CHAIR), a_person(here, "Oz Officer", Role.OFFICER)
    sha256 = drafting.hand_over(here.as_(manager), draft, link)
    assert sent_to(here, "edition-handed") == {chair.email, officer.email}
    assert [one.id for one in to_authorise(here.as_(chair))] == [draft]
    with pytest.raises(OwnWordsError):
        authorisation.authorise(here.as_(manager), draft, shown_sha256=sha256, link=link)
    with pytest.raises(TextChangedError):
        authorisation.authorise(here.as_(chair), draft, shown_sha256="0" * 64, link=link)
    assert not authorisation.authorise(here.as_(chair), draft, shown_sha256=sha256, link=link)
    assert not authorisation.authorise(here.as_(chair), draft, shown_sha256=sha256, link=link), "one person, twice"
    assert to_authorise(here.as_(chair)) == []
    assert draft not in {one.id for one in known_editions(here.store)}
    assert authorisation.authorise(here.as_(officer), draft, shown_sha256=sha256, link=link)
    assert sent_to(here, "edition-told") == {manager.email}
    assert in_force(here.store, DAY - timedelta(days=1)).id == "2026"
    assert in_force(here.store, DAY).id == draft
    words = words_in_force(here.store, DAY)
    assert words.sha256 == sha256
    assert NEW in words.edition.text
    assert words.edition.version_record[-1].authorised == "Chair and Community Safety Officer"
    assert "1 December 2026" in words.standing
    assert words_named(here.store, draft, today(NOW)).standing.startswith("Takes force on 1 December 2026")
    assert words_named(here.store, "2026", DAY).standing.startswith("Past edition, in force until 1 December 2026")


@pytest.mark.clause("cover.versions")
def test_two_who_authorise_in_the_same_moment_publish_once(both_stores):
    act = Act(store=both_stores, person=PUBLIC, at=NOW)
    a_partnership(act)
    draft = a_draft(act, a_manager(act))
    people = [
        a_person(act, f"Person {n}", role)
        for n, role in enumerate((Role.MANAGER, Role.CHAIR, Role.OFFICER, Role.CHAIR))
    ]
    sha256 = drafting.hand_over(act.as_(a_manager(act, "Handing Over")), draft, link)

    def decide(person):
        try:
            return authorisation.authorise(act.as_(person), draft, shown_sha256=sha256, link=link)
        except EditionStateError:
            return None

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(decide, people))
    assert sorted(str(one) for one in results) == ["False", "None", "None", "True"]
    with reading(act.store.engine) as session:
        events = session.exec(select(AuditEntry.event).where(AuditEntry.subject == f"edition:{draft}")).all()
    assert (events.count("edition:authorised"), events.count("edition:published")) == (1, 1)


@pytest.mark.clause("cover.versions")
def test_an_edition_taken_back_or_sent_back_is_authorised_anew(here, manager):
    draft, chair = a_draft(here, manager), a_person(here, "Cleo Chair", Role.CHAIR)
    first = drafting.hand_over(here.as_(manager), draft, link)
    authorisation.authorise(here.as_(chair), draft, shown_sha256=first, link=link)
    with pytest.raises(EditionStateError):
        change_paragraph(here.as_(manager), draft, "Slipped in")
    drafting.take_back(here.as_(manager), draft)
    assert drafting.hand_over(here.as_(manager), draft, link) == first
    assert own_edition(here.as_(chair), draft).still_needed == 2
    authorisation.authorise(here.as_(chair), draft, shown_sha256=first, link=link)
    authorisation.send_back(here.as_(chair), draft, reason="Not what we said", link=link)
    seen = own_edition(here.as_(manager), draft)
    assert (seen.state, seen.sha256, seen.decided[-1].words) == ("draft", "", "Not what we said")
    change_paragraph(here.as_(manager), draft, "Better")
    assert drafting.hand_over(here.as_(manager), draft, link) != first


@pytest.mark.clause("cover.versions")
def test_a_day_that_passed_while_it_waited_asks_for_a_later_one(here, manager):
    draft, chair = a_draft(here, manager), a_person(here, "Cleo Chair", Role.CHAIR)
    sha256 = drafting.hand_over(here.as_(manager), draft, link)
    late = replace(here, at=NOW + timedelta(days=9)).as_(chair)
    with pytest.raises(EditionStateError, match="passed"):
        authorisation.authorise(late, draft, shown_sha256=sha256, link=link)


@pytest.mark.clause("cover.versions")
def test_an_authorised_edition_can_be_called_off_only_before_its_day(here):
    draft, by = a_published_edition(here), here.as_(a_manager(here))
    with pytest.raises(EditionStateError):
        authorisation.call_off(on_the_day(by), draft, reason="Too late", link=link)
    with pytest.raises(EditionStateError, match="takes force on 1 December"):
        drafting.begin(by)
    authorisation.call_off(by, draft, reason="The council asked for more time", link=link)
    assert in_force(here.store, DAY).id == "2026"
    assert own_edition(by, draft).still_needed == 2


@pytest.mark.clause("cover.versions")
@pytest.mark.parametrize("role", [Role.PARTNER, Role.APPROVER, Role.CHAIR, Role.OFFICER])
def test_only_a_manager_drafts(here, role):
    with pytest.raises(NotAllowedError):
        drafting.begin(here.as_(a_person(here, "Not Me", role, organisation=an_organisation(here))))


@pytest.mark.clause("cover.versions")
def test_only_managers_chairs_and_officers_authorise(here, manager):
    draft = a_draft(here, manager)
    sha256, council = drafting.hand_over(here.as_(manager), draft, link), an_organisation(here)
    for role in (Role.PARTNER, Role.APPROVER):
        person = a_person(here, f"A {role.value}", role, organisation=council)
        with pytest.raises(NotAllowedError):
            authorisation.authorise(here.as_(person), draft, shown_sha256=sha256, link=link)
        with pytest.raises(NotAllowedError):
            own_edition(here.as_(person), draft)


@pytest.mark.clause("cover.versions")
@pytest.mark.threat("ES10")
def test_words_of_an_authorised_edition_changed_in_the_store_are_refused(here):
    draft = a_published_edition(here)
    with here.store.engine.begin() as connection:
        connection.execute(text("UPDATE agreement_edition SET text = text || 'x' WHERE id = :id"), {"id": draft})
    with pytest.raises(SealBrokenError, match="not those that were authorised"):
        words_in_force(here.store, DAY)


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("cover.versions")
def test_a_signatory_is_asked_signs_again_and_the_old_receipt_still_verifies(here, manager):
    council = an_organisation(here, "Thornby Parish Council", public_contact="clerk@thornby.example")
    old = a_signatory(here, manager, council)
    receipt, _ = signed_copy(here.as_(manager), old.id, "http://127.0.0.1:8501")
    draft = a_published_edition(here)
    assert behind(here.as_(manager)) == [], "nothing to sign before its day"
    then = on_the_day(here)
    assert ask_who_is_behind(then.as_(SYSTEM), REACH) == 1
    assert ask_who_is_behind(then.as_(SYSTEM), REACH) == 0
    assert sent_to(here, "sign-again") == {"ann@thornby.example", "clerk@thornby.example"}
    for one in letters(here, "sign-again"):
        assert "Thornby" not in one.subject
        said = here.store.vault.open_text(one.body, f"message.body:{one.id}")
        assert "Thornby Parish Council has signed the 2026 edition." in said
        assert "What changed: Section 13 says who answers" in said
    (left,) = behind(then.as_(manager))
    assert (left.organisation, left.edition, left.times, left.waits) == (council.name, "2026 edition", 1, False)
    assert entry(here.store, council.slug, DAY)[0].edition == "2026"
    assert entry(here.store, council.slug, DAY)[0].is_behind(in_force(here.store, DAY).id)

    secret = ready_to_sign(then, council)
    words = words_in_force(here.store, today(then.at))
    before = signed_before(here.store, council.id, words)
    assert [part.title for part in what_changed(before.words, words)] == [
        "Summary sheet",
        "13 Review of this agreement",
    ]
    new = sign.sign(then, secret, NO_MAIL)
    assert behind(then.as_(manager))[0].waits
    assert ask_who_is_behind(replace(then, at=then.at + AGAIN_AFTER).as_(SYSTEM), REACH) == 0, "it waits for a check"
    from portal.agreement.signing import confirmation  # noqa: PLC0415 - only here

    confirmation.confirm(then.as_(manager), new.id, how="Telephoned", reach=NO_MAIL)
    assert behind(then.as_(manager)) == []
    assert standing_of(here.store, council.id).edition == draft
    assert entry(here.store, council.slug, DAY + timedelta(days=1))[0].edition == draft
    answer = check_pdf(then, receipt)
    assert answer.good
    assert not answer.holds
    assert any("2026 edition, version 2 was signed since" in one for one in answer.sentences)
    again, _ = signed_copy(then.as_(manager), new.id, "http://127.0.0.1:8501")
    assert check_pdf(then, again).holds
    assert "superseded" in check_reference(then, "agreement-2026").title
    assert check_reference(then, f"agreement-{draft}").holds


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("cover.versions")
def test_letters_go_three_times_four_weeks_apart_and_by_hand_once_a_day(here, manager):
    stopped = an_organisation(here, "Stopped Council")
    for one in (an_organisation(here), stopped):
        a_signatory(here, manager, one, email=f"a@{one.slug}.example")
    give_notice(here.as_(manager), stopped.id, NoticeEffect.SUSPENSION, REASONS, key="k")
    a_published_edition(here)
    then = on_the_day(here)
    counts = [ask_who_is_behind(replace(then, at=then.at + AGAIN_AFTER * n).as_(SYSTEM), REACH) for n in range(5)]
    assert counts == [1, 1, 1, 0, 0]
    assert MOST_LETTERS == 3
    left, asked_nothing = behind(then.as_(manager))
    assert (asked_nothing.organisation, asked_nothing.times) == (stopped.name, 0)
    later = replace(then, at=then.at + AGAIN_AFTER * 6).as_(manager)
    remind(later, left.organisation_id, REACH)
    with pytest.raises(EditionStateError, match="Wait a day"):
        remind(later, left.organisation_id, REACH)


@pytest.mark.clause("cover.versions")
def test_who_read_the_old_words_while_the_new_took_force_must_read_again(here):
    a_published_edition(here)
    secret = ready_to_sign(here, an_organisation(here))
    with pytest.raises(TextChangedError):
        sign.sign(on_the_day(here), secret, NO_MAIL)


@pytest.mark.clause("cover.versions")
def test_facts_are_fixed_with_the_edition_and_the_settings_stay(here, manager):
    by, draft = here.as_(manager), a_draft(here, manager)
    drafting.change_facts(by, draft, {"information_manager": "The records office", "in_force_date": "1 May 2030"})
    seen = own_edition(by, draft)
    assert seen.words.blanks["information_manager"] == "The records office"
    assert seen.words.blanks["in_force_date"] == "1 December 2026"
    assert words_in_force(here.store, today(NOW)).blanks["information_manager"] != "The records office"


@pytest.mark.clause("cover.versions")
def test_a_draft_that_was_dropped_leaves_its_number_unused(here, manager):
    by = here.as_(manager)
    first = drafting.begin(by)
    drafting.drop(by, first)
    assert drafting.begin(by) == "2026-3"


@pytest.mark.clause("cover.versions")
def test_a_new_organisation_signs_the_words_in_force_on_its_day(here):
    draft = a_published_edition(here)
    assert a_signature(here, an_organisation(here, "Early Council")).edition == "2026"
    assert (
        a_signature(on_the_day(here), an_organisation(here, "Later Council"), email="b@later.example").edition == draft
    )
