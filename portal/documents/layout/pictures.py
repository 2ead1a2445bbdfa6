"""Pictures on a paper: the partnership's logo and a signature drawn by hand, made harmless before they are printed."""

import base64
import binascii
import io
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from fpdf.svg import SVGObject
from PIL import Image, UnidentifiedImageError

from portal.ground.errors import PortalError

MAX_BYTES = 2_000_000  # a logo or a signature is small; more is a photograph or an attack
MAX_PIXELS = 16_000_000  # 4,000 by 4,000: refuses a picture that unpacks to gigabytes
_DRAWN_BYTES = 8_100  # a signature drawn with a finger is 4 kB
_DRAWN_WIDEST = 1_200  # pixels
PRINTED_WIDTH = 1_600  # pixels: sharp at 10 cm, and keeps a paper small
_SVG_SIZE = 1_000  # elements: a logo has a few dozen
register_namespace("", "http://www.w3.org/2000/svg")
_SVG_SHAPES = {
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
}  # fmt: skip - a list to read


class PictureError(PortalError):
    """The picture cannot be printed."""

    message = "Choose a PNG, JPEG or SVG picture smaller than 2 MB."


def printable(picture: bytes) -> Image.Image | bytes:
    """Give a picture that is safe to print.

    Takes the bytes of a PNG, JPEG or SVG file. Gives an opaque RGB image, or SVG bytes holding only shapes: no script,
    no text, no reference to any file or address. Raises PictureError.
    """
    if not picture or len(picture) > MAX_BYTES:
        raise PictureError
    start = picture[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _shapes_only(picture) if start.startswith(b"<") else _flattened(picture)


def hand_drawn(drawing: str, *, most: int = _DRAWN_BYTES, widest: int = _DRAWN_WIDEST) -> bytes | None:
    """Give the PNG of a drawn signature, made anew from its dots so that nothing hides in it.

    Takes base64 of a PNG or JPEG, as a page of ours sends it, of at most `most` bytes and `widest` pixels (those of a door).
    Gives None where it is no such picture, too big, or blank.
    """
    try:
        picture = base64.b64decode(drawing, altchars=b"-_", validate=True)
        if len(picture) > most or not picture.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            return None
        opened = printable(picture)
    except (binascii.Error, ValueError, PictureError):
        return None
    if isinstance(opened, bytes) or max(opened.size) > widest:
        return None
    grey = opened.convert("L")
    darkest, lightest = grey.getextrema()
    if darkest == lightest:
        return None
    kept = io.BytesIO()
    grey.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def size(ready: Image.Image | bytes) -> tuple[float, float]:
    """Give width and height of a printable picture, in its own units."""
    if not isinstance(ready, bytes):
        return float(ready.width), float(ready.height)
    drawing = SVGObject(ready)
    if drawing.viewbox:
        return float(drawing.viewbox[2]), float(drawing.viewbox[3])
    return float(drawing.width or 1), float(drawing.height or 1)


def _flattened(picture: bytes) -> Image.Image:
    """Unpack within limits, lay on white, drop profile and metadata."""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PictureError
            image = opened.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise PictureError from error
    image.thumbnail((PRINTED_WIDTH, PRINTED_WIDTH))
    sheet = Image.new("RGB", image.size, "white")
    sheet.paste(image, mask=image.getchannel("A"))
    return sheet


def _shapes_only(picture: bytes) -> bytes:
    """Keep an SVG only where every element is a shape and no attribute points elsewhere."""
    start = picture.find(b"<svg")
    try:
        # Without its declaration and comments, as fpdf2 will read it.
        root: Element = fromstring(picture[max(start, 0) :], forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise PictureError from error
    elements = list(root.iter())
    if len(elements) > _SVG_SIZE or not all(_is_harmless(element) for element in elements):
        raise PictureError
    # One with a prefix ("ns0:svg") is written without it: fpdf2 would not read it.
    return picture[start:] if start >= 0 else bytes(tostring(root, encoding="utf-8"))


def _is_harmless(element: Element) -> bool:
    """Say whether an element is a shape without a handler or a reference."""
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] not in _SVG_SHAPES:
        return False
    names = [name.rpartition("}")[2].lower() for name in element.attrib]
    return not any(name.startswith(("href", "on")) for name in names) and all(
        map(_stays_inside, element.attrib.values())
    )


def _stays_inside(value: str) -> bool:
    """Allow url(#own-gradient) and nothing else that names a place."""
    lowered = value.replace(" ", "").lower()
    return "://" not in lowered and lowered.count("url(") == lowered.count("url(#") and "@import" not in lowered
