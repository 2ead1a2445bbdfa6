import json
import logging

import pytest

from portal.ground.process.logs import OneLine, problem


def line(record):
    return json.loads(OneLine().format(record))


@pytest.mark.threat("PR2")
def test_an_error_is_logged_by_type_and_place_without_its_words():
    try:
        int("Jane Fictional lives at 1 Any Street")
    except ValueError as error:
        record = logging.LogRecord(
            "portal", logging.ERROR, "x", 1, "unexpected error", None, (ValueError, error, error.__traceback__)
        )
    logged = line(record)
    assert logged["error"] == "ValueError"
    assert "Jane" not in json.dumps(logged)


def test_a_librarys_words_are_not_repeated():
    record = logging.LogRecord("streamlit", logging.ERROR, "x", 1, "failed for %s", ("Jane Fictional",), None)
    assert "Jane" not in json.dumps(line(record))


@pytest.mark.threat("IN9")
def test_one_event_is_one_line():
    record = logging.LogRecord("portal", logging.INFO, "x", 1, "a\n2026-01-01 INFO admin signed in", None, None)
    assert "\n" not in OneLine().format(record)


def test_the_person_gets_a_reference_that_the_log_has(caplog):
    caplog.set_level(logging.ERROR, logger="portal")
    reference = problem(RuntimeError("secret"), "sign")
    assert caplog.records[-1].reference == reference
