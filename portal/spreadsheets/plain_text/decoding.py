"""Turn the bytes of a text file into text: BOM, UTF-8, UTF-16 by its noughts, then Windows-1252."""

import codecs

from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError

_SAMPLE = 64 * 1024
_WIDE_SHARE = 0.3  # of the bytes at one parity that are NUL in UTF-16 text of a Western language
_NARROW_SHARE = 0.02  # of those at the other
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 26), *range(27, 32), 127])
_MAX_CONTROL_SHARE = 0.01
_UNDEFINED_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(source: bytes) -> tuple[str, str]:
    """Return the text of a file and the encoding that was found.

    Raises:
        RefusedFileError: the bytes are no text.
    """
    check_lines(source)
    encoding, body = _encoding(source)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise RefusedFileError(errors.NUL_BYTES) from error
        encoding = "cp1252"
        text = _windows(body)
    text = text.removeprefix("\ufeff").rstrip("\x1a\x00" if encoding.startswith("utf-16") else "\x1a")
    if "\x00" in text or has_controls(text):
        raise RefusedFileError(errors.NUL_BYTES)
    return text, encoding


def check_lines(source: bytes) -> None:
    """Refuse a line that no table has before anything walks it."""
    if len(source) <= limits.MAX_LINE_BYTES:
        return
    start = 0
    while start + limits.MAX_LINE_BYTES < len(source):
        end = start + limits.MAX_LINE_BYTES
        last = max(source.rfind(b"\n", start, end), source.rfind(b"\r", start, end))
        if last < start:
            raise RefusedFileError(errors.LONG_LINE)
        start = last + 1


def _encoding(source: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return encoding, source[len(mark) :]
    sample = source[:_SAMPLE]
    if b"\x00" not in sample:
        return "utf-8", source
    even, odd = sample[0::2], sample[1::2]
    even_share = even.count(0) / max(len(even), 1)
    odd_share = odd.count(0) / max(len(odd), 1)
    body = source[: len(source) - len(source) % 2]
    if odd_share >= _WIDE_SHARE and even_share <= _NARROW_SHARE:
        return "utf-16-le", body
    if even_share >= _WIDE_SHARE and odd_share <= _NARROW_SHARE:
        return "utf-16-be", body
    raise RefusedFileError(errors.NUL_BYTES)


def _windows(body: bytes) -> str:
    """Decode Windows-1252; its five undefined bytes become blanks."""
    return body.translate(bytes.maketrans(_UNDEFINED_1252, b" " * len(_UNDEFINED_1252))).decode("cp1252")


def has_controls(text: str) -> bool:
    """Tell whether the beginning of a text has more signs that no text has than a slip would leave."""
    sample = text[:_SAMPLE]
    return len(sample) - len(sample.translate(_CONTROL)) > len(sample) * _MAX_CONTROL_SHARE
