"""Postcodes and points, as fine as they may be kept."""

from dataclasses import replace

import pyarrow as pa
import re2

from portal.privacy.columns import AnyColumn, Cells, as_strings, pc
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.patterns.validators import parts_of_postcode
from portal.privacy.postcodes import OUTWARD
from portal.privacy.recoding.treated import Answer, Treated, each

_OUTWARD = re2.compile(f"^({OUTWARD})$")
_SECTOR = re2.compile(rf"^({OUTWARD})[ .\-]*[0-9][A-Za-z]?$")
_INSIDE = re2.compile(
    r"(?i)(?:^|[^a-z0-9])([a-z][ ]?[a-z]?[ ]?[0-9oil][ ]?[a-z0-9]?[ .\-]{0,4}[0-9oil][ ]?[a-z][ ]?[a-z])$"
)
_NOT_A_POSTCODE = "This is not a UK postcode, so nothing of it is kept."
_TIGHT = re2.compile(r"[ .\-_/]+")
_PAIR = re2.compile(r"^[^\d\-]*(-?\d+(?:\.\d+)?)[^\d\-]+(-?\d+(?:\.\d+)?)\D*$")
_GRID = re2.compile(r"(?i)^([a-z]{2})[ ]*(\d{2,5})[ ,]*(\d{2,5})$|^([a-z]{2})[ ]*(\d{4,10})$")
_NUMBER = re2.compile(r"^-?\d+(?:\.\d+)?$")
_NOT_A_POINT = "This is not a map point that can be read, so it is left out."
_DEGREES = 90


def outward(text: str) -> str | None:
    """Give the outward part of a postcode in any spelling; None where the text is none."""
    tight = str(_TIGHT.sub("", fold(text))).upper()
    if (
        (match := _SECTOR.match(fold(text).strip()))
        and " " in fold(text).strip()
        and parts_of_postcode(f"{match.group(1)}1AA")
    ):
        return str(match.group(1)).upper()
    if parts := parts_of_postcode(tight):
        return parts[0]
    if parts_of_postcode(f"{tight}1AA") and _OUTWARD.match(tight):
        return tight
    if (match := _SECTOR.match(fold(text).strip())) and parts_of_postcode(f"{match.group(1)}1AA"):
        return str(match.group(1)).upper()
    if (match := _INSIDE.search(fold(text))) and (parts := parts_of_postcode(match.group(1))):
        return parts[0]
    return None


def _postcode(text: str) -> Answer:
    kept = outward(text)
    return (kept, None) if kept else (None, _NOT_A_POSTCODE)


def outward_postcodes(column: AnyColumn) -> Treated:
    """Keep the outward part of postcodes in capitals; what is none is emptied and counted."""
    return each(column, _postcode)


def _rounded(number: str, axis: str, step: int) -> str:
    value = float(number)
    if axis in {"latitude", "longitude"} or abs(value) <= _DEGREES:
        return f"{value:.{2 if step == 1000 else 3}f}"  # noqa: PLR2004 - a kilometre in metres
    return str(int(value) // step * step).zfill(6)


def _point(text: str, axis: str | None, step: int) -> Answer:
    if axis and _NUMBER.match(text.replace(",", "")):
        return _rounded(text.replace(",", ""), axis, step), None
    if match := _GRID.match(text):
        letters = (match.group(1) or match.group(4)).upper()
        digits = (match.group(2) or "") + (match.group(3) or "") or match.group(5)
        parted = match.group(2) and not text[len("SK") :].strip().isdigit()
        if len(digits) % 2 == 0 and (not parted or len(match.group(2)) == len(match.group(3))):
            half, keep = len(digits) // 2, 2 if step == 1000 else 3  # noqa: PLR2004 - a kilometre in metres
            return f"{letters} {digits[:half][:keep]} {digits[half:][:keep]}", None
    if match := _PAIR.match(text):
        first, second = match.group(1), match.group(2)
        return f"{_rounded(first, '', step)},{_rounded(second, '', step)}", None
    return None, _NOT_A_POINT


def map_points(column: AnyColumn, *, public: Cells | None = None, axis: str | None = None) -> Treated:
    """Move points to their kilometre square, or to 100 metres in the rows that `public` marks.

    `axis` names the column of a pair ('easting', 'northing', 'latitude', 'longitude'); None reads a pair or a grid
    reference in one cell.
    """
    coarse = each(column, lambda text: _point(text, axis, 1000))
    if public is None or not pc.any(public).as_py():
        return coarse
    fine = each(column, lambda text: _point(text, axis, 100))
    chosen = pc.if_else(public, as_strings(fine.column).combine_chunks(), as_strings(coarse.column).combine_chunks())
    return replace(coarse, column=pa.chunked_array([chosen]))
