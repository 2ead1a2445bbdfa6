"""The table of a stored return, as the public gets it: every data set, odd labels, and what may never be published."""

import random
import tomllib
from itertools import combinations, product
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from portal.app.commands.command_line import run
from portal.privacy.suppression.attack_equations import bounds_of
from portal.privacy.suppression.attack_solver import Equations
from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import Axis, SuppressedTable, TableShape
from portal.publication.tabulation.counting import StoredReturns, count
from portal.publication.tabulation.fields import may_cross, publishable
from portal.publication.tabulation.table_file import read, write
from portal.publication.tabulation.tabulating import TableWish, tabulate
from portal.publication.tabulation.windows import changes_told
from portal.returns.pipeline.stages import ReturnOptions, work
from portal.rules.datasets.catalogue import data_set, data_sets
from portal.rules.datasets.quarters import Quarter

pytestmark = pytest.mark.clause("s6.fewer-than-five")

CASES = Path(__file__).parents[3] / "cases" / "returns"
GOLDEN = tomllib.loads((CASES / "golden.toml").read_text())["case"]
COUNTS = tomllib.loads((CASES / "counts.toml").read_text())["case"]
AREAS = ["LE1", "LE2", "LE3"]
TABLE = [[3, 20, 30], [40, 12, 8], [9, 7, 6]]
KINDS = ["graffiti", "litter", "noise"]


def records(table=TABLE, areas=AREAS, kinds=KINDS) -> pd.DataFrame:
    """Records of la-asb with these counts by area and kind, months in turn."""
    rows = [
        (a, k) for a, line in zip(areas, table, strict=True) for k, n in zip(kinds, line, strict=True) for _ in range(n)
    ]
    return pd.DataFrame(
        {
            "category": [f"{k} reported" for _, k in rows],
            "category_code": [k for _, k in rows],
            "date": [f"2026-0{7 + n % 3}-0{1 + n % 7}" for n in range(len(rows))],
            "time": ["21:15"] * len(rows),
            "area": [a for a, _ in rows],
            "location": ["High Street"] * len(rows),
        },
        dtype="object",
    )


def made(frame, rows="area", columns="category", data_set_id="la-asb", **more):
    entry = data_set(data_set_id)
    wish = TableWish(rows, columns, seconds=0.05)
    more = {name: [read(one) for one in told] if name == "published" else read(told) for name, told in more.items()}
    return write(tabulate(entry, [frame], wish, **more).published, entry.threshold)


def test_a_table_is_written_as_the_public_gets_it():
    lines = [line.split(",") for line in made(records()).splitlines()]
    assert lines[0] == ["area", *KINDS, "Total"]
    assert [line[0] for line in lines] == ["area", *AREAS, "Total"]
    assert lines[1][1] == "suppressed"
    assert lines[-1] == ["Total", "52", "39", "44", "135"]
    assert sum(line.count("suppressed") for line in lines) == 4


@pytest.mark.clause("s6.merging-risk")
def test_tables_of_the_same_records_are_protected_together():
    first = made(records())
    second = made(records(), "area", "month", published=[first])
    read(second)
    with pytest.raises(NotPublishableError, match="does not agree"):
        made(records([[3, 21, 30], *TABLE[1:]]), "area", "month", published=[first])


@pytest.mark.clause("s6.merging-risk")
@pytest.mark.parametrize(
    ("year", "is_told"), [([60, 71], True), ([60, 70], False), ([60, 76], False), ([None, 71], False)]
)
def test_corrections_of_a_year_and_its_quarter_together_tell_no_small_change(year, is_told):
    """The quarter changed by 10, so a year that changed by 11 tells that the rest changed by 1."""
    a_total = [SuppressedTable(TableShape(Axis("area", ())), {(): count}) for count in (*year, 20, 30)]
    assert changes_told([(("Q1", "Q2"), a_total[:2]), (("Q1",), a_total[2:])], 5) is is_told


