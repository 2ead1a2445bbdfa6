"""No word from outside the vocabulary stays, whatever column of whatever data set it stands in."""

import contextlib
import csv
import io
from dataclasses import asdict

import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st

from models.returns import Return
from portal.privacy.grammar.area import area
from portal.privacy.grammar.category import masked_wording, wording
from portal.privacy.grammar.gazetteer import spelt, wards
from portal.privacy.grammar.place import place
from portal.privacy.grammar.roles import parts_of
from portal.privacy.grammar.school import school
from portal.returns.command import say
from portal.returns.matching.column_names import heading_words
from portal.returns.matching.heading_text import phrases_of
from portal.returns.matching.schema import targets_of
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.returns.report.certificate import certificate_of
from portal.rules.datasets.catalogue import data_set, data_sets
from portal.rules.datasets.quarters import Quarter

QUARTER = Quarter.parse("2026-Q3")
MISSPELT = 0.8  # a heading is shown with one slip in five letters
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüéèçñøåłśžğșțđ"
GOOD = {
    "date": "03/07/2026", "month": "03/07/2026", "time": "10:00", "location": "Mill Road", "area": "Castle", "outward_postcode": "LE1", "map_point": "458000,304000",
    "school": "Robert Smyth Academy", "age_years": "14", "age_band": "14-15", "sex": "F", "ethnicity_group": "White", "count": "7",
}  # fmt: skip
# How offices write a person, a home or a story into a cell; {0} and {1} are words that nobody knows.
WRITTEN = [
    "{0}", "{0} {1}", "{1}, {0}", "{0} {1}, Mill Road", "Noise by {0} {1}", "Assault - {0} {1}", "12 {0} Cottage, Mill Lane", "{0}'s house", "her son {0}", "the {0}'s wife",
    "Flat 2, {0} House", "Robert Smyth Academy ({0} {1})", "home tuition - {0}", "c/o {0}, Mill Road", "outside {0}'s, High Street", "{0} {1} 07700 900417", "Castle, {0}",
    "{0} said that {1} came to the door and shouted for an hour about the money", "14 - {0}", "{0}-{1}", "{0}.{1}", "Tesco ({0})", "={0}+{1}",
]  # fmt: skip


def unknown(word):
    """Say whether no list of ours has a word, so that nothing of it may stay."""
    low = word.lower()
    heads_columns = phrases_of(heading_words()).nearest(low)[1] >= MISSPELT
    return not (heads_columns or parts_of(low) or spelt(low) in wards() or place(word).text or wording(word).text)


words = st.text(LETTERS, min_size=4, max_size=12).map(str.title).filter(unknown)


def a_file(data_set_id, cell, extra_heading, around=(), lacking=99, filled=99):
    """A file of the set with a row as it should be and one for each column that holds the cell, whatever it asks for.

    `around` are rows above the headings and under the records, `lacking` the place of a column that the file does not have,
    `filled` that of one which holds nothing else, so that it is asked about.
    """
    targets = [
        each
        for each in targets_of(data_set_id, "2026")
        if (each.listed and each.treatment != "keep") or each.name in {"area", "map_point", "outward_postcode"}
    ]
    good = [
        next(iter(each.codes.values()))
        if each.treatment == "category" and each.codes
        else "8/06"
        if each.treatment == "category"
        else GOOD[each.treatment]
        for each in targets
    ]
    rows = [[*(each.name for each in targets), extra_heading], [*good, cell]]
    rows += [[*good[:at], cell, *good[at + 1 :], cell] for at in range(len(targets))]  # one at a time: the row is kept
    rows[1:] = [[cell if at == filled else text for at, text in enumerate(row)] for row in rows[1:]]
    rows = [[text for at, text in enumerate(row) if at != lacking] for row in rows]
    sink = io.StringIO()
    csv.writer(sink).writerows([*([one] for one in around), *rows, *([one] for one in around)])
    return sink.getvalue().encode()


