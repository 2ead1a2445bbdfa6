"""A long XLSX sheet is read by column, and says the same as the walk through its XML; whatever is odd is walked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.reading import read
from portal.spreadsheets.xlsx import plain_columns, workbook
from tests.attacks.hostile_files import sheet_xml, with_parts
from tests.attacks.hostile_files import workbook as a_workbook
from tests.spreadsheets import xlsx

VALUES = st.one_of(st.integers(-5, 10**6), st.dates(), st.times().map(lambda at: at.replace(microsecond=0)), st.booleans(), st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=8), st.sampled_from(["=1+1", "a&b", "<x>", " ", "_x000D_"]))  # fmt: skip


def both_ways(source, monkeypatch):
    """Read a workbook by column and by walking; each as its sheets or as why it is refused."""
    told = []
    for least in (0, 10**9):
        monkeypatch.setattr(plain_columns, "LEAST_BYTES", least)
        monkeypatch.setattr(workbook, "LEAST_BYTES", least)
        try:
            book = read(source)
            told.append([(sheet.head(sheet.height), sheet.positions, sheet.rows.to_pylist()) for sheet in book.sheets])
        except RefusedFileError as refused:
            told.append(refused.message)
    return told


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.lists(VALUES, max_size=5), min_size=1, max_size=8))
def test_both_ways_read_the_same_cells(rows):
    with pytest.MonkeyPatch.context() as monkeypatch:
        by_column, walked = both_ways(xlsx({"Data": [["First"], *rows]}), monkeypatch)
    assert by_column == walked


PIECES = st.sampled_from(['<row r="1">', '<row r="2">', "<row>", '<row r="3"/>', "</row>", '<c r="A1"><v>1</v></c>', '<c r="B2" t="s"><v>0</v></c>', '<c r="A2" t="inlineStr"><is><t>x</t></is></c>', '<c r="A2"/>', '<c r="C1" s="9"><f>1+1</f><v>2</v></c>', '<c r="XFD1"><v>1</v></c>', '<c t="b"><v>1</v></c>', "\n", "&amp;", "<v>1</v>", '<c r="B1" t="str"><v>a&lt;b</v></c>', '<c r="A3"><v>4</v></c>', '<c r="A1" t="s"><v>99</v></c>', '<c r="A1" t="s"><v>x</v></c>'])  # fmt: skip


@settings(deadline=None, max_examples=250)
@given(pieces=st.lists(PIECES, max_size=14))
@pytest.mark.threat("UP14")
def test_what_is_odd_is_never_read_otherwise(pieces):
    source = with_parts(a_workbook(), {"xl/worksheets/sheet1.xml": sheet_xml("".join(pieces))})
    with pytest.MonkeyPatch.context() as monkeypatch:
        by_column, walked = both_ways(source, monkeypatch)
    assert by_column == walked


@pytest.mark.parametrize("digits", ["9" * 20, "9" * 5000])
@pytest.mark.threat("UP14")
def test_a_place_of_very_many_digits_is_none_and_no_fault(digits):
    cells = f'<row r="{digits}"><c r="A1" t="s"><v>{digits}</v></c><c r="B1" s="{digits}"><v>1</v></c></row>'
    columns = f'<cols><col min="{digits}" max="{digits}" hidden="1"/></cols>'
    xml = sheet_xml(cells).replace("<sheetData>", f"{columns}<sheetData>")
    (sheet,) = read(with_parts(a_workbook(), {"xl/worksheets/sheet1.xml": xml})).sheets
    assert sheet.height == 1


def test_two_hundred_thousand_rows_are_read():
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t>High Street</t></is></c><c r="C{0}"><v>46204</v></c></row>'
    rows = "".join(row.format(number) for number in range(1, 200_001))
    source = with_parts(a_workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(rows)})
    (sheet,) = read(source).sheets
    assert sheet.height == 200_000
