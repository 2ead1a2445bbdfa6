"""Every form in which a table comes gives the same sheet; what is not shown in it stays behind."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.reading import read
from tests.attacks.hostile_files import ole
from tests.spreadsheets import html, ods, text, web_archive, xls, xlsx, xml_2003

DAY = date(2026, 7, 3)
ROWS = [["Date", "Place", "Number"], [DAY, "High Street & Mill Road", 12], [DAY, "St John's", 3]]
AS_TEXT = [
    ["Date", "Place", "Number"],
    ["2026-07-03", "High Street & Mill Road", "12"],
    ["2026-07-03", "St John's", "3"],
]
WRITERS = {
    "CSV": text,
    "XLSX": lambda rows: xlsx({"Data": rows}),
    "ODS": lambda rows: ods({"Data": rows}),
    "XLS": xls,
    "XLS without its shell": lambda rows: xls(rows, shell=False),
    "XLS of 1904": lambda rows: xls(rows, epoch_1904=True),
    "HTML": html,
    "HTML in UTF-16": lambda rows: html(rows).decode().encode("utf-16"),
    "web archive": lambda rows: web_archive({"sheet001.htm": html(rows)}),
    "XML 2003": xml_2003,
}


def cells_of(source):
    (sheet,) = read(source).sheets
    return sheet.head(sheet.height)


@pytest.mark.parametrize("form", WRITERS)
def test_a_table_is_the_same_in_every_form(form):
    assert cells_of(WRITERS[form](ROWS)) == AS_TEXT


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    form=st.sampled_from(["HTML", "web archive", "XML 2003", "XLS"]),
)
def test_words_come_through_any_form_unchanged(rows, form):
    assert cells_of(WRITERS[form]([["First", "Second", "Third"], *rows]))[1:] == rows


@pytest.mark.parametrize(
    "source",
    [
        xls(ROWS, hidden_columns=[1]),
        html(ROWS, hidden_columns=[1]),
        web_archive({"sheet001.htm": html(ROWS, hidden_columns=[1])}),
        xml_2003(ROWS, hidden_columns=[1]),
        xlsx({"Data": ROWS}, hidden_columns=[("Data", "B")]),
    ],
    ids=["XLS", "HTML", "web archive", "XML 2003", "XLSX"],
)
def test_a_hidden_column_stays_behind_and_is_counted(source):
    assert cells_of(source)[1] == ["2026-07-03", "12"]
    assert read(source).hidden_columns == 1


@pytest.mark.parametrize(
    "source", [xls(ROWS, hidden_sheet=True), xml_2003(ROWS, hidden_sheet=True)], ids=["XLS", "XML"]
)
def test_a_workbook_that_shows_nothing_holds_nothing(source):
    with pytest.raises(RefusedFileError) as refused:
        read(source)
    assert refused.value.message == errors.EMPTY


def test_a_hidden_page_of_a_web_archive_stays_behind():
    listed = (
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
        "<x:ExcelWorksheet><x:Name>A</x:Name><x:WorksheetSource HRef='sheet001.htm'/></x:ExcelWorksheet>"
        "<x:ExcelWorksheet><x:Name>B</x:Name><x:WorksheetSource HRef='sheet002.htm'/>"
        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></x:ExcelWorksheet>"
        "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->"
    )
    book = web_archive(
        {"book.htm": html([], before=listed), "sheet001.htm": html(ROWS), "sheet002.htm": html([["Jane Canary"]])}
    )
    assert cells_of(book) == AS_TEXT
    assert read(book).hidden_sheets == 1


def test_what_a_page_does_not_show_is_not_read():
    page = html(
        ROWS,
        before="<script>document.write('<table><tr><td>Jane Canary</td></tr></table>')</script><!-- Jane Canary -->",
    )
    assert cells_of(page) == AS_TEXT


def test_merged_cells_of_a_page_fill_down_and_spread_over_headings():
    page = b"<table><tr><th>Ward</th><th colspan=2>Adults</th></tr><tr><td rowspan=2>Abbey</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    (sheet,) = read(page).sheets
    assert sheet.head(3)[1:] == [["Abbey", "1", "2"], ["Abbey", "3", "4"]]
    assert sheet.spread[1, 2] == "Adults"


@settings(deadline=None, max_examples=150)
@given(place=st.integers(0, 5000), junk=st.binary(min_size=1, max_size=40), cut=st.integers(0, 8000))
def test_a_damaged_workbook_is_refused_in_words(place, junk, cut):
    source = bytearray(xls(ROWS))
    source[place : place + len(junk)] = junk
    for broken in (bytes(source), bytes(source[: max(600, len(source) - cut)])):
        try:
            read(broken)
        except RefusedFileError as refused:
            assert refused.message  # noqa: PT017 - either is right; a crash is not


def test_the_reader_writes_nothing_where_the_messages_to_the_parent_go(capsys):
    with pytest.raises(RefusedFileError):
        read(ole({"Workbook": b"\x09\x08" + b"\xff" * 5000}))
    assert capsys.readouterr().out == ""
