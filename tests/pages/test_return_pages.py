from datetime import datetime, timedelta

import pytest

from portal.ground.act import Role
from portal.ground.page_access import BY_ADDRESS
from portal.ground.wording import UK, today
from portal.returns.service.calendar import QUARTERS_SHOWN
from portal.returns.service.submission import send, send_nothing
from portal.returns.service.upload_check import check
from portal.rules.datasets.catalogue import data_set, data_sets_of
from portal.rules.datasets.quarters import Quarter
from portal.ui.returns.view import when_due
from portal.ui.words import escaped
from tests.builders import a_person, an_organisation
from tests.pages.conftest import words
from tests.request_builders import a_signatory, later
from tests.return_builders import CANARIES, a_force

QUARTER = Quarter.just_ended
TITLES = [escaped(one.title) for one in data_sets_of("police", "2026")]


def file_for(quarter):
    day = quarter.start + timedelta(days=9)
    return (
        f"Incident Date,Time,Street,Category,Caller\n{day:%d/%m/%Y},21:15,14 High Street,Noise,Mrs Zelda Quxley\n"
        f"{day + timedelta(days=14):%d/%m/%Y},08:00,Stanley Road,Begging,QUXLEY Zelda\n"
    ).encode()


@pytest.fixture
def world(now):
    force, person = a_force(now)
    return force, person, Quarter.just_ended(today(now.at))


def upload(app, content, name="incidents.csv"):
    app.file_uploader[0].upload(name, content, "text/csv").run()
    return next(b for b in app.button if b.label == "Check this file").click().run()


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("app1.ambulance-date")
def test_the_first_screen_lists_what_is_due(open_page, now, world):
    said = words(open_page("return", world[1]))
    for told in ("Each quarter, your organisation shares the data sets listed here.", *TITLES, "Due on"):
        assert told in said
    assert all(quarter.months in said for quarter in Quarter.last_ended(today(now.at), QUARTERS_SHOWN))


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.clause("s8.use-by-protocol")
@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.clause("app1.datasets")
@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.clause("app1.outward-postcode")
@pytest.mark.clause("s11.quarterly")
def test_a_file_is_checked_shown_and_sent(open_page, world):
    app = open_page("return-upload", world[1], dataset="police-incidents", quarter=world[2].label)
    assert "Your file itself is never kept." in words(app)
    for told in (
        "Take out names first if you can. We check every column, and take out what is left.",
        'href="/return/template?dataset=police-incidents"',
        "as=csv",
        "What this data set asks for",
        *(field.label for field in data_set("police-incidents").asked.fields),
    ):
        assert told in words(app) + str([one.label for one in app.expander])
    app = upload(app, file_for(world[2]))
    assert not app.exception
    said = words(app)
    assert "We will keep 2 records" in said
    assert "Before and after" in said
    app.switch_page(
        "../../pages/partner/returns/return_check.py"
    ).run()  # the test's own runner does not follow a page's switch
    app = next(b for b in app.button if b.label == "Send this return").click().run()
    assert not app.exception
    assert "We have your return" in words(app)
    return_id = app.query_params["return"]
    app = open_page("return-view", world[1], **{"return": "".join(return_id)})
    assert "Opening the records is itself recorded." in words(app)
    assert "Use it as the Protocol says" in words(app)
    assert f"/return/certificate?return={''.join(return_id)}" in words(app)
    assert f"/return-upload?dataset=police-incidents&amp;quarter={world[2].label}" in words(app)
    app = next(b for b in app.button if b.label == "Open the records").click().run()
    assert "High Street" in words(app)
    assert not any(canary.decode() in words(app) for canary in CANARIES)


@pytest.mark.clause("app1.whatever-is-recorded")
def test_what_a_file_lacks_of_the_listed_fields_is_said_to_be_not_held(open_page, world):
    _, person, quarter = world
    app = open_page("return-upload", person, dataset="police-incidents", quarter=quarter.label)
    app = upload(app, f"Incident Date,Street,Category\n{quarter.start:%d/%m/%Y},High Street,Noise\n".encode())
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert "Not held in the file: time." in words(app)
    for told in ("How we matched your columns", "Incident Date", "Street", "Category"):
        assert told in words(app)
    next(b for b in app.button if b.label == "Send this return").click().run()
    sent = open_page("return", person)
    assert "Look at it" in words(sent)


