"""The Markdown of all pages, made by forked processes at the first call, or kept from before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mkdocs.structure.pages import Page
from mkdocs.utils import meta as front_matter

from pmogen.forks import forked
from pmogen.site.fast_cache import Cache, as_kept
from pmogen.site.fast_parts import APART, LONG, joined, made_of_part, parts_of
from pmogen.site.fast_prints import fingerprint, hashed, key_of, tool_versions
from pmogen.site.fast_rests import Found, Rests, recording, resting, still
from pmogen.site.fast_said import listening, say
from pmogen.site.fast_toc import contents, plain_anchors, plain_contents

Facts = dict[str, Any]
"""What MkDocs knows about a page when its Markdown is made, as plain values."""

_A_PITY = 50
"""So many pages are not to be lost when somebody interrupts the build later on."""


@dataclass(frozen=True)
class _Task:
    """A page, or one part of a long one, and the key of what was made of it before."""

    uri: str
    text: str
    key: str | None
    number: int = 0
    is_part: bool = False


@dataclass(frozen=True)
class _Made:
    """What Markdown makes of a page: its HTML is None where it can be read when it is needed."""

    facts: Facts
    html: str | None
    head: str | None = None
    said: list[Any] = field(default_factory=list)
    key: str | None = None


class MarkdownPages:
    """Takes the place of MkDocs' step from Markdown to HTML (`plain`), to which it leaves what it cannot do."""

    def __init__(self, config: Any, cache: Cache, plain: Callable[..., None]) -> None:
        self._config = config
        self._cache = cache
        self._plain = plain
        self._files: Any = None
        self._sources: dict[str, str] = {}
        self._made: dict[str, _Made] = {}
        self._print = fingerprint(
            tool_versions(),
            config.markdown_extensions,
            config.mdx_configs,
            config.use_directory_urls,
            {name: dict(value) for name, value in config.validation.items()},
        )
        self.prints: dict[str, str] = {}
        """Of pages by their names: one fingerprint of all that Markdown made."""

    def populate(self, page: Any, config: Any, files: Any, dirty: bool = False) -> None:
        """In place of `_populate_page`."""
        if self._files is None:
            self._files = Found(files)
            self._make_all()
        made = self._made.pop(page.file.src_uri, None)
        if made is None:
            self._plain(page, config, files, dirty)
            return
        say(made.said)
        source = self._sources.pop(page.file.src_uri)
        place(page, made.facts, source, self._files)
        if made.html is not None:
            page.content = made.html
        else:
            page.__class__ = _KeptPage
            page.read = lambda: self._kept_html(page, made, source)
        if made.facts["print"] is not None:
            self.prints[page.file.src_uri] = made.facts["print"]

    def _kept_html(self, page: Any, made: _Made, source: str) -> str:
        """The HTML that was made before; made again when it is lost."""
        keys = made.facts.get("parts")
        html = self._cache.body(made.key) if keys is None else self._joined_again(keys)
        if html is None or hashed(html) != made.facts["html"]:
            with _read_as(page.file, source):
                html = str(made_of_page(page, self._config, self._files)[1])
        return html

    def _joined_again(self, keys: list[str]) -> str | None:
        """The HTML of the parts with these keys; None when one of them is lost."""
        kept = [self._cache.body(key) for key in keys]
        parts = [json.loads(part) for part in kept if part is not None]
        return joined(parts)[1] if len(parts) == len(kept) else None

    def _make_all(self) -> None:
        pages = {file.src_uri: file.page for file in self._files.documentation_pages() if file.page is not None}
        tasks: list[_Task] = []
        for uri, page in pages.items():
            tasks += self._tasks(uri, page)
        tasks.sort(key=lambda task: -len(task.text))

        def work(task: _Task) -> Any:
            page = pages[task.uri]
            return self._part(page, task) if task.is_part else self._page(page, task)

        parts: dict[str, list[tuple[_Task, Facts | None]]] = {}
        for task, found in zip(tasks, forked(work, tasks), strict=True):
            if task.is_part:
                parts.setdefault(task.uri, []).append((task, found))
            elif found is not None:
                self._made[task.uri] = found
                self._cache.keep_head(found.key, found.head)
        for uri, of_page in parts.items():
            self._join(pages[uri], sorted(of_page, key=lambda one: one[0].number))
        if len({task.uri for task in tasks}) > _A_PITY:
            self._cache.save(pruned=False)

    def _tasks(self, uri: str, page: Any) -> Iterator[_Task]:
        """What is to be done for a page: nothing when it was made before and rests on the same."""
        try:
            source = self._sources[uri] = page.file.content_string
        except (OSError, ValueError):
            return
        key = self._key(page, "page", source)
        kept = self._kept_page(key)
        if kept is not None:
            self._made[uri] = kept
            return
        parts: tuple[str, ...] = ()
        if len(source) > LONG and frozenset(self._config.markdown_extensions) <= APART:
            parts = tuple(parts_of(front_matter.get_data(source)[0]))
        if len(parts) > 1:
            for number, part in enumerate(parts):
                yield _Task(uri, part, self._key(page, "part", part), number, is_part=True)
        else:
            yield _Task(uri, source, key)

    def _key(self, page: Any, kind: str, text: str) -> str | None:
        return key_of(kind, self._print, page.file.src_uri, page.file.url, page.file.inclusion.value, hashed(text))

    # pages as a whole

    def _kept_page(self, key: str | None) -> _Made | None:
        head = self._cache.head(key)
        facts = None if head is None else json.loads(head)
        if facts is None or not still(facts, self._files):
            return None
        for used in (key, *facts.get("parts", ())):
            self._cache.used(used)
        if facts["among"] != self._files.among:
            facts["among"] = self._files.among
            self._cache.keep_head(key, as_kept(facts))
        return _Made(facts, None, key=key)

    def _page(self, page: Any, task: _Task) -> _Made | None:
        """What Markdown makes of a page; None when anything goes wrong."""
        with listening() as said, recording(self._files) as (recorded, rests), _read_as(page.file, task.text):
            try:
                facts, html = made_of_page(page, self._config, recorded)
            except Exception:  # noqa: BLE001 (MkDocs meets it again, and tells it)
                return None
            finally:
                page.markdown, page.content, page.toc = None, None, []  # all pages would be too many to hold them here
        head = _head_of(facts, html, rests, task.key)
        key = None if said or head is None else task.key
        kept = self._cache.keep_body(key, html)
        return _Made(facts, None if kept else html, head, said, key)

    # parts

    def _part(self, page: Any, task: _Task) -> Facts | None:
        """What Markdown makes of a part; None when anything goes wrong."""
        body = self._cache.body(task.key)
        known: Facts | None = None if body is None else json.loads(body)
        if known is not None and still(known, self._files):
            return known
        with listening() as said, recording(self._files) as (recorded, rests):
            try:
                made = made_of_part(page, task.text, self._config, recorded)
            except Exception:  # noqa: BLE001 (MkDocs meets it again, and tells it)
                return None
        made |= {"said": said, **rests}
        kept = as_kept(made)
        if kept is not None and not said:
            self._cache.keep_body(task.key, kept)
        return made

    def _join(self, page: Any, made: list[tuple[_Task, Facts | None]]) -> None:
        """The page of its parts, if there are all of them."""
        uri = page.file.src_uri
        parts = [part for _task, part in made if part is not None]
        if len(parts) < len(made):
            return
        facts, html = joined(parts)
        text, facts["meta"] = front_matter.get_data(self._sources[uri])
        facts |= {"markdown": len(text), "parts": [task.key for task, _part in made]}
        rests = resting(self._files, {path for part in parts for path in part["files"]})
        rests["charts"] = {name: chart for part in parts for name, chart in part["charts"].items()}
        said = [one for part in parts for one in part["said"]]
        key = self._key(page, "page", self._sources[uri])
        head = _head_of(facts, html, rests, key)
        key = None if said or head is None else key
        self._cache.keep_head(key, head)
        for task, _part in made:
            self._cache.used(task.key)
        self._made[uri] = _Made(facts, html, head, said, key)


