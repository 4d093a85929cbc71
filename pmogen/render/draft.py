"""A playbook before it is written: what files there will be, at little cost, and each of them when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from pmogen.aside import jobs
from pmogen.exchange import PLAYBOOK, SCHEMA, playbook_json, playbook_schema
from pmogen.exchange.files import FOLDER
from pmogen.forks import forked
from pmogen.language import speaking
from pmogen.playbook import Playbook
from pmogen.render.assets import CHARTS, Templates, copied, style_sheet
from pmogen.render.book import Book
from pmogen.render.charts import Pictures
from pmogen.render.charts.drawing import Picture
from pmogen.render.links import Links, links_of
from pmogen.render.look import STYLE_SHEET, own_colours, theme_settings
from pmogen.render.navigation import navigation, settings
from pmogen.render.page import Nav, Page
from pmogen.render.pages import all_nav, all_pages
from pmogen.render.pages.catalogue import document_files
from pmogen.render.pages.downloads import PATH as DOWNLOADS
from pmogen.render.pages.downloads import downloads_page
from pmogen.render.pages.whole import PATH as WHOLE
from pmogen.render.pages.whole import whole_page
from pmogen.render.tree import Tree
from pmogen.render.writer import Writer

Content = str | bytes

LAST = frozenset({DOWNLOADS, WHOLE})
"""Pages that are made from others, or from charts."""
OF_VALUES = (".json", ".xml", ".ics", ".zip")
"""Ends of the names of files that tell values and nothing else."""
MANY = 60
"""So many pages are made by several processes: to start them takes as long as to make half as many."""


@dataclass(frozen=True)
class Draft:
    """The files of one tree of pages. Nothing is written, drawn or even laid out before it is asked for.

    It speaks the language of its tree, whatever is spoken around it. Everything may raise `PmogenError` when a template or a
    setting of the look is wrong: both come from the workspace.
    """

    book: Book
    templates: Templates
    tree: Tree
    data: Callable[[], str] | None = None
    offered: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    _made: dict[str, Content] = field(default_factory=dict, init=False, repr=False)
    _texts: dict[str, bytes] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """All pages in order, by path below the playbook's root; the last two are made from what the others become."""
        with speaking(self.tree.language):
            pages = (
                *all_pages(self.book),
                downloads_page(self.book, lambda: self._below, self.pictures),
                whole_page(self.book, self._entries, self._text),
            )
            return {page.path: page for page in pages}

    @cached_property
    def pictures(self) -> Pictures:
        """The charts by file name."""
        return Pictures(self.book, self._links)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """All files, by path below the workspace root."""
        docs = self.tree.docs
        pages = (f"{docs}/{path}" for path in self.pages)
        charts = (f"{docs}/{CHARTS}/{name}" for name in self.pictures)
        return tuple(sorted({*self._given, *charts, *pages, self.tree.configuration}))

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What mkdocs.yml inherits: the navigation and the look."""
        with speaking(self.tree.language):
            return settings(self.book.settings.title, self._entries, self._look, self.tree)

    @cached_property
    def configuration(self) -> str:
        """The same as it is written."""
        with speaking(self.tree.language):
            return navigation(self.book.settings.title, self._entries, self._look, self.tree)

    @cached_property
    def _look(self) -> Mapping[str, Any]:
        return theme_settings(self.book.settings, set(self.paths), self.tree.docs)

    def page(self, path: str) -> str:
        """The Markdown of a page, by its path below the playbook's root."""
        with speaking(self.tree.language):
            return self._writer.write(self.pages[path])

    def chart(self, name: str) -> str:
        """The SVG of a chart, by its file name."""
        with speaking(self.tree.language):
            return self.pictures[name].svg

    def file(self, path: str) -> Content:
        """The content of any file, by its path below the workspace root."""
        if path == self.tree.configuration:
            return self.configuration
        below = path.removeprefix(f"{self.tree.docs}/")
        if below in self.pages:
            return self.page(below)
        name = below.removeprefix(f"{CHARTS}/")
        return self.chart(name) if name in self.pictures else self._content(path)

    def files(self) -> Mapping[str, Content]:
        """All files by path below the workspace root, text as text."""
        contents = self.contents()
        binary = {path for path in self._given if isinstance(self._content(path), bytes)}
        return {path: made if path in binary else made.decode() for path, made in contents.items()}

    def contents(self) -> Mapping[str, bytes]:
        """All files by path below the workspace root, as they are written. Pages that were made are handed over, and not kept here."""
        docs = self.tree.docs
        if len(self.pages) >= MANY:
            with speaking(self.tree.language):
                self._make_all()
        found = {path: _as_bytes(self._content(path)) for path in self._given}
        found.update((f"{docs}/{CHARTS}/{name}", self.chart(name).encode()) for name in self.pictures)
        found.update((f"{docs}/{path}", self._texts.get(path) or self.page(path).encode()) for path in self.pages)
        self._texts.clear()
        found[self.tree.configuration] = self.configuration.encode()
        return dict(sorted(found.items()))

    @cached_property
    def _links(self) -> Links:
        return links_of(self.book)

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.book, self._links, self.pictures)

    @cached_property
    def _entries(self) -> tuple[Nav, ...]:
        with speaking(self.tree.language):
            return tuple(all_nav(self.book))

    @cached_property
    def _given(self) -> Mapping[str, Callable[[], Content]]:
        """The files that are neither pages nor charts, by path below the workspace root."""
        with speaking(self.tree.language):
            return dict(self._copied())

    def _copied(self) -> Iterator[tuple[str, Callable[[], Content]]]:
        docs = self.tree.docs
        yield from ((path, partial(_as_it_is, content)) for path, content in copied(self.templates, docs))
        yield f"{docs}/{STYLE_SHEET}", lambda: style_sheet(self.templates) + own_colours(self.book.settings.colours)
        yield from ((f"{docs}/{path}", partial(_as_it_is, text)) for path, text in document_files(self.book))
        data = self.data or (lambda: playbook_json(self.book.playbook))
        if self.tree.is_main:
            yield f"build/{PLAYBOOK}", data
        yield f"{docs}/{PLAYBOOK}", data
        yield f"{docs}/{SCHEMA}", playbook_schema
        yield from ((f"{docs}/{FOLDER}/{name}", make) for name, make in self.offered.items())

    @property
    def _for_programs(self) -> tuple[tuple[str, ...], ...]:
        """The files for other programs, which take long: together those that share what they tell, each of the others alone."""
        folder, data = f"{self.tree.docs}/{FOLDER}/", f"{self.tree.docs}/{PLAYBOOK}"
        paths = [path for path in self._given if path == data or path.startswith(folder)]
        alone = tuple((path,) for path in paths if not path.endswith(OF_VALUES))
        return (tuple(path for path in paths if path.endswith(OF_VALUES)), *alone)

    def _content(self, path: str) -> Content:
        """One of the given files, which is made once."""
        if path not in self._made:
            with speaking(self.tree.language):
                self._made[path] = self._given[path]()
        return self._made[path]

    @property
    def _below(self) -> Mapping[str, Content]:
        """What is given, by path below the playbook's root."""
        root = f"{self.tree.docs}/"
        return {path.removeprefix(root): self._content(path) for path in self._given if path.startswith(root)}

    def _make_all(self) -> None:
        """Makes all charts, all files for other programs, and all pages but those made from others, by several processes."""
        common = Counter(page.template for page in self.pages.values())
        self._writer.compile(template for template, pages in common.items() if pages > jobs())
        pages = sorted(self.pages.values(), key=lambda page: common[page.template])
        # A page that is the only one of its kind takes long, so it comes first.
        groups = [*self._for_programs, *self._with_charts(page for page in pages if page.path not in LAST)]
        for group, made in zip(groups, forked(self._several, groups), strict=True):
            if made is not None:
                for name, one in zip(group, made, strict=True):
                    self._take(name, one)
        if self.tree.is_main:
            self._made[f"build/{PLAYBOOK}"] = self._content(f"{self.tree.docs}/{PLAYBOOK}")

    def _with_charts(self, pages: Iterable[Page]) -> Iterator[tuple[str, ...]]:
        """Each page with the charts that are its own, as both need their layout; then all other charts one by one."""
        left = dict.fromkeys(self.pictures)
        for page in pages:
            own = tuple(name for name in page.charts if name in left)
            yield (page.path, *own)
            for name in own:
                del left[name]
        yield from ((name,) for name in left)

    def _several(self, names: Sequence[str]) -> Sequence[Content | Picture]:
        return [self._one(name) for name in names]

    def _one(self, name: str) -> Content | Picture:
        if name in self.pages:
            return self.page(name).encode()
        return self.pictures.drawn(name) if name in self.pictures else self._given[name]()

    def _take(self, name: str, made: Content | Picture) -> None:
        if isinstance(made, Picture):
            self.pictures.take(made)
        elif isinstance(made, bytes) and name in self.pages:
            self._texts[name] = made
        else:
            self._made[name] = made

    def _text(self, path: str) -> str:
        """The Markdown of a page; what was kept of it, where all are made."""
        made = self._texts.get(path)
        return self.page(path) if made is None else made.decode()


def _as_it_is(content: Content) -> Content:
    return content


def _as_bytes(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content


def drafted(
    playbook: Playbook,
    templates: Templates,
    commit: str | None = None,
    tree: Tree | None = None,
    data: Callable[[], str] | None = None,
    *,
    offered: Mapping[str, Callable[[], bytes]] | None = None,
) -> Draft:
    """A playbook before it is written.

    With a `commit`, links to sources lead to the lines as they were in it, otherwise to the branch. The playbook's texts
    are in the language of the tree. `data` makes the playbook.json, which is that of the main language in every tree. `offered`
    are files for other programs, for the Downloads page; each is made when it is asked for, and once.
    """
    tree = tree or Tree(playbook.workspace.settings.language, playbook.workspace.settings.spoken)
    return Draft(Book(playbook, templates, commit), templates, tree, data, offered or {})
