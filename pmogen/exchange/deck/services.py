"""What a PMO can do, as a facilitator opens the talk about products and services: neutral, filtered to the gaps found."""

from __future__ import annotations

from collections.abc import Iterator

from pmogen.exchange.deck.slides import Deck, Figure, Slide
from pmogen.exchange.parts.gaps import gap_chart
from pmogen.exchange.parts.opening import opening_lines
from pmogen.exchange.parts.services import helpful_table, kind_of
from pmogen.exchange.parts.table import Cell, Column, Table, row
from pmogen.exchange.told import Told, number
from pmogen.language import _, ngettext
from pmogen.model.catalogue import Service
from pmogen.model.terms import word


def services_deck(told: Told) -> Deck:
    """The candidates by dimension and tier, what each is for and which gaps it addresses, and questions to talk about."""
    candidates, others = told.document.candidates, len(told.document.not_applicable)
    lift = told.document.method.lift
    chart = gap_chart(told)
    possible = _("What is possible, not a to-do list")
    return Deck(
        _("What a PMO can do"),
        (*opening_lines(told), possible),
        (
            Slide(
                _("How to read the next slides"),
                figures=(
                    Figure(
                        str(len(candidates)), ngettext("that would help here", "that would help here", len(candidates))
                    ),
                    Figure(
                        str(others),
                        ngettext("other that closes no gap of ours", "others that close no gap of ours", others),
                    ),
                ),
                points=(
                    _("A product is something handed over, a service something done."),
                    _(
                        "Basic ones lift an aspect up to level {basic}, advanced ones up to level {advanced}, and often need a basic one first.",
                        basic=number(lift.basic_up_to, 1),
                        advanced=number(lift.advanced_up_to, 1),
                    ),
                    _("Beside each stands how large the gaps are that it helps to close. What it costs comes later."),
                    _("This is not a to-do list. A PMO that tries everything at once does nothing well."),
                ),
                sources=(told.source("decisions", "services"),),
            ),
            Slide(_("Where we come from"), chart=chart, sources=chart.sources, foot=chart.axis),
            *_presented(told, possible),
            _table(helpful_table(told), possible),
            Slide(
                _("Now it is your turn"),
                points=(
                    _("Which three of these would you miss most if they never came?"),
                    _("Which one would you use in the next quarter, with which project?"),
                    _("Which one should this PMO not do, and who does it instead?"),
                    _("What is missing on these slides?"),
                ),
                notes=(_("Write down what is said, word by word. Decide nothing today."),),
            ),
        ),
        (_("Stay neutral: show, ask, listen. Nothing is decided by being shown."),),
        (told.source("playbook"),),
    )


def _table(table: Table, foot: str) -> Slide:
    return Slide(table.title, table=table, sources=table.sources, foot=foot)


def _presented(told: Told, foot: str) -> Iterator[Slide]:
    """The candidates, by the dimension they serve in the first place, basic ones before advanced ones."""
    helped = {
        candidate.service: tuple(closes.aspect for closes in candidate.closes) for candidate in told.document.candidates
    }
    for dimension in told.workspace.catalogue.dimensions:
        own = [
            service
            for service in told.workspace.catalogue.services
            if service.id in helped and _dimension(told, service) == dimension.id
        ]
        for tier in ("basic", "advanced"):
            shown = [service for service in own if service.tier == tier]
            if not shown:
                continue
            title = {
                "basic": _("{dimension}, basic", dimension=dimension.name),
                "advanced": _("{dimension}, advanced", dimension=dimension.name),
            }[tier]
            columns = (
                Column(_("Product or service"), 2.4),
                Column(_("Kind"), 0.9),
                Column(_("What it is for"), 4.2),
                Column(_("Addresses aspect, size of the gap"), 3.6),
            )
            rows = tuple(
                row(
                    Cell(service.name, bold=True),
                    kind_of(told.services[service.id]),
                    service.purpose,
                    ", ".join(_aspect(told, aspect) for aspect in _by_rank(told, helped[service.id])),
                )
                for service in shown
            )
            sources = tuple(told.source("services", service.id) for service in shown)
            notes = (dimension.question, *(_said(service) for service in shown))
            yield Slide(title, table=Table(title, columns, rows, sources), notes=notes, sources=sources, foot=foot)


def _said(service: Service) -> str:
    return _(
        "{service}. People say: {pain} It works when: {sign}",
        service=service.name,
        pain=service.pain,
        sign=service.noticed_by,
    )


def _by_rank(told: Told, aspects: tuple[str, ...]) -> list[str]:
    return sorted(aspects, key=lambda aspect: told.gaps[aspect].rank)


def _aspect(told: Told, aspect: str) -> str:
    size = told.gaps[aspect].size or ""
    return _("{aspect} ({size})", aspect=told.name("aspects", aspect), size=word("size", size))


def _dimension(told: Told, service: Service) -> str:
    """The dimension of the first aspect that it lifts, the primary ones first."""
    first = min(service.lifts, key=lambda lift: lift.strength != "primary")
    aspect = told.workspace.find("aspects", first.aspect)
    return aspect.dimension if aspect else ""
