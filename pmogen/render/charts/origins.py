"""Where the figures of a chart come from: the places that somebody would change to change the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmogen.diagnostics import Span
from pmogen.render.book import Book


def origins(book: Book, name: str) -> tuple[Span, ...]:
    """The places behind a chart, by the name of its file; nothing for a chart that nobody knows here."""
    stem = name.removesuffix(".svg")
    if stem in _OF_ONE:
        return _OF_ONE[stem](book)
    family, _dash, about = stem.partition("-")
    return _OF_MANY[family](book, about) if family in _OF_MANY else ()


def _levels(book: Book) -> tuple[Span, ...]:
    return (book.span("assessments", book.workspace.current.name, "aspects"),)


def _gaps(book: Book) -> tuple[Span, ...]:
    return (*_levels(book), book.span("foundation", "customers"))


def _plan(book: Book) -> tuple[Span, ...]:
    return book.plan_from


def _requires(book: Book, service: str) -> tuple[Span, ...]:
    return (book.span("services", service, "requires"),)


def _answers(book: Book, aspect: str) -> tuple[Span, ...]:
    level = book.level(aspect)
    return level.trace.sources if level else ()


_OF_ONE: Mapping[str, Callable[[Book], tuple[Span, ...]]] = {
    "capacity": _plan,
    "gaps": _gaps,
    "hub": lambda book: (book.span("foundation", "customers"), book.span("foundation", "stakeholders")),
    "levels": lambda book: (*_levels(book), *_plan(book)),
    "load": lambda book: (book.span("roadmap", "audiences"), *_plan(book)),
    "matrix": _gaps,
    "needs": lambda book: (*book.files_of("services"), book.span("decisions", "services")),
    "roadmap": _plan,
    "trend": lambda book: tuple(
        book.span("assessments", dated.name, "aspects") for dated in reversed(book.workspace.assessments)
    ),
}

_OF_MANY: Mapping[str, Callable[[Book, str], tuple[Span, ...]]] = {
    "agreement": _answers,
    "coverage": lambda book, _dimension: (*_levels(book), *book.files_of("services")),
    "needs": _requires,
}
