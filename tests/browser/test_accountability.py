"""Somebody complains without an account; the officer answers, and makes and signs a paper: as a browser shows it, at both widths."""

from tests.browser.steps import looks_right, sign_in


def test_a_complaint_and_a_paper_look_right_from_the_first_field_to_the_sealed_file(page, new_page, live_portal):
    page.goto("/privacy")
    page.get_by_role("link", name="Send us a complaint").click()
    page.get_by_label("What went wrong?").fill("My file was read aloud.")
    page.get_by_label("How can we reach you?").fill("june@moss.example")
    looks_right(page)
    page.get_by_role("button", name="Send your complaint").click()
    page.get_by_text("We have your complaint").wait_for()
    looks_right(page)
    desk = new_page(1280)
    sign_in(desk, live_portal.officer.email, "/to-do")
    desk.get_by_role("link", name="Open it").first.click()
    desk.get_by_role("heading", name="Tell them what you found").wait_for()
    looks_right(desk)
    desk.goto("/accountability")
    desk.get_by_role("heading", name="Each regular sharing").wait_for()
    looks_right(desk)
    desk.get_by_role("link", name="Record of processing").first.click()
    desk.get_by_role("heading", name="What it says today").wait_for()
    looks_right(desk)
    desk.get_by_role("button", name="Make this paper").click()
    with desk.expect_download() as file:
        desk.get_by_role("link", name="Download it (PDF)").click()
    assert file.value.path().read_bytes().startswith(b"%PDF")
    looks_right(desk)
