"""One search of the whole portal: it shows only what the searcher may open, and of a request no word about a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.accounts.people import people
from portal.agreement.editions.wording import words_in_force
from portal.agreement.register.lifecycle.changes import every_organisation
from portal.agreement.register.organisations import find, near
from portal.agreement.register.public_register import everybody
from portal.ground.access import Permission, may
from portal.ground.act import Act, Role
from portal.ground.input.forgiving import is_meant
from portal.ground.page_access import PAGES, in_menu
from portal.ground.wording import NAME_LENGTH, day, day_and_time, one_line, today
from portal.meetings.meeting import leads, meetings
from portal.requests.lists import requests_received, requests_sent
from portal.returns.service.calendar import due
from portal.statements.views import statements

MOST = 8  # of a kind
_AROUND = 60  # characters on either side of words that are found in a text
_MARKS = re.compile(r"[|#*]+|^\s*-\s|-{3,}", re.MULTILINE)  # of headings, lists and tables in the agreement's text


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """One thing found: what it is, what it is called, what says more about it, and where it stands."""

    kind: str
    title: str
    about: str
    href: str


def everything_found(act: Act, typed: str) -> list[SearchResult]:
    """List what these words mean, a few of each kind, those kinds first that one looks for most. [] for no words."""
    words = one_line(typed)[:NAME_LENGTH]
    if not words:
        return []
    found: list[SearchResult] = []
    for source in (_organisations, _requests, _returns, _statements, _meetings, _people, _agreement, _pages):
        for number, one in enumerate(source(act, words)):
            if number == MOST:
                break
            found.append(one)
    return found


def _organisations(act: Act, words: str) -> Iterator[SearchResult]:
    matches = find(act.store, words, most=4 * MOST) or near(act.store, words)
    public = {entry.id: entry for entry in everybody(act.store, today(act.at))}
    manages = may(act.person, Permission.INVITE_ANYBODY)
    for one in matches:
        entry = public.get(one.slug)
        if entry is not None or manages:
            yield SearchResult(
                kind="Organisations",
                title=one.name,
                about=entry.status_words(entry.edition) if entry else "Not in the register",
                href=f"/organisation-change?id={one.id}" if manages else f"/register?organisation={one.slug}",
            )
    for ended in every_organisation(act) if manages else []:
        if ended.closed_at and is_meant(ended.name, words):
            about = f"Closed on {day(ended.closed_at)}"
            yield SearchResult(
                kind="Organisations", title=ended.name, about=about, href=f"/organisation-change?id={ended.id}"
            )


def _requests(act: Act, words: str) -> Iterator[SearchResult]:
    sent = requests_sent(act) if may(act.person, Permission.ASK) else []
    received = requests_received(act) if may(act.person, Permission.ANSWER) else []
    for lines, ours in ((received, False), (sent, True)):
        for line in lines:
            other = line.holder if ours else line.asking
            about = f"{'To' if ours else 'From'} {other}, sent on {day(line.sent_at)}"
            if is_meant(f"{line.reference} {other} request {'sent' if ours else 'received'}", words):
                yield SearchResult(
                    kind="Requests", title=line.reference, about=about, href=f"/request-view?id={line.id}"
                )


def _returns(act: Act, words: str) -> Iterator[SearchResult]:
    ours = act.person.organisation_id
    if ours is None or not may(act.person, Permission.SEND_RETURN):
        return
    for item in due(act, ours):
        title = f"{item.data_set.title}, {item.quarter.months}"
        if is_meant(f"{title} return", words):
            opened = f"/return-view?return={item.return_id}"
            send = f"/return-upload?dataset={item.data_set.id}&quarter={item.quarter.label}"
            yield SearchResult(kind="Returns", title=title, about=item.status, href=opened if item.return_id else send)


def _statements(act: Act, words: str) -> Iterator[SearchResult]:
    if may(act.person, Permission.WRITE_STATEMENT) or may(act.person, Permission.READ_ANY_STATEMENT):
        for one in statements(act):
            if is_meant(f"{one.title} sharing statement", words):
                yield SearchResult(
                    kind="Sharing statements",
                    title=one.title,
                    about=one.status.replace("_", " "),
                    href=f"/statement?id={one.id}",
                )


def _meetings(act: Act, words: str) -> Iterator[SearchResult]:
    if not may(act.person, Permission.PLAN_MEETINGS):
        return
    planned = meetings(act)
    for one in [
        *(m for m in planned if m.starts_at >= act.at),
        *reversed([m for m in planned if m.starts_at < act.at]),
    ]:
        if is_meant(f"{one.name} {one.place} {one.chair_name} {one.reference} {day(one.starts_at)} meeting", words):
            opens = leads(act, one.chair_id) or act.person.holds(Role.MANAGER)
            yield SearchResult(
                kind="Meetings",
                title=f"{one.name}, {day_and_time(one.starts_at)}",
                about=f"{one.place}, {one.state.value}",
                href=f"/meeting?id={one.id}" if opens else "/meetings",
            )


def _people(act: Act, words: str) -> Iterator[SearchResult]:
    if may(act.person, Permission.MANAGE_PEOPLE):
        for one in people(act, search=words)[0]:
            yield SearchResult(kind="People", title=one.name, about=one.position, href=f"/person?id={one.id}")


def _agreement(act: Act, words: str) -> Iterator[SearchResult]:
    """Give the sections and appendices whose title is meant, then those whose text holds the words, as the public reads them."""
    parts = words_in_force(act.store, today(act.at)).parts()
    titled = [part for part in parts if is_meant(part.title, words)]
    said = {part: around for part in parts if part not in titled and (around := _around(part.text, words))}
    for part in (*titled, *said):
        place = "appendices" if part.is_appendix else "text"
        about = f"It says: {said[part]}" if part in said else ""
        yield SearchResult(kind="The agreement", title=part.title, about=about, href=f"/agreement?part={place}")


def _around(text: str, words: str) -> str:
    """Give whole words on either side of where a text first says these words, without its marks; '' where it does not."""
    said = " ".join(_MARKS.sub(" ", text).split())
    at = said.casefold().find(words.casefold())
    if at < 0:
        return ""
    before, after = said[max(0, at - _AROUND) : at], said[at + len(words) : at + len(words) + _AROUND]
    return f"… {before.partition(' ')[2]}{said[at : at + len(words)]}{after.rpartition(' ')[0]} …"


def _pages(act: Act, words: str) -> Iterator[SearchResult]:
    for page in PAGES:
        if page.menu and in_menu(act.person, page) and is_meant(f"{page.title} {page.menu}", words):
            yield SearchResult(kind="Pages", title=page.title, about="", href=f"/{page.address}")
