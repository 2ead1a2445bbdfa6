"""Places, postcodes, areas and points, as fine as they may be kept."""

from dataclasses import replace

import pyarrow as pa
import re2

from portal.privacy.columns import AnyColumn, Cells, as_strings, encoded, pc, texts_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.privacy.identifiers.patterns.validators import parts_of_postcode
from portal.privacy.identifiers.scanning import scan
from portal.privacy.recoding.treated import Answer, Treated, compare, each

_OUTWARD = re2.compile(r"(?i)^([a-z]{1,2}[0-9][a-z0-9]?)$")
_SECTOR = re2.compile(r"(?i)^([a-z]{1,2}[0-9][a-z0-9]?)[ .\-]*[0-9](?:[a-z]{0,1})?$")
_INSIDE = re2.compile(
    r"(?i)(?:^|[^a-z0-9])([a-z][ ]?[a-z]?[ ]?[0-9oil][ ]?[a-z0-9]?[ .\-]{0,4}[0-9oil][ ]?[a-z][ ]?[a-z])$"
)
_NOT_A_POSTCODE = "This is not a UK postcode, so nothing of it is kept."
_TIGHT = re2.compile(r"[ .\-_/]+")
_CODE = re2.compile(r"(?i)^[enswkj]\d{8}$|^[a-z]{1,4}[ \-]?\d{1,4}[a-z]?$")
_PAIR = re2.compile(r"^[^\d\-]*(-?\d+(?:\.\d+)?)[^\d\-]+(-?\d+(?:\.\d+)?)\D*$")
_GRID = re2.compile(r"(?i)^([a-z]{2})[ ]*(\d{2,5})[ ,]*(\d{2,5})$|^([a-z]{2})[ ]*(\d{4,10})$")
_NUMBER = re2.compile(r"^-?\d+(?:\.\d+)?$")
_NOT_A_POINT = "This is not a map point that can be read, so it is left out."
_DEGREES = 90
_FIVE = 5


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
    """Keep the outward part of postcodes in capitals; what is none is emptied and counted (4.2; reg. 1(2))."""
    return each(column, _postcode)


def scanned(column: AnyColumn, setting: Setting, vocabulary: Vocabulary | None) -> Treated:
    """Take identifiers out of a column of words and say what was found."""
    result = scan(column, setting, vocabulary)
    return Treated(
        result.column, changed=result.changed - result.emptied, emptied=result.emptied, findings=result.findings
    )


def places(column: AnyColumn, vocabulary: Vocabulary | None = None) -> Treated:
    """Keep street, junction or landmark; house, flat and person go (4.2)."""
    return scanned(column, Setting.PLACE, vocabulary)


def areas(column: AnyColumn, vocabulary: Vocabulary | None = None) -> Treated:
    """Keep wards, beats, LSOAs, station areas and districts; a postcode keeps its outward part (4.4)."""
    coded = encoded(column)
    short = [_area(value) for value in texts_of(coded)]
    cleaned = scan(
        pa.array([None if _CODE.match(text or "") else text for text in short], pa.string()), Setting.PLACE, vocabulary
    )
    texts = [
        code if code and _CODE.match(code) else text
        for code, text in zip(short, cleaned.column.to_pylist(), strict=True)
    ]
    treated = compare(coded, texts, [None] * len(texts))
    return replace(treated, findings=scan(column, Setting.PLACE, vocabulary).findings if cleaned.findings else ())


def _area(text: str) -> str:
    plain = fold(text).strip()
    found = parts_of_postcode(plain) if plain else None
    return found[0] if found else plain


def schools(column: AnyColumn, vocabulary: Vocabulary | None = None) -> Treated:
    """Keep which school it is and where, whole; a person or a number that is not the school's goes (4.2)."""
    return scanned(column, Setting.SCHOOL, vocabulary)


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
    """Move points to their kilometre square, or to 100 metres in the rows that `public` marks (4.2).

    `axis` names the column of a pair ('easting', 'northing', 'latitude', 'longitude'); None reads a pair or a grid
    reference in one cell.
    """
    coarse = each(column, lambda text: _point(text, axis, 1000))
    if public is None or not pc.any(public).as_py():
        return coarse
    fine = each(column, lambda text: _point(text, axis, 100))
    chosen = pc.if_else(public, as_strings(fine.column).combine_chunks(), as_strings(coarse.column).combine_chunks())
    return replace(coarse, column=pa.chunked_array([chosen]))
