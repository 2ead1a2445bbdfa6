"""Figures for the public, by keyboard alone: proposed, proved, approved by another, read, corrected and withdrawn."""

import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from portal.ground.act import Act
from portal.ground.wording import today
from portal.returns.service.submission import send
from portal.returns.service.upload_check import check
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from tests.browser.steps import looks_right, sign_in, tab_to

QUARTER = Quarter.just_ended(today(datetime.now(UTC)))
SET = "police-incidents"
COUNTS = {"Missing person": (2, 12, 9), "ASB Nuisance": (20, 15, 11), "Hoax call": (10, 14, 8)}
NOTICE = "It came with too few hoax calls."


@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.non-personal-foi")
def test_a_table_goes_from_a_proposal_to_its_notice_by_keyboard_alone(page, new_page, live_portal):
    comes(live_portal, COUNTS)
    officer, manager = new_page(1280), new_page(1280)
    sign_in(officer, live_portal.officer.email, "/figures-publish")
    proposes(officer)
    officer.get_by_text("worked out none").wait_for()
    officer.get_by_text("somebody else must approve it").wait_for()
    looks_right(officer)
    sign_in(manager, live_portal.manager.email, "/figures-publish")
    presses(manager, "Publish this table")
    manager.get_by_role("heading", name="Withdraw a table").wait_for()
    looks_right(manager)

    page.goto("/statistics")
    page.get_by_text("Cite as:").wait_for()
    page.locator("canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
    looks_right(page)
    assert "<5" not in page.inner_text("main")
    assert lines(page)["PSW-MISS"].count("suppressed") == 2
    first = page.locator("a[href$='.json']").first.get_attribute("href").removesuffix(".json")
    assert page.request.get(f"{first}.json").json()["resources"][0]["path"].endswith(".csv")

    comes(live_portal, COUNTS | {"Hoax call": (30, 14, 8)})
    proposes(officer, NOTICE)
    officer.get_by_text("somebody else must approve it").wait_for()
    manager.reload()
    presses(manager, "Publish this table")
    manager.get_by_text("No table waits.").wait_for()
    page.reload()
    page.get_by_text(f"Corrected: {NOTICE}").wait_for()
    assert lines(page)["PSW-HOAX"][-1] == "52"

    chooses(manager, "Table", "Incidents by category")
    tab_to(manager, "Why (the public reads this in its place)")
    manager.keyboard.type("One month was counted twice.")
    presses(manager, "Withdraw it")
    manager.get_by_role("heading", name="Withdraw a table").wait_for(state="detached")
    page.reload()
    page.get_by_text("One month was counted twice.").wait_for()
    looks_right(page)
    assert page.request.get(f"/statistics/{SET}.csv").status == 410
    page.goto("/statistics/all")
    page.get_by_text("One month was counted twice.").wait_for()
    looks_right(page)


def comes(live_portal, counts):
    """The force sends its return of the last quarter, with so many records of each kind in each of its months."""
    months = [QUARTER.start, QUARTER.start + timedelta(days=32), QUARTER.end]
    rows = ["Incident Date;Time;Street;Category"]
    for kind, each in counts.items():
        for month, many in zip(months, each, strict=True):
            rows += [f"{1 + n % 28:02d}/{month:%m/%Y};21:15;Stanley Road;{kind}" for n in range(many)]
    act = Act(store=live_portal.store, person=live_portal.sergeant, at=datetime.now(UTC))
    file = ("\r\n".join(rows).encode(), "incidents.csv")
    send(act, check(act, act.person.organisation_id, (SET, QUARTER.label), file), f"sent {len(rows)}")


def proposes(page, notice=""):
    """Propose incidents by category and month."""
    page.reload()
    page.get_by_role("button", name="Propose this table").wait_for()
    chooses(page, "Data set", data_set(SET).title)
    chooses(page, "Columns", "Month")
    if notice:
        tab_to(page, "What it corrects, if the table is out already")
        page.keyboard.type(notice)
    presses(page, "Propose this table")


def chooses(page, name, option):
    tab_to(page, name)
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name=name, exact=True)).to_have_value(re.compile(f"^{option}"))


def presses(page, name):
    page.get_by_role("button", name=name).wait_for()
    tab_to(page, name)
    page.keyboard.press("Enter")


def lines(page):
    """Read the newest table as a program does."""
    text = page.request.get(f"/statistics/{SET}.csv").text()
    return {row[0]: row[1:] for row in csv.reader(line for line in text.splitlines() if not line.startswith("#"))}
