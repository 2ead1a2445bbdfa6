"""A sharing statement from its first words to its review, by two organisations in two browsers, at both widths."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.record import Message
from portal.accounts.people import close
from portal.agreement.register.organisations import organisation
from portal.ground.act import SYSTEM, Act, Role
from portal.ground.database import reading
from portal.ground.wording import new_id, today
from portal.rules.edition.editions import edition_in_force
from portal.statements.contacts import set_information_contact
from portal.statements.drafting import answer, name_posts
from portal.statements.views import open_statement, statements
from tests.browser.steps import looks_right, sign_in
from tests.builders import a_person

DESK = "records@thornby.example.org"


def acting(world, person):
    return Act(store=world.store, person=person, at=datetime.now(UTC))


def write_the_rest(world, statement_id, leaver):
    """Answer every question that the browser did not, and name a post for each side."""
    mine = acting(world, world.clerk)
    version = open_statement(mine, statement_id).version
    for one in edition_in_force(today(mine.at)).iss_fields:
        laws = ("cda-1998-s115",) if one.key == "lawful_basis" else ()
        if one.kind == "long_text":
            version = answer(mine, statement_id, one.key, f"About {one.label}.", version=version, gateways=laws)
        elif one.kind == "marking":
            version = answer(mine, statement_id, one.key, "official", version=version)
    for person, holder in ((world.clerk, leaver), (world.sergeant, world.sergeant)):
        posts = (("Duty desk", holder.id),)
        version = name_posts(acting(world, person), statement_id, posts, version=version)


def copies(world):
    with reading(world.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == "statement-copy")).all()
    return [world.store.vault.open_text(row.to, f"message.to:{row.id}") for row in rows]


@pytest.mark.clause("app5.statement")
def test_a_statement_is_drafted_signed_in_turn_copied_and_reviewed_when_a_post_holder_leaves(
    live_portal, page, new_page
):
    world, title = live_portal, f"Street lights {new_id()[:6]}"
    set_information_contact(acting(world, world.clerk), "Records desk", DESK)
    parish = organisation(world.store, world.clerk.organisation_id)
    leaver = a_person(
        acting(world, SYSTEM), "Lee Leaver", Role.PARTNER, organisation=parish, email=f"{new_id()}@example.org"
    )
    sent_before = len(copies(world))

    sign_in(page, world.clerk.email, "/statement-new")
    page.get_by_role("button", name="Begin this statement").wait_for()
    looks_right(page)
    page.get_by_label("A short name for this sharing").fill(title)
    page.get_by_label("Which organisations share with you?").click()
    page.get_by_role("option", name="Anyshire Police").click()
    page.keyboard.press("Escape")
    page.get_by_text("To cut crime and disorder", exact=True).click()
    page.get_by_label("Why would information without names not do?").fill("Each household is helped by name.")
    page.get_by_role("button", name="Begin this statement").click()
    page.get_by_text("Not in force yet").wait_for()
    page.get_by_text("Its words are still being written.").wait_for()
    looks_right(page)
    statement_id = next(one.id for one in statements(acting(world, world.clerk)) if one.title == title)
    write_the_rest(world, statement_id, leaver)

    page.goto(f"/statement?id={statement_id}")
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_role("button", name="Sign for Thornby Parish Council").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Sign for Thornby Parish Council").click()
    page.get_by_text("It is the turn of Anyshire Police to sign.").wait_for()

    other = new_page(page.viewport_size["width"])
    sign_in(other, world.sergeant.email, f"/statement-sign?id={statement_id}")
    other.get_by_role("button", name="Sign for Anyshire Police").click()
    other.get_by_text("In force from").wait_for()
    looks_right(other)
    assert DESK in copies(world)[sent_before:]

    close(acting(world, world.manager), leaver.id)
    page.goto("/statements")
    page.get_by_text("Register of statements in force").first.wait_for()
    page.get_by_text("In force: to review").first.wait_for()
    looks_right(page)
    page.goto(f"/statement?id={statement_id}")
    page.get_by_text("The holder of a post at Thornby Parish Council has left: Duty desk.").wait_for()
    page.get_by_role("button", name="We have reviewed it: it still holds").click()
    page.get_by_text("The holder of a post at Thornby").wait_for(state="detached")
    looks_right(page)
