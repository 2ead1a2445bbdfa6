"""Pictures on a paper: the partnership's logo and a signature drawn by hand, made harmless before they are printed."""

import io
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, tostring
from PIL import Image, UnidentifiedImageError

from portal.errors import PortalError

MAX_BYTES = 2_000_000  # a logo or a signature is small; more is a photograph or an attack
MAX_PIXELS = 16_000_000  # 4,000 by 4,000: refuses a picture that unpacks to gigabytes
PRINTED_WIDTH = 1_600  # pixels: sharp at 10 cm, and keeps a paper small
_SVG_SIZE = 1_000  # elements: a logo has a few dozen
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
    try:
        root: Element = fromstring(picture, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise PictureError from error
    elements = list(root.iter())
    if root.tag.rpartition("}")[2] != "svg" or len(elements) > _SVG_SIZE:
        raise PictureError
    for element in elements:
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] not in _SVG_SHAPES:
            raise PictureError
        for name, value in element.attrib.items():
            if name.rpartition("}")[2].startswith(("href", "on")) or not _stays_inside(value):
                raise PictureError
    cleaned: bytes = tostring(root, encoding="utf-8")
    return cleaned


def _stays_inside(value: str) -> bool:
    """Allow url(#own-gradient) and nothing else that names a place."""
    lowered = value.replace(" ", "").lower()
    return "://" not in lowered and lowered.count("url(") == lowered.count("url(#") and "@import" not in lowered