@pytest.mark.clause("s6.merging-risk")
@pytest.mark.parametrize("areas", [["X", "X", "Y", "Y"], ["X", "Y", "X", "Y"]])
def test_a_table_of_areas_does_not_tell_a_postcode_of_a_table_before(areas):
    """A reader knows which postcodes lie in an area; where some lie in two, which do."""
    frame = records([[3, 40, 31], [30, 26, 22], [21, 25, 35], [28, 33, 24]], ["LE1", "LE2", "LE3", "LE4"])
    frame["outward_postcode"] = frame["area"]
    frame["area"] = frame["outward_postcode"].map(dict(zip(["LE1", "LE2", "LE3", "LE4"], areas, strict=True)))
    first = made(frame, "outward_postcode", "category")
    told, again = read(first, "category").shown, read(made(frame, "area", "category", published=[first]), "category")
    for area, kind in product("XY", KINDS):
        parts = [
            told[(("category", kind), ("outward_postcode", code))]
            for code in frame[frame["area"] == area]["outward_postcode"].unique()
        ]
        assert parts.count(None) != 1 or again.shown[(("area", area), ("category", kind))] is None


@pytest.mark.clause("s6.merging-risk")
def test_a_half_year_does_not_tell_what_is_left_when_its_published_quarter_is_taken_off():
    """No table tells the quarter before by itself: 2 of its records are what the half-year and the quarter differ by."""
    before, now = records([[2, 30, 21], [24, 13, 22], [15, 19, 26]]), records([[18, 20, 30], [40, 12, 8], [9, 7, 6]])
    before["date"] = before["date"].map(
        lambda day: day.replace("-07-", "-04-").replace("-08-", "-05-").replace("-09-", "-06-")
    )
    entry, wish = data_set("la-asb"), TableWish("area", "category", seconds=0.05)
    quarter = tabulate(entry, [now], wish).published
    half = tabulate(entry, [before, now], wish, [read(write(quarter, 5))]).published
    left = [
        half.shown[key] - told
        for key, told in quarter.shown.items()
        if told is not None and half.shown[key] is not None
    ]
    assert len(left) > 1
    assert not [count for count in left if 1 <= count < 5]
    assert half.shown[()] == 322


@pytest.mark.clause("s6.merging-risk")
def test_a_year_does_not_tell_what_it_has_beside_two_quarters_even_where_that_is_not_one_run():
    """The first and the last quarter have 2 records each, told by no table; a year of 24 less the 20 between them tells 4."""
    entry, wish = data_set("la-asb"), TableWish("category", seconds=0.05)
    quarters = [
        records([[many, 30 + month, 50]], ["LE1"]).assign(date=f"2026-{month:02d}-02")
        for many, month in ((2, 1), (10, 4), (10, 7), (2, 10))
    ]
    first = tabulate(entry, quarters[:2], wish).published
    middle = tabulate(entry, quarters[1:3], wish, [first], beside=quarters[:1]).published
    year = tabulate(entry, quarters, wish, [read(write(one, 5)) for one in (first, middle)]).published
    graffiti = (("category", "graffiti"),)
    assert middle.shown[graffiti] is None or year.shown[graffiti] is None


def _year(seed: int) -> list[pd.DataFrame]:
    """Draw four quarters, few records in most cells."""
    chance = random.Random(seed)  # noqa: S311 - drawn tables
    tall = [chance.randint(1, 9) for _ in range(5)]
    return [
        records([[chance.randint(0, of) for _ in KINDS] for of in tall], [f"LE{n}" for n in range(5)]).assign(
            date=f"2026-{begins}-02"
        )
        for begins in ("01", "04", "07", "10")
    ]


