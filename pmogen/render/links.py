"""Where everything has its page: one table of kind and id, so that every link of the site is made in one place."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from pmogen.render.addresses import percent_encoded
from pmogen.render.book import Book
from pmogen.render.markdown import Md


@dataclass(frozen=True)
class Target:
    """A place of the site: a page, with `#anchor` where it is a part of one, and what people call it."""

    address: str
    name: str


@dataclass(frozen=True)
class Links:
    """The table."""

    targets: Mapping[tuple[str, str], Target]
    _seen: dict[str, dict[tuple[str, str], Md]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Links as they are on pages of a folder."""

    @cached_property
    def _with_parts(self) -> frozenset[str]:
        """Pages on which links to their own parts look different from links elsewhere."""
        parts = (target.address.partition("#") for target in self.targets.values())
        return frozenset(page for page, sign, _part in parts if sign)

    def find(self, kind: str, identifier: str) -> Target | None:
        """The place; a page may be named by its path, with or without anchor."""
        if kind == "page":
            return Target(identifier, identifier)
        return self.targets.get((kind, identifier))

    def shown_on(self, path: str) -> str:
        """What a page is about, as `pmogen explain` calls it: gap:pm-skills; nothing for a page of many things."""
        return self._about.get(path, "")

    @cached_property
    def _about(self) -> Mapping[str, str]:
        """The first thing of each page of one thing; an aspect without a gap has no page but its own."""
        found: dict[str, str] = {}
        for (kind, identifier), target in self.targets.items():
            found.setdefault(target.address, f"{kind}:{identifier}")
        return found

    def address(self, kind: str, identifier: str) -> str:
        """Where the thing is below the playbook's root; empty for what has no page."""
        target = self.find(kind, identifier)
        return target.address if target else ""

    def seen_from(self, path: str) -> Callable[..., Md]:
        """`link(kind, id, text=None)` for templates of the page `path`: `[name](relative/path.md#anchor)`.

        What has no page gives its text (or its id) without a link.
        """
        folder, own = posixpath.dirname(path), f"{path}#"
        known = {} if path in self._with_parts else self._seen.setdefault(folder, {})

        def link(kind: str, identifier: str, text: Any = None) -> Md:
            if text is not None:
                return linked(kind, identifier, text)
            made = known.get((kind, identifier))
            if made is None:
                made = known[kind, identifier] = linked(kind, identifier)
            return made

        def linked(kind: str, identifier: str, text: Any = None) -> Md:
            target = self.find(kind, identifier)
            if target is None:
                return Md.escape(identifier if text is None else text)
            said = Md.escape(target.name if text is None else text)
            address = target.address
            way = relative(path, address) if address.startswith(own) else _from_folder(folder, address)
            return Md(f"[{said}]({way})")

        return link

    def addresses_from(self, path: str) -> Callable[[str, str], Md]:
        """`address(kind, id)` for templates: the relative address alone; an error when there is none."""
        return lambda kind, identifier: relative(path, self.targets[kind, identifier].address)

    @staticmethod
    def anchor(kind: str, identifier: str) -> Md:
        """What stands behind a heading so that links to the thing arrive there: ` { #customer-finance }`."""
        return Md(" { #%s }") % anchor_id(kind, identifier)


def anchor_id(kind: str, identifier: str) -> str:
    """The anchor of a thing that is a part of a page."""
    return f"{kind}-{identifier}"


def relative(path: str, address: str) -> Md:
    """The address seen from a page: both relative to the playbook's root."""
    if address.startswith(f"{path}#"):
        return Md("#" + percent_encoded(address[len(path) + 1 :]))
    return _from_folder(posixpath.dirname(path), address)


@lru_cache(maxsize=65_536)  # pages of a folder have many links in common
def _from_folder(folder: str, address: str) -> Md:
    page, _, part = address.partition("#")
    return Md(percent_encoded(_way(folder, page)) + (f"#{percent_encoded(part)}" if part else ""))


def _way(folder: str, page: str) -> str:
    """The way from a folder to a page, as `posixpath.relpath` gives it, which asks the machine where it is for each."""
    here, there = (posixpath.normpath(path).split("/") if path not in ("", ".") else [] for path in (folder, page))
    differ = (number for number, (one, other) in enumerate(zip(here, there, strict=False)) if one != other)
    common = next(differ, min(len(here), len(there)))
    return "/".join((*(".." for _up in here[common:]), *there[common:])) or "."


def links_of(book: Book) -> Links:
    """The table of a playbook."""
    found: dict[tuple[str, str], Target] = {}
    for kind, identifier, address, name in (*_own_pages(book), *_parts_of_pages(book)):
        found[kind, identifier] = Target(address, name)
    return Links(found)


def _own_pages(book: Book) -> Iterator[tuple[str, str, str, str]]:
    for aspect in book.catalogue.aspects:
        yield "aspect", aspect.id, f"assessment/{aspect.id}.md", aspect.name
    for gap in book.playbook.gaps:
        address = f"gaps/{gap.aspect}.md" if gap.kind == "gap" else f"assessment/{gap.aspect}.md"
        yield "gap", gap.aspect, address, book.name("aspects", gap.aspect)
    assessed = {gap.aspect for gap in book.playbook.gaps}
    for aspect in book.catalogue.aspects:
        if aspect.id not in assessed:
            yield "gap", aspect.id, f"assessment/{aspect.id}.md", aspect.name
    for service in book.catalogue.services:
        yield "service", service.id, f"services/{service.id}.md", service.name
    for wave in book.waves:
        yield "wave", wave.id, f"roadmap/{wave.id}.md", wave.name
    for entity in book.decisions.entities:
        yield "entity", entity.id, f"hand-offs/{entity.id}.md", entity.name
    for audience in book.catalogue.audiences:
        yield "audience", audience.id, f"audiences/{audience.id}.md", audience.name
    for template in book.catalogue.templates:
        yield "template", template.id, f"knowledge/templates/{template.id}.md", template.name


def _parts_of_pages(book: Book) -> Iterator[tuple[str, str, str, str]]:
    catalogue = book.catalogue
    parts: tuple[tuple[str, str, Any], ...] = (
        ("hand-off", "", book.decisions.hand_offs),
        ("customer", "foundation/customers.md", book.foundation.customers),
        ("benefit", "foundation/customers.md", book.benefits),
        ("objective", "foundation/objectives.md", book.foundation.objectives),
        ("question", "foundation/index.md", catalogue.questions),
        ("dimension", "assessment/index.md", catalogue.dimensions),
        ("scenario", "roadmap/scenarios.md", book.workspace.scenarios.scenarios),
        ("role", "knowledge/roles.md", catalogue.roles),
        ("practice", "knowledge/practices.md", catalogue.practices),
        ("problem", "knowledge/problems.md", catalogue.problems),
        ("term", "knowledge/glossary.md", catalogue.glossary),
    )
    for kind, page, entries in parts:
        for entry in entries:
            home = page or f"hand-offs/{entry.entity}.md"
            yield kind, entry.id, f"{home}#{anchor_id(kind, entry.id)}", name_of(entry)


def name_of(entry: Any) -> str:
    """What people call an entry."""
    fields = ("name", "title", "term", "benefit", "objective", "question")
    return next((str(getattr(entry, field)) for field in fields if getattr(entry, field, None)), str(entry.id))
