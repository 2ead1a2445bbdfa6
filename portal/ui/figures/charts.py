"""Charts: one colour, labels that carry the meaning, and words for who does not see them. Each stands over its table."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

LINE, AXIS, _MARGIN = 32, 60, 24  # pixels: a bar, an axis with its title, round a chart
_LIGHT, _DARK = ("#1d5a96", "#17262b"), ("#7db4ea", "#e9f0ef")  # a bar, and words: on their paper 7 to 1 and more
WHOLE = alt.Axis(tickCount=6, tickMinStep=1)


def bars(told: Sequence[tuple[str, int]], counts: str, says: str, *, in_order: bool = False) -> None:
    """Draw a bar for each label, the longest first unless they have an order of their own."""
    chart = (
        alt.Chart(pd.DataFrame(told, columns=["label", "count"]))
        .mark_bar(color=bar_colour())
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


def bar_colour() -> str:
    """Give the one colour of bars and lines on the reader's paper; labels carry the meaning, never the colour alone."""
    return _colours()[0]


def drawn(chart: alt.Chart | alt.LayerChart, height: int, says: str) -> None:
    """Draw a chart in a place of its own height, so that nothing below it moves when it comes; `says` is for who does not see it."""
    with st.container(height=height + _MARGIN, border=False):
        words = _colours()[1]
        told = chart.properties(height=height, description=says).configure_axis(labelColor=words, titleColor=words)
        st.altair_chart(told.configure_legend(labelColor=words, titleColor=words), use_container_width=True)


def _colours() -> tuple[str, str]:
    return _DARK if st.context.theme.type == "dark" else _LIGHT
