"""Which pages the page of the whole playbook leaves out where there are too many for one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pmogen.language import _
from pmogen.render.book import Book

MOST = 300
"""So many pages make one of four megabytes, which a browser still opens at once; a phone opens no more."""

LONGEST = 100_000
"""Characters of a page that may be a part of a whole from which others are left out: lists of hundreds stay by themselves."""


@dataclass(frozen=True)
class Kind:
    """Pages of one kind: what they are about, the page that lists them, and their paths."""

    name: str
    listed: str
    paths: frozenset[str]


def left_out(book: Book, paths: Collection[str]) -> tuple[Kind, ...]:
    """Nothing while there are few pages; else what matters least first, until few enough are left or nothing can be spared."""
    spared: tuple[Kind, ...] = ()
    for kinds in (spared, *_steps(book)):
        spared = kinds
        if len(paths) - sum(len(kind.paths) for kind in kinds) <= MOST:
            break
    return spared


def _steps(book: Book) -> tuple[tuple[Kind, ...], ...]:
    with_gap = {gap.aspect for gap in book.gaps}
    aspects = [aspect.id for aspect in book.catalogue.aspects]
    services = [service.id for service in book.catalogue.services]
    later = _kind(
        _("services that are in no wave"), "services", (each for each in services if not book.placement(each))
    )
    later = Kind(later.name, "roadmap/later.md", later.paths)
    well = _kind(_("aspects without a gap"), "assessment", (each for each in aspects if each not in with_gap))
    all_aspects, all_services = _kind(_("aspects"), "assessment", aspects), _kind(_("services"), "services", services)
    gaps = _kind(_("gaps"), "gaps", with_gap)
    return ((later, well), (later, all_aspects), (all_services, all_aspects), (all_services, all_aspects, gaps))


def _kind(name: str, folder: str, ids: Iterable[str]) -> Kind:
    return Kind(name, f"{folder}/index.md", frozenset(f"{folder}/{each}.md" for each in ids))
