"""The public register over plain HTTP: as JSON, CSV and HTML without JavaScript, as of any day (s16, public list)."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from portal.agreement.editions.current import in_force, short_title
from portal.agreement.notices.standing import STATUS_WORDS
from portal.agreement.register.public_register import (
    RegisterEntry,
    RegisterPage,
    StandingChange,
    entry,
    everybody,
    nothing_found,
    register,
)
from portal.agreement.register.search import CURRENT, RegisterSearch, asked, day_asked
from portal.ground.act import Store
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.runtime import running
from portal.ground.wording import counted, day
from portal.privacy.formula_injection import safe_cell
from portal.rules.edition.editions import editions
from portal.web.plain_page import escaped, plain_page

FIELDS = ("id", "organisation", "kind", "edition", "status", "since")
_FRESH = {"Cache-Control": "public, max-age=60"}
_STATUSES = {CURRENT: "Signed or stopped for now", **{s.value: w for s, w in STATUS_WORDS.items()}, "all": "All"}
_TINTS = {"signed": "done", "suspended": "stopped", "left": "ended"}
_FIRST = 200  # characters of a search that are read


def signatories_json(request: Request) -> Response:
    """Answer {"as_of", "signatories": [{"id", "organisation", "kind", "edition", "status", "since"}]}."""
    on = _day(request)
    return StreamingResponse(_json(running().store, on), media_type="application/json", headers=_FRESH)


def signatories_csv(request: Request) -> Response:
    """Answer the same as CSV; a cell that a spreadsheet would run is made text."""
    on = _day(request)
    name = f'attachment; filename="signatories-{on.isoformat()}.csv"'
    return StreamingResponse(
        _csv(running().store, on),
        media_type="text/csv; charset=utf-8",
        headers={**_FRESH, "Content-Disposition": name},
    )


def signatories_html(request: Request) -> Response:
    """Answer one page of the register, with its search form, in at most 30 kB."""
    store, now = running().store, datetime.now(UTC)
    found = register(store, asked(now, dict(request.query_params)))
    known = facts(store)
    return HTMLResponse(plain_page("Who has signed the agreement", _list(found, now), known), headers=_FRESH)


def signatory_html(request: Request) -> Response:
    """Answer one signatory at its lasting address, or 404 in plain words."""
    store, on = running().store, _day(request)
    back = ("/signatories", "All signatories")
    try:
        found, changes = entry(store, request.path_params["name"], on)
    except NotFoundError as error:
        body = f"<p>{escaped(error.message)}</p>"
        return HTMLResponse(
            plain_page("No such signatory", body, facts(store), back=back), status_code=404, headers=_FRESH
        )
    return HTMLResponse(
        plain_page(found.organisation, _one(store, found, changes, on), facts(store), back=back), headers=_FRESH
    )


def line(found: RegisterEntry) -> dict[str, str]:
    """Give exactly the public fields of an entry."""
    return {
        "id": found.id,
        "organisation": found.organisation,
        "kind": found.kind,
        "edition": found.edition,
        "status": found.status.value,
        "since": found.since.isoformat(),
    }


def _day(request: Request) -> date:
    return day_asked(datetime.now(UTC), request.query_params.get("as_of", ""))


def _json(store: Store, on: date) -> Iterator[str]:
    yield json.dumps({"as_of": on.isoformat()})[:-1] + ', "signatories": ['
    for number, found in enumerate(everybody(store, on)):
        yield ("," if number else "") + "\n" + json.dumps(line(found), ensure_ascii=False)
    yield "\n]}\n"


def _csv(store: Store, on: date) -> Iterator[str]:
    yield _csv_line(list(FIELDS))
    for found in everybody(store, on):
        yield _csv_line([safe_cell(cell) for cell in line(found).values()])


def _csv_line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _list(found: RegisterPage, now: datetime) -> str:
    of = found.asked
    said = f"{counted(found.total, 'organisation')} on {day(of.on)}."
    rows = "".join(_row(one, found) for one in found.entries)
    table = (
        f'<table class="portal-table"><caption class="portal-unseen">Signatories on {escaped(day(of.on))}</caption><thead><tr>'
        '<th scope="col">Organisation</th><th scope="col">Kind</th><th scope="col">Status</th><th scope="col">Since</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
        if found.entries
        else f"<p>{escaped(nothing_found(of))}</p>"
    )
    whole = urlencode({"as_of": of.on.isoformat()})
    return (
        "<p>These organisations share information under the agreement.</p>"
        f'{_form(of)}<p role="status"><strong>{escaped(said)}</strong></p>{table}{_pages(found)}'
        f'<p>Download the whole list: <a href="/signatories.csv?{whole}">CSV</a>, <a href="/signatories.json?{whole}">JSON</a>. '
        f"Edition in force: {escaped(found.in_force.about.short_title)}. Updated {escaped(day(now))}.</p>"
    )


def _row(one: RegisterEntry, found: RegisterPage) -> str:
    day_of = f"?as_of={found.asked.on.isoformat()}"
    return (
        f'<tr><th scope="row"><a href="/signatories/{escaped(one.id)}{day_of}">{escaped(one.organisation)}</a></th>'
        f'<td data-label="Kind">{escaped(one.kind_words)}</td>'
        f'<td data-label="Status"><span class="portal-tag portal-{_TINTS[one.status]}">{escaped(one.status_words(found.in_force.id))}</span></td>'
        f'<td data-label="Since">{escaped(day(one.since))}</td></tr>'
    )


def _form(of: RegisterSearch) -> str:
    kinds = {
        kind.id: kind.title for edition in editions() for kind in edition.organisation_types if kind.signs != "none"
    }
    return (
        '<form class="portal-form portal-search" action="/signatories" role="search">'
        f'<div><label for="q">Name of organisation</label><input id="q" name="q" type="search" maxlength="{_FIRST}" value="{escaped(of.words)}"></div>'
        f'<div><label for="kind">Kind</label>{_select("kind", {"": "All kinds", **kinds}, of.kind)}</div>'
        f'<div><label for="status">Status</label>{_select("status", _STATUSES, of.status)}</div>'
        f'<div><label for="as_of">As of a day</label><input id="as_of" name="as_of" type="date" value="{of.on.isoformat()}"></div>'
        "<button>Search the list</button></form>"
    )


def _select(name: str, choices: dict[str, str], chosen: str) -> str:
    options = "".join(
        f'<option value="{escaped(value)}"{" selected" if value == chosen else ""}>{escaped(words)}</option>'
        for value, words in choices.items()
    )
    return f'<select id="{name}" name="{name}">{options}</select>'


def _pages(found: RegisterPage) -> str:
    current, last = found.asked.page, found.last_page
    if last == 1:
        return ""
    near = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    items = "".join(
        f'<li><span aria-current="page">{number}</span></li>'
        if number == current
        else f'<li><a href="{escaped(address(found.asked, number))}" aria-label="Page {number}">{number}</a></li>'
        for number in near
    )
    return f'<nav class="portal-pages" aria-label="Pages of the list"><ul>{items}</ul></nav>'


def address(of: RegisterSearch, page: int) -> str:
    """Give the address of a page of the same search."""
    asked_for = {"q": of.words, "kind": of.kind, "status": of.status, "edition": of.edition, "sort": of.sort}
    usual = {"status": CURRENT, "sort": "name"}
    kept = {key: value for key, value in asked_for.items() if value and usual.get(key) != value}
    return f"/signatories?{urlencode({**kept, 'as_of': of.on.isoformat(), 'page': page})}"


def _one(store: Store, found: RegisterEntry, changes: tuple[StandingChange, ...], on: date) -> str:
    facts_of = {
        "Kind": found.kind_words,
        "Edition signed": short_title(store, found.edition),
        f"Status on {day(on)}": f"{found.status_words(in_force(store, on).id)}, since {day(found.since)}",
    }
    shown = "".join(f"<div><dt>{escaped(k)}</dt><dd>{escaped(v)}</dd></div>" for k, v in facts_of.items())
    rows = "".join(
        f'<tr><th scope="row">{escaped(day(c.on))}</th><td data-label="Status">{escaped(STATUS_WORDS[c.status])}</td>'
        f'<td data-label="Edition">{escaped(c.edition_words(short_title(store, c.edition)))}</td></tr>'
        for c in changes
    )
    return (
        f'<dl class="portal-facts">{shown}</dl><h2>History</h2><table class="portal-table"><thead><tr><th scope="col">Day</th>'
        f'<th scope="col">Status</th><th scope="col">Edition</th></tr></thead><tbody>{rows}</tbody></table>'
        "<p>No names of people stand in this register.</p>"
    )
