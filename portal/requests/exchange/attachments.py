"""Files sent with an answer: few, small, of a kind that can be checked, and never one that runs."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from portal.ground.wording import one_line
from portal.requests.errors import FileRefusedError
from portal.spreadsheets.archives import most_parts

MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
_MOST_NAME = 120
_MOST_PARTS = 5000  # parts of a zipped document; beyond it stands a bomb
_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KINDS = tuple(_TYPES)
_BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file that passed: its name as typed, its kind (its ending), its bytes."""

    name: str
    kind: str
    content: bytes


def media_type(kind: str) -> str:
    """Give the media type that a kind is served as."""
    return _TYPES[kind]


def check_file(name: str, content: bytes) -> Attached:
    """Check a file's name, size and first bytes. Raises FileRefusedError with what to do."""
    clean = one_line(name).replace("/", " ").replace("\\", " ")[-_MOST_NAME:]
    kind = clean.rpartition(".")[2].lower()
    kind = "jpg" if kind == "jpeg" else kind
    if kind not in _TYPES:
        raise FileRefusedError(f"The selected file must be one of: {', '.join(k.upper() for k in KINDS)}.")
    if not content:
        raise FileRefusedError("The selected file is empty.")
    if len(content) > MOST_BYTES:
        raise FileRefusedError(f"The selected file must be smaller than {MOST_BYTES // (1024 * 1024)}MB.")
    if not _is_what_it_says(kind, content):
        raise FileRefusedError(f"The selected file is not a {kind.upper()} file. Save it again and choose it.")
    return Attached(name=clean, kind=kind, content=content)


def check_files(files: tuple[tuple[str, bytes], ...]) -> tuple[Attached, ...]:
    """Check all files of an answer."""
    if len(files) > MOST_FILES:
        raise FileRefusedError(f"Choose {MOST_FILES} files or fewer.")
    return tuple(check_file(name, content) for name, content in files)


def _is_what_it_says(kind: str, content: bytes) -> bool:
    if kind in _BEGINS:
        return content.startswith(_BEGINS[kind])
    if kind in _INSIDE:
        return _is_document(content, _INSIDE[kind])
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_document(content: bytes, part: str) -> bool:
    if most_parts(content) > _MOST_PARTS:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names)
    return part in names and not macros