@pytest.mark.parametrize(("content", "why"), [(b"\x89PNG\r\n\x1a\n0000", "CSV"), (b"Name,Telephone\nx,1\n", "")])
def test_a_file_that_cannot_be_used_says_why_and_keeps_nothing(open_page, world, content, why):
    app = upload(open_page("return-upload", world[1], dataset="police-incidents", quarter=world[2].label), content)
    assert not app.exception
    assert "There is a problem" in words(app)
    assert why in words(app)


def test_what_only_the_sender_can_say_is_offered_in_words(open_page, now, world):
    quarter, month = world[2], world[2].start.month
    dates = [f"{day}/{quarter.start.year}" for day in (f"15/{month:02d}", f"{month:02d}/16")]  # one of each order
    rows = "".join(f"{one},09:00,High Street,Noise\n" for one in dates)
    app = open_page("return-upload", world[1], dataset="police-incidents", quarter=quarter.label)
    asked = upload(app, f"Incident Date,Time,Street,Category\n{rows}".encode())
    assert asked.radio[0].options == ["The day comes first", "The month comes first"]
    body = an_organisation(now, "A Council", "local_authority", protocol_signatory=True)
    a_signatory(later(now, days=-300), body)
    council = a_person(now, "Cal Council", Role.PARTNER, organisation=body)
    rows = f"Date,Road,Severity,Casualties\n{quarter.start:%d/%m/%Y},A6,Slight,1\n" * 3
    app = open_page("return-upload", council, dataset="la-road-collisions", quarter=quarter.label)
    options = upload(app, rows.encode()).radio[0].options
    assert options[-1] == "None of these, so leave it out"
    assert not [one for one in options if "_" in one]


def test_pressing_the_button_without_a_file_asks_for_one(open_page, world):
    app = open_page("return-upload", world[1], dataset="police-incidents", quarter=world[2].label)
    app = next(b for b in app.button if b.label == "Check this file").click().run()
    assert "Choose a file to check" in words(app)


@pytest.mark.clause("s11.quarterly")
def test_nothing_to_report_takes_one_press(open_page, world):
    app = open_page("return-upload", world[1], dataset="police-crimes", quarter=world[2].label)
    app = next(b for b in app.button if b.label.startswith("We have nothing to report")).click().run()
    assert "It counts as a return" in words(app)


def test_a_refresh_of_the_check_asks_for_the_file_again(open_page, world):
    assert "Nothing was kept" in words(open_page("return-check", world[1]))


@pytest.mark.parametrize(
    "query", [{}, {"dataset": "x", "quarter": "2026-Q3"}, {"dataset": "police-incidents", "quarter": "<b>"}]
)
def test_an_address_that_names_nothing_is_a_page_and_not_an_error(open_page, world, query):
    assert open_page("return-upload", world[1], **query).title[0].value == "You cannot open this page"


@pytest.mark.parametrize(
    ("data_set", "quarter", "said"),
    [
        ("fire-casualties", "2026-Q3", "Your organisation does not send this data set"),
        ("police-incidents", "2099-Q1", "That quarter has not begun yet"),
    ],
)
def test_nothing_is_said_to_be_due_of_whoever_does_not_send_it(open_page, world, data_set, quarter, said):
    app = open_page("return-upload", world[1], dataset=data_set, quarter=quarter)
    assert said in words(app)
    assert "It was due" not in words(app)
    assert "Send this by" not in words(app)


@pytest.mark.parametrize("return_id", ["", "1", "../x", "' OR 1=1 --"])
def test_a_return_that_is_not_there_looks_like_one_of_somebody_else(open_page, world, return_id):
    assert open_page("return-view", world[1], **{"return": return_id}).title[0].value == "You cannot open this page"


@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.clause("s11.quarterly")
def test_the_officer_sees_who_has_sent_what(open_page, now, world):
    app = open_page("returns-received", a_person(now, "Owen Pugh", Role.OFFICER))
    assert "0 returns of 2 received" in words(app)


@pytest.mark.clause("s6.non-personal-foi")
def test_figures_say_honestly_that_none_is_published_yet(open_page, world):
    app = open_page("statistics")
    assert BY_ADDRESS["statistics"].roles == frozenset()
    assert "Nothing has been published yet" in words(app)


