"""The coverage matrix: which service closes how much of which gap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pmogen.analysis.gaps import Gap
from pmogen.analysis.projection import Lifting
from pmogen.analysis.services import Candidate, liftings_of
from pmogen.model.catalogue import Dimension
from pmogen.render.book import Book


@dataclass(frozen=True)
class Cover:
    """What a service closes of one gap alone; `ceiling` is set when it ends below the target."""

    closes: Fraction
    ceiling: Fraction | None


@dataclass(frozen=True)
class CoverageTable:
    """One dimension of the coverage matrix: gaps across, services down (the most helpful first), a cell where one helps."""

    dimension: Dimension
    gaps: tuple[Gap, ...]
    rows: tuple[tuple[Candidate, tuple[Cover | None, ...]], ...]


def _cover(candidate: Candidate, gap: Gap, liftings: dict[str, Lifting]) -> Cover | None:
    closes = dict(candidate.closes).get(gap.aspect)
    if closes is None:
        return None
    ceiling = liftings[gap.aspect].up_to
    return Cover(closes, ceiling if ceiling < gap.target else None)


def coverage_tables(book: Book) -> tuple[CoverageTable, ...]:
    """The coverage matrix, cut by dimension so that each part can be read on a screen."""
    tables = []
    for dimension in book.catalogue.dimensions:
        of_dimension = {aspect.id for aspect in book.catalogue.aspects if aspect.dimension == dimension.id}
        gaps = tuple(gap for gap in book.gaps if gap.aspect in of_dimension)
        rows = []
        for candidate in book.playbook.choice.candidates:
            service = book.workspace.service(candidate.service)
            liftings = {lifting.aspect: lifting for lifting in liftings_of(service, book.method.lift)}
            covers = tuple(_cover(candidate, gap, liftings) for gap in gaps)
            if any(covers):
                rows.append((candidate, covers))
        rows.sort(key=lambda row: -sum((cover.closes for cover in row[1] if cover), Fraction(0)))
        tables.append(CoverageTable(dimension, gaps, tuple(rows)))
    return tuple(table for table in tables if table.gaps)
