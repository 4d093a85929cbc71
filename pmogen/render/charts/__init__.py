"""The pictures of the playbook: plain SVG files that need neither scripts nor the network.

Names stand on lines of their own above what they name, so that a picture may be narrow: shown on a
phone it shrinks little and its words stay readable. Shapes that belong to a page say so (`data-to`); the Markdown
extension makes links of them when it puts the picture into a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from pmogen.model.catalogue import Dimension
from pmogen.render.book import Book
from pmogen.render.charts.agreement import agreement_chart
from pmogen.render.charts.capacity import capacity_chart
from pmogen.render.charts.coverage import coverage_chart
from pmogen.render.charts.drawing import Drawing, Picture, picture_of
from pmogen.render.charts.gaps import gap_chart
from pmogen.render.charts.heat import heat_chart
from pmogen.render.charts.hub import has_people, hub_chart
from pmogen.render.charts.levels import levels_chart
from pmogen.render.charts.matrix import matrix_chart
from pmogen.render.charts.needs import has_neighbours, is_readable, needs_chart, neighbourhood
from pmogen.render.charts.origins import origins
from pmogen.render.charts.roadmap import roadmap_chart
from pmogen.render.charts.shapes import Chart
from pmogen.render.charts.trend import has_changes, trend_chart
from pmogen.render.coverage import coverage_table, covered_dimensions
from pmogen.render.links import Links


@dataclass(frozen=True, eq=False)
class Pictures(Mapping[str, Picture]):
    """All pictures of a playbook by file name; what has nothing to show has none.

    Which there are is known at once. Each is laid out when it is first asked for, and drawn when its text is.
    """

    book: Book
    links: Links
    _made: dict[str, Picture] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _charts(self) -> Mapping[str, Callable[[], Chart]]:
        return {f"{name}.svg": laid_out for name, laid_out in charts(self.book, self.links).items()}

    @cached_property
    def _drawing(self) -> Drawing:
        return Drawing(self.book.templates)

    def __getitem__(self, name: str) -> Picture:
        if name not in self._made:
            self._made[name] = picture_of(self._charts[name](), self._drawing, origins(self.book, name))
        return self._made[name]

    def take(self, drawn: Picture) -> None:
        """Takes over a picture that another process has drawn."""
        self._made[drawn.name] = drawn

    def drawn(self, name: str) -> Picture:
        """A picture as it can be handed to another process: with its text in place of what draws it."""
        made = self[name]
        return replace(made, draw=partial(str, made.svg))

    def __contains__(self, name: object) -> bool:
        return name in self._charts

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts)

    def __len__(self) -> int:
        return len(self._charts)


def charts(book: Book, links: Links) -> Mapping[str, Callable[[], Chart]]:
    """Ways to lay out all charts, by name."""
    return dict(_charts(book, links))


def _charts(book: Book, links: Links) -> Iterator[tuple[str, Callable[[], Chart]]]:
    here = {
        "gaps": (gap_chart, True),
        "roadmap": (roadmap_chart, True),
        "matrix": (matrix_chart, bool(book.gaps)),
        "levels": (levels_chart, bool(book.gaps)),
        "capacity": (capacity_chart, bool(book.plan.uses)),
        "load": (heat_chart, bool(book.audiences)),
        "trend": (trend_chart, has_changes(book)),
        "hub": (hub_chart, has_people(book)),
        "needs": (needs_chart, is_readable(book)),
    }
    for name, (chart, shows) in here.items():
        if shows:
            yield name, partial(chart, book, links)
    yield from _of_each(book, links)


def _of_each(book: Book, links: Links) -> Iterator[tuple[str, Callable[[], Chart]]]:
    """Charts of which there is one for each aspect, dimension or service."""
    for level in book.playbook.levels:
        if level.answers is not None and level.answers.groups:
            yield f"agreement-{level.aspect}", partial(agreement_chart, book, level.aspect, level.answers)
    for dimension in covered_dimensions(book):
        yield f"coverage-{dimension.id}", partial(_coverage, book, links, dimension)
    for service in book.catalogue.services:
        if has_neighbours(book, service):
            yield f"needs-{service.id}", partial(neighbourhood, book, links, service)


def _coverage(book: Book, links: Links, dimension: Dimension) -> Chart:
    return coverage_chart(book, links, coverage_table(book, dimension))
