"""Fill the blanks of an agreement's text; a blank that is still open stays visible."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill `{council}` and its like from `values`; one without a value stays visible as “[council]”.

    Args:
        text: words with blanks in braces.
        values: placeholder key to the partnership's own words, put in as they are and not looked into again.

    Returns: the text; an empty value counts as open, and `{local_authority_area}` shows as “[local authority area]”.
    """

    def put(found: re.Match[str]) -> str:
        key = found.group(1)
        return values.get(key, "").strip() or f"[{key.replace('_', ' ')}]"

    return _BLANK.sub(put, text)


def open_blanks(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """List the blanks of a text that have no value yet, each once, in the order of the text."""
    return tuple(dict.fromkeys(key for key in _BLANK.findall(text) if not values.get(key, "").strip()))
