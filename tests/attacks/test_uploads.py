"""Attacks through an upload: each is refused with a sentence that says what to do (UP2 to UP9, UP14).

What each costs is measured by `python3 -m tests bench`: a clock in a test tells how busy its machine is.
"""

import io
import os
import socket
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pytest

from portal.requests.errors import FileRefusedError
from portal.requests.exchange.attachments import check_file
from portal.returns.pipeline.depersonalise import depersonalise
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.archives import open_archive
from portal.spreadsheets.errors import RefusedFileError
from tests.attacks import hostile_files as files
from tests.spreadsheets import text, xml_2003

QUARTER = Quarter.parse("2026-Q3")
SPOOL = Path(tempfile.gettempdir())

REFUSED = {
    "an empty file": (lambda: b"", "The file is empty"),
    "blank lines only": (lambda: b" \r\n \r\n", "The file is empty"),
    "a byte order mark only": (lambda: b"\xef\xbb\xbf", "The file is empty"),
    "only headings": (lambda: b"Date,Time,Location,Category\n", "headings but no records"),
    "a workbook of only headings": (lambda: files.workbook([files.HEADINGS]), "headings but no records"),
    "only NUL bytes": (lambda: bytes(5000), "bytes that no text file holds"),
    "NUL bytes inside": (lambda: b"Date,Place\n01/07/2026,\x00a\n" * 50, "bytes that no text file holds"),
    "noise": (lambda: b"\x01\x02\x03\x04\x80\x81" * 9000, "bytes that no text file holds"),
    "a picture named CSV": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "This is a picture"),
    "a program named CSV": (lambda: b"MZ\x90\x00" + bytes(99), "This is a program"),
    "a PDF": (lambda: b"%PDF-1.7\n", "This is a PDF"),
    "a web page without a table": (lambda: b"<html><body>Date</body></html>", "This is a web page"),
    "a web page of tables in tables": (lambda: b"<table><tr><td>" * 5000, "not put together"),
    "a web page with a cell over 16,384 columns": (
        lambda: b"<table><tr>" + b"<td colspan=300>x</td>" * 60 + b"</table>",
        "more than 300 columns",
    ),
    "an XML spreadsheet with an entity of a file": (
        lambda: xml_2003([["&x;"]], before='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "instructions that a spreadsheet never",
    ),
    "an XML spreadsheet whose entities multiply": (
        lambda: xml_2003([["Date"]], before='<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        "instructions that a spreadsheet never",
    ),
    "a web archive of messages in messages": (files.message_in_message, "not put together"),
    "a message": (lambda: b"From: a@example.org\r\nReceived: x\r\nSubject: y\r\n\r\nhello", "This is a message"),
    "a bomb of blanks": (files.bomb_of_noughts, "unpacks to far more"),
    "seven hundred parts": (files.bomb_of_many_parts, "unpacks to far more"),
    "parts that share their bytes": (files.bomb_by_overlap, "unpacks to far more"),
    "a few small parts that share theirs": (lambda: files.bomb_by_overlap(1_000, 3), "unpacks to far more"),
    "sixty parts that each pack too well": (files.bomb_by_and_by, "unpacks to far more"),
    "a part with a false size": (files.bomb_by_false_size, "is damaged"),
    "an archive inside": (files.nested, "other files inside"),
    "a path that climbs out": (files.climbing_path, "not put together"),
    "a part that stands twice": (files.doubled_part, "not put together"),
    "entities that multiply": (files.laughing_entities, "instructions that a spreadsheet never needs"),
    "entities in UTF-16": (lambda: files.laughing_entities("utf-16"), "instructions that a spreadsheet never needs"),
    "an entity of a file": (
        lambda: files.outside_entity("file:///etc/passwd"),
        "instructions that a spreadsheet never",
    ),
    "macros in an XLSX": (files.with_macros, "holds macros"),
    "a password": (files.locked, "protected by a password"),
    "one line of 50 MB": (files.one_long_line, "far too long for a table"),
    "16,384 columns": (files.too_wide, "more than 300 columns"),
    "a workbook of 16,384 columns": (files.too_wide_workbook, "more than 300 columns"),
    "an ODS row repeated a million times": (
        lambda: files.ods_with_repeats(1_048_576, 3),
        "more than three million cells",
    ),
    "an ODS cell repeated 1,024 times": (lambda: files.ods_with_repeats(1_048_576, 1024), "more than 300 columns"),
    "a workbook cut off": (lambda: files.workbook()[:3000], "is damaged"),
    "10,000 sheets": (files.ten_thousand_sheets, "more than 60 sheets"),
    "styles that lie deeper than a stack": (files.deep_styles, "unpacks to far more"),
    "rows that lie deeper than a stack": (files.deep_rows, "unpacks to far more"),
    "100,000 attributes and one long word": (lambda: files.quadratic(50_000), "more than 32,767 characters"),
    "a binary workbook": (files.binary_workbook, "binary form XLSB"),
    "one line of 200 MB": (files.huge_line, "far too long for a table"),
    "a quotation mark never closed": (
        lambda: b'Date,Place\n01/07/2026,"High St\n' + b"02/07/2026,High St\n" * 50,
        "A quotation mark in row 2 is opened and never closed",
    ),
    "a cell of 40,000 characters": (
        lambda: b"Date,Place\n01/07/2026," + b"a" * 40_000 + b"\n",
        "Row 2 holds a cell of more than 32,767 characters",
    ),
    "two million rows and more": (
        lambda: b"Date,Place\n" + b"01/07/2026,A\n" * 2_100_000,
        "more than two million rows",
    ),
}


def sent(source, data_set="police-incidents", **more):
    return depersonalise(source, data_set, QUARTER, "2026", **more)


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize("case", REFUSED, ids=list(REFUSED))
@pytest.mark.threat("UP2")
@pytest.mark.threat("UP3")
@pytest.mark.threat("UP4")
@pytest.mark.threat("UP9")
def test_a_harmful_file_is_refused_with_what_to_do(case):
    build, words = REFUSED[case]
    source = build()
    outcome = sent(source)
    assert outcome.status == "refused"
    assert words in outcome.message
    assert outcome.parquet is None
    assert outcome.report.message == outcome.message


@pytest.mark.threat("UP2")
def test_an_archive_of_seventy_thousand_parts_is_refused_before_its_listing_is_read(monkeypatch):
    source = files.listing_of_seventy_thousand()
    assert len(zipfile.ZipFile(io.BytesIO(source)).namelist()) == 70_000

    def read(*_args, **_more):
        pytest.fail("the listing was read")

    monkeypatch.setattr(zipfile, "ZipFile", read)
    with pytest.raises(RefusedFileError, match="unpacks to far more"):
        open_archive(source)
    with pytest.raises(FileRefusedError):
        check_file("letter.docx", source)


def test_a_stray_cell_in_the_last_corner_costs_nothing():
    outcome = sent(files.stray_corner())
    assert outcome.status == "accepted"
    assert outcome.table.num_rows == 1


def test_a_million_shared_strings_are_read():
    assert sent(files.many_shared_strings()).status == "accepted"


@pytest.mark.threat("UP3")
def test_an_outside_entity_makes_no_connection():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(1)
        heard = []

        def wait():
            try:
                heard.append(listener.accept())
            except TimeoutError:
                return

        thread = threading.Thread(target=wait)
        thread.start()
        outcome = sent(files.outside_entity(f"http://127.0.0.1:{listener.getsockname()[1]}/x"))
        thread.join()
    assert outcome.status == "refused"
    assert heard == []


@pytest.mark.threat("UP4")
def test_links_embedded_files_and_comments_are_dropped_and_counted():
    source = files.workbook(
        **{
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0 Jane Canary",
            "xl/comments1.xml": "<comments><commentList><comment ref='A1'><text><t>Jane Canary</t></text></comment></commentList></comments>",
        }
    )
    outcome = sent(source)
    assert outcome.status == "accepted"
    said = " ".join(outcome.report.warnings)
    assert "comments (1)" in said
    assert "links to other files (1)" in said
    assert "embedded files (1)" in said
    assert b"Canary" not in outcome.report_bytes() + outcome.parquet


def test_no_upload_leaves_a_file_behind():
    canary = f"Quibblewick{time.monotonic_ns()}"
    rows = [[*files.HEADINGS, "Caller"], [*files.RECORD, canary]]
    before = set(SPOOL.iterdir())
    assert sent(files.workbook(rows)).status == "accepted"
    assert sent(text(rows)).status == "accepted"
    mine = [path for path in set(SPOOL.iterdir()) - before if path.is_file() and os.access(path, os.R_OK)]
    assert [path for path in mine if canary.encode() in path.read_bytes()] == []
