from hypothesis import given
from hypothesis import strategies as st

from portal.papers.prose import Grid, Run, Title, Words, blocks, runs


def test_headings_paragraphs_lists_and_tables_are_read():
    text = "# One\n\nTwo\nlines\n\n- a\n  goes on\n  - b\n1. c\n\n| H | I |\n|---|:-:|\n| x | y |\n| z |\n\n---\nend"
    assert blocks(text) == (
        Title(1, "One"),
        Words((Run("Two lines", ""),)),
        Words((Run("a goes on", ""),), mark="•", depth=1),
        Words((Run("b", ""),), mark="•", depth=2),
        Words((Run("c", ""),), mark="1.", depth=1),
        Grid(("H", "I"), (("x", "y"), ("z", ""))),
        Words((Run("end", ""),)),
    )


def test_bold_and_italics_are_read_and_lonely_marks_stay():
    assert runs("a **b** *c* ***d*** 2 * 3 ** e") == (
        Run("a ", ""),
        Run("b", "B"),
        Run(" ", ""),
        Run("c", "I"),
        Run(" ", ""),
        Run("d", "BI"),
        Run(" 2 * 3 ** e", ""),
    )  # fmt: skip - a list to read


def test_links_pictures_and_html_stay_as_typed():
    text = "![x](http://a.example/a.png) [y](/etc/hostname) <img src=/etc/hostname> <b>z</b>"
    assert blocks(text) == (Words((Run(text, ""),)),)


def test_a_mark_with_a_backslash_is_the_mark_itself():
    assert runs(r"5 \* 4") == (Run("5 * 4", ""),)
    assert blocks("| a | b |\n|---|---|\n| x \\| y | z |") == (Grid(("a", "b"), (("x | y", "z"),)),)


@given(st.text(alphabet="#-*|>1. \n\\ab", max_size=80))
def test_any_text_is_read_without_losing_its_letters(text):
    found = "".join(
        block.text
        if isinstance(block, Title)
        else "".join(run.text for run in block.runs)
        if isinstance(block, Words)
        else "".join([*block.headings, *(cell for row in block.rows for cell in row)])
        for block in blocks(text)
    )  # fmt: skip - three cases to read
    assert found.count("b") <= text.count("b")
    if "|" not in text:
        assert found.count("a") + found.count("b") == text.count("a") + text.count("b")
