"""Columns: encoded once while they are held, and flags by row."""

import weakref

from portal.spreadsheets.arrow_columns import coded_of, flags_at, texts


def test_a_column_is_encoded_once_for_as_long_as_it_is_held():
    column = texts(["a", "b", "a"])
    assert coded_of(column) is coded_of(column)
    assert coded_of(column).dictionary.to_pylist() == ["a", "b"]


def test_what_was_encoded_goes_with_its_column():
    column = texts(["a", "b"])
    coded = weakref.ref(coded_of(column))
    assert coded() is not None
    del column
    assert coded() is None


def test_flags_stand_at_their_places_only():
    assert flags_at(4, [0, 2]).to_pylist() == [True, False, True, False]
    assert flags_at(2, ()).to_pylist() == [False, False]
    assert flags_at(0, ()).to_pylist() == []
