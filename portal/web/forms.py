"""Small plain forms: read whole into memory, with a limit before the parsing."""

from urllib.parse import parse_qsl

from starlette.requests import Request

_MOST_BYTES = 20_000  # an address, a password of 1,000 characters, and room
_MOST_FIELDS = 20


class TooLongError(Exception):
    """More was sent than any form of ours holds."""


async def small_form(request: Request, most: int = _MOST_BYTES) -> dict[str, str]:
    """Read a form of at most `most` bytes; of a repeated field the first counts. Raises TooLongError."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLongError
    found: dict[str, str] = {}
    try:
        pairs = parse_qsl(bytes(body).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise TooLongError from error
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def text(form: dict[str, str], name: str) -> str:
    """Give a field, '' where it was not sent."""
    return form.get(name, "")
