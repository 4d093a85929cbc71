"""The pictures of the playbook: plain SVG files that need neither scripts nor the network.

Names stand on lines of their own above what they name, so that a picture may be narrow: shown on a
phone it shrinks little and its words stay readable.
"""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.render.book import Book
from pmogen.render.charts.agreement import agreement_chart
from pmogen.render.charts.drawing import draw
from pmogen.render.charts.gaps import gap_chart
from pmogen.render.charts.roadmap import roadmap_chart


def gap_dumbbell(book: Book) -> str:
    """Today and target of every assessed aspect, one row each: gaps by rank, then what needs nothing."""
    return draw(book.templates, "charts/gaps.svg.j2", gap_chart(book))


def roadmap_picture(book: Book) -> str:
    """Every placed service as a bar over the waves it is built in, grouped by dimension."""
    return draw(book.templates, "charts/roadmap.svg.j2", roadmap_chart(book))


def agreement_pictures(book: Book) -> Iterator[tuple[str, str]]:
    """Name and text of one picture an aspect whose answers may be shown: a strip of dots for each group."""
    for level in book.playbook.levels:
        if level.answers is not None and level.answers.groups:
            chart = agreement_chart(book, level.aspect, level.answers)
            yield f"agreement-{level.aspect}.svg", draw(book.templates, "charts/agreement.svg.j2", chart)