@pytest.mark.clause("s6.merging-risk")
@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("are_given", [True, False], ids=["the other returns given", "the year's table alone"])
def test_a_quarter_is_published_beside_a_year_of_which_it_is_part(seed, are_given):
    """What the year has beyond the quarter is told no better than 1 to 4 where it is small, whatever the year withholds."""
    quarters, entry, wish = _year(seed), data_set("la-asb"), TableWish("area", "category", seconds=0.05)
    year = tabulate(entry, quarters, wish).published
    others = [*quarters[:2], quarters[3]]
    mine = tabulate(entry, quarters[2:3], wish, [read(write(year, 5))], beside=others if are_given else ()).published
    rest = count(StoredReturns(entry, tuple(others)), ("area", "category")).counts
    own = count(StoredReturns(entry, tuple(quarters[2:3])), ("area", "category")).counts
    assert not [key for key, told in mine.shown.items() if told != own[key] and told is not None]
    bounds = bounds_of([year], year.withheld())
    for key, told in mine.shown.items():
        assert told not in range(1, 5)
        if 1 <= rest.get(key, 0) < 5 and told is not None:
            least, greatest = bounds.get(key, (year.shown[key],) * 2)
            assert least - told <= 1
            assert greatest - told >= 4


@pytest.mark.clause("s6.merging-risk")
def test_where_all_of_a_public_year_must_be_known_it_is_said_what_to_give():
    quarters, entry, wish = _year(14), data_set("la-asb"), TableWish("area", "category", seconds=0.05)
    year = tabulate(entry, quarters, wish).published
    with pytest.raises(NotPublishableError, match="--beside"):
        tabulate(entry, quarters[2:3], wish, [year])
    assert tabulate(entry, quarters[2:3], wish, [year], beside=[*quarters[:2], quarters[3]]).verdict.passed


@pytest.mark.clause("s6.merging-risk")
def test_a_public_table_that_cannot_count_these_records_is_still_refused():
    quarters, entry, wish = _year(1), data_set("la-asb"), TableWish("area", "category", seconds=0)
    first = tabulate(entry, quarters[:1], wish).published
    with pytest.raises(NotPublishableError, match="does not agree"):
        tabulate(entry, quarters[1:], wish, [first])
    with pytest.raises(NotPublishableError, match="without"):
        tabulate(entry, quarters, wish, [first], beside=quarters[:1])


def test_one_table_of_the_attack_proves_many_counts_at_once(monkeypatch):
    """A year beside its quarter withholds hundreds of counts, and each is a secret to each who is alone in a cell."""
    chance = random.Random(3)  # noqa: S311 - drawn tables
    kinds = [f"kind {n}" for n in range(6)]
    quarters = []
    for begins in ("01", "04", "07", "10"):
        table = [[int(chance.paretovariate(0.9)) for _ in kinds] for _ in range(14)]
        frame = records([[min(one, 60) for one in line] for line in table], [f"LE{n}" for n in range(14)], kinds)
        quarters.append(frame.assign(date=f"2026-{begins}-02"))
    entry, wish = data_set("la-asb"), TableWish("area", "category", seconds=0)
    quarter = read(write(tabulate(entry, quarters[2:3], wish).published, 5))
    asked, best = [], Equations.best
    monkeypatch.setattr(Equations, "best", lambda *words, **more: asked.append(1) or best(*words, **more))
    verdict = tabulate(entry, quarters, wish, [quarter]).verdict
    assert verdict.alone > 20
    assert len(asked) < 3 * verdict.tried


def test_a_correction_is_published_beside_another_table_of_before_it():
    first = made(records())
    second = made(records(), "area", "month", published=[first])
    after = records([*TABLE[:2], [9, 7, 21]])
    assert made(after, earlier=first, published=[second]).splitlines()[-1].endswith(",150")


