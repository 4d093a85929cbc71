"""The coverage matrix: which service closes how much of which gap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.services import Candidate, liftings_of
from pmogen.model.catalogue import Dimension
from pmogen.render.book import Book


@dataclass(frozen=True)
class Cover:
    """What a service closes of one gap alone; `ceiling` is set when it ends below the target."""

    closes: Fraction
    ceiling: Fraction | None


MOST_GAPS = 20
"""So many columns can still be read; with them, a matrix grows as the services do, and not as services times gaps."""
MOST_SERVICES = 60
"""So many rows: who looks for one of hundreds finds it on the page of the gap, or of the service."""


@dataclass(frozen=True)
class CoverageTable:
    """One dimension of the coverage matrix: gaps across, services down (the most helpful first), a cell where one helps.

    The gaps are those of the highest rank; `others` says how many more there are, and `more` how many services that close
    no more than those of the rows.
    """

    dimension: Dimension
    gaps: tuple[Gap, ...]
    rows: tuple[tuple[Candidate, tuple[Cover | None, ...]], ...]
    others: int = 0
    more: int = 0


def _covers(book: Book, candidate: Candidate) -> dict[str, Cover]:
    """What a candidate closes of each gap, by aspect."""
    service = book.workspace.service(candidate.service)
    ceilings = {lifting.aspect: lifting.up_to for lifting in liftings_of(service, book.method.lift)}
    found = {}
    for aspect, closes in candidate.closes:
        gap = book.gap(aspect)
        if gap is not None:
            found[aspect] = Cover(closes, ceilings[aspect] if ceilings[aspect] < gap.target else None)
    return found


def covered_dimensions(book: Book) -> tuple[Dimension, ...]:
    """The dimensions with gaps: each has a part of the matrix."""
    found = {aspect.dimension for gap in book.gaps if (aspect := book.aspect(gap.aspect)) is not None}
    return tuple(dimension for dimension in book.catalogue.dimensions if dimension.id in found)


def coverage_table(book: Book, dimension: Dimension) -> CoverageTable:
    """The part of the matrix for one dimension, so that it can be read on a screen."""
    of_dimension = {aspect.id for aspect in book.catalogue.aspects if aspect.dimension == dimension.id}
    all_gaps = tuple(gap for gap in book.gaps if gap.aspect in of_dimension)
    gaps = all_gaps[:MOST_GAPS]
    rows = []
    for candidate in book.playbook.choice.candidates:
        if any(aspect in of_dimension for aspect, _closes in candidate.closes):
            found = _covers(book, candidate)
            covers = tuple(found.get(gap.aspect) for gap in gaps)
            if any(covers):
                rows.append((candidate, covers))
    rows.sort(key=lambda row: -sum((cover.closes for cover in row[1] if cover), Fraction(0)))
    shown = tuple(rows[:MOST_SERVICES])
    return CoverageTable(dimension, gaps, shown, len(all_gaps) - len(gaps), len(rows) - len(shown))


def coverage_tables(book: Book) -> tuple[CoverageTable, ...]:
    """The coverage matrix."""
    return tuple(coverage_table(book, dimension) for dimension in covered_dimensions(book))
