import random

import pyarrow as pa
import pytest

from portal.privacy.identifiers.finding import clean
from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind, Setting
from portal.privacy.identifiers.scanning import ColumnFinding, mask_heading, remains, scan
from tests.properties.privacy_cells import SURNAMES, TOWN, WORD_STREETS, lawful, planted

NHS = "943 476 5919"


def test_a_scan_says_row_kind_and_what_was_done():
    result = scan(pa.array(["Stanley Road", "12 Stanley Road LE2 1TJ", None, "Mrs Begum"]), Setting.PLACE)
    assert result.column.to_pylist() == ["Stanley Road", "Stanley Road LE2", None, None]
    assert set(result.findings) == {
        ColumnFinding(1, IdentifierKind.ADDRESS, IdentifierAction.REMOVED, proven=False),
        ColumnFinding(1, IdentifierKind.POSTCODE, IdentifierAction.SHORTENED, proven=False),
        ColumnFinding(3, IdentifierKind.NAME, IdentifierAction.EMPTIED, proven=False),
    }
    assert result.counts == {IdentifierKind.ADDRESS: 1, IdentifierKind.POSTCODE: 1, IdentifierKind.NAME: 1}
    assert (result.changed, result.emptied) == (2, 1)


def test_a_false_alarm_is_spared_but_never_a_proven_number():
    result = scan(pa.array([f"Hope Banks {NHS}", "Hope Banks", "Hope Banks"]), Setting.PLACE, spare=frozenset({0, 1}))
    assert result.column.to_pylist() == ["Hope Banks", "Hope Banks", None]
    assert {one.kind for one in result.findings if one.row == 0} == {IdentifierKind.NHS}
    assert not any(one.row == 1 for one in result.findings)


def test_nothing_remains_in_a_cleaned_column():
    rng = random.Random(4)  # noqa: S311 - made-up cells
    column = pa.array([planted(rng).text for _ in range(300)])
    assert remains(column, Setting.PLACE)
    assert remains(scan(column, Setting.PLACE).column, Setting.PLACE) == 0


def test_an_empty_column_is_no_trouble():
    assert scan(pa.array([], pa.string()), Setting.PLACE).column.to_pylist() == []
    assert scan(pa.nulls(3), Setting.CATEGORY).column.to_pylist() == [None] * 3


@pytest.mark.parametrize("setting", [Setting.PLACE, Setting.CATEGORY, Setting.SCHOOL])
def test_the_quick_sieve_and_the_slow_reading_agree(setting):
    rng = random.Random(8)  # noqa: S311 - made-up cells
    made = [
        f"{rng.randint(1, 99)} {rng.choice(SURNAMES)} {rng.choice([*WORD_STREETS, 'Lane', 'Hill'])}, {rng.choice(TOWN)} LE{rng.randint(1, 19)} {rng.randint(0, 9)}AB"
        for _ in range(200)
    ]
    texts = [*made, *(cell.text for cell in (*(lawful(rng) for _ in range(400)), *(planted(rng) for _ in range(400))))]
    texts += [
        "Mrs Close",
        "informant Drive",
        "12 yrs old Road",
        "Dr Way",
        "Kevin Close",
        "kevin close",
        "4 Sarah Patel Close",
    ]
    assert scan(pa.array(texts), setting).column.to_pylist() == [clean(text, setting) or None for text in texts]


def test_a_heading_that_names_somebody_is_masked():
    assert mask_heading("Notes (J Smith)") == "Notes (•••)"
    assert mask_heading("Date of incident") == "Date of incident"


def test_no_word_of_a_cell_is_in_the_repr():
    assert "begum" not in repr(scan(pa.array(["Mrs Begum"]), Setting.PLACE)).lower()
