"""A published table on a page: a sentence, a chart, the table beneath, and who sent."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from portal.publication.shared_picture import SharedPicture
from portal.publication.shared_picture import says as change
from portal.publication.views import PublicTable, field_heading, field_words, said
from portal.rules.datasets.quarters import Quarter
from portal.ui.blocks import Cell, LinkTo, facts, inset, links, table
from portal.ui.figures.charts import AXIS, LINE, WHOLE, bar_colour, bars, drawn
from portal.ui.words import plain

_TREND = 260  # pixels
_SPOTS = 15  # areas in the grid of hot spots
_IN_TIME = frozenset({"month", "quarter", "weekday", "hour_band"})  # whose order says more than their size


def shown(one: PublicTable) -> None:
    """Show a table: what it says in a sentence, its chart, its numbers, what is withheld, and who did not send."""
    st.header(plain(one.title))
    if one.status == "withdrawn":
        inset(f"This table was withdrawn. {one.notice}")
        return
    st.text(one.says)
    told = [(label, count) for label, count in one.totals if count is not None]
    if told:
        bars(told, "Records", one.says, in_order=one.rows in _IN_TIME)
    head, *lines = one.lines
    table(f"Version {one.version}", head, lines)
    st.write(one.withheld_means)
    if one.how_lines_go:
        st.write(one.how_lines_go)
    if one.version > 1:
        inset(f"Corrected: {one.notice}")
    if one.not_sent_by:
        st.write(f"{len(one.not_sent_by)} that were asked did not send a return; a missing return is not a nought:")
        st.text("\n".join(one.not_sent_by))
    if one.sent_by:
        st.write(f"{len(one.sent_by)} sent a return:")
        st.text("\n".join(one.sent_by))
    with st.expander("What the words mean"):
        facts(one.definitions)
    st.text(f"Cite as: {one.cite_as}")
    if one.status == "proposed":
        return  # it has no address before it is public
    at = f"/statistics/table/{one.id}"
    links(
        [
            LinkTo("This version as CSV", f"{at}.csv"),
            LinkTo("Its description for machines (data package)", f"{at}.json"),
            LinkTo("This version as a plain page to print", at),
        ]
    )


def one_line(one: PublicTable) -> None:
    """Let people choose a row of the table, and say it by itself."""
    rows = one.rows_to_choose
    if one.status != "published" or len(rows) < 2:  # noqa: PLR2004 - nothing to choose
        return
    words = plain(field_words(one.rows))
    picked = st.selectbox(
        f"Show one {words}", ["", *rows], format_func=lambda row: rows.get(row, "None"), key=f"figures.row.{one.id}"
    )
    if picked:
        st.subheader(plain(rows[picked]))
        facts(one.line(picked))


def trend(tables: Sequence[PublicTable]) -> None:
    """Show the totals of a data set over quarters, where two or more are shown."""
    totals = {
        one.run.last: count
        for one in tables
        if one.status == "published" and one.run.count == 1 and (count := one.table.shown[()]) is not None
    }
    if len(totals) < 2:  # noqa: PLR2004 - one point is no trend
        return
    st.header("Over the quarters")
    told = [(quarter.months, totals[quarter]) for quarter in sorted(totals, key=lambda one: one.start)]
    points = pd.DataFrame(
        [(_short(one), totals[one]) for one in sorted(totals, key=lambda one: one.start)],
        columns=["quarter", "count"],
    )
    axis = alt.Axis(labelAngle=0, labelLimit=110)
    line = (
        alt.Chart(points)
        .mark_line(point=True, color=bar_colour())
        .encode(x=alt.X("quarter:N", title=None, sort=None, axis=axis), y=alt.Y("count:Q", title="Records", axis=WHOLE))
    )
    drawn(line, _TREND, "All records, by quarter. The table beneath has the numbers.")
    table("All records, by quarter", ["Quarter", "Records"], [[quarter, f"{count:,}"] for quarter, count in told])


def hot_spots(picture: SharedPicture) -> None:
    """Show where and when: a grid of areas by hours, and the same as a table by parts of the day."""
    spots = picture.hot_spots[:_SPOTS]
    if not spots:
        st.write("Where and when cannot be shown: these returns do not say the area.")
        return
    st.header("Where and when")
    first, records = spots[0], sum(one.records for one in picture.hot_spots)
    st.text(f"The most are in {first.area}: {first.records:,} of {records:,} records.")
    if any(any(one.hours) for one in spots):
        told = [(one.area, f"{hour:02d}", count) for one in spots for hour, count in enumerate(one.hours)]
        grid = alt.Chart(pd.DataFrame(told, columns=["area", "hour", "count"])).encode(
            x=alt.X("hour:O", title="Hour of the day", axis=alt.Axis(labelAngle=0)),
            y=alt.Y(
                "area:N",
                title=None,
                sort=[one.area for one in spots],
                axis=alt.Axis(labelLimit=180, labelOverlap=False),
            ),
        )
        legend = alt.Legend(title="Records", orient="bottom")
        shade = alt.Color("count:Q", scale=alt.Scale(scheme="blues"), legend=legend)
        drawn(
            grid.mark_rect().encode(color=shade),
            LINE * len(spots) + 3 * AXIS,
            "Records by area and hour. The table beneath has the numbers.",
        )
    parts = [f"{begins:02d}:00 to {begins + 5:02d}:59" for begins in range(0, 24, 6)]
    rows: list[list[Cell]] = [
        [
            one.area,
            *(f"{sum(one.hours[at : at + 6]):,}" for at in range(0, 24, 6)),
            f"{one.hours.index(max(one.hours)):02d}:00 ({max(one.hours):,})" if any(one.hours) else "No times given",
            f"{one.records:,}",
        ]
        for one in spots
    ]
    head = ["Area", *parts, "Busiest hour", "All"]
    table(f"Records by area and part of the day (the first {len(spots)} areas)", head, rows)


def changes(picture: SharedPicture, by: str) -> None:
    """Show what changed since the quarter before and a year before, and where chance alone may have done it."""
    if not picture.changes:
        return
    st.header("What changed")
    st.write(
        "Small numbers go up and down by chance: 6 after 4 is no trend. We say 'more' or 'fewer' only where chance alone would seldom do as much: once in 20 times."
    )
    before = {
        "the quarter before": [one.quarter_before for one in picture.changes],
        "a year before": [one.year_before for one in picture.changes],
    }
    known = {when: [one for one in counts if one is not None] for when, counts in before.items()}
    compared = {when: counts for when, counts in known.items() if counts}  # of all lines, or of none
    for when in [one for one in before if one not in compared]:
        st.write(f"There is nothing of {when} to compare with.")
    rows: list[list[Cell]] = [
        [
            said(picture.entry, by, one.label),
            f"{one.now:,}",
            *(change(one.now, counts[place]) for counts in compared.values()),
        ]
        for place, one in enumerate(picture.changes)
    ]
    head = [field_heading(by), picture.quarter.months, *(f"Since {when}" for when in compared)]
    table("What changed", head, rows, hide_caption=True)


def received_grid(quarters: Sequence[Quarter], came: Mapping[str, Sequence[tuple[int, int]]]) -> None:
    """Show for each organisation how many of the returns asked of it came, a column a quarter."""
    if not came:
        st.write("No organisation of a kind that sends returns has been added yet.")
        return
    # Of each quarter the returns of all; a bar of each is not wider on a telephone than on a desk.
    sums = [tuple(map(sum, zip(*each, strict=True))) for each in zip(*came.values(), strict=True)]
    told = [
        (f"{_short(quarter)}: {sent} of {asked}", sent) for quarter, (sent, asked) in zip(quarters, sums, strict=True)
    ]
    bars(
        told,
        "Returns that came",
        "Returns that came, by quarter. The table beneath has them by organisation.",
        in_order=True,
    )
    rows: list[list[Cell]] = [
        [name, *(f"{sent} of {asked}" if asked else "None asked" for sent, asked in pairs)]
        for name, pairs in came.items()
    ]
    table("Returns that came, of those asked", ["Organisation", *(_short(one) for one in quarters)], rows)


def _short(quarter: Quarter) -> str:
    return f"{quarter.start:%b} to {quarter.end:%b %y}"
