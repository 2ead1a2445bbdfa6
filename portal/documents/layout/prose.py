"""The small part of Markdown that an edition's own text uses, read into blocks; links, pictures and HTML stay as typed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fpdf import XPos, YPos

from portal.documents.layout.flow import BODY_SIZE, LEAD, Flow

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_ITEM = re.compile(r"( *)(?:[-*+]|(\d{1,3}[.)]))\s+(\S.*)")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_STRONG = re.compile(r"(\*\*\*|\*\*|\*)(?=\S)(.+?)(?<=\S)\1")
_PLAIN_MARKS = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
_LEVELS = 3  # deeper headings look like level 3


@dataclass(frozen=True)
class StyledRun:
    """Words in one style: "", "B", "I" or "BI"."""

    text: str
    style: str


@dataclass(frozen=True)
class Title:
    """A heading within the text."""

    level: int
    text: str


@dataclass(frozen=True)
class ProseParagraph:
    """A paragraph, or an item of a list where `mark` is set; `depth` counts the lists around it."""

    runs: tuple[StyledRun, ...]
    mark: str = ""
    depth: int = 0


@dataclass(frozen=True)
class ProseTable:
    """A table: the headings and the rows, as plain text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Title | ProseParagraph | ProseTable


def blocks(text: str) -> tuple[Block, ...]:
    """Read headings, paragraphs, lists and tables; anything else is a paragraph as it was typed."""
    return tuple(_blocks([line.rstrip() for line in text.replace("\r\n", "\n").expandtabs(4).split("\n")]))


def runs(text: str) -> tuple[StyledRun, ...]:
    """Split words at **bold** and *italics*; a mark without its partner stays as typed."""
    found: list[StyledRun] = []
    end = 0
    for match in _STRONG.finditer(text):
        found += _run(text[end : match.start()], "")
        found += _run(match[2], {"*": "I", "**": "B", "***": "BI"}[match[1]])
        end = match.end()
    return tuple(found + _run(text[end:], ""))


def write(flow: Flow, text: str, *, top: int = 1) -> None:
    """Write an edition's text on a paper; `top` is the level that its first-level headings get."""
    for block in blocks(text):
        match block:
            case Title(level, words):
                flow.heading(words, min(level + top - 1, _LEVELS))
            case ProseTable(headings, rows):
                flow.sheet.ln(1.5)
                flow.table(headings, rows, [_weight(column) for column in zip(headings, *rows, strict=True)])
            case ProseParagraph():
                _words(flow, block)


def _words(flow: Flow, block: ProseParagraph) -> None:
    sheet = flow.sheet
    flow.keep(2 * LEAD)
    with flow.indented(7.0 * block.depth):
        sheet.face(BODY_SIZE)
        if block.mark:
            sheet.set_x(sheet.l_margin - 5)
            sheet.cell(5, LEAD, block.mark, new_x=XPos.RIGHT, new_y=YPos.TOP)
        sheet.set_x(sheet.l_margin)
        for run in block.runs:
            sheet.face(BODY_SIZE, run.style)
            sheet.write(LEAD, flow.ready(run.text))
        sheet.ln(LEAD)
    sheet.ln(1.4 if block.mark else 2.4)


def _weight(column: Sequence[str]) -> float:
    """Give a column room by its longest cell, within reason."""
    return float(min(max(*map(len, column), 8), 60))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or re.fullmatch(r"\s*([-*_])(\s*\1){2,}\s*", line):
            at += 1
        elif heading := _HEADING.fullmatch(line.strip()):
            yield Title(len(heading[1]), _undressed(heading[2].rstrip("# ")))
            at += 1
        elif "|" in line and at + 1 < len(lines) and _TABLE_RULE.fullmatch(lines[at + 1].strip()):
            end = _while(lines, at + 2, lambda each: "|" in each)
            yield _grid([line, *lines[at + 2 : end]])
            at = end
        else:
            end = _while(lines, at + 1, _goes_on)
            yield _paragraph(lines[at:end])
            at = end


def _paragraph(lines: Sequence[str]) -> ProseParagraph:
    if item := _ITEM.fullmatch(lines[0]):
        words = " ".join([item[3], *(line.strip() for line in lines[1:])])
        return ProseParagraph(runs(words), mark=item[2] or "•", depth=1 + len(item[1]) // 2)
    return ProseParagraph(runs(" ".join(line.strip().removeprefix("> ") for line in lines)))


def _goes_on(line: str) -> bool:
    """Say whether a line carries the paragraph above it on."""
    return bool(line.strip()) and not (
        _HEADING.fullmatch(line.strip()) or _ITEM.fullmatch(line) or line.lstrip().startswith("|")
    )


def _while(lines: Sequence[str], at: int, holds: Callable[[str], bool]) -> int:
    while at < len(lines) and lines[at].strip() and holds(lines[at]):
        at += 1
    return at


def _grid(lines: Sequence[str]) -> ProseTable:
    rows = [[_undressed(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    wide = len(rows[0])
    return ProseTable(tuple(rows[0]), tuple(tuple([*row, *[""] * wide][:wide]) for row in rows[1:]))


def _run(text: str, style: str) -> list[StyledRun]:
    return [StyledRun(_PLAIN_MARKS.sub(r"\1", text), style)] if text else []


def _undressed(text: str) -> str:
    return "".join(run.text for run in runs(text))
