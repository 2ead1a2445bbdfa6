"""Review when a post holder leaves or a year is over; a new version beside the old; the end by a party (App 5)."""

import pytest
from sqlmodel import select

from models.accounts import Post
from models.record import Message
from portal.accounts.posts import end_post
from portal.agreement.errors import NotActiveError
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import new_id
from portal.record.audit import history
from portal.rules.edition.editions import editions
from portal.statements.drafting import answer, begin_statement, name_posts
from portal.statements.errors import EndedError
from portal.statements.review import NotInForceError, confirm_review, end_statement, name_holder, revise_statement
from portal.statements.views import (
    added_statements,
    open_statement,
    people_for_posts,
    statement_history,
    statement_pdf,
    statements,
)
from tests.builders import a_person, in_clear, recorded
from tests.request_builders import a_district, later
from tests.statement_builders import (
    SHARING,
    WHY_NAMED,
    a_begun_statement,
    a_complete_statement,
    a_statement_in_force,
    filled,
    signed_by,
)

pytestmark = pytest.mark.clause("app5.statement")


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.fixture
def manager(act, district):
    return a_person(act, "Mab Manager", Role.MANAGER)


def leaves(act, manager, person) -> None:
    with reading(act.store.engine) as session:
        rows = session.exec(select(Post).where(Post.account_id == person.id)).all()
    for row in rows:
        end_post(act.as_(manager), row.id)


def review(act, district, statement_id):
    return open_statement(act.as_(district.colleague), statement_id).line.review


def told(act, template):
    with reading(act.store.engine) as session:
        return len(session.exec(select(Message).where(Message.template == template)).all())


def test_nothing_is_to_be_reviewed_at_first(act, district):
    assert review(act, district, a_statement_in_force(act, district)) == ()


def test_a_statement_is_flagged_when_a_post_holder_leaves_until_somebody_else_is_named(act, district, manager):
    statement_id = a_statement_in_force(act, district)
    leaves(later(act, days=1), manager, district.clerk)
    after = later(act, days=2)
    assert review(after, district, statement_id) == (
        "The holder of a post at Anytown Parish Council has left: Desk of Ann Clerk.",
    )
    name_holder(after.as_(district.colleague), statement_id, 1, district.colleague.id)
    assert review(after, district, statement_id) == ()
    assert open_statement(act.as_(district.colleague), statement_id).line.status == "in_force"


def test_a_statement_is_flagged_when_a_signer_leaves_until_it_is_reviewed(act, district, manager):
    statement_id = a_statement_in_force(act, district)
    leaves(later(act, days=1), manager, district.inspector)
    after = later(act, days=2)
    assert review(after, district, statement_id) == ("Whoever signed for Anyshire Police no longer acts for it.",)
    with pytest.raises(NotAllowedError):
        confirm_review(after.as_(district.colleague), statement_id)
    confirm_review(after.as_(district.parish_approver), statement_id)
    confirm_review(after.as_(district.parish_approver), statement_id)
    assert review(after, district, statement_id) == ()
    assert [what for _, what, _ in statement_history(act.as_(district.clerk), statement_id)].count(
        "reviewed a sharing statement"
    ) == 1


def test_a_year_later_a_review_is_due(act, district):
    statement_id = a_statement_in_force(act, district)
    assert review(later(act, days=364), district, statement_id) == ()
    assert review(later(act, days=365), district, statement_id) == ("It was to be reviewed by 25 November 2027.",)
    mine = later(act.as_(district.parish_approver), days=365)
    confirm_review(mine, statement_id)
    assert open_statement(mine, statement_id).line.review_on.isoformat() == "2028-11-25"


def test_only_a_statement_in_force_is_reviewed_or_replaced(act, district):
    statement_id = a_complete_statement(act, district)
    for verb in (confirm_review, revise_statement):
        with pytest.raises(NotInForceError):
            verb(act.as_(district.parish_approver), statement_id)


