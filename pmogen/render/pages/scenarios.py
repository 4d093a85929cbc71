"""Scenarios: what the roadmap would be if something were different, beside the plan as it is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pmogen.analysis.changes import said
from pmogen.analysis.trace import in_words
from pmogen.language import _
from pmogen.planning.scenarios import Compared, compare_scenarios
from pmogen.planning.what_if import Outcome, Peak, outcome
from pmogen.render.book import Book
from pmogen.render.markdown import Md
from pmogen.render.page import Nav, Page

PATH = "roadmap/scenarios.md"


def compared(book: Book) -> tuple[Compared, ...]:
    """Every scenario beside the plan, in the order of the file."""
    return compare_scenarios(book.workspace, book.plan)


def value_against(before: Fraction, after: Fraction) -> Md:
    """How much more or less value in per cent: `+0.6 %`, `-2.5 %` (with a true minus, on one line), `the same`."""
    if before == after:
        return Md.escape(_("the same"))
    if not before:
        return Md.escape(_("more"))
    part = in_words(100 * abs(after - before) / before, 1)
    if part == "0":
        part = _("under {number}", number=in_words(Fraction(1, 10), 1))
    return Md.escape(f"{'+' if after > before else '−'}{part}") + Md("\N{NO-BREAK SPACE}%")  # noqa: RUF001 (a true minus)


def fullest(found: Outcome) -> Peak | None:
    """The audience and wave that are loaded most; of several the first by id."""
    peaks = sorted(found.peaks.values(), key=lambda peak: (-peak.share, peak.audience))
    return peaks[0] if peaks else None


def pages(book: Book) -> Iterator[Page]:
    """One page, where there are scenarios."""
    if book.workspace.scenarios.scenarios:
        planned = () if book.workspace.planned_scenarios is None else (book.span("scenarios-plan"),)
        yield Page(
            path=PATH,
            title=_("Scenarios"),
            template="pages/roadmap/scenarios.md.j2",
            values=lambda: {
                "found": compared(book),
                "now": outcome(book.workspace, book.plan),
                "fullest": fullest,
                "said": lambda change: said(book.workspace, change),
                "value_against": value_against,
            },
            sources=(book.span("scenarios", "scenarios"), *planned),
            description=_("What the roadmap would be if something were different."),
        )


def nav(book: Book) -> Iterator[Nav]:
    """The page, where there is one."""
    if book.workspace.scenarios.scenarios:
        yield Nav(_("Scenarios"), PATH)
