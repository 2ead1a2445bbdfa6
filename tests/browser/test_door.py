"""A Chair and the phones of those who come: the door of a meeting, counted in taps."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from portal.ground.act import SYSTEM, Act
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.attendance import drawings, lines
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.signing import sign
from portal.meetings.meeting import meeting
from tests.browser.steps import faults, fits, looks_right, sign_in
from tests.meeting_builders import a_meeting, a_signer, an_open_door
from tests.unit.portal.documents.test_scans import picture

expect.set_options(timeout=20_000)  # the machine may be busy with other tests
MOST_TAPS = 6  # after the scan; the three questions and their taps are counted apart


class Phone:
    """A phone in somebody's hand: every tap is counted, and typing is not."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, what, times=1):
        self.taps += times
        what.tap()

    def type(self, label, words):
        field = self.page.get_by_label(label, exact=False).first
        self.tap(field)
        field.press_sequentially(words)

    def answer(self, *choices):
        """Answer the everyday questions; their taps count apart."""
        for choice in choices:
            self.page.locator("label", has_text=choice).tap()

    def button(self, name):
        return self.page.get_by_role("button", name=name)


RIGHT = ("Say that I cannot talk about it", "In a safe place", "I ask the Chair")


def here(world):
    return Act(store=world.store, person=SYSTEM, at=datetime.now(UTC))


@pytest.fixture
def phone(new_page):
    def make(*, script=False, width=375):
        return Phone(new_page(width, has_touch=True, is_mobile=True, java_script_enabled=script))

    return make


@pytest.mark.clause("s10.confidentiality")
def test_a_parish_councillor_signs_in_six_taps_without_script(live_portal, phone):
    chair, opened, door = an_open_door(here(live_portal), live_portal.chair)
    hers = phone()
    asked = []
    hers.page.on("request", lambda request: asked.append(request.url))
    hers.page.goto(f"/m/{door.code}")
    hers.taps += 1  # the link that the scan offers
    assert len(asked) == 1
    hers.type("Full name", "Ann Clerk")
    hers.type("Organisation", "Thornby Parish Council")
    hers.taps += 1  # the suggestion, which the browser itself draws
    hers.answer(*RIGHT)
    hers.tap(hers.button("I agree"))
    expect(hers.page.get_by_role("heading", name="Thank you, Ann Clerk")).to_be_visible()
    assert hers.taps <= MOST_TAPS
    words = hers.page.locator(".words").inner_text()
    hers.page.reload()
    assert hers.page.locator(".words").inner_text() == words
    (line,) = lines(here(live_portal).as_(chair), opened.id)
    assert (line.name, line.words, line.may_stay) == ("Ann Clerk", words, False)


