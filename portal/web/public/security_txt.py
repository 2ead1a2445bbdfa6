"""Whom to tell of a weakness in the portal (RFC 9116)."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from portal.ground.act import PUBLIC, act_now
from portal.ground.process.runtime import running

_LASTS = timedelta(days=180)


def security_txt(_request: Request) -> PlainTextResponse:
    """Answer security.txt: the privacy page says how to reach the partnership."""
    settings = running().settings
    until = act_now(running().store, PUBLIC).at + _LASTS
    return PlainTextResponse(
        f"Contact: {settings.base_url}/privacy\nExpires: {until:%Y-%m-%dT%H:%M:%SZ}\nPreferred-Languages: en\n"
        f"Canonical: {settings.base_url}/.well-known/security.txt\n"
    )
