from html import escape

import pytest

from portal.ground.act import Role
from portal.ground.wording import today
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.door import close_door
from portal.rules.edition.editions import edition_in_force, editions
from portal.rules.forms.handling import definitions, how_to_handle
from portal.ui.words import plain
from tests.builders import a_partnership, a_person
from tests.meeting_builders import RIGHT, WRONG, an_open_door, now
from tests.pages.meeting_screens import group, in_field, press, show, words

__all__ = ["group", "show"]


def choose(app, answers):
    for question, choice in answers.items():
        radio = app.radio(key=f"join.q-{question}")
        radio.set_value(radio.options[_choices(question).index(choice)])


def _choices(question_id):
    from portal.meetings.check_in.understanding_check import QUESTIONS  # noqa: PLC0415 - only here

    return [c.id for q in QUESTIONS if q.id == question_id for c in q.choices]


def joined(show, door):
    app = show("public/join.py")
    in_field(app, "join_code.code").set_value(f"{door.code[:3].lower()} {door.code[3:]}")
    return press(app, "Go on")


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("app2.undertakings")
def test_a_person_without_an_account_joins_and_signs_inside_the_portal(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    app = joined(show, door)
    assert planned.name in words(app)
    in_field(app, "join.name").set_value("Ann Clerk")
    app.selectbox(key="join.organisation").set_value("Thornby Parish Council")
    choose(app, RIGHT | {"urgent": WRONG["urgent"]})
    app = press(app, "I agree: sign")
    told = words(app)
    assert "Thank you, Ann Clerk" in told
    assert "Ask the Chair first" in told
    (line,) = lines(act.as_(chair), planned.id)
    assert (line.name, line.how, line.words in told) == ("Ann Clerk", "In the portal", True)
    assert "Sign to keep what you hear private" in words(press(app, "Someone else wants to sign"))


def test_an_empty_form_says_what_to_do(group, show):
    act, chair = group
    app = press(joined(show, an_open_door(act, chair)[2]), "I agree: sign")
    told = words(app)
    for sentence in ("Enter your full name.", "Enter your organisation", "Choose an answer: Your neighbour"):
        assert told.count(sentence) == 2


@pytest.mark.clause("s10.confidentiality")
def test_a_wrong_code_and_a_closed_meeting_are_plain_sentences(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    close_door(act.as_(chair), planned.id)
    assert "This meeting ended at" in words(joined(show, door))
    app = show("public/join.py")
    in_field(app, "join_code.code").set_value("abc")
    assert "Enter the letters and numbers of the code." in words(press(app, "Go on"))


@pytest.mark.clause("s9.security-standards")
@pytest.mark.clause("app4.handling")
@pytest.mark.clause("s9.marking-definitions")
def test_the_handling_helper_answers_in_three_taps(portal, show):
    a_partnership(now(portal))
    app = show("public/handling.py")
    app.radio(key="handling.marking").set_value("official_sensitive")
    app.selectbox(key="handling.action").set_value("Fax")
    told = words(app.run())
    assert "<h2>No.</h2><p>Do not use." in told
    assert "Not confirmed yet for this partnership." in told
    assert "/breach-report" in told
    assert "talk to the body that gave you the information" in told


@pytest.mark.clause("app4.handling")
@pytest.mark.clause("s9.marking-definitions")
def test_the_marking_is_suggested_from_what_would_follow(portal, show):
    a_partnership(now(portal))
    app = show("public/handling.py", a_person(now(portal), "Ann Clerk", Role.OFFICER))
    assert "If none is true" in words(app)
    app.checkbox(key="handling.ground.distress").check()
    assert "**Mark it OFFICIAL-SENSITIVE.**" in words(app.run()).replace("\\", "")


@pytest.mark.clause("app4.handling")
@pytest.mark.clause("s9.marking-definitions")
def test_every_row_of_both_editions_is_reached_in_three_taps_and_says_what_to_do_where_it_cannot_be_had(portal, show):
    a_partnership(now(portal))
    app = show("public/handling.py")
    for edition in editions():
        for marking in edition.markings:
            app.radio(key="handling.marking").set_value(marking.id)
            whole = words(app.run())
            for row in edition.handling:
                found = how_to_handle(edition, marking.id, row.id)
                assert escape(found.how) in whole, (marking.id, row.id)
            for change in edition_in_force(today(now(portal).at)).marking_changes:
                assert (plain(change.text) in whole) == (change.from_id == marking.id)
            for row in (
                edition.handling if marking.id in {"confidential", "official_sensitive"} else edition.handling[:1]
            ):
                found = how_to_handle(edition, marking.id, row.id)
                app.selectbox(key="handling.action").set_value(row.action)
                told = words(app.run())
                assert escape(found.how) in told, (marking.id, row.id)
                assert escape(found.fallback) in told
                assert "If that security cannot be had" in told
                assert ("These ways are allowed for" in told) == (found.may != "yes" and marking.id != "secret")


@pytest.mark.clause("s9.marking-definitions")
@pytest.mark.clause("app4.handling")
def test_each_marking_is_defined_as_its_edition_defines_it_and_says_where(portal, show):
    a_partnership(now(portal))
    told = words(show("public/handling.py"))
    for edition in editions():
        for one in definitions(edition):
            assert escape(one.marking.use_when) in told
            assert escape(one.named_at) in told
            for ground in one.grounds:
                assert escape(ground.text) in told
    assert "The police website, www.leics.police.uk, has the definition" in told
    assert told.count('<section id="marking-') == 5