@pytest.mark.parametrize("width", [320, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_doors_pages_fit_a_small_phone_and_have_no_barrier(live_portal, phone, width, scheme):
    _, _, door = an_open_door(here(live_portal), live_portal.chair)
    hers = phone(script=True, width=width)
    hers.page.emulate_media(color_scheme=scheme)
    for address in ("/m", "/m?code=abc", "/m/AAAAAA", f"/m/{door.code}"):
        hers.page.goto(address)
        assert fits(hers.page), address
        assert faults(hers.page) == [], address
    small = hers.page.evaluate(
        "[...document.querySelectorAll('button, .pick label, summary, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')]"
        ".filter(e => e.getBoundingClientRect().height < 40).length"
    )
    assert small == 0
    hers.type("Full name", "Ann Clerk")
    hers.answer("Tell them, if they keep it quiet", *RIGHT[1:])
    expect(hers.page.get_by_text("Nobody outside may hear it")).to_be_visible()
    hers.tap(hers.button("I agree"))
    expect(hers.page).to_have_title(re.compile("^Error: "))
    assert (fits(hers.page), faults(hers.page)) == (True, [])
    hers.answer("I am here for myself")
    hers.tap(hers.button("I agree"))
    expect(hers.page.get_by_role("heading", name="Thank you, Ann Clerk")).to_be_visible()
    assert (fits(hers.page), faults(hers.page)) == (True, [])


def test_four_phones_at_once_and_each_is_on_the_list_once(live_portal, phone):
    act = here(live_portal)
    chair, before, old = an_open_door(act, live_portal.chair)
    regular, doubler, unlucky, guesser = (phone() for _ in range(4))
    secret = token()
    sign(act, old, secret, a_signer("Rhys Regular"))
    regular.page.context.add_cookies(
        [{"name": "portal_door", "value": secret, "domain": "127.0.0.1", "path": "/m", "httpOnly": True}]
    )
    close_door(act.as_(chair), before.id)
    _, opened, door = an_open_door(act, chair)

    regular.page.goto(f"/m/{door.code}")
    expect(regular.page.get_by_role("heading", name="Welcome back, Rhys Regular")).to_be_visible()
    regular.tap(regular.button("I am here today"))
    expect(regular.page.get_by_role("heading", name="Thank you, Rhys Regular")).to_be_visible()
    assert regular.taps == 1

    for one, name in ((doubler, "Dora Double"), (unlucky, "Una Unlucky")):
        one.page.goto(f"/m/{door.code}")
        one.type("Full name", name)
        one.answer("I am here for myself", *RIGHT)
    doubler.button("I agree").dblclick()
    expect(doubler.page.get_by_role("heading", name="Thank you, Dora Double")).to_be_visible()

    unlucky.page.context.set_offline(True)
    unlucky.tap(unlucky.button("I agree"))
    unlucky.page.wait_for_timeout(500)
    unlucky.page.context.set_offline(False)
    unlucky.page.goto(f"/m/{door.code}")
    if unlucky.button("I agree").count():
        unlucky.type("Full name", "Una Unlucky")
        unlucky.answer("I am here for myself", *RIGHT)
        unlucky.tap(unlucky.button("I agree"))
    expect(unlucky.page.get_by_role("heading", name="Thank you, Una Unlucky")).to_be_visible()

    for code in ("AAAAAA", "CCCCCC", "zzz zzz"):
        guesser.page.goto("/m")
        guesser.type("The meeting's code", code)
        guesser.tap(guesser.button("Go on"))
        expect(guesser.page.get_by_text("There is no open meeting with that code.")).to_be_visible()
    names = [line.name for line in lines(act.as_(chair), opened.id)]
    assert sorted(names) == ["Dora Double", "Rhys Regular", "Una Unlucky"]


def test_a_code_heard_in_the_room_is_typed_as_it_was_heard(live_portal, phone):
    _, _, door = an_open_door(here(live_portal), live_portal.chair)
    hers = phone()
    for typed in (
        door.code.lower(),
        f"{door.code[:3]}-{door.code[3:]}",
        f"{door.code[:3].lower()} {door.code[3:].lower()}",
    ):
        hers.page.goto("/m")
        hers.type("The meeting's code", typed)
        hers.tap(hers.button("Go on"))
        expect(hers.page.get_by_role("heading", name="Sign to keep what you hear private")).to_be_visible()


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app3.chair-checklist")
def test_the_chair_opens_the_door_sees_people_come_and_closes_with_a_list(live_portal, page, phone):
    act = here(live_portal)
    planned = a_meeting(act, live_portal.chair, name="Riverside Group")
    sign_in(page, "farah@example.org", then="/meetings")
    page.get_by_role("link", name=planned.name).click()
    page.get_by_role("button", name="Open the door").click()
    page.locator(".portal-door-code").wait_for()
    code = meeting(act.as_(live_portal.chair), planned.id).code
    expect(page.locator(".portal-door-code")).to_contain_text(f"{code[:3]} {code[3:]}")
    square = page.locator(".portal-door img")
    expect(square).to_have_js_property("complete", value=True)
    assert square.evaluate("image => image.naturalWidth") > 0
    looks_right(page)

    hers = phone()
    hers.page.goto(f"/m/{code}")
    hers.type("Full name", "Ann Clerk")
    hers.type("Organisation", "thornby parish council")
    hers.answer(*RIGHT)
    hers.tap(hers.button("I agree"))
    words = hers.page.locator(".words").inner_text()
    expect(page.get_by_role("heading", name="1 person signed")).to_be_visible(timeout=20_000)

    page.get_by_role("link", name="Back to the meeting and its list").click()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Open session only")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Close the meeting").click()
    page.get_by_role("button", name="Close the meeting now").click()
    expect(page.get_by_role("heading", name="The meeting is closed")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Attendance list (PDF)").click()
    assert coming.value.suggested_filename == "attendance-list.pdf"
    hers.page.goto(f"/m/{code}")
    expect(hers.page.get_by_text(words)).to_be_visible()
    expect(hers.page.get_by_role("button")).to_have_count(0)
    hers.page.context.clear_cookies()
    hers.page.goto(f"/m/{code}")
    expect(hers.page.get_by_text("This meeting ended at")).to_be_visible()
    assert today(planned.starts_at) == today(act.at)


@pytest.mark.clause("s10.with-attendance-list")
def test_a_finger_draws_the_signature_where_script_runs_within_one_small_request(live_portal, phone):
    chair, opened, door = an_open_door(here(live_portal), live_portal.chair)
    hers = phone(script=True, width=320)
    sizes, refused = [], []
    hers.page.on("request", lambda request: sizes.append(len(request.post_data_buffer or b"")))
    hers.page.on("response", lambda answer: sizes.append(len(answer.body())) if answer.ok else None)
    hers.page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    hers.page.goto(f"/m/{door.code}")
    hers.type("Full name", "Ann Clerk")
    hers.answer("I am here for myself", *RIGHT)
    pad = hers.page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    mouse = hers.page.mouse
    mouse.move(box["x"] + 20, box["y"] + 30)
    mouse.down()
    for step in range(1, 12):
        mouse.move(box["x"] + 20 + 18 * step, box["y"] + 30 + 20 * (step % 3))
    mouse.up()
    expect(hers.page.get_by_text("We have your signature.")).to_be_visible()
    assert (fits(hers.page), faults(hers.page), refused) == (True, [], [])
    hers.tap(hers.button("I agree"))
    expect(hers.page.get_by_role("heading", name="Thank you, Ann Clerk")).to_be_visible()
    assert max(sizes) <= 30_000
    (drawn,) = drawings(here(live_portal).as_(chair), opened.id).values()
    assert drawn.startswith(b"\x89PNG")


@pytest.mark.clause("s10.confidentiality")
def test_one_tablet_goes_round_and_the_chair_adds_the_scan_of_a_paper(live_portal, page):
    act = here(live_portal)
    chair, before, door = an_open_door(act, live_portal.chair, name="Tablet Group")
    sign(act, door, token(), a_signer("Rhys Regular"))
    close_door(act.as_(chair), before.id)
    _, opened, _ = an_open_door(act, chair, name=before.name)
    sign_in(page, "farah@example.org", then=f"/meeting-scans?id={opened.id}")
    expect(page.get_by_text("No scan has been added.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "list.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(page.get_by_text("list.jpg")).to_be_visible()
    page.get_by_role("button", name="Add this scan").click()
    expect(page.get_by_role("link", name="Scan 1")).to_be_visible()
    looks_right(page)

    page.goto(f"/meeting-tablet?id={opened.id}")
    page.get_by_role("button", name="Make this the tablet that goes round").click()
    tablet = Phone(page)
    page.get_by_role("heading", name="Sign on this tablet").wait_for()
    looks_right(page)
    page.locator("label", has_text="Rhys Regular").click()
    page.get_by_role("button", name="I am here today").click()  # two taps
    expect(page.get_by_role("heading", name="Thank you, Rhys Regular")).to_be_visible()
    page.get_by_role("link", name="Next person").click()
    page.get_by_role("link", name="Sign for the first time").click()
    page.get_by_label("Full name").fill("Ann Clerk")
    for choice in ("I am here for myself", *RIGHT):
        page.locator("label", has_text=choice).click()
    tablet.button("I agree").click()
    expect(page.get_by_role("heading", name="Thank you, Ann Clerk")).to_be_visible()
    page.goto("/meetings")
    expect(page.get_by_role("heading", name="Sign in to open this page")).to_be_visible()  # nothing else of the Chair's
    assert [(one.name, one.how) for one in lines(act.as_(chair), opened.id)] == [
        ("Rhys Regular", "On the Chair's tablet"),
        ("Ann Clerk", "On the Chair's tablet"),
    ]
