"""A partnership's logo: told by its content, not its name; redrawn or checked so that it can carry nothing else."""

import io
import warnings
from xml.etree.ElementTree import ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image, UnidentifiedImageError

from portal.documents.layout.pictures import PictureError, printable
from portal.ground.errors import AnswersNeededError

LARGEST = 1024 * 1024  # bytes, which is what the framework's own field says and holds to
_WIDEST = 3000  # pixels
_KEPT_WIDTH = 800


def checked(data: bytes) -> tuple[bytes, str]:
    """Check a logo and give what to keep, with its type.

    PNG and JPEG are drawn again, so that nothing hides in them and no place or camera stays; an SVG is kept as it is if
    it holds only shapes.

    Raises AnswersNeededError ("logo") with what to do about it.
    """
    if not data:
        raise _problem("The file is empty. Choose another")
    if len(data) > LARGEST:
        raise _problem("The logo must be smaller than 1 MB")
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _redrawn(data), "image/png"
    if b"<svg" in data[:2000]:
        return _plain_svg(data), "image/svg+xml"
    raise _problem("The logo must be a PNG, JPEG or SVG")


def _redrawn(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if max(image.size) > _WIDEST:
                raise _problem(f"The logo must be at most {_WIDEST:,} pixels wide and high")
            image.load()
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise _problem("This picture cannot be opened. Save it again as PNG, and choose that") from error
    drawn.thumbnail((_KEPT_WIDTH, _KEPT_WIDTH))
    kept = io.BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _plain_svg(data: bytes) -> bytes:
    """Keep an SVG that can be printed too: what a browser shows as the logo must not be missing on every paper."""
    try:
        root = fromstring(data, forbid_dtd=True)
        kept = bytes(tostring(root, encoding="utf-8"))
        printable(kept)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _problem("This SVG cannot be read. Save it as PNG, and choose that") from error
    except PictureError as error:
        raise _problem("This SVG holds more than shapes, such as words. Save it as PNG, and choose that") from error
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise _problem("This SVG cannot be read. Save it as PNG, and choose that")
    return kept


def _problem(sentence: str) -> AnswersNeededError:
    return AnswersNeededError({"logo": sentence})
