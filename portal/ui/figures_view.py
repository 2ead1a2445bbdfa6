"""A published table on a page: a sentence, a chart, the table beneath, and who sent."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from portal.publication.views import PublicTable
from portal.ui.blocks import LinkTo, inset, links, table
from portal.ui.words import plain

_LINE, _AXIS, _TREND, _MARGIN = 32, 60, 260, 24  # pixels: a bar, an axis with its title, the line chart, round both
_BAR = "#1d5a96"  # on white 7 to 1; the labels carry the meaning, never the colour alone


def shown(one: PublicTable) -> None:
    """Show a table: what it says in a sentence, its chart, its numbers, what is withheld, and who did not send."""
    st.subheader(plain(one.title))
    if one.status == "withdrawn":
        inset(f"This table was withdrawn. {one.notice}")
        return
    st.text(one.says)
    told = [(label, count) for label, count in one.totals if count is not None]
    if told:
        bars = pd.DataFrame(told, columns=["label", "count"])
        chart = (
            alt.Chart(bars)
            .mark_bar(color=_BAR)
            .encode(
                x=alt.X("count:Q", title="Records"),
                y=alt.Y("label:N", title=None, sort="-x", axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            )
        )
        _drawn(chart, _LINE * len(told) + _AXIS)
    head, *lines = one.lines
    table(f"Version {one.version}", head, lines)
    st.write(one.withheld_means)
    if one.version > 1:
        inset(f"Corrected: {one.notice}")
    if one.not_sent_by:
        st.write(f"{len(one.not_sent_by)} that were asked did not send a return; a missing return is not a nought:")
        st.text("\n".join(one.not_sent_by))
    if one.sent_by:
        st.write(f"{len(one.sent_by)} sent a return:")
        st.text("\n".join(one.sent_by))
    st.text(f"Cite as: {one.cite_as}")
    at = f"/statistics/table/{one.id}"
    links(
        [
            LinkTo("This version as CSV", f"{at}.csv"),
            LinkTo("Its description for machines (data package)", f"{at}.json"),
            LinkTo("This version as a plain page to print", at),
        ]
    )


def trend(tables: Sequence[PublicTable]) -> None:
    """Show the totals of a data set over quarters, where two or more are shown."""
    totals = {
        one.quarter: count for one in tables if one.status == "published" and (count := one.table.shown[()]) is not None
    }
    if len(totals) < 2:  # noqa: PLR2004 - one point is no trend
        return
    st.subheader("Over the quarters")
    told = [(quarter.months, totals[quarter]) for quarter in sorted(totals, key=lambda one: one.start)]
    points = pd.DataFrame(told, columns=["quarter", "count"])
    axis = alt.Axis(labelAngle=0, labelLimit=110)
    line = (
        alt.Chart(points)
        .mark_line(point=True, color=_BAR)
        .encode(x=alt.X("quarter:N", title=None, sort=None, axis=axis), y=alt.Y("count:Q", title="Records"))
    )
    _drawn(line, _TREND)
    table("All records, by quarter", ["Quarter", "Records"], [[quarter, f"{count:,}"] for quarter, count in told])


def _drawn(chart: alt.Chart, height: int) -> None:
    """Draw a chart in a place of its own height, so that nothing below it moves when it comes."""
    with st.container(height=height + _MARGIN, border=False):
        st.altair_chart(chart.properties(height=height), use_container_width=True)
