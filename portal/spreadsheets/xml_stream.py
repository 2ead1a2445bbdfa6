"""Stream the XML inside a workbook without entities, document types or anything from outside."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError

Attributes = dict[str, str]
StartHandler = Callable[[str, Attributes], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


def local(name: str) -> str:
    """Return an element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def stream(
    pieces: Iterable[bytes], start: StartHandler, end: EndHandler | None = None, text: TextHandler | None = None
) -> None:
    """Walk a part piece by piece and call the handlers.

    Args:
        pieces: the part's bytes.
        start: called with each element's name as written and its attributes.
        end: called with each element's name as written.
        text: called with the characters between.

    Raises:
        RefusedFileError: the part is no sound XML, or holds a document type or an entity (threats UP3).
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes the flag by position only
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes the flag by position only
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise RefusedFileError(errors.DAMAGED) from error


def _refuse(*_arguments: object) -> None:
    raise RefusedFileError(errors.ENTITIES)
