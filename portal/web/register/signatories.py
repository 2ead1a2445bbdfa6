"""The public register over plain HTTP: as JSON, CSV and HTML without JavaScript, as of any day (s16, public list)."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from portal.agreement.editions.current import in_force, short_title
from portal.agreement.notices.standing import STATUS_WORDS
from portal.agreement.register.lifecycle.told import LifeSentence, life_in_words
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
from portal.agreement.register.successors import became_in_words
from portal.ground.act import PUBLIC, Store, act_now
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.wording import counted, day
from portal.privacy.formula_injection import safe_cell
from portal.rules.edition.editions import editions
from portal.web.plain_page import render

FIELDS = ("id", "organisation", "kind", "edition", "status", "since")
_FRESH = {"Cache-Control": "public, max-age=60"}
_STATUSES = {CURRENT: "Signed or stopped for now", **{s.value: w for s, w in STATUS_WORDS.items()}, "all": "All"}
_TINTS = {"signed": "done", "suspended": "stopped", "left": "ended"}
_BACK = ("/signatories", "All signatories")
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
    return HTMLResponse(_list(store, found, now), headers=_FRESH)


def signatory_html(request: Request) -> Response:
    """Answer one signatory at its lasting address, or 404 in plain words."""
    store, on = running().store, _day(request)
    try:
        found, changes = entry(store, request.path_params["name"], on)
    except NotFoundError as error:
        page = render("fault.html", "No such signatory", facts(store), back=_BACK, words=error.message)
        return HTMLResponse(page, status_code=404, headers=_FRESH)
    life = life_in_words(act_now(store, PUBLIC), found.id)
    return HTMLResponse(_one(store, found, changes, on, life), headers=_FRESH)


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


def _list(store: Store, found: RegisterPage, now: datetime) -> str:
    of = found.asked
    return render(
        "register.html",
        "Who has signed the agreement",
        facts(store),
        asked=of,
        longest=_FIRST,
        kinds={"": "All kinds", **_kinds()},
        statuses=_STATUSES,
        said=f"{counted(found.total, 'organisation')} on {day(of.on)}.",
        became=became_in_words(store, of.words, of.on),
        on=day(of.on),
        rows=[_row(one, found) for one in found.entries],
        nothing="" if found.entries else nothing_found(of),
        pages=_pages(found),
        whole=urlencode({"as_of": of.on.isoformat()}),
        edition=found.in_force.about.short_title,
        updated=day(now),
    )


def _row(one: RegisterEntry, found: RegisterPage) -> dict[str, str]:
    return {
        "address": f"/signatories/{one.id}?as_of={found.asked.on.isoformat()}",
        "organisation": one.organisation,
        "kind": one.kind_words,
        "tint": _TINTS[one.status],
        "status": one.status_words(found.in_force.id),
        "since": day(one.since),
    }


def _kinds() -> dict[str, str]:
    return {
        kind.id: kind.title for edition in editions() for kind in edition.organisation_types if kind.signs != "none"
    }


def _pages(found: RegisterPage) -> list[tuple[int, str]]:
    """Give the numbers to choose from with their addresses, none for the page that is shown; nothing where there is one."""
    current, last = found.asked.page, found.last_page
    if last == 1:
        return []
    near = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    return [(number, "" if number == current else address(found.asked, number)) for number in near]


def address(of: RegisterSearch, page: int) -> str:
    """Give the address of a page of the same search."""
    asked_for = {"q": of.words, "kind": of.kind, "status": of.status, "edition": of.edition, "sort": of.sort}
    usual = {"status": CURRENT, "sort": "name"}
    kept = {key: value for key, value in asked_for.items() if value and usual.get(key) != value}
    return f"/signatories?{urlencode({**kept, 'as_of': of.on.isoformat(), 'page': page})}"


def _one(
    store: Store,
    found: RegisterEntry,
    changes: tuple[StandingChange, ...],
    on: date,
    life: Sequence[LifeSentence],
) -> str:
    return render(
        "signatory.html",
        found.organisation,
        facts(store),
        back=_BACK,
        facts={
            "Kind": found.kind_words,
            "Edition signed": short_title(store, found.edition),
            f"Status on {day(on)}": f"{found.status_words(in_force(store, on).id)}, since {day(found.since)}",
        },
        life=life,
        changes=[
            {
                "day": day(change.on),
                "status": STATUS_WORDS[change.status],
                "edition": change.edition_words(short_title(store, change.edition)),
            }
            for change in changes
        ],
    )
