import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.privacy.identifiers.folding import fold, fold_column, skeleton

DISGUISES = [
    ("J\u200bo\u00adhn", "John"),
    ("\u202eJohn\u202c", "John"),
    ("\uff2a\uff4f\uff48\uff4e", "John"),
    ("J\u043ehn Sm\u0456th", "John Smith"),
    ("\U0001d409\U0001d428\U0001d421\U0001d427", "John"),
    ("\u0660\u0667\u0667", "077"),
    ("London\u00a0Road", "London Road"),
    ("London\r\nRoad", "London Road"),
    ("O\u2019Brien", "O'Brien"),
    ("12\u201314", "12-14"),
    ("M\u0336r", "Mr"),
    ("Wr\u00f3blewski", "Wr\u00f3blewski"),
    ("\u1d0a\u1d0f\u029c\u0274", "JoHn"),
]


@pytest.mark.parametrize(("sent", "read"), DISGUISES[:-1])
def test_a_disguise_is_taken_off(sent, read):
    assert fold(sent) == read


def test_small_capitals_read_as_letters():
    assert fold("\u1d0a\u1d0f\u029c\u0274").lower() == "john"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_skeleton_is_ascii_and_keeps_every_place(text):
    folded = fold(text)
    assert skeleton(folded).isascii()
    assert len(skeleton(folded)) == len(folded)


@given(st.lists(st.none() | st.text(max_size=8)))
def test_a_column_folds_like_its_cells(texts):
    assert fold_column(pa.array(texts, pa.string())).to_pylist() == [
        text if text is None else fold(text) for text in texts
    ]