def told_of(act, data_set_id, outcome):
    """Everything that a person is told of a file, whatever surface it stands on, in small letters; the preview is the file itself."""
    row = Return(organisation_id="", reference="", data_set=data_set_id, quarter=QUARTER.label, edition="2026")
    with contextlib.redirect_stdout(io.StringIO()) as terminal:
        say(outcome)
    surfaces = {
        "report": outcome.report_bytes().decode(),
        "terminal": terminal.getvalue(),
        "cells to mend, on screen and as a list, and wordings to choose for": str(
            [*map(asdict, outcome.problems), *map(asdict, outcome.wordings)]
        ),
        "certificate": str(asdict(certificate_of(act, row, outcome.report))),
        "kept records": str(outcome.table.to_pylist()) if outcome.table is not None else "",
    }
    return {name: said.lower() for name, said in surfaces.items()}


@pytest.mark.clause("s6.no-identifiers")
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    entry=st.sampled_from([each.id for each in data_sets()]),
    written=st.sampled_from(WRITTEN),
    one=words,
    other=words,
    lacking=st.sampled_from([99, 99, 0, 1, 2]),
    filled=st.sampled_from([99, 0, 1]),
    late=st.booleans(),
)
def test_no_unknown_word_stays_in_any_column_of_any_set_or_is_told_anywhere(
    module_act, entry, written, one, other, lacking, filled, late
):
    assume(one.lower() != other.lower())
    file = a_file(entry, written.format(one, other), f"{one} notes", [f"Made by {one} {other}"], lacking, filled)
    quarter = Quarter.parse("2025-Q1") if late else QUARTER  # a file of another quarter is refused
    outcome = work(file, ReturnOptions(entry, quarter, "2026"))
    for surface, told in told_of(module_act, entry, outcome).items():
        assert one.lower() not in told, surface
        assert other.lower() not in told, surface


FIRST = ["John", "Mary", "David", "Laura", "Peter", "Grace", "Mark", "Hannah", "Samuel", "Martha"]
JOINED = ["{0} {1} Road", "{0} {1} Close", "{0} {1} School", "{0} {1} Primary Academy", "{0} {1} Library", "{0} {0} {1} Way", "{0} {1} Drive Car Park"]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(JOINED), st.sampled_from(FIRST), words)
def test_no_whole_name_stays_before_a_road_or_a_school_of_whatever_first_name(written, first, family):
    for grammar in (place, school, area):
        assert family.lower() not in grammar(written.format(first, family)).text.lower(), grammar.__name__


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(JOINED[:5]), st.sampled_from(["", *"-_/|+~:*.'=#\\;@", ", ", " / "]), words, words)
def test_nothing_of_two_words_that_a_mark_joins_before_a_road_or_a_school_stays(written, mark, one, other):
    text = written.format(f"{one}{mark}{other}", "").replace("  ", " ")
    for grammar in (place, school, area):
        kept = grammar(text).text.lower()
        assert one.lower() not in kept, grammar.__name__
        assert other.lower() not in kept, grammar.__name__


PIECES = [
    "Noise", "street", "Mill Road", "St", "the", "of", "12", "3b", "M", "zelda", "quxley", "LE1", "O'", "school", "Castle", "x2", " ", " ", " ",
    *"/&+-\u2013.,:;()[]{}|\"'!?=@#*~_•\n\t", " - ", " (", ") ", ". ",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@example("Quxley (Zelda) - Castle school")
@example("Quxley (Zelda) - Castle")
@example("=street")
@example("@Castle")
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_every_row_of_words_and_marks_is_read_and_what_stays_of_it_stays_whole(cell):
    for grammar in (wording, place, area, school):
        stays = grammar(cell).text
        assert grammar(stays).text == stays, grammar.__name__
        assert not stays.startswith(("=", "+", "@", "-")), f"{grammar.__name__}: the last check refuses the whole file"
    masked_wording(cell)


def test_every_data_set_takes_the_file_that_is_drawn():
    for each in data_sets():
        outcome = work(a_file(each.id, "", "notes"), ReturnOptions(each.id, QUARTER, "2026"))
        assert outcome.status == "accepted", (each.id, outcome.message)
        assert data_set(each.id) is each
