"""Cells that a spreadsheet must not run."""

from portal.privacy.identifiers.folding import fold

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    plain = fold(text).lstrip()
    return f"'{text}" if text.startswith(_STARTS) or plain.startswith(_STARTS) else text