def test_a_small_correction_is_held_back_and_a_large_one_published():
    first = made(records())
    with pytest.raises(NotPublishableError, match="held back"):
        made(records([*TABLE[:2], [9, 7, 8]]), earlier=first)
    assert made(records([*TABLE[:2], [9, 7, 16]]), earlier=first).splitlines()[-1].endswith(",145")
    assert made(records(), earlier=first) == first


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_records_are_one_word(count):
    text = made(records([[count]], ["LE1"], ["noise"]))
    note, *rest = text.splitlines()
    assert note.startswith("# suppressed means 0 to 4")
    assert rest == ["area,Total", "Total,suppressed"]


def test_odd_labels_are_written_so_that_nothing_takes_them_for_something_else():
    odd = ['Anytown, East "A"', "=cmd()", "Total", "Suppressed", None, "  ", "LE1\nLE2"]
    text = made(records([[20]] * 7, odd, ["noise"]), columns="")
    table = read(text)
    assert set(table.shape.rows.labels) == {
        'Anytown, East "A"',
        "'=cmd()",
        "Total (as sent)",
        "Suppressed (as sent)",
        "Not recorded",
        "LE1 LE2",
    }
    assert table.shown[(("area", "Not recorded"),)] == 40


@pytest.mark.parametrize("field", ["location", "date", "time", "school_name", "remarks", "map_point", "category_words"])
def test_what_may_never_be_published_is_refused_in_words(field):
    with pytest.raises(NotPublishableError, match=r"published|no field"):
        made(records(), rows=field)


def test_health_counts_are_withheld_below_eight():
    frame = records([[7, 20, 30], [40, 12, 18], [19, 17, 26]], kinds=["X99", "Y04", "Y09"])
    frame = frame.rename(
        columns={"category": "sub_category", "category_code": "sub_category_code", "area": "outward_postcode"}
    )
    text = made(frame, "area", "sub_category", data_set_id="health-assault")
    assert "suppressed" in text.splitlines()[1].split(",")[1]


def test_a_sexual_offence_is_never_told_by_area():
    frame = records([[30, 20], [40, 12], [19, 17]], kinds=["sexual", "theft"])
    frame = frame.rename(columns={"category": "sub_category", "category_code": "sub_category_code"})
    table = read(made(frame, "area", "sub_category", data_set_id="police-crimes"), "sub_category")
    told = [count for key, count in table.shown.items() if len(key) == 2 and ("sub_category", "sexual") in key]
    assert told == [None, None, None]
    assert table.shown[(("sub_category", "sexual"),)] == 89


def test_a_bound_in_a_file_of_numbers_is_withheld_with_its_totals():
    frame = pd.DataFrame(
        {"period": "2026-Q3", "severity_code": ["fatal", "first-aid", "check"], "number": ["<5", "9", "20"]}
    )
    table = read(made(frame, "severity", "", data_set_id="fire-casualties"))
    assert table.shown[(("severity", "fatal"),)] is None
    assert table.shown[()] is None


def test_a_wide_table_of_numbers_is_read_by_its_columns():
    frame = pd.DataFrame(
        {"period": "2026-Q3", "area": ["Blaby", "Melton"], "offenders": [60, 50], "number_with_need.drugs": [40, 33], "number_with_need.alcohol": [20, 17]}
    )  # fmt: skip
    table = read(made(frame, "area", "need", data_set_id="probation-offenders"), "need")
    assert table.shown[(("area", "Blaby"), ("need", "drugs"))] == 40
    assert read(made(frame, "area", "", data_set_id="probation-offenders")).shown[()] == 110


def _frame(case):
    wanted = ReturnOptions(case["dataset"], Quarter.parse(case.get("quarter", "2026-Q3")), "2026")
    return work(case["file"].lstrip("\n").encode(), wanted).table.to_pandas()


@pytest.mark.parametrize("case", [*GOLDEN, *COUNTS], ids=lambda case: case.get("about", case["dataset"]))
def test_every_data_set_gives_a_table_or_a_reason_in_words(case):
    entry, frame = data_set(case["dataset"]), _frame(case)
    names = publishable(entry)
    tried = written = 0
    reasons: list[str] = []
    for fields in [(name,) for name in names] + [pair for pair in combinations(names, 2) if may_cross(entry, pair)]:
        tried += 1
        try:
            tabulate(entry, [frame], TableWish(*fields, seconds=0))
            written += 1
        except NotPublishableError as reason:
            reasons.append(reason.message)
    assert tried
    assert written
    assert all(each.endswith(".") for each in reasons)