def test_the_old_statement_stays_in_force_until_all_have_signed_the_new_one(act, district):
    old = a_statement_in_force(act, district)
    before = told(act, "statement-begun")
    new = revise_statement(act.as_(district.officer), old)
    assert revise_statement(act.as_(district.clerk), old) == new
    mine = act.as_(district.clerk)
    assert told(act, "statement-begun") == before + 3, "the parish's people hear that a new version is written"
    held = {
        one.title: one.account_id
        for one in open_statement(mine, new).posts
        if one.organisation_id == district.parish.id
    }
    assert held == {"Desk of Ann Clerk": district.clerk.id}
    version = answer(mine, new, "retention", "Six weeks.", version=open_statement(mine, new).version)
    assert version == 2
    signed_by(act, new, district.parish_approver)
    assert open_statement(mine, old).line.status == "in_force"
    signed_by(act, new, district.inspector)
    assert (open_statement(mine, old).line.status, open_statement(mine, new).line.status) == ("replaced", "in_force")
    assert statement_pdf(mine, old) != statement_pdf(mine, new)
    assert "statement:replaced" in recorded(act, f"statement:{old}")


def test_a_new_version_stands_in_the_words_of_the_edition_in_force(act, district, monkeypatch):
    old = a_statement_in_force(act, district)
    other = next(one for one in editions() if one.id != open_statement(act.as_(district.clerk), old).edition.id)
    monkeypatch.setattr("portal.statements.review.edition_in_force", lambda _on: other)
    new = open_statement(act.as_(district.clerk), revise_statement(act.as_(district.clerk), old))
    assert (new.edition.id, new.words.edition_hash) == (other.id, other.hash)


def test_a_party_ends_a_statement_for_all_with_a_reason_and_all_are_told(act, district):
    statement_id = a_statement_in_force(act, district)
    with pytest.raises(AnswersNeededError):
        end_statement(act.as_(district.inspector), statement_id, " ")
    with pytest.raises(NotAllowedError):
        end_statement(act.as_(district.officer), statement_id, "No longer needed.")
    end_statement(act.as_(district.inspector), statement_id, "No longer needed.")
    end_statement(act.as_(district.inspector), statement_id, "No longer needed.")
    opened = open_statement(act.as_(district.clerk), statement_id)
    assert (opened.line.status, opened.end_reason, opened.ended_by) == ("ended", "No longer needed.", "Anyshire Police")
    assert told(act, "statement-ended") == 6
    assert recorded(act, f"statement:{statement_id}").count("statement:ended") == 1
    with pytest.raises(EndedError):
        name_holder(act.as_(district.clerk), statement_id, 1, "")


def test_a_statement_is_on_hold_while_a_party_stops_sharing(act, district):
    statement_id = a_statement_in_force(act, district)
    words = NoticeDetails(reason="Staff", evidence="Minute 4", name="Ira Inspector", position="Inspector")
    give_notice(act.as_(district.inspector), district.police.id, NoticeEffect.SUSPENSION, words, key=new_id())
    line = open_statement(act.as_(district.clerk), statement_id).line
    assert line.words == "On hold: Anyshire Police takes no part in the agreement now"
    with pytest.raises(NotActiveError):
        revise_statement(act.as_(district.clerk), statement_id)


def test_the_register_shows_parties_their_own_and_the_officer_all_that_are_in_force(act, district, manager):
    in_force = a_statement_in_force(act, district)
    a_begun_statement(act, district)
    assert len(statements(act.as_(district.clerk))) == 2
    assert statements(act.as_(district.outsider)) == []
    desk = a_person(act, "Cass Desk", Role.OFFICER)
    for person in (desk, manager):
        (line,) = statements(act.as_(person))
        assert (line.id, line.title) == (in_force, SHARING)
        assert open_statement(act.as_(person), in_force).ours == ""
        assert statement_pdf(act.as_(person), in_force)
    with pytest.raises(NotAllowedError):
        statements(act)


def test_a_foreign_statement_looks_like_none_to_every_verb(act, district, manager):
    statement_id = a_statement_in_force(act, district)
    theirs = act.as_(district.outsider)
    draft = a_begun_statement(act, district)
    for verb in (
        lambda: open_statement(theirs, statement_id),
        lambda: statement_pdf(theirs, statement_id),
        lambda: statement_history(theirs, statement_id),
        lambda: people_for_posts(theirs, statement_id),
        lambda: answer(theirs, draft, "purpose", "Other", version=1),
        lambda: name_posts(theirs, draft, (("Clerk", ""),), version=1),
        lambda: name_holder(theirs, statement_id, 1, ""),
        lambda: confirm_review(theirs, statement_id),
        lambda: revise_statement(theirs, statement_id),
        lambda: end_statement(theirs, statement_id, "No."),
        lambda: open_statement(act.as_(manager), draft),
        lambda: statement_pdf(act.as_(district.clerk), "0" * 20),
    ):
        with pytest.raises(NotFoundError):
            verb()


