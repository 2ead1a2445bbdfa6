"""Markings: may I, how, and which."""

import pytest

from portal.rules.edition.editions import edition, editions
from portal.rules.errors import UnknownIdError
from portal.rules.forms.handling import definitions, document_mark, how_to_handle, suggest_marking

pytestmark = pytest.mark.clause("app4.handling")


@pytest.mark.clause("s9.security-standards")
def test_every_action_has_an_answer_for_every_marking():
    for of in editions():
        for marking in of.markings:
            for row in of.handling:
                found = how_to_handle(of, marking.id, row.id)
                assert found.how
                assert found.in_short
                assert found.how == row.levels.get(marking.id, "As in everyday work. No special rule.")
                assert found.may == row.may.get(marking.id, "yes")
                assert found.fallback == of.handling_fallback.text
    assert len({how_to_handle(edition("2009"), "restricted", row.id).how for row in edition("2009").handling}) > 5


def test_confidential_papers_never_go_by_e_mail_in_2009():
    assert how_to_handle(edition("2009"), "confidential", "email").may == "no"
    assert how_to_handle(edition("2009"), "restricted", "email").may == "yes"
    assert how_to_handle(edition("2009"), "confidential", "telephone").in_short == "Only if work cannot wait."


def test_secret_papers_never_come_here_in_2026():
    of = edition("2026")
    assert {how_to_handle(of, "secret", row.id).may for row in of.handling} == {"no"}
    assert how_to_handle(of, "official", "email").may == "yes"
    assert how_to_handle(of, "official_sensitive", "fax").may == "no"
    assert how_to_handle(of, "official_sensitive", "radio").may == "no_names"


def test_the_gravest_ground_decides_the_marking():
    then, now = edition("2009"), edition("2026")
    assert suggest_marking(then, []).marking is None
    assert suggest_marking(then, ["distress", "names-people"]).marking.id == "restricted"
    found = suggest_marking(then, ["distress", "danger"])
    assert found.marking.id == "confidential"
    assert [one.id for one in found.because] == ["danger"]
    assert suggest_marking(now, ["danger"]).marking.id == "official_sensitive"
    assert suggest_marking(now, ["lives-at-risk"]).marking.id == "secret"


def test_what_is_not_in_the_table_is_refused():
    for bad in (("restricted", "pigeon"), ("purple", "email")):
        with pytest.raises(UnknownIdError):
            how_to_handle(edition("2009"), *bad)
    with pytest.raises(UnknownIdError, match="ground"):
        suggest_marking(edition("2026"), ["boredom"])


@pytest.mark.clause("s9.marking-definitions")
def test_every_marking_that_papers_carry_is_defined_by_its_edition():
    for of in editions():
        found = {one.marking.id: one for one in definitions(of)}
        assert list(found) == [one.id for one in sorted(of.markings, key=lambda one: one.rank)]
        for one in found.values():
            assert one.named_at
            assert {ground.marking for ground in one.grounds} <= {one.marking.id}
        assert {g.id for one in found.values() for g in one.grounds} == {g.id for g in of.restricted_grounds}
    then = {one.marking.id: one for one in definitions(edition("2009"))}
    assert "www.leics.police.uk" in then["restricted"].named_at
    assert "www.leics.police.uk" in then["confidential"].named_at
    assert "Government Security Classifications Policy" in definitions(edition("2026"))[1].named_at


@pytest.mark.clause("app2.undertakings")
def test_papers_on_people_say_that_they_are_not_disclosed_without_consent():
    assert document_mark(edition("2009"), "restricted") == "Restricted: not to be disclosed without consent"
    assert document_mark(edition("2009"), "confidential") == "Confidential: not to be disclosed without consent"
    assert document_mark(edition("2026"), "official") == "OFFICIAL"
    assert document_mark(edition("2026"), "") == ""
