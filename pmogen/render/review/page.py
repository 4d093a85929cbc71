"""The comparison as one page of HTML: the tables of the comment, and charts before and after."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmogen.diff import Comparison
from pmogen.diff.side import Side
from pmogen.diff.told import Told, because
from pmogen.language import spoken
from pmogen.render.book import Book
from pmogen.render.charts.capacity import capacity_chart
from pmogen.render.charts.drawing import Drawing, Picture, picture_of
from pmogen.render.charts.gaps import gap_chart
from pmogen.render.charts.heat import heat_chart
from pmogen.render.charts.levels import levels_chart
from pmogen.render.charts.roadmap import roadmap_chart
from pmogen.render.environment import svg_environment
from pmogen.render.links import links_of

TEMPLATE = "review/diff.html.j2"


@dataclass(frozen=True)
class Pair:
    """A chart before and now; a side without one has nothing to show."""

    title: str
    old: Picture | None
    new: Picture | None


def review_page(comparison: Comparison, told: Told, templates: Mapping[str, str | bytes]) -> str:
    """The page: it loads nothing, runs nothing, and reads well in a browser, light, dark and on paper."""
    environment = svg_environment(templates)
    environment.filters["data"] = data_address
    text = environment.get_template(TEMPLATE).render(
        told=told, because=because(), pairs=tuple(_pairs(comparison, templates)), language=spoken().code
    )
    return text.replace("##[", "##&#91;")  # logs of GitHub would obey it


def data_address(picture: Picture) -> str:
    """The picture as an address that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.svg.encode()).decode('ascii')}"


def _pairs(comparison: Comparison, templates: Mapping[str, str | bytes]) -> Iterator[Pair]:
    """Charts that differ, in the order of the site."""
    before, after = (dict(_drawn(side, templates)) for side in (comparison.old, comparison.new))
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if (old and old.svg) != (new and new.svg):
            picture = new or old
            yield Pair(picture.title if picture else name, old, new)


def _drawn(side: Side, templates: Mapping[str, str | bytes]) -> Iterator[tuple[str, Picture]]:
    if side.playbook is None:
        return
    book = Book(side.playbook, templates, None)
    links, drawing = links_of(book), Drawing(templates)
    ways = [gap_chart, roadmap_chart]
    ways += [levels_chart] if book.gaps else []
    ways += [capacity_chart] if book.plan.uses else []
    ways += [heat_chart] if book.audiences else []
    for way in ways:
        picture = picture_of(way(book, links), drawing)
        yield picture.name, picture
