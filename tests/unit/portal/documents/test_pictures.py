import io

import pytest
from PIL import Image

from portal.documents.layout.pictures import PictureError, printable, size

from .samples import drawn

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect width="60" height="60" fill="#0b5d57"/></svg>'
)


def test_a_drawn_signature_is_laid_on_white_without_its_metadata():
    image = printable(drawn())
    assert image.mode == "RGB"
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert size(image) == (300.0, 100.0)


def test_a_large_picture_is_made_smaller():
    assert max(size(printable(drawn((3000, 900))))) == 1600


def test_a_logo_of_shapes_is_taken_without_what_stands_before_it():
    assert printable(b'<?xml version="1.0"?>\n<!-- drawn by us -->\n' + LOGO) == LOGO
    assert size(LOGO) == (120.0, 60.0)
    assert size(b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>') != (0, 0)
    assert size(b'<svg xmlns="http://www.w3.org/2000/svg"/>') == (1.0, 1.0)


@pytest.mark.parametrize(
    "inside",
    [
        b'<image href="/etc/hostname"/>',
        b'<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://tracker.example/a.png"/>',
        b'<use href="other.svg#a"/>',
        b"<script>alert(1)</script>",
        b"<text>Anytown</text>",
        b'<rect onclick="x()"/>',
        b'<rect fill="url( http://tracker.example/#a)"/>',
        b'<rect fill="url(#a) url(b)"/>',
        b"<style>@import 'x'</style>",
        b"<g/>" * 1001,
    ],
)
def test_a_drawing_that_reaches_outside_is_refused(inside):
    with pytest.raises(PictureError):
        printable(LOGO.replace(b"</svg>", inside + b"</svg>"))


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        drawn()[:60],
        b"<svg",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO.replace(b"#0b5d57", b"&a;"),
        b"x" * 2_000_001,
    ],
)
def test_what_is_no_picture_is_refused(picture):
    with pytest.raises(PictureError):
        printable(picture)


def test_a_picture_that_would_unpack_to_gigabytes_is_refused():
    file = io.BytesIO()
    Image.new("1", (5000, 5000)).save(file, "PNG")
    with pytest.raises(PictureError):
        printable(file.getvalue())


def test_other_formats_are_refused():
    file = io.BytesIO()
    Image.new("RGB", (10, 10)).save(file, "GIF")
    with pytest.raises(PictureError):
        printable(file.getvalue())
