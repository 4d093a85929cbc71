"""Scenarios: what the roadmap would be if something were different, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.analysis.changes import said
from pmogen.analysis.trace import in_words
from pmogen.planning.scenarios import Compared, compare_scenarios
from pmogen.planning.what_if import Outcome, Peak, outcome
from pmogen.render.book import Book
from pmogen.render.page import Nav, Page

PATH = "roadmap/scenarios.md"


def compared(book: Book) -> tuple[Compared, ...]:
    """Every scenario beside the plan, in the order of the file."""
    return compare_scenarios(book.workspace, book.plan)


def value_against(before: Fraction, after: Fraction) -> str:
    """How much more or less value in per cent: `+0.6 %`, `-2.5 %` (with a true minus), `the same`."""
    if before == after:
        return "the same"
    if not before:
        return "more"
    part = in_words(100 * abs(after - before) / before, 1)
    return f"{'+' if after > before else '−'}{part if part != '0' else 'under 0.1'} %"  # noqa: RUF001 (a true minus)


def fullest(found: Outcome) -> Peak | None:
    """The audience and wave that are loaded most; of several the first by id."""
    peaks = sorted(found.peaks.values(), key=lambda peak: (-peak.share, peak.audience))
    return peaks[0] if peaks else None


def pages(book: Book) -> Iterator[Page]:
    """One page, where there are scenarios."""
    if book.workspace.scenarios.scenarios:
        yield Page(
            path=PATH,
            title="Scenarios",
            template="pages/roadmap/scenarios.md.j2",
            values={
                "found": compared(book),
                "now": outcome(book.workspace, book.plan),
                "fullest": fullest,
                "said": lambda change: said(book.workspace, change),
                "value_against": value_against,
            },
            sources=(book.span("scenarios", "scenarios"),),
            description="What the roadmap would be if something were different.",
        )


def nav(book: Book) -> Iterator[Nav]:
    """The page, where there is one."""
    if book.workspace.scenarios.scenarios:
        yield Nav("Scenarios", PATH)
