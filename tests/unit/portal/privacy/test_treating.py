from datetime import date

import pyarrow as pa
import pytest

from portal.privacy import recoding

QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
BANDS = ("under 11", "11-13", "14-16", "17+")
SIMPLE = [
    (recoding.times, "0815", "08:15"), (recoding.times, "08.15", "08:15"), (recoding.times, "8:15 pm", "20:15"), (recoding.times, "0.5", "12:00"),
    (recoding.times, "0815 hrs", "08:15"), (recoding.times, "8pm", "20:00"), (recoding.times, "14:30:00", "14:30"), (recoding.times, "01/07/2026 14:30", "14:30"),
    (recoding.times, "midnight", "00:00"), (recoding.times, "25:00", None), (recoding.times, "20:00 to 21:00", "20:00"), (recoding.times, "815", "08:15"),
    (recoding.outward_postcodes, "LE2 1TJ", "LE2"), (recoding.outward_postcodes, "le113qp", "LE11"), (recoding.outward_postcodes, "L E 1 1 3 Q P", "LE11"),
    (recoding.outward_postcodes, "LE1 OAA", "LE1"), (recoding.outward_postcodes, "NFA", None), (recoding.outward_postcodes, "le2 1", "LE2"), (recoding.outward_postcodes, "LE12-7R", "LE12"), (recoding.outward_postcodes, "SW1A 1AA", "SW1A"),
    (recoding.ages, "14 yrs", "14"), (recoding.ages, "14.0", "14"), (recoding.ages, "14y 7m", "14"), (recoding.ages, "Aged 34", "34"), (recoding.ages, "unknown", None), (recoding.ages, "200", None),
    (recoding.counts, "3*", "3"), (recoding.counts, "-", "0"), (recoding.counts, "<5", "<5"), (recoding.counts, "1,204", "1204"), (recoding.counts, "4.0", "4"), (recoding.counts, "four", None),
    (recoding.icd_codes, "X99.12", "X99.1"), (recoding.icd_codes, "f102", "F10.2"), (recoding.icd_codes, "T51.0", "T51.0"), (recoding.icd_codes, "Y04.0 Assault by bodily force", "Y04.0"), (recoding.icd_codes, "Smith", None),
    (recoding.sexes, "M", "Male"), (recoding.sexes, "girl", "Female"), (recoding.sexes, "Non-binary", "Other"), (recoding.sexes, "Not stated", "Not known"), (recoding.sexes, "Bob", None),
    (recoding.map_points, "SK 58712 04341", "SK 58 04"), (recoding.map_points, "52.63461,-1.13123", "52.63,-1.13"), (recoding.map_points, "458712, 304341", "458000,304000"),
]  # fmt: skip
DATES = [
    ("03/07/2026", "2026-07-03"), ("2026-07-04", "2026-07-04"), ("4 Jul 26", "2026-07-04"), ("46208", "2026-07-05"), ("Jul-26", "2026-07-01"), ("5th August 2026", "2026-08-05"),
    ("Mon 06/07/2026", "2026-07-06"), ("July 9, 2026", "2026-07-09"), ("20260710", "2026-07-10"), ("10.07.26", "2026-07-10"), ("05-Jul-2026", "2026-07-05"), ("31/02/2026", None), ("soon", None),
    ("2026-07-04T10:00:00", "2026-07-04"), ("01/07/69", "2069-07-01"), ("01/07/70", "1970-07-01"),
]  # fmt: skip


def _one(treat, text):
    return treat(pa.array([text, None])).column.to_pylist()


@pytest.mark.clause("app1.outward-postcode")
@pytest.mark.parametrize(("treat", "sent", "kept"), SIMPLE)
def test_a_value_becomes_what_may_be_kept(treat, sent, kept):
    assert _one(treat, sent) == [kept, None]


@pytest.mark.parametrize(("sent", "kept"), DATES)
def test_a_date_in_any_office_form_becomes_a_day(sent, kept):
    treated = recoding.dates(pa.array([sent]), quarter=QUARTER)
    assert treated.column.to_pylist() == [kept]
    assert bool(treated.problems) is (kept is None)


def test_a_date_gives_its_time_and_says_how_exact_it_is():
    treated = recoding.dates(pa.array(["13/08/2026 8.15pm", "Jul-26"]))
    assert treated.extra["time"].to_pylist() == ["20:15", None]
    assert treated.extra["said"].to_pylist() == [None, "Only the month is given. Its first day stands for it."]


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        (["03/04/2026", "04/05/2026"], False),  # neither reading lies in the quarter: the quarter check refuses it
        (["07/08/2026", "08/09/2026"], False),
        (["09/01/2026", "08/02/2026"], True),
        (["09/01/2026", "13/08/2026"], False),
        (["07/25/2026", "07/08/2026"], False),  # the first shows the order of the second
        (["07/25/2026", "25/07/2026", "07/08/2026"], True),
    ],
)
def test_the_order_of_day_and_month_is_asked_only_when_nothing_settles_it(texts, asked):
    assert bool(recoding.dates(pa.array(texts), quarter=QUARTER).questions) is asked


def test_the_answer_month_first_is_followed():
    answered = recoding.dates(pa.array(["09/01/2026"]), quarter=QUARTER, order="month-first")
    assert (answered.column.to_pylist(), answered.questions) == (["2026-09-01"], ())


def test_a_problem_never_quotes_the_cell():
    treated = recoding.dates(pa.array(["born to Mrs Begum"]))
    assert [problem.row for problem in treated.problems] == [0]
    assert "begum" not in repr(treated).lower()


def test_ages_come_from_birth_dates_on_the_day_of_the_event():
    births, days = pa.array(["12/08/2010", "12/08/2010", "x", None]), pa.array(["2026-08-11", None, None, None])
    treated = recoding.ages_from_births(births, days, date(2026, 9, 1))
    assert treated.column.to_pylist() == ["15", "16", None, None]
    assert [problem.row for problem in treated.problems] == [2]


def test_an_age_goes_in_its_band_and_a_band_as_sent_stays():
    assert recoding.age_bands(pa.array(["9", "14", "20", "11-13", "Under 18", "John"]), BANDS).column.to_pylist() == [
        "under 11",
        "14-16",
        "17+",
        "11-13",
        "Under 18",
        None,
    ]


def test_offence_codes_share_a_form_and_a_name_among_them_goes():
    column = pa.array(["CJ88116", "CJ88001", "TH68001", "CJ105001A", "008/01", "8A", "John", "AB123456C"])
    assert recoding.offence_codes(column).column.to_pylist() == [
        "CJ88116",
        "CJ88001",
        "TH68001",
        "CJ105001A",
        "008/01",
        "8A",
        None,
        None,
    ]


def test_an_ethnic_group_maps_to_its_code_and_other_words_go():
    codes = {"W1": "White: British", "A1": "Asian: Indian", "NS": "Not stated"}
    treated = recoding.ethnicities(pa.array(["White British", "A1", "Any other Asian background", "Bob Smith"]), codes)
    assert treated.column.to_pylist() == ["White British", "A1", "Any other Asian background", None]
    assert treated.extra["code"].to_pylist()[:2] == ["W1", "A1"]


def test_a_public_place_keeps_its_hundred_metre_square():
    assert recoding.map_points(
        pa.array(["458712", "458712"]), public=pa.array([True, False]), axis="easting"
    ).column.to_pylist() == ["458700", "458000"]