def test_nobody_names_the_people_of_another_organisation(act, district):
    statement_id = a_begun_statement(act, district)
    filled(act, statement_id, district.clerk, district.officer)
    mine = act.as_(district.clerk)
    version = open_statement(mine, statement_id).version
    name_posts(mine, statement_id, (("Clerk", district.officer.id),), version=version)
    own, theirs = open_statement(mine, statement_id).posts
    assert (own.title, own.account_id) == ("Clerk", "")
    assert (theirs.title, theirs.account_id, theirs.holder) == ("Desk of Olu Desk", "", "")
    assert district.officer.id not in {one.id for one in people_for_posts(mine, statement_id)}


@pytest.mark.clause("s6.statement-outside-meetings")
@pytest.mark.clause("s2.primarily-depersonalised")
@pytest.mark.clause("s2.purposes")
def test_a_statement_is_begun_with_organisations_that_take_part(act, district):
    mine = act.as_(district.clerk)
    for others in ((), ("unheard-of",), (district.parish.id,)):
        with pytest.raises(AnswersNeededError) as caught:
            begin_statement(mine, SHARING, others, aim="crime", why_named=WHY_NAMED, key=new_id())
        assert set(caught.value.problems) == {"parties"}
    with pytest.raises(AnswersNeededError):
        begin_statement(mine, "  ", (district.police.id,), aim="crime", why_named=WHY_NAMED, key=new_id())
    with pytest.raises(AnswersNeededError) as refused:
        begin_statement(mine, SHARING, (district.police.id,), aim="crime", why_named=" \n", key=new_id())
    assert set(refused.value.problems) == {"why_named"}
    with pytest.raises(AnswersNeededError) as refused:
        begin_statement(mine, SHARING, (district.police.id,), aim="gossip", why_named=WHY_NAMED, key=new_id())
    assert set(refused.value.problems) == {"aim"}
    first = begin_statement(mine, SHARING, (district.police.id,), aim="crime", why_named=WHY_NAMED, key="k")
    assert open_statement(mine, first).words.answers == {"aim": "crime", "why_named": WHY_NAMED}
    assert begin_statement(mine, SHARING, (district.police.id,), aim="crime", why_named=WHY_NAMED, key="k") == first
    with pytest.raises(NotFoundError):
        begin_statement(
            act.as_(district.outsider), SHARING, (district.police.id,), aim="crime", why_named=WHY_NAMED, key="k"
        )
    opened, begun = open_statement(mine, first), history(act.store, f"statement:{first}")[0]
    assert opened.edition.hash == opened.words.edition_hash
    assert (begun.event, begun.details["edition"], begun.details["edition_sha256"]) == (
        "statement:begun",
        opened.edition.id,
        opened.edition.hash,
    )


def test_what_is_written_lies_in_the_store_only_under_seal(act, district, data_dir):
    statement_id = a_statement_in_force(act, district)
    end_statement(act.as_(district.inspector), statement_id, "We moved the lamps ourselves.")
    kept = in_clear(data_dir)
    for words in (SHARING, "Answer to purpose", "Desk of Ann Clerk", "We moved the lamps"):
        assert words.encode() not in kept


@pytest.mark.clause("s6.statement-outside-meetings")
def test_a_statement_in_force_stands_with_the_agreement_by_its_reference_and_parties_alone(act, district):
    a_begun_statement(act, district)
    assert added_statements(act.store) == []
    statement_id = a_statement_in_force(act, district)
    (one,) = added_statements(act.store)
    assert one.reference == open_statement(act.as_(district.clerk), statement_id).line.reference
    assert one.parties == ("Anytown Parish Council", "Anyshire Police")
    assert SHARING not in repr(one)
    end_statement(act.as_(district.inspector), statement_id, "The lights are mended.")
    assert added_statements(act.store) == []
