"""Scans of signed papers: told by their content, not their name; made anew so that only what is seen is kept."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from portal.ground.errors import AnswersNeededError

LARGEST = 10_000_000  # bytes: a list of several pages, photographed
_MOST_PAGES = 30
_MOST_WRITTEN = 3 * LARGEST
_WIDEST = 12_000  # pixels
_MOST_PIXELS = 60_000_000
_KEPT_WIDTH = 2_400  # pixels: A4 at 290 dots an inch
_DEEPEST = 40  # steps from a page to what it shows
# Beside what is seen: who made it, with what, when, where; and what points outside the file.
_DROPPED = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Ref", "/AF", "/StructParent", "/Alternates"}
)
_SHOWN = ("/XObject", "/Font", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading", "/ProcSet")
_BROKEN = (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, ArithmeticError, OSError)  # fmt: skip
_Pdf = Any  # the library ships no types for what a PDF is made of
_PARTS: Any = generic
_PDF_WRITER: Any = PdfFileWriter
_PDF_PAGE: Any = PageObject
_APP1, _LAST_APP, _COMMENT, _START_OF_SCAN = 0xE1, 0xEF, 0xFE, 0xDA


@dataclass(frozen=True, kw_only=True)
class CheckedScan:
    """A checked scan: what to keep, and its kind (pdf, png or jpeg)."""

    content: bytes
    kind: str

    @property
    def media_type(self) -> str:
        """Give the type that a browser is told."""
        return MEDIA_TYPES[self.kind]


MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}


def checked(data: bytes, *, field: str = "scan") -> CheckedScan:
    """Check a scan and give what to keep: without the place, the camera, the author, and without anything that acts.

    Raises AnswersNeededError (`field`) with what to do about it.
    """
    if not data:
        raise _problem(field, "Choose the scan: a PDF, JPEG or PNG.")
    if len(data) > LARGEST:
        raise _problem(field, "The scan must be smaller than 10 MB. Scan fewer pages, or in grey.")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return CheckedScan(content=_redrawn(data, "PNG", field), kind="png")
    if data.startswith(b"\xff\xd8\xff"):
        return CheckedScan(content=_redrawn(data, "JPEG", field), kind="jpeg")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return CheckedScan(content=_bare_pdf(data, field), kind="pdf")
    raise _problem(field, "The scan must be a PDF, JPEG or PNG. Save it as one of these.")


def _redrawn(data: bytes, kind: str, field: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=(kind,))
            if max(image.size) > _WIDEST or image.width * image.height > _MOST_PIXELS:
                raise _problem(field, "The picture is too large. Scan it at 300 dots an inch.")
            upright = ImageOps.exif_transpose(image)
            drawn = upright.convert("L" if upright.mode in {"1", "L", "LA"} else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise _problem(field, "This picture cannot be opened. Scan the paper again.") from error
    drawn.thumbnail((_KEPT_WIDTH, _KEPT_WIDTH * 2))
    kept = io.BytesIO()
    drawn.save(kept, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": True}))
    return kept.getvalue()


def _bare_pdf(data: bytes, field: str) -> bytes:
    """Write a PDF anew with nothing but what its pages show."""
    kept = io.BytesIO()
    try:
        reader: Any = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            raise _problem(field, "This PDF is password protected. Save it without a password, and choose that.")
        count = int(reader.root["/Pages"]["/Count"])
        if not 1 <= count <= _MOST_PAGES:
            raise _problem(field, f"A scan has 1 to {_MOST_PAGES} pages. Add longer lists in parts.")
        writer, size = _PDF_WRITER(stream_xrefs=False), 0
        for number in range(count):
            page = _bare_page(reader, writer, number)
            size += sum(len(part.encoded_data) for part in _every(page, set(), 0) if hasattr(part, "encoded_data"))
            if size > _MOST_WRITTEN:  # pages that share a large part grow when each is written anew
                raise _problem(field, "The pages of this scan are too large. Scan them in grey.")
            writer.insert_page(page)
        writer.write(kept)
    except _BROKEN as error:
        raise _problem(field, "This PDF cannot be read. Scan the paper again, or save it as a picture.") from error
    return kept.getvalue()


def _bare_page(reader: _Pdf, writer: _Pdf, number: int) -> _Pdf:
    found, resources = reader.find_page_for_modification(number)
    page, resources = found.get_object(), resources.get_object()
    shown = _PARTS.DictionaryObject(
        {generic.pdf_name(key): writer.import_object(resources.raw_get(key)) for key in _SHOWN if key in resources}
    )
    _clean(shown)
    made = _PDF_PAGE(
        contents=[writer.add_object(writer.import_object(part.get_object())) for part in _contents(page)],
        media_box=_PARTS.ArrayObject(_PARTS.FloatObject(float(side)) for side in _inherited(page, "/MediaBox")),
        resources=shown,
    )
    turn = _inherited(page, "/Rotate")
    if turn:
        made["/Rotate"] = _PARTS.NumberObject(int(turn) % 360 // 90 * 90)
    return made


def _inherited(page: _Pdf, key: str) -> _Pdf:
    here = page
    for _ in range(_DEEPEST):
        if key in here:
            return here[key]
        if "/Parent" not in here:
            break
        here = here["/Parent"]
    return None


def _contents(page: _Pdf) -> list[_Pdf]:
    """Give the streams that say what a page shows, as they are packed: nothing is unpacked that could grow."""
    found = page.get("/Contents", [])
    return list(found) if isinstance(found, list) else [found]


def _clean(resources: _Pdf) -> None:
    """Drop what is not seen from all that a page shows; a picture loses what its camera wrote into it."""
    for part in _every(resources, set(), 0):
        if part.get("/Subtype") == "/PS":
            raise ValueError("a program, no picture")
        for key in _DROPPED & set(part):
            del part[key]
        if isinstance(part, generic.StreamObject) and _filters(part) == ["/DCTDecode"]:
            part._encoded_data = bare_jpeg(part.encoded_data)  # noqa: SLF001 - the library has no other way


def _filters(part: _Pdf) -> list[str]:
    found = part.get("/Filter", [])
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]


def _every(thing: _Pdf, seen: set[int], depth: int) -> Iterator[_Pdf]:
    """Walk through every dictionary and stream that is reached, each once."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(thing, generic.IndirectObject):
        if thing.idnum in seen:
            return
        seen.add(thing.idnum)
        thing = thing.get_object()  # type: ignore[no-untyped-call]  # the library ships no types
    if isinstance(thing, generic.DictionaryObject):
        yield thing
        for key in list(thing):
            yield from _every(thing.raw_get(key), seen, depth + 1)
    elif isinstance(thing, generic.ArrayObject):
        for index in range(len(thing)):
            yield from _every(thing.raw_get(index), seen, depth + 1)


def bare_jpeg(data: bytes) -> bytes:
    """Give a JPEG without what its camera wrote beside the picture: place, moment, maker, comments, small copies.

    Raises ValueError where it is none.
    """
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - each part begins with it
            raise ValueError("a broken JPEG")
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == _START_OF_SCAN:
            return bytes(kept + data[at:])
        is_beside = _APP1 <= kind <= _LAST_APP and kind != 0xEE  # noqa: PLR2004 - 0xEE tells how its colours are written
        if not is_beside and kind != _COMMENT:
            kept += data[at : at + 2 + length]
        at += 2 + length
    raise ValueError("a broken JPEG")


def _problem(field: str, sentence: str) -> AnswersNeededError:
    return AnswersNeededError({field: sentence})
