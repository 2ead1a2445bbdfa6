import io

import pytest
from PIL import Image

from portal.documents.layout.pictures import printable, size
from portal.ground.errors import AnswersNeededError
from portal.partnership.logos import checked

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#0b5d57"/></svg>'


def picture(kind, size=(40, 20), **more):
    made = io.BytesIO()
    Image.new("RGB", size, "#0b5d57").save(made, kind, **more)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_again_as_png_so_that_nothing_hides_in_it(kind):
    exif = Image.Exif()
    exif[0x010E] = "ZQX-CANARY taken at home"
    kept, type_ = checked(picture(kind, exif=exif) + b"<script>ZQX-CANARY</script>")
    assert type_ == "image/png"
    assert b"CANARY" not in kept
    assert Image.open(io.BytesIO(kept)).size == (40, 20)


def test_a_large_picture_is_made_smaller():
    kept, _ = checked(picture("PNG", (2400, 1200)))
    assert Image.open(io.BytesIO(kept)).size == (800, 400)


def test_an_svg_of_shapes_is_kept():
    kept, type_ = checked(SVG)
    assert type_ == "image/svg+xml"
    assert b"#0b5d57" in kept
    before = b'<n:svg xmlns:n="http://www.w3.org/2000/svg" width="9" height="9"><n:path d="M0 0h9v9z"/></n:svg>'
    for one in (kept, before):  # as earlier versions kept it, with a prefix: it was on no paper
        assert size(printable(one)) == (9, 9)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)" d="M0 0"/>',
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<a xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:alert(1)"/>',
        "<foreignObject/>",
        "<style>@import url(https://evil.example/x.css)</style>",
        '<path fill="url(https://evil.example/#x)" d="M0 0"/>',
        '<path style="background:url(//evil.example)" d="M0 0"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        "<text>Anytown</text>",  # a browser would show it, and every paper would have no logo
    ],
)
def test_an_svg_that_could_do_anything_or_cannot_be_printed_is_refused(inside):
    with pytest.raises(AnswersNeededError) as refused:
        checked(SVG.replace(b"<path", inside.encode() + b"<path", 1))
    assert list(refused.value.problems) == ["logo"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"0" * 40,
        b"MZ\x90\x00",
        b"\x89PNG\r\n\x1a\n" + b"0" * 40,
        b"\xff\xd8\xff" + b"0" * 40,
        b"0" * 500_001,
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        b"<svg><unclosed>",
        b"<html><svg/></html>",
    ],
    ids=range(9),
)
def test_what_is_no_logo_is_refused_with_what_to_do(data):
    with pytest.raises(AnswersNeededError):
        checked(data)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn():
    with pytest.raises(AnswersNeededError):
        checked(picture("PNG", (3001, 10)))
