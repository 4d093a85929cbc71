"""The pictures of the playbook: plain SVG files that need neither scripts nor the network.

Names stand on lines of their own above what they name, so that a picture may be narrow: shown on a
phone it shrinks little and its words stay readable. Shapes that belong to a page say so (`data-to`); the Markdown
extension makes links of them when it puts the picture into a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pmogen.render.book import Book
from pmogen.render.charts.agreement import agreement_chart
from pmogen.render.charts.capacity import capacity_chart
from pmogen.render.charts.coverage import coverage_chart
from pmogen.render.charts.drawing import Drawing, Picture
from pmogen.render.charts.gaps import gap_chart
from pmogen.render.charts.heat import heat_chart
from pmogen.render.charts.hub import hub_chart
from pmogen.render.charts.levels import levels_chart
from pmogen.render.charts.matrix import matrix_chart
from pmogen.render.charts.needs import needs_chart, neighbourhood
from pmogen.render.charts.origins import origins
from pmogen.render.charts.roadmap import roadmap_chart
from pmogen.render.charts.shapes import Chart
from pmogen.render.charts.trend import trend_chart
from pmogen.render.coverage import coverage_tables
from pmogen.render.links import Links


def pictures(book: Book, links: Links) -> Mapping[str, Picture]:
    """All pictures of a playbook by file name; what has nothing to show has none."""
    drawing = Drawing(book.templates)
    drawn = (drawing.draw(chart) for chart in charts(book, links))
    return {picture.name: replace(picture, sources=origins(book, picture.name)) for picture in drawn}


def charts(book: Book, links: Links) -> Iterator[Chart]:
    """All charts, laid out."""
    yield gap_chart(book, links)
    yield roadmap_chart(book, links)
    if book.gaps:
        yield matrix_chart(book, links)
        yield levels_chart(book, links)
    if book.plan.uses:
        yield capacity_chart(book, links)
    if book.audiences:
        yield heat_chart(book, links)
    for found in (trend_chart(book, links), hub_chart(book, links), needs_chart(book, links)):
        if found is not None:
            yield found
    yield from _of_each(book, links)


def _of_each(book: Book, links: Links) -> Iterator[Chart]:
    """Charts of which there is one for each aspect, dimension or service."""
    for level in book.playbook.levels:
        if level.answers is not None and level.answers.groups:
            yield agreement_chart(book, level.aspect, level.answers)
    for table in coverage_tables(book):
        yield coverage_chart(book, links, table)
    for service in book.catalogue.services:
        found = neighbourhood(book, links, service)
        if found is not None:
            yield found