def made_of_page(page: Any, config: Any, files: Any) -> tuple[Facts, str]:
    """What Markdown makes of a page: what is to be known of it, and its HTML."""
    page.read_source(config)
    page.render(config, files)
    return {
        "markdown": len(page.markdown),
        "meta": dict(page.meta),
        "toc": plain_contents(page.toc),
        "title": page._title_from_render,  # noqa: SLF001 (there is no other way in)
        "ids": sorted(page.present_anchor_ids),
        "links": plain_anchors(page.links_to_anchors),
    }, page.content


def place(page: Any, facts: Facts, source: str, files: Any) -> None:
    """The page as if MkDocs had just made its Markdown, apart from the HTML."""
    page.markdown = source[len(source) - facts["markdown"] :]
    page.meta = facts["meta"]
    page.toc = contents(facts["toc"])
    page._title_from_render = facts["title"]  # noqa: SLF001 (there is no other way in)
    page.present_anchor_ids = set(facts["ids"])
    page.links_to_anchors = {files.get_file_from_path(uri): dict(links) for uri, links in facts["links"]}


def _head_of(facts: Facts, html: str, rests: Rests, key: str | None) -> str | None:
    """The head of a page of which Markdown made this, after all that belongs into it was added; None when it cannot be kept.

    The `print` is one fingerprint of all that a theme can show.
    """
    facts["html"] = hashed(html)
    facts["print"] = key_of(key, as_kept(facts))
    facts |= rests
    return as_kept(facts)


@contextmanager
def _read_as(file: Any, source: str) -> Iterator[None]:
    """Meanwhile the file has this content, whoever writes to it: what is made of it is kept under the name of that."""
    before, file._content = file._content, source  # noqa: SLF001 (there is no other way in)
    try:
        yield
    finally:
        file._content = before  # noqa: SLF001 (there is no other way in)


class _KeptPage(Page):
    """A page whose HTML is read when somebody asks for it."""

    read: Callable[[], str]

    @property
    def content(self) -> str | None:
        """The HTML."""
        own = vars(self)
        if own.get("content") is None:
            own["content"] = self.read()
        return str(own["content"])

    @content.setter
    def content(self, html: str | None) -> None:
        vars(self)["content"] = html
