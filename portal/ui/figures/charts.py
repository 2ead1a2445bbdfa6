"""Charts: one colour, labels that carry the meaning, and words for who does not see them. Each stands over its table."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

LINE, AXIS, _MARGIN = 32, 60, 24  # pixels: a bar, an axis with its title, round a chart
BAR = "#1d5a96"  # on white 7 to 1; the labels carry the meaning, never the colour alone
WHOLE = alt.Axis(tickCount=6, tickMinStep=1)


def bars(told: Sequence[tuple[str, int]], counts: str, says: str, *, in_order: bool = False) -> None:
    """Draw a bar for each label, the longest first unless they have an order of their own."""
    chart = (
        alt.Chart(pd.DataFrame(told, columns=["label", "count"]))
        .mark_bar(color=BAR)
        .encode(
            x=alt.X("count:Q", title=counts, axis=WHOLE),
            y=alt.Y(
                "label:N",
                title=None,
                sort=None if in_order else "-x",
                axis=alt.Axis(labelLimit=220, labelOverlap=False),
            ),
        )
    )
    drawn(chart, LINE * len(told) + AXIS, says)


def drawn(chart: alt.Chart | alt.LayerChart, height: int, says: str) -> None:
    """Draw a chart in a place of its own height, so that nothing below it moves when it comes; `says` is for who does not see it."""
    with st.container(height=height + _MARGIN, border=False):
        st.altair_chart(chart.properties(height=height, description=says), use_container_width=True)
