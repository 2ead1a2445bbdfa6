"""The register for other people's sites and programs: a feed of its changes, a badge, and the schema of its data.

Clauses: s16.public-list.
"""

import uuid
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.agreement.editions.current import known_editions
from portal.agreement.notices.standing import STATUS_WORDS, SignatoryStatus
from portal.agreement.register.feed import Changed, newest_changes
from portal.agreement.register.public_register import RegisterEntry, entry
from portal.ground.act import Store
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.process.runtime import running
from portal.ground.wording import day, one_line, today
from portal.web.plain_page import escaped

_FRESH = {"Cache-Control": "public, max-age=60"}
_ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
_ATOM = "http://www.w3.org/2005/Atom"
_LETTER = 7  # width of a letter of the badge, in pixels: room enough for the widest usual font
_TINTS = {SignatoryStatus.SIGNED: "#14532d", SignatoryStatus.SUSPENDED: "#7f1d1d", SignatoryStatus.LEFT: "#374151"}


def register_feed(_request: Request) -> Response:
    """Answer the newest changes of the register as an Atom feed."""
    store = running().store
    return Response(_atom(store), media_type="application/atom+xml; charset=utf-8", headers=_FRESH)


def signatory_badge(request: Request) -> Response:
    """Answer a small picture that says where one organisation stands today, for its own site; 404 where it never signed."""
    on = today(datetime.now(UTC))
    try:
        found, _ = entry(running().store, request.path_params["name"], on)
    except NotFoundError:
        return Response(status_code=404, headers=_FRESH)
    return Response(_badge(found), media_type="image/svg+xml", headers={**_FRESH, **_ANYWHERE})


def register_schema(_request: Request) -> Response:
    """Answer the JSON Schema of /signatories.json."""
    return JSONResponse(_schema(), media_type="application/schema+json", headers={**_FRESH, **_ANYWHERE})


def _atom(store: Store) -> bytes:
    base, changes = running().settings.base_url, newest_changes(store)
    feed = Element("feed", xmlns=_ATOM)
    updated = changes[0].at if changes else datetime(2026, 1, 1, tzinfo=UTC)
    _add(feed, "id", f"{base}/signatories.atom")
    _add(feed, "title", f"Who has signed: {one_line(facts(store).name)}")
    _add(feed, "updated", updated.astimezone(UTC).isoformat(timespec="seconds"))
    _add(_add(feed, "author"), "name", one_line(facts(store).name))
    _add(feed, "link", rel="self", href=f"{base}/signatories.atom")
    _add(feed, "link", rel="alternate", href=f"{base}/signatories")
    titles = {known.id: known.edition.about.short_title for known in known_editions(store)}
    for change in changes:
        _entry(feed, base, change, titles.get(change.edition, change.edition))
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, base: str, change: Changed, edition: str) -> None:
    made = _add(feed, "entry")
    said = f"{one_line(change.organisation)}: {STATUS_WORDS[change.status]}"
    _add(made, "id", uuid.uuid5(uuid.NAMESPACE_OID, change.id).urn)
    _add(made, "title", said)
    _add(made, "updated", change.at.astimezone(UTC).isoformat(timespec="seconds"))
    _add(made, "link", rel="alternate", href=f"{base}/signatories/{change.name}")
    _add(made, "summary", f"{said}, {edition}, on {day(change.at)}.")


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, tag, attributes)
    made.text = text or None
    return made


def _badge(found: RegisterEntry) -> str:
    left, right = "Information sharing agreement", STATUS_WORDS[found.status]
    first, second = len(left) * _LETTER + 16, len(right) * _LETTER + 16
    said = escaped(f"{one_line(found.organisation)}. {left}: {right}, since {day(found.since)}")
    font = 'font-family="Verdana,Arial,sans-serif" font-size="12" fill="#ffffff"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{first + second}" height="28" role="img" aria-label="{said}">'
        f'<title>{said}</title><rect width="{first + second}" height="28" rx="4" fill="#1f2937"/>'
        f'<rect x="{first}" width="{second}" height="28" rx="4" fill="{_TINTS[found.status]}"/>'
        f'<text x="8" y="19" {font}>{escaped(left)}</text><text x="{first + 8}" y="19" {font}>{escaped(right)}</text></svg>'
    )


def _schema() -> dict[str, object]:
    a_day = {"type": "string", "format": "date"}
    fields: dict[str, object] = {
        "id": {"type": "string", "description": "The lasting name in the address /signatories/NAME"},
        "organisation": {"type": "string"},
        "kind": {"type": "string", "description": "The kind of organisation, as the editions name it"},
        "edition": {"type": "string", "enum": [of.id for of in known_editions(running().store)]},
        "status": {"type": "string", "enum": [status.value for status in SignatoryStatus]},
        "since": a_day,
    }
    line = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{running().settings.base_url}/signatories.schema.json",
        "title": "Who has signed the information sharing agreement",
        "type": "object",
        "properties": {"as_of": a_day, "signatories": {"type": "array", "items": line}},
        "required": ["as_of", "signatories"],
        "additionalProperties": False,
    }
