"""The pages that show that the law is kept, from the form that anybody may fill in to the officer's screens."""

from portal.accountability.complaints.handling import add_handling_step
from portal.accountability.complaints.views import complaints
from portal.accountability.papers.answers import save_answers
from portal.accountability.papers.kinds import PaperSubject, paper_kind
from portal.accountability.papers.making import make_paper, sign_paper
from portal.ground.act import Role
from portal.ground.wording import day, today
from portal.requests.consents.recording import ConsentGiven, record_consent
from portal.requests.consents.views import consents
from tests.builders import a_partnership, a_person, an_organisation
from tests.pages.conftest import words
from tests.request_builders import a_district, a_request


def read(app):
    assert not app.exception
    return words(app)


def press(app, key):
    return app.button(key=key).click().run()


def test_somebody_complains_without_an_account_and_the_officer_answers(open_page, now):
    a_partnership(now)
    officer = a_person(now, "Owen Pugh", Role.OFFICER)
    assert "/complain" in read(open_page("privacy"))
    app = open_page("complain")
    app = app.button[0].click().run()
    assert "Enter what went wrong." in read(app)
    app.text_area(key="complain.about").set_value("You read my *file* aloud.")
    app.text_area(key="complain.reach").set_value("june@moss.example")
    told = read(app.button[0].click().run())
    (line,) = complaints(now.as_(officer))
    assert line.reference in told
    assert "We tell you by" in told
    assert line.reference in read(open_page("complaints", officer))
    app = open_page("complaint", officer, id=line.id)
    assert "They did not say" in read(app)
    app.radio(key=f"complaint.{line.id}.how").set_value("email")
    app = press(app, "complaint.acknowledge")
    add_handling_step(now.as_(officer), line.id, "I asked the reader.", key="a colleague's, meanwhile")
    app.text_area(key=f"complaint.{line.id}.0.step").set_value("I asked the clerk.")
    app = press(press(app, "complaint.step"), "complaint.step")
    assert "There is a problem" not in read(app), "the second click of a slow phone, on the form drawn anew"
    assert "I asked the clerk." in read(app)
    app = press(app, "complaint.outcome")
    assert "Choose what you found." in read(app)
    app.radio(key=f"complaint.{line.id}.result").set_value("upheld")
    app.text_area(key=f"complaint.{line.id}.outcome").set_value("It was wrong. We are sorry.")
    app.radio(key=f"complaint.{line.id}.told").set_value("email")
    told = read(press(app, "complaint.outcome"))
    assert "It was wrong. We are sorry." in told
    assert f"/files/complaint/{line.id}.pdf" in told


def test_one_that_came_by_letter_is_logged_by_hand(open_page, now):
    a_partnership(now)
    manager = a_person(now, "Max Manager", Role.MANAGER)
    app = press(open_page("complaint-log", manager), "complaint_log.go")
    for sentence in ("Enter what went wrong.",):
        assert sentence in read(app)
    app.radio(key="complaint_log.came").set_value("post")
    for name, value in (("Day", now.at.day), ("Month", now.at.month), ("Year", now.at.year)):
        app.text_input(key=f"complaint_log.received_on.{name}").set_value(str(value))
    app.text_area(key="complaint_log.about").set_value("A letter of three pages.")
    press(app, "complaint_log.go")
    assert len(complaints(now.as_(manager))) == 1


def test_the_officer_makes_and_signs_a_paper_from_one_page_that_home_leads_to(open_page, now):
    a_partnership(now)
    officer, clerk = a_person(now, "Owen Pugh", Role.OFFICER), a_person(now, "Max Manager", Role.MANAGER)
    for person in (officer, clerk):
        assert "/accountability" in read(open_page("", person))
    told = read(open_page("accountability", officer))
    for words_shown in ("Not made yet", "Impact assessment of the portal", "No complaint waits for an answer."):
        assert words_shown in told
    code = "checklist::"
    app = open_page("accountability-paper", officer, subject=code)
    assert "Not all of this law was read for it" in read(app)
    app.text_area(key=f"accountability.{code}.left").set_value("None that we know of.")
    app = app.button[0].click().run()
    app = press(app, "accountability.make")
    assert "Signed by 0 of 1" in read(app)
    told = read(press(app, "accountability.sign"))
    assert "Signed by Owen Pugh." in told
    assert "/files/accountability/" in told
    assert "None that we know of." in told