def test_each_data_set_may_publish_what_the_rules_say():
    for entry in data_sets():
        for group in entry.policy.public:
            kept = [name for name in group if name not in entry.policy.public_never]
            assert set(kept) <= set(publishable(entry)), entry.id


def test_exclusions_are_never_published_by_school_and_young_people_by_one_trait_at_a_time():
    assert "school_name" not in publishable(data_set("la-exclusions"))
    assert may_cross(data_set("la-exclusions"), ["area", "reason"])
    assert may_cross(data_set("yos-offences"), ["area", "gender"])
    assert not may_cross(data_set("yos-offences"), ["age", "gender"])
    assert may_cross(data_set("leicester-yos"), ["age", "gender"])


class TestTheCommand:
    def run(self, folder, *words):
        return run(["tabulate", *map(str, words), "--dataset", "la-asb", "--out", str(folder / "out.csv")])

    def test_it_writes_the_file_or_leaves_none(self, tmp_path, capsys):
        parquet.write_table(pa.Table.from_pandas(records()), tmp_path / "return.parquet")
        assert self.run(tmp_path, tmp_path / "return.parquet", "--rows", "area", "--columns", "category") == 0
        assert (tmp_path / "out.csv").read_text() == made(records())
        assert self.run(tmp_path, tmp_path / "return.parquet", "--rows", "location") == 3
        assert "Streets" in capsys.readouterr().out
        assert sorted(each.name for each in tmp_path.iterdir()) == ["return.parquet"]

    def test_the_same_return_twice_and_what_is_no_return_are_refused(self, tmp_path, capsys):
        parquet.write_table(pa.Table.from_pandas(records()), tmp_path / "return.parquet")
        twice = tmp_path / "return.parquet"
        assert self.run(tmp_path, twice, twice, "--rows", "area") == 3
        (tmp_path / "other.parquet").write_bytes(b"not a return")
        assert self.run(tmp_path, tmp_path / "other.parquet", "--rows", "area") == 3
        assert "cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("part", "other"),
    [("191", "192"), ("191", "9" * 400), ("191", "9" * 5000), ("LE1", "x" * 200_000), ("LE1", '"LE1'), ("LE1", "LE2")],
    ids=[
        "does not add up",
        "too long a count",
        "a count of 5,000 figures",
        "a label of 200,000 signs",
        "an open quote",
        "a label twice",
    ],
)
def test_a_public_table_that_is_no_such_table_is_refused_in_words(part, other):
    quarters, entry, wish = _year(0), data_set("la-asb"), TableWish("area", "category", seconds=0)
    year = write(tabulate(entry, quarters, wish).published, 5)
    assert part in year
    with pytest.raises(NotPublishableError):
        tabulate(entry, quarters[2:3], wish, [read(year.replace(part, other, 1))])


def test_several_returns_are_counted_together():
    entry = data_set("la-asb")
    both = tabulate(entry, [records(), records()], TableWish("area", seconds=0)).published
    assert both.shown[()] == 2 * sum(map(sum, TABLE))


@pytest.mark.parametrize("seed", range(3))
def test_a_written_table_reads_back_as_it_was(seed):
    chance = random.Random(seed)  # noqa: S311 - drawn tables
    frame = records([[chance.randint(0, 30) for _ in KINDS] for _ in AREAS])
    published = tabulate(data_set("la-asb"), [frame], TableWish("area", "category", seconds=0)).published
    again = read(write(published, 5), "category")
    assert (again.shown, again.noughts_hidden) == (published.shown, published.noughts_hidden)
