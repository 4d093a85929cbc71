"""Native charts: the values are in the file and can be edited."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.util import Pt

from pmogen.exchange.deck.look import INK, WHITE, Box, read_aloud
from pmogen.exchange.metrics import shortened
from pmogen.exchange.parts.table import Chart
from pmogen.exchange.plain import one_line
from pmogen.exchange.records import decimal

LABEL = "0.##;-0.##;;"
"""Format of the values: nothing stands where there is nothing."""
NAME_ROOM = 260
"""Points that the name of a category may take on one line."""
KINDS = {
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
}
"""Kinds of charts by whether bars lie, and whether they are stacked."""


def draw_chart(slide: Any, chart: Chart, box: Box) -> None:
    """Draws a chart into a box of a slide."""
    data: Any = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [shortened(one_line(name), NAME_ROOM, 11, 1) for name in chart.categories]
    for series in chart.series:
        data.add_series(one_line(series.name), [decimal(value) for value in series.values])
    place = (Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    shape = slide.shapes.add_chart(KINDS[chart.across, chart.stacked], *place, data)
    read_aloud(shape, f"{chart.title}. {chart.axis}")
    drawn = shape.chart
    drawn.font.size, drawn.font.color.rgb = Pt(12), INK
    drawn.has_title, drawn.has_legend = False, True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    drawn.category_axis.reverse_order = chart.across
    drawn.category_axis.format.line.color.rgb = RGBColor.from_string("8A9399")  # type: ignore[no-untyped-call]
    drawn.category_axis.tick_labels.font.size = Pt(11)
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    drawn.value_axis.minimum_scale = 0
    _bars(drawn.plots[0], stacked=chart.stacked)


def _bars(plot: Any, *, stacked: bool) -> None:
    plot.gap_width = 60
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = LABEL, False
    labels.font.size = Pt(10)
    if stacked:
        plot.overlap = 100
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for place, series in enumerate(plot.series):
        series.format.fill.solid()
        series.format.fill.fore_color.theme_color = 5 + place  # accent 1, 2, 3 of the theme
        if stacked:
            label = series.data_labels
            label.show_value, label.number_format, label.number_format_is_linked = True, LABEL, False
            label.font.size, label.font.color.rgb = Pt(10), INK if place == 2 else WHITE
