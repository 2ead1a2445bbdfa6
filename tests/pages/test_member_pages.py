import pytest
from sqlmodel import select

from models.record import Message
from portal.agreement.editions.wording import words_in_force
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.planning.members import MemberDetails, add_member, members
from portal.ui.words import plain
from tests.builders import a_person, an_organisation
from tests.meeting_builders import a_meeting
from tests.pages.meeting_screens import group, in_field, press, show, words

__all__ = ["group", "show"]  # fixtures


@pytest.fixture
def held(group):
    return a_meeting(*group)


def on_the_list(group, held):
    by = group[0].as_(group[1])
    add_member(by, held.id, token(), MemberDetails(name="Sol Reyes", organisation="Anyshire Police", post="Sergeant"))
    return members(by, held.id)[0]


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.members")
@pytest.mark.clause("app6.voluntary-standing")
def test_the_chair_adds_a_member_and_the_list_says_what_is_missing(group, held, show):
    told = words(show("chair/members/meeting_members.py", group[1], id=held.id))
    assert "Nobody is on the list yet." in told
    app = press(show("chair/members/meeting_member.py", group[1], id=held.id), "Add this member")
    for sentence in ("Enter their full name.", "Enter their organisation.", "Enter their post."):
        assert words(app).count(sentence) == 2  # in the summary and at the field
    typed = {"name": "Sol <b>Reyes</b>", "organisation": "Anyshire Police", "post": "Sergeant"}
    for name, value in typed.items():
        in_field(app, f"meeting_member.new.{name}").set_value(value)
    app.text_area(key="meeting_member.new.decides").set_value("Patrols.")
    in_field(app, "meeting_member.email").set_value("sol@police.example")
    told = words(press(app, "Add this member"))
    with reading(group[0].store.engine) as session:
        assert session.exec(select(Message.template)).all() == ["meeting-induction"]
    assert "1 member, 1 entry to complete" in told
    assert "The group must know what each member can decide, and where their part ends." in told
    assert any(one.label.startswith("Appendix 6 also names ") for one in app.expander)
    assert "Missing: what they know, the limits, the senior manager, the induction" in told
    assert "Sol &lt;b&gt;Reyes&lt;/b&gt;" in told


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.members")
def test_the_chair_completes_an_entry_ticks_the_induction_and_ends_it(group, held, show):
    one = on_the_list(group, held)
    by = group[0].as_(group[1])
    app = show("chair/members/meeting_member.py", group[1], id=held.id, member=one.id)
    app.text_area(key=f"meeting_member.{one.id}.decides").set_value("Patrols.")
    app.text_area(key=f"meeting_member.{one.id}.limits").set_value("No housing.")
    in_field(app, f"meeting_member.{one.id}.backed_by").set_value("Superintendent")
    press(app, "Save this entry")
    app = show("chair/members/meeting_member.py", group[1], id=held.id, member=one.id)
    for told in ("Go through the page for new members together.", "/meeting-induction", "Anyshire Police", "Sergeant"):
        assert told in words(app)
    told = words(press(app, "I have shown them how the group works"))
    assert "The induction is noted" in told
    assert f", by {group[1].name}</dd>" in told
    for label, said in (("Can decide", "Patrols."), ("Limits", "No housing."), ("Backed by", "Superintendent")):
        assert f"<dt>{label}</dt><dd>{said}" in told
    told = words(
        press(show("chair/members/meeting_member.py", group[1], id=held.id, member=one.id), "End this membership")
    )
    assert "Nobody is on the list yet." in told
    assert "Ended " in told
    assert members(by, held.id)[0].ended_at is not None


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.voluntary-standing")
def test_a_new_member_reads_how_the_group_works_without_an_account(group, show):
    told = words(show("public/meeting_induction.py"))
    act, _ = group
    said = words_in_force(act.store, today(act.at))
    jag = said.edition.jag
    for text in (
        jag.purpose,
        jag.role,
        jag.voluntary_members,
        jag.style,
        *(one.text for one in said.edition.undertakings),
    ):
        assert plain(said.filled(text)) in told
    for duty in (*jag.members_must, *jag.chair_duties):
        assert plain(said.filled(duty[:1].upper() + duty[1:])) in told
    for sentence in (
        said.filled(jag.open_session),
        said.filled(jag.closed_session),
        "The Chair says who stays for the closed session, and why. It is no judgement on those who leave.",
        "At your first meeting you sign a confidentiality agreement. Nobody stands on the list without it.",
        "What you promise",
    ):
        assert sentence in told


@pytest.mark.parametrize("page", ["meeting_members", "meeting_member"])
@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.CHAIR])
def test_pages_of_members_open_for_nobody_else(group, held, show, page, role):
    one = on_the_list(group, held)
    place = an_organisation(group[0], "Elsewhere") if role is Role.PARTNER else None
    other = a_person(group[0], "Eve Other", role, organisation=place) if role else None
    told = words(show(f"chair/{page}.py", other, id=held.id, member=one.id))
    assert "You cannot open this page" in told or "Sign in to open this page" in told
    assert "Sol Reyes" not in told
