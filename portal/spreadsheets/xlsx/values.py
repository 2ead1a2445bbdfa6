"""Give the text of an XLSX cell as the office sees it."""

import re
from collections.abc import Sequence

from portal.spreadsheets.number_formats import GENERAL, Format, number_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Values:
    """The shared strings and formats of a workbook, and the text they give a cell."""

    def __init__(self, shared: Sequence[str], formats: Sequence[Format], *, epoch_1904: bool) -> None:
        """Take what the workbook's own parts say."""
        self.shared, self._formats, self._epoch_1904 = shared, formats, epoch_1904
        self._shown: dict[tuple[str, str], str] = {}

    def text(self, kind: str, style: str, stored: str) -> str:
        """Return a cell's text: kind and style as its attributes say, and what it stores."""
        if kind == "s":
            place = number_or(stored, -1)
            return self.shared[place] if 0 <= place < len(self.shared) else ""
        if kind == "n":
            return self._number(style, stored)
        if kind == "e":
            return ""  # '#N/A' says that there is no value
        if kind == "b":
            return "TRUE" if stored == "1" else "FALSE"
        if kind == "d":
            return stored.replace("T", " ").removesuffix("Z")
        return unescaped(stored)

    def _number(self, style: str, stored: str) -> str:
        known = self._shown.get((style, stored))
        if known is None:
            place = number_or(style, 0)
            shown = self._formats[place] if place < len(self._formats) else GENERAL
            known = self._shown[style, stored] = number_text(stored.strip(), shown, epoch_1904=self._epoch_1904)
        return known


def number_or(written: str, otherwise: int) -> int:
    """Read a number of a place, or give another where none of a workbook is written so: no place has ten digits."""
    return int(written) if written.isdecimal() and len(written) < 10 else otherwise  # noqa: PLR2004 - digits of a place


def unescaped(text: str) -> str:
    """Return a string with the signs that XML cannot hold ('_x000D_' is a line's end)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)) if found.group(1) != "0000" else "", text)
