"""What is measured: the objectives of the PMO, the first measure of each service, and whether people take it up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pmogen.language import _
from pmogen.model.catalogue import Service
from pmogen.model.roadmap import Wave
from pmogen.render.book import Book
from pmogen.render.page import Page
from pmogen.render.pages.deployment import LATER, SOON, Adopted, adoption_of

PATH = "roadmap/kpis.md"


@dataclass(frozen=True)
class Measured:
    """A service of the roadmap with its first measure and its signs of adoption."""

    service: Service
    wave: Wave
    live: bool
    adopted: Adopted

    @property
    def looks(self) -> tuple[dt.date, dt.date]:
        """When adoption is looked at, counted from the last day of the wave."""
        return self.wave.ends + SOON, self.wave.ends + LATER


def measured(book: Book) -> tuple[Measured, ...]:
    """Services of the roadmap in the order of waves."""
    found = []
    for wave in book.waves:
        for placement in book.wave_services(wave.id):
            service = book.workspace.service(placement.service)
            found.append(Measured(service, wave, placement.frozen, adoption_of(service)))
    return tuple(found)


def page(book: Book) -> Page:
    """The page with all measures."""
    return Page(
        path=PATH,
        title=_("What is measured"),
        template="pages/roadmap/kpis.md.j2",
        values=lambda: {"measured": measured(book), "day": book.settings.as_of},
        sources=(book.span("foundation", "objectives"), *book.files_of("services")),
        hide=("toc",),
        description=_("By which figures people will see whether the PMO is worth it."),
    )
