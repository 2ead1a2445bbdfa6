"""What a paper says, as sections: the same for the page, the PDF, the spreadsheet and the file for machines; pure."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from portal.privacy.formula_injection import safe_cell


@dataclass(frozen=True, kw_only=True)
class PaperSection:
    """A section: paragraphs, a list, and a table (rows under headings, the first cell of each its name)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def as_json(sections: Sequence[PaperSection]) -> str:
    """Write the sections for machines, and for the store."""
    return json.dumps([asdict(one) for one in sections], ensure_ascii=False, indent=1)


def from_json(text: str) -> tuple[PaperSection, ...]:
    """Read back what `as_json` wrote."""
    return tuple(
        PaperSection(
            title=one["title"],
            paragraphs=tuple(one["paragraphs"]),
            items=tuple(one["items"]),
            headings=tuple(one["headings"]),
            rows=tuple(tuple(row) for row in one["rows"]),
        )
        for one in json.loads(text)
    )


def digest(sections: Sequence[PaperSection]) -> str:
    """Give the hash that signatures bind to."""
    return hashlib.sha256(as_json(sections).encode()).hexdigest()


def as_csv(sections: Sequence[PaperSection]) -> str:
    """Write the sections as a spreadsheet: a row for each sentence, and each table under its headings. No cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for section in sections:
        rows: list[tuple[str, ...]] = [(section.title, text) for text in (*section.paragraphs, *section.items)]
        if section.headings:
            rows += [("Section", *section.headings), *((section.title, *row) for row in section.rows)]
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
