"""Services: what a PMO can do, the candidates, the coverage matrix, what is not applicable, what was declined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmogen.analysis.gaps import Gap
from pmogen.analysis.redundancy import Margin
from pmogen.analysis.services import Candidate, NotApplicable
from pmogen.language import _
from pmogen.model.decisions import ServiceDecision
from pmogen.render import coverage
from pmogen.render.book import Book
from pmogen.render.coverage import coverage_tables
from pmogen.render.page import Nav, Page
from pmogen.render.pages.money import money_pages
from pmogen.render.pages.no_limits import no_limits_page
from pmogen.render.pages.presentation import presentation_page
from pmogen.render.pages.service import service_page
from pmogen.render.pages.service_groups import service_groups


@dataclass(frozen=True)
class CandidateRow:
    """A line of the candidate table: the gaps that a service closes, in the order of their rank."""

    candidate: Candidate
    gaps: tuple[Gap, ...]


def candidate_rows(book: Book) -> tuple[CandidateRow, ...]:
    """The candidate table, in the order of the best-ranked gap a service closes."""
    return tuple(
        CandidateRow(
            candidate, tuple(gap for aspect, _closes in candidate.closes if (gap := book.gap(aspect)) is not None)
        )
        for candidate in book.playbook.choice.candidates
    )


def made(book: Book, decision: str) -> tuple[ServiceDecision, ...]:
    """Decisions of one kind that hold, the newest first."""
    standing = [entry for service in book.catalogue.services if (entry := book.decision(service.id)) is not None]
    found = [entry for entry in standing if entry.decision == decision]
    return tuple(sorted(found, key=lambda entry: (-entry.when.toordinal(), entry.service)))


def not_applicable(book: Book) -> tuple[NotApplicable, ...]:
    """What closes no gap here, in the order of the catalogue."""
    return tuple(entry for service in book.catalogue.services if (entry := book.not_applicable(service.id)) is not None)


def redundant(book: Book) -> tuple[Margin, ...]:
    """Candidates, neither live nor declined, that close nothing beyond what is offered, in the order of candidates."""
    live = {placement.service for placement in book.live}
    return tuple(
        margin
        for margin in book.playbook.margins
        if margin.redundant and margin.service not in live and book.decision_state(margin.service) != "decline"
    )


def pages(book: Book) -> Iterator[Page]:
    """The overview pages and one page a service."""
    decisions, services = book.span("decisions", "services"), book.files_of("services")
    yield Page(
        "services/index.md",
        _("Products and services"),
        "pages/services/index.md.j2",
        lambda: {"groups": service_groups(book)},
        (decisions,),
        _("What a PMO can do, which of it is offered here, and when."),
    )
    yield Page(
        "services/candidates.md",
        _("Candidates"),
        "pages/services/candidates.md.j2",
        lambda: {"rows": candidate_rows(book)},
        (book.span("assessments", book.workspace.current.name, "aspects"), decisions),
        _("Every product and service that would close a gap here, whatever it costs."),
    )
    yield Page(
        "services/coverage.md",
        _("Coverage"),
        "pages/services/coverage.md.j2",
        lambda: {"tables": coverage_tables(book), "redundant": redundant(book), "most": coverage.MOST_SERVICES},
        services,
        _("Which service closes how much of which gap."),
        ("toc",),
    )
    yield Page(
        "services/not-applicable.md",
        _("Not applicable here"),
        "pages/services/not_applicable.md.j2",
        lambda: {"entries": not_applicable(book)},
        services,
        _("Products and services that close no gap here, and why."),
    )
    yield Page(
        "services/declined.md",
        _("Declined and deferred"),
        "pages/services/declined.md.j2",
        lambda: {"declined": made(book, "decline"), "deferred": made(book, "defer")},
        (decisions,),
        _("What the PMO will not do, or not yet: who decided it, when and why."),
    )
    yield presentation_page(book)
    yield no_limits_page(book)
    yield from money_pages(book)
    for service in book.catalogue.services:
        yield service_page(book, service)


def nav(book: Book) -> Iterator[Nav]:
    """Services: the tables, then the services by dimension."""
    tables = (
        Nav(_("Presentation"), "services/presentation.md"),
        Nav(_("Candidates"), "services/candidates.md"),
        Nav(_("Coverage"), "services/coverage.md"),
        Nav(_("If money and time were no limit"), "services/no-limits.md"),
        Nav(_("Not applicable here"), "services/not-applicable.md"),
        Nav(_("Declined and deferred"), "services/declined.md"),
        *(Nav(page.title, page.path) for page in money_pages(book)),
    )
    groups = tuple(
        Nav(
            group.dimension.name,
            children=tuple(Nav(service.name, f"services/{service.id}.md") for service in group.services),
        )
        for group in service_groups(book)
    )
    yield Nav(_("Services"), "services/index.md", tables + groups)