@pytest.mark.clause("app1.whatever-is-recorded")
def test_a_handful_of_problems_is_listed_by_cell_and_mended_on_the_page(open_page, world):
    app = open_page("return-upload", world[1], dataset="police-incidents", quarter=world[2].label)
    app = upload(app, file_for(world[2]) + b"31/13/2026,08:00,Mill Lane,Wrong sort of leaves,Mrs Zelda Quxley\n")
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    said = words(app)
    assert "A4" in said
    assert "31/13/2026" in said
    assert "Quxley" not in said.replace("Mrs Zelda Quxley", "").replace("QUXLEY Zelda", "")
    app = next(b for b in app.button if b.label == "Mend these and check again").click().run()
    assert "Answer at least one" in words(app)
    app.text_input(key="return.mend").set_value(f"{world[2].start:%d/%m/%Y}")
    app = next(b for b in app.button if b.label == "Mend these and check again").click().run()
    assert not app.exception
    assert "31/13/2026" not in words(app)


@pytest.mark.clause("s11.quarterly")
def test_a_correction_shows_what_it_changes_before_it_is_sent(open_page, now, world):
    force, person, quarter = world
    chosen = ("police-incidents", quarter.label)
    send(now.as_(person), check(now.as_(person), force.id, chosen, (file_for(quarter), "x.csv")), "one")
    app = open_page("return-upload", person, dataset=chosen[0], quarter=quarter.label)
    app = upload(app, b"".join(file_for(quarter).splitlines(keepends=True)[:2]))
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert "What this correction changes" in words(app)
    assert "Records: 1, down from 2 sent on" in words(app).replace("\\", "")


@pytest.mark.clause("s11.quarterly")
def test_what_was_sent_is_not_replaced_by_nothing_at_one_press(open_page, now, world):
    force, person, quarter = world
    send_nothing(now.as_(person), force.id, ("police-crimes", quarter.label), "one")
    app = open_page("return-upload", person, dataset="police-crimes", quarter=quarter.label)
    assert "Sending again replaces that" in words(app)
    assert not any(b.label.startswith("We have nothing") for b in app.button)


@pytest.mark.clause("s11.quarterly")
def test_a_return_that_is_late_says_for_how_long_and_that_it_can_still_be_sent():
    quarter = Quarter.parse("2026-Q3")
    last = datetime(2026, 12, 31, 23, 30, tzinfo=UK)
    assert when_due(quarter, last) == "Send this by 31 December 2026."
    assert when_due(quarter, last + timedelta(hours=1)).startswith("It was due on 31 December 2026, 1 day ago.")


@pytest.mark.clause("s6.no-identifiers")
def test_records_that_stand_alone_are_made_coarser_at_one_press_and_back(open_page, world):
    app = open_page("return-upload", world[1], dataset="police-incidents", quarter=world[2].label)
    app = upload(app, file_for(world[2]))
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert "2 of 2 records are like no other" in words(app)
    day = next(b for b in app.button if b.label.startswith("Keep the month instead of the day"))
    app = day.click().run()
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert "2026-07-01" in words(app)
    assert f"{world[2].start + timedelta(days=9):%Y-%m-%d}" not in words(app)
    app = next(b for b in app.button if b.label == "Keep every detail again").click().run()
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert f"{world[2].start + timedelta(days=9):%Y-%m-%d}" in words(app)


@pytest.mark.clause("s6.no-identifiers")
def test_words_that_no_list_has_are_asked_about_once_remembered_and_forgotten(open_page, world):
    _, person, quarter = world
    content = file_for(quarter).replace(b"Begging", b"Zelda rang again").replace(b"Noise", b"Parakeets")
    app = upload(open_page("return-upload", person, dataset="police-incidents", quarter=quarter.label), content)
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert "What do these words stand for?" in words(app)
    assert "Zelda" not in str([one.label for one in app.selectbox])
    app = next(b for b in app.button if b.label == "Use these and check again").click().run()
    assert "Choose a category for at least one" in words(app)
    app.selectbox(key="return.0.wording").set_value("ASB-N")
    app.selectbox(key="return.1.wording").set_value("")
    app = next(b for b in app.button if b.label == "Use these and check again").click().run()
    assert not app.exception
    assert "What do these words stand for?" not in words(app)
    next(b for b in app.button if b.label == "Send this return").click().run()
    app = open_page("return-upload", person, dataset="police-incidents", quarter=quarter.label)
    assert "We remember what 2 wordings of your own stood for." in words(app)
    app = app.button(key="return.forget").click().run()
    assert "We remember" not in words(app)