def test_a_partner_sees_only_its_own_papers(open_page, now):
    a_partnership(now)
    clerk = a_person(now, "Ann Clerk", Role.PARTNER, organisation=an_organisation(now))
    told = read(open_page("accountability", clerk))
    assert "Your organisation's papers" in told
    assert "The partnership's papers" not in told
    assert "Complaints" not in told
    assert "Record of processing" not in words(open_page("accountability-paper", clerk, subject="processing_record::"))


def test_the_privacy_page_calls_its_bases_a_proposal_until_the_partnership_signed_them(open_page, now):
    a_partnership(now)
    manager = now.as_(a_person(now, "Max Manager", Role.MANAGER))
    record = PaperSubject(kind=paper_kind("processing_record"))
    save_answers(manager, record, {one.key: "Said." for one in record.kind.questions})
    paper = make_paper(manager, record, key="k")
    assert "has not checked these bases yet" in read(open_page("privacy"))
    sign_paper(manager, paper)
    told = read(open_page("privacy"))
    assert "has not checked these bases yet" not in told
    assert f"signed its record of them on {day(now.at)}" in told


def save(app):
    return next(one for one in app.button if one.label == "Save these answers").click().run()


def test_two_who_answer_at_once_lose_nothing(open_page, now):
    a_partnership(now)
    person = a_person(now, "Max Manager", Role.MANAGER)  # the same in two tabs
    code = "processing_record::"
    one, two = (f"accountability.{code}.{asked.key}" for asked in paper_kind("processing_record").questions[:2])
    slow = open_page("accountability-paper", person, subject=code)
    quick = open_page("accountability-paper", person, subject=code)
    quick.text_area(key=one).set_value("What Mia wrote.")
    save(quick)
    slow.text_area(key=two).set_value("What Max wrote.")
    save(slow)
    again = open_page("accountability-paper", person, subject=code)
    assert [again.text_area(key=key).value for key in (one, two)] == ["What Mia wrote.", "What Max wrote."]
    late = open_page("accountability-paper", person, subject=code)
    again.text_area(key=one).set_value("What Mia mended.")
    save(again)
    late.text_area(key=one).set_value("What Max mended.")
    save(late)
    assert "saved the same answer at" in read(late)
    assert late.text_area(key=one).value == "What Max mended."
    kept = open_page("accountability-paper", person, subject=code)
    assert kept.text_area(key=one).value == "What Mia mended."


def test_a_consent_is_recorded_taken_back_and_followed_from_its_request(open_page, now):
    district = a_district(now)
    request_id = a_request(now, district)
    assert f"/request-consent?id={request_id}" in read(open_page("request-view", district.clerk, id=request_id))
    app = press(open_page("request-consent", district.clerk, id=request_id), "consent.go")
    assert "Enter who agreed." in read(app)
    scope = f"consent.{request_id}.0"
    for field, value in (("who", "Mo Quill"), ("asked_by", "Ann Clerk")):
        app.text_input(key=f"{scope}.{field}").set_value(value)
    for field in ("agreed_to", "evidence"):
        app.text_area(key=f"{scope}.{field}").set_value("A signed form.")
    app.radio(key=f"{scope}.how").set_value("written")
    app.radio(key=f"{scope}.explicit").set_value(True)
    told = dict.fromkeys(("who", "asked_by", "agreed_to", "evidence"), "Jo Reed, in a letter.")
    other = ConsentGiven(**told, given_on=today(now.at), how="written", explicit=True)
    record_consent(now.as_(district.clerk), request_id, other, key="a colleague's, meanwhile")
    today_is = (("Day", now.at.day), ("Month", now.at.month), ("Year", now.at.year))
    for name, value in today_is:
        app.text_input(key=f"{scope}.given_on.{name}").set_value(str(value))
    app = press(app, "consent.go")
    assert "Mo Quill" in read(app)
    app = press(app, "consent.go")
    assert "There is a problem" not in read(app), "the second click of a slow phone, on the form drawn anew"
    one, _ = sorted(consents(now.as_(district.clerk), request_id), key=lambda each: each.who == other.who)
    for name, value in today_is:
        app.text_input(key=f"consent.{one.id}.withdrawn_on.{name}").set_value(str(value))
    app.text_area(key=f"consent.{one.id}.withdrawal").set_value("She wrote to us.")
    app = press(app, f"consent.{one.id}.withdraw")
    assert "Nothing more may be shared on this consent." in read(app)
    app.text_area(key=f"consent.{one.id}.followed").set_value("We asked for nothing more.")
    assert "We asked for nothing more." in read(press(app, f"consent.{one.id}.follow"))
