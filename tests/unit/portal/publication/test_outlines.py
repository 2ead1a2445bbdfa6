"""How lines go together: small places with a neighbour, visibly, and subtotals by rule."""

import random

import pytest

from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import TOTAL
from portal.publication.tabulation.outlines import (
    LineGrouping,
    SmallPlaces,
    coarsest,
    groups_typed,
    outlines_of,
    own_groups,
    own_level,
    subtotals,
    written,
)
from portal.publication.tabulation.table_file import read, write
from portal.publication.tabulation.tabulating import TableWish, tabulate, tabulate_over
from portal.publication.tabulation.windows import PublishedOver
from portal.rules.datasets.catalogue import data_set
from tests.unit.portal.publication.test_tabulating import KINDS, records

DISTRICTS = LineGrouping(levels=(("district", {"LE1": "North", "LE2": "North", "LE3": "South"}),))


@pytest.mark.clause("s6.merging-risk")
class TestSmallPlaces:
    rule = SmallPlaces(("LE14", "ng13"), 5)

    def test_a_rural_postcode_shares_a_line_with_the_next_by_number(self):
        lines = self.rule.lines({"LE2": 40, "LE13": 30, "LE14": 20, "LE16": 50}, {})
        assert lines == {"LE14": "LE14 and LE16", "LE16": "LE14 and LE16"}

    def test_a_place_with_few_records_does_until_nobody_who_knows_the_rule_knows_its_size(self):
        lines = self.rule.lines({"LE1": 40, "LE2": 3, "LE3": 6, "LE4": 9}, {})
        assert set(lines.values()) == {"LE2 and LE3 and LE4"}  # 3 and 6 are not enough

    def test_the_last_shares_with_the_one_before_and_one_of_another_group_with_none_of_its_own(self):
        counts, group = {"LE1": 40, "LE2": 2, "NG13": 30}, {"LE1": "LE", "LE2": "LE", "NG13": "NG"}
        assert self.rule.lines(counts, group) == dict.fromkeys(counts, "LE1 and LE2 and NG13")

    @pytest.mark.parametrize("seed", range(20))
    def test_no_place_that_shares_a_line_is_lost_and_no_line_is_small(self, seed):
        chance = random.Random(seed)  # noqa: S311 - drawn places
        counts = {f"LE{n}": chance.choice([1, 2, 4, 7, 30]) for n in chance.sample(range(1, 40), chance.randint(1, 12))}
        lines = self.rule.lines(counts, {})
        sizes: dict[str, int] = {}
        for place, count in counts.items():
            assert place in lines.get(place, place).split(" and ")
            sizes[lines.get(place, place)] = sizes.get(lines.get(place, place), 0) + count
        assert len(sizes) == 1 or min(sizes.values()) >= 5
        assert all(size >= 15 for line, size in sizes.items() if " and " in line and len(sizes) > 1)


def test_codes_places_and_wards_have_subtotals_by_rule():
    assert subtotals(["ASB-P", "ASB-N", "TRA-RTC-I", "other"], "category") == (
        ("category_family", {"ASB-P": "ASB", "ASB-N": "ASB", "TRA-RTC-I": "TRA"}),
    )
    assert subtotals(["T51.0", "T51.9"], "sub_category") == ()  # of one family
    assert subtotals(["criminal-damage", "drugs"], "sub_category") == ()
    assert dict(subtotals(["LE1", "NG13"], "outward_postcode"))["postcode_letters"] == {"LE1": "LE", "NG13": "NG"}
    wards = dict(subtotals(["Countesthorpe", "Asfordby", "Nowhere"], "area", ["Blaby", "Melton"]))
    assert wards == {"district": {"Countesthorpe": "Blaby", "Asfordby": "Melton"}}


def test_a_table_with_subtotals_is_protected_over_all_levels_and_reads_back_as_it_was():
    wish = TableWish("area", "category", seconds=0.05, outlines={"area": DISTRICTS})
    made = tabulate(data_set("la-asb"), [records()], wish).published
    assert made.shape.rows.nodes() == ("LE1", "LE2", "North (all)", "LE3", "South (all)", TOTAL)
    assert made.shown[(("category", "noise"), ("district", "North"))] in {None, 38}
    again = read(write(made, 5), "category", outlines_of(written({"area": DISTRICTS})))
    assert (again.shape, again.shown) == (made.shape, made.shown)
    small = (("area", "LE1"), ("category", KINDS[0]))
    assert made.shown[small] is None
    others = [(("area", "LE2"), ("category", KINDS[0])), (("category", KINDS[0]), ("district", "North"))]
    assert any(made.shown[one] is None for one in others)  # else its district less the other ward gives it


