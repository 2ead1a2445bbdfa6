"""What changed between two texts, on the screen: each change in words too, never by colour or line alone."""

import re
from collections.abc import Sequence

import streamlit as st

from portal.agreement.editions.comparison import ComparedPart, Paragraph, TextChange, TextRun
from portal.ground.wording import counted
from portal.ui.words import escaped, plain

_SAID = {TextChange.NEW: "New part", TextChange.GONE: "Taken out", TextChange.CHANGED: "Changed"}
_MARKS = re.compile(r"\*\*|`|^#+\s|^[-*>]\s|^\|\s?|\s?\|$", re.MULTILINE)
_CONTEXT = 12  # words kept on each side of a change; the rest of the paragraph is left out
_PIECES = {TextChange.NEW: ("ins", "new words: "), TextChange.GONE: ("del", "words taken out: ")}


def summary(parts: Sequence[ComparedPart]) -> str:
    """Say in one sentence how much changed."""
    if not parts:
        return "No word changed."
    counts = [
        (sum(part.change is change for part in parts), said)
        for change, said in (
            (TextChange.CHANGED, "changed"),
            (TextChange.NEW, "are new"),
            (TextChange.GONE, "were taken out"),
        )
    ]
    told = [f"{counted(number, 'part')} {said}" for number, said in counts if number]
    return f"{'; '.join(told)}.".replace("1 part are new", "1 part is new").replace("1 part were", "1 part was")


def parts_compared(parts: Sequence[ComparedPart], *, folded: bool = True) -> None:
    """Show each part that changed, folded or open, its words taken out struck through and its new words underlined."""
    for part in parts:
        said = f"{_SAID[part.change]}: {part.title}"
        if folded:
            with st.expander(plain(said)):
                st.html(_part(part))
        else:
            st.html(f"<h3>{escaped(said)}</h3>{_part(part)}")


def _part(part: ComparedPart) -> str:
    shown = [_paragraph(one) for one in part.paragraphs]
    if part.old_title and part.old_title.lower() != part.title.lower():
        shown.insert(0, _paragraph((TextRun(TextChange.GONE, part.old_title), TextRun(TextChange.NEW, part.title))))
    return "".join(f"<p>{one}</p>" for one in shown) or "<p>Only the letters of the title changed.</p>"


def _paragraph(runs: Paragraph) -> str:
    return " ".join(_run(run, first=n == 0, last=n == len(runs) - 1) for n, run in enumerate(runs))


def _run(run: TextRun, *, first: bool, last: bool) -> str:
    words = _MARKS.sub(" ", run.words).strip()
    if run.change is TextChange.SAME:
        return escaped(_shortened(words, first=first, last=last))
    tag, said = _PIECES[run.change]
    return f'<{tag}><span class="portal-unseen">{said}</span>{escaped(words)}</{tag}>'


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    head = [] if first else words[:_CONTEXT]
    tail = [] if last else words[-_CONTEXT:]
    return text if len(words) <= len(head) + len(tail) else " ".join([*head, "…", *tail])
