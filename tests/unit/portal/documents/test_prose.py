from hypothesis import given
from hypothesis import strategies as st

from portal.documents.layout.prose import ProseParagraph, ProseTable, StyledRun, Title, blocks, runs


def test_headings_paragraphs_lists_and_tables_are_read():
    text = "# One\n\nTwo\nlines\n\n- a\n  goes on\n  - b\n1. c\n\n| H | I |\n|---|:-:|\n| x | y |\n| z |\n\n---\nend"
    assert blocks(text) == (
        Title(1, "One"),
        ProseParagraph((StyledRun("Two lines", ""),)),
        ProseParagraph((StyledRun("a goes on", ""),), mark="•", depth=1),
        ProseParagraph((StyledRun("b", ""),), mark="•", depth=2),
        ProseParagraph((StyledRun("c", ""),), mark="1.", depth=1),
        ProseTable(("H", "I"), (("x", "y"), ("z", ""))),
        ProseParagraph((StyledRun("end", ""),)),
    )


def test_bold_and_italics_are_read_and_lonely_marks_stay():
    assert runs("a **b** *c* ***d*** 2 * 3 ** e") == (
        StyledRun("a ", ""),
        StyledRun("b", "B"),
        StyledRun(" ", ""),
        StyledRun("c", "I"),
        StyledRun(" ", ""),
        StyledRun("d", "BI"),
        StyledRun(" 2 * 3 ** e", ""),
    )  # fmt: skip - a list to read


def test_links_pictures_and_html_stay_as_typed():
    text = "![x](http://a.example/a.png) [y](/etc/hostname) <img src=/etc/hostname> <b>z</b>"
    assert blocks(text) == (ProseParagraph((StyledRun(text, ""),)),)


def test_a_mark_with_a_backslash_is_the_mark_itself():
    assert runs(r"5 \* 4") == (StyledRun("5 * 4", ""),)
    assert blocks("| a | b |\n|---|---|\n| x \\| y | z |") == (ProseTable(("a", "b"), (("x | y", "z"),)),)


@given(st.text(alphabet="#-*|>1. \n\\ab", max_size=80))
def test_any_text_is_read_without_losing_its_letters(text):
    found = "".join(
        block.text
        if isinstance(block, Title)
        else "".join(run.text for run in block.runs)
        if isinstance(block, ProseParagraph)
        else "".join([*block.headings, *(cell for row in block.rows for cell in row)])
        for block in blocks(text)
    )  # fmt: skip - three cases to read
    assert found.count("b") <= text.count("b")
    if "|" not in text:
        assert found.count("a") + found.count("b") == text.count("a") + text.count("b")