@pytest.mark.clause("s6.merging-risk")
def test_an_area_of_ones_own_adds_up_districts_and_a_ward_that_is_in_none():
    words = {"LE1": "LE1", "LE2": "LE2", "LE3": "LE3", "LE9": "The ninth"}
    below = dict(DISTRICTS.levels)
    level = own_level(groups_typed("West: north; the ninth\n\nEast: South"), words, below.values())
    three = LineGrouping(levels=(*DISTRICTS.levels, level))
    frame = records([[9, 20, 30], [2, 12, 8], [9, 7, 6], [30, 4, 50]], ["LE1", "LE2", "LE3", "LE9"])
    wish = TableWish("area", "category", seconds=0.05, outlines={"area": three})
    made = tabulate(data_set("la-asb"), [frame], wish)
    nodes = ("LE1", "LE2", "North (all)", "LE9", "West (all)", "LE3", "South (all)", "East (all)", TOTAL)
    assert made.published.shape.rows.nodes() == nodes
    assert made.verdict.passed
    assert made.published.shown[((level[0], "West"),)] in {None, 165}
    again = outlines_of(written({"area": three}))["area"]
    assert own_level(own_groups(again), words, below.values()) == level  # who approves makes the same table


@pytest.mark.parametrize("told", ["West", "West:", "West: LE1, LE4", "West: LE1\nEast: LE1", "North: LE3", ": LE1"])
def test_groups_that_cannot_be_read_or_name_no_line_are_refused_in_words(told):
    with pytest.raises(NotPublishableError):
        own_level(groups_typed(told), {"LE1": "LE1", "LE3": "LE3"}, dict(DISTRICTS.levels).values())


@pytest.mark.clause("s6.merging-risk")
def test_a_flat_table_after_one_with_subtotals_is_protected_beside_it():
    entry = data_set("la-asb")
    first = tabulate(entry, [records()], TableWish("area", "category", seconds=0.05, outlines={"area": DISTRICTS}))
    flat = tabulate(entry, [records()], TableWish("area", "category", seconds=0.05), [first.published]).published
    hidden = first.published.withheld()
    assert not [key for key, count in flat.shown.items() if count is not None and key in hidden]


@pytest.mark.clause("s6.merging-risk")
def test_a_half_year_adds_up_quarters_whose_places_share_lines_in_other_ways():
    """LE1 to LE3 share the half-year's line; the quarter's two lines add up to it, and the 2 records left are kept."""
    entry = data_set("la-asb")
    now = records([[9, 20, 30], [6, 12, 8], [9, 7, 6], [30, 40, 50]], ["LE1", "LE2", "LE3", "LE4"])
    before = records([[1, 9, 9], [1, 8, 7], [0, 9, 30], [30, 20, 10]], ["LE1", "LE2", "LE3", "LE4"])
    before["date"] = "2026-05-05"
    pair = {"area": LineGrouping(dict.fromkeys(["LE1", "LE2"], "LE1 and LE2"))}
    other = {"area": LineGrouping(dict.fromkeys(["LE2", "LE3"], "LE2 and LE3"))}
    three = {"area": coarsest([pair, other], "area")}
    assert set(three["area"].merged.values()) == {"LE1 and LE2 and LE3"}
    returns = {"2026-Q2": [before], "2026-Q3": [now]}
    asked = {"rows": "area", "columns": "category", "seconds": 0.05}
    quarter = tabulate_over(entry, returns, TableWish(**asked, outlines=pair, quarters=("2026-Q3",))).published
    public = PublishedOver(read(write(quarter, 5), "category", pair), ("2026-Q3",), pair)
    half = tabulate_over(
        entry, returns, TableWish(**asked, outlines=three, quarters=tuple(returns)), [public]
    ).published
    line = [half.shown[(("area", "LE1 and LE2 and LE3"), ("category", kind))] for kind in KINDS]
    assert line[0] is None or quarter.shown[(("area", "LE3"), ("category", "graffiti"))] is None
    assert line[1:] == [65, 90] or None in line[1:]
    crossed = TableWish(**asked, outlines=other, quarters=tuple(returns))
    with pytest.raises(NotPublishableError, match="other ways"):
        tabulate_over(entry, returns, crossed, [public])
