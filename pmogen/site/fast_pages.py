"""The pages of a MkDocs build, all made at the first call: Markdown by forked processes, then the theme by others."""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

import markdown  # type: ignore[import-untyped]  # it carries no types
from babel.core import Locale
from markdown.extensions.toc import nest_toc_tokens, unique  # type: ignore[import-untyped]  # it carries no types
from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta as front_matter

from pmogen.site.builder import tree_hash
from pmogen.site.fast_cache import Cache
from pmogen.site.forks import forked
from pmogen.source.charts import charts_read, read_chart

LONG = 50_000
"""Pages of more characters are taken apart at their headings."""

Data = dict[str, Any]

_MKDOCS = logging.getLogger("mkdocs")
_TOOLS = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "pygments", "pymdown-extensions")
_APART = frozenset(
    {
        *("admonition", "attr_list", "fenced_code", "tables", "toc", "pymdownx.details", "pymdownx.superfences"),
        "pmogen.render.safe_markdown",
    }
)
"""Extensions that look at nothing but the part of a page that they are given."""
_JOINS = (re.compile(r"<[A-Za-z/!?]"), re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE))
_JOINING = ("[TOC]", "chart-7000", "pgauto", "\x02", "\x03", "~~~")
"""What can work beyond the part of a page that it stands in: a page with any of this is not taken apart."""
_TELLING = re.compile(r"^(?:[ >]*(?P<fence>`{3,})| {0,3}(?P<block>/{3,})|(?P<cut>#{2,3} ))(?P<rest>.*)$", re.MULTILINE)
_ANCHOR = re.compile(r"\S.*\{ #[\w-]+ \}$")
_FIRST_CHART = 700_000_001
_CHART = re.compile(r"chart-(7000\d{5})-")
_AUTO = re.compile(r"pgauto(\d+)x")
_META_OF_OTHERS = re.compile(r"(?<!page)\.meta\b")
_NOT_IN_NAVIGATION = frozenset({"description"})


@dataclass(frozen=True)
class _Task:
    """A page, or one part of a long one, and the key of what was made of it before."""

    number: int
    text: str | None
    key: str | None


class Pages:
    """Takes the place of MkDocs' steps for one page; what it cannot do is left to these."""

    def __init__(self, config: Any, mkdocs_build: ModuleType) -> None:
        self._config = config
        self._build = mkdocs_build
        self._populate_one = mkdocs_build._populate_page  # noqa: SLF001 (there is no other way in)
        self._build_one = mkdocs_build._build_page  # noqa: SLF001 (there is no other way in)
        self._populated: dict[str, Data | None] | None = None
        self._built: dict[str, Data | None] | None = None
        self._cache = Cache(Path(config.config_file_path).parent, Path(config.docs_dir).name)
        self._versions = _versions()
        self._markdown_print = _print(
            self._versions,
            config.markdown_extensions,
            config.mdx_configs,
            config.use_directory_urls,
            {name: dict(value) for name, value in config.validation.items()},
        )

    def keep(self) -> None:
        """What this build did not use is forgotten."""
        self._cache.prune()

    # Markdown

    def populate(self, page: Any, config: Any, files: Any, dirty: bool = False) -> None:
        """In place of `_populate_page`."""
        if self._populated is None:
            self._populated = self._populate_all(files)
        found = self._populated.pop(page.file.src_uri, None)
        if found is None:
            self._populate_one(page, config, files, dirty)
            return
        _say(found["said"])
        page.markdown, page.meta = found["markdown"], found["meta"]
        page.content = found["content"]
        page.toc = _contents(found["toc"])
        page._title_from_render = found["title"]  # noqa: SLF001 (there is no other way in)
        page.present_anchor_ids = set(found["ids"])
        page.links_to_anchors = {files.get_file_from_path(uri): dict(links) for uri, links in found["links"]}

    def _populate_all(self, files: Any) -> dict[str, Data | None]:
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        tasks: list[_Task] = []
        for number, page in enumerate(pages):
            tasks += self._tasks(number, page)

        def work(task: _Task) -> Data | None:
            return self._markdown(pages[task.number], task, files)

        made: dict[int, list[Data | None]] = {}
        longest_first = sorted(range(len(tasks)), key=lambda n: -len(tasks[n].text or ""))
        results: dict[int, Data | None] = dict(
            zip(longest_first, forked(work, [tasks[n] for n in longest_first]), strict=True)
        )
        for n, task in enumerate(tasks):
            made.setdefault(task.number, []).append(results[n])
            if results[n] is not None and task.key is not None:
                self._cache.used(task.key)
        return {pages[number].file.src_uri: _joined(pages[number], found) for number, found in made.items()}

    def _tasks(self, number: int, page: Any) -> Iterator[_Task]:
        try:
            source = page.file.content_string
        except (OSError, ValueError):
            return
        whole = (page.file.src_uri, page.file.url, page.file.inclusion.value)
        if len(source) > LONG and frozenset(self._config.markdown_extensions) <= _APART:
            text = front_matter.get_data(source)[0]
            parts = tuple(_parts(text))
            if len(parts) > 1:
                for part in parts:
                    yield _Task(number, part, _key("part", self._markdown_print, *whole, part))
                return
        yield _Task(number, None, _key("page", self._markdown_print, *whole, source))

    def _markdown(self, page: Any, task: _Task, files: Any) -> Data | None:
        """What Markdown makes of a page or a part; None when anything goes wrong."""
        known: Data | None = self._cache.read(task.key)
        if known is not None and _still(known, files):
            return known
        recording = _Recording(files)
        with _listening() as said, charts_read() as charts:
            try:
                make = self._page if task.text is None else self._part
                made = make(page, recording, task.text or "")
            except Exception:  # noqa: BLE001 (MkDocs meets it again, and tells it)
                return None
        made |= {
            "said": said,
            "files": recording.asked,
            "charts": {name: _hash(chart) for name, chart in charts.items()},
        }
        if not said:
            self._cache.write(task.key, made)
        return made

    def _page(self, page: Any, files: Any, _text: str) -> Data:
        page.read_source(self._config)
        page.render(self._config, files)
        return {
            "markdown": page.markdown,
            "meta": dict(page.meta),
            "content": page.content,
            "toc": [_plain_link(link) for link in page.toc],
            "title": page._title_from_render,  # noqa: SLF001 (there is no other way in)
            "ids": sorted(page.present_anchor_ids),
            "links": _plain_anchors(page.links_to_anchors),
        }

    def _part(self, page: Any, files: Any, text: str) -> Data:
        """One part as MkDocs would make it of a page, but with anchors that are numbered when all parts are together."""
        md = markdown.Markdown(
            extensions=self._config.markdown_extensions, extension_configs=self._config.mdx_configs or {}
        )
        slugs: list[str] = []
        toc = md.treeprocessors["toc"]
        slugify = toc.slugify

        def numbered(words: str, separator: str) -> str:
            slugs.append(slugify(words, separator))
            return f"pgauto{len(slugs) - 1}x"

        toc.slugify = numbered
        own = _OwnAnchors(md)
        md.treeprocessors.register(own, "pmogen_own_anchors", 5.5)
        anchors = mkdocs_pages._ExtractAnchorsTreeprocessor(page.file, files, self._config)  # noqa: SLF001 (MkDocs' own)
        anchors._register(md)  # noqa: SLF001 (MkDocs' own)
        paths = mkdocs_pages._RelativePathTreeprocessor(page.file, files, self._config)  # noqa: SLF001 (MkDocs' own)
        paths._register(md)  # noqa: SLF001 (MkDocs' own)
        title = mkdocs_pages._ExtractTitleTreeprocessor()  # noqa: SLF001 (MkDocs' own)
        title._register(md)  # noqa: SLF001 (MkDocs' own)
        charts = next((one for one in md.treeprocessors if hasattr(one, "placed")), None)
        if charts is not None:
            charts.first = _FIRST_CHART
        content = md.convert(text)
        return {
            "content": content,
            "tokens": [{key: token[key] for key in ("level", "id", "name")} for token in _flat(md.toc_tokens)],
            "title": title.title,
            "ids": sorted(anchors.present_anchor_ids),
            "own": sorted(own.found),
            "slugs": slugs,
            "placed": 0 if charts is None else len(charts.placed),
            "links": _plain_anchors(paths.links_to_anchors),
        }

    # the theme

    def build(  # noqa: PLR0917 (MkDocs' own)
        self, page: Any, config: Any, doc_files: Any, nav: Any, env: Any, dirty: bool = False, excluded: bool = False
    ) -> None:
        """In place of `_build_page`."""
        if self._built is None:
            self._built = self._build_all(doc_files, nav, env)
        found = self._built.pop(page.file.src_uri, None)
        if found is None:
            self._build_one(page, config, doc_files, nav, env, dirty, excluded)
            return
        _say(found["said"])
        index = self._index()
        if index is not None:
            index.entries.extend(found["entries"])

    def _index(self) -> Any:
        search = next((one for one in self._config.plugins.values() if hasattr(one, "search_index_prev")), None)
        return getattr(search, "search_index", None) if search is not None and search.config.enabled else None

    def _build_all(self, doc_files: Any, nav: Any, env: Any) -> dict[str, Data | None]:
        files = [file for file in doc_files if file.page is not None and not file.inclusion.is_excluded()]
        around = self._around(doc_files, nav)
        keys = [_page_key(around, file.page) for file in files]

        def work(number: int) -> Data | None:
            return self._themed(files[number].page, keys[number], doc_files, nav, env)

        longest_first = sorted(range(len(files)), key=lambda n: -len(files[n].page.content or ""))
        made = dict(zip(longest_first, forked(work, longest_first), strict=True))
        for number, found in made.items():
            key = keys[number]
            if found is not None and key is not None:
                self._cache.used(key)
        return {files[number].src_uri: found for number, found in made.items()}

    def _themed(self, page: Any, key: str | None, doc_files: Any, nav: Any, env: Any) -> Data | None:
        target = Path(page.file.abs_dest_path)
        known: Data | None = self._cache.read(key)
        if known is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(known.pop("page").encode("utf-8"))
            return known
        index = self._index()
        before = 0 if index is None else len(index.entries)
        content = page.content
        with _listening() as said:
            try:
                self._build_one(page, self._config, doc_files, nav, env)
            except Exception:  # noqa: BLE001 (MkDocs meets it again, and tells it)
                return None
            finally:
                page.content = content
        entries = [] if index is None else index.entries[before:]
        if index is not None:
            del index.entries[before:]
        made = {"said": said, "entries": entries}
        if not said and key is not None and target.is_file():
            self._cache.write(key, {**made, "page": target.read_bytes().decode("utf-8")})
        return made

    def _around(self, doc_files: Any, nav: Any) -> str | None:
        """Everything that a page in its theme depends on, apart from the page; None when that cannot be told."""
        if "SOURCE_DATE_EPOCH" not in os.environ:
            return None
        own = [Path(folder) for folder in self._config.theme.dirs if Path(folder).is_dir()]
        shipped = [Path(str(import_module(name).__file__)).parent for name in ("material", "mkdocs")]
        own = [one for one in own if not any(one.is_relative_to(base) for base in shipped)]
        texts = [path.read_bytes() for folder in own for path in sorted(folder.rglob("*.html"))]
        free = any(_META_OF_OTHERS.search(text.decode("utf-8", "replace")) for text in texts)
        left_out = frozenset() if free else _NOT_IN_NAVIGATION
        config = self._config
        return _print(
            self._versions,
            os.environ["SOURCE_DATE_EPOCH"],
            [tree_hash(folder) for folder in own],
            {key: value for key, value in config.items() if key not in {"plugins", "theme", "site_dir", "hooks"}},
            dict(config.theme),
            {name: dict(plugin.config) for name, plugin in config.plugins.items()},
            [_plain_nav(item) for item in nav],
            [
                [
                    file.src_uri,
                    file.url,
                    file.page.title,
                    {k: v for k, v in file.page.meta.items() if k not in left_out},
                ]
                for file in doc_files
                if file.page is not None
            ],
        )


def _versions() -> dict[str, str]:
    def one(tool: str) -> str:
        try:
            return version(tool)
        except PackageNotFoundError:
            return ""

    return {"python": sys.version, "pmogen": tree_hash(Path(__file__).parent.parent, "*.py")} | {
        tool: one(tool) for tool in _TOOLS
    }


def _key(*parts: object) -> str | None:
    if None in parts:
        return None
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _print(*values: object) -> str | None:
    """A fingerprint of values; None when one of them is of a kind that has none."""
    try:
        return hashlib.sha256(json.dumps([_plain(value) for value in values], sort_keys=True).encode()).hexdigest()
    except (TypeError, ValueError, RecursionError):
        return None


def _plain(value: Any) -> Any:
    """A value as JSON can say it, the same in every run."""
    plain: Any
    if value is None or isinstance(value, str | int | float):
        plain = value
    elif isinstance(value, Path | Locale):
        plain = str(value)
    elif isinstance(value, Mapping) or hasattr(value, "items"):
        plain = {str(key): _plain(one) for key, one in value.items()}
    elif isinstance(value, list | tuple):
        plain = [_plain(one) for one in value]
    elif isinstance(value, set | frozenset):
        plain = sorted(str(one) for one in value)
    elif inspect.isfunction(value) and value.__module__.partition(".")[0] in ("markdown", "material", "pymdownx"):
        plain = f"{value.__module__}.{value.__qualname__}"
    elif type(value).__module__.startswith("mkdocs.config") and hasattr(value, "__dict__"):
        plain = [str(value), _plain(vars(value))]
    elif hasattr(value, "patterns"):  # what is excluded
        plain = [str(getattr(one, "regex", one)) for one in value.patterns]
    else:
        message = f"no fingerprint of {type(value)}"
        raise TypeError(message)
    return plain


def _page_key(around: str | None, page: Any) -> str | None:
    if around is None:
        return None
    near = [None if one is None else [one.title, one.url] for one in (page.previous_page, page.next_page)]
    shown = [page.title, page.url, page.edit_url, page.canonical_url, page.update_date, page.is_homepage]
    contents = [_plain_link(link) for link in page.toc]
    printed = _print(_hash(page.content), contents, dict(page.meta), near, shown, page.file.src_uri)
    return None if printed is None else _key("theme", around, printed)


def _plain_nav(item: Any) -> Any:
    if item.is_section:
        return [item.title, [_plain_nav(child) for child in item.children]]
    return [item.title, item.file.src_uri if item.is_page else item.url]


def _plain_link(link: Any) -> list[Any]:
    return [link.title, link.id, link.level, [_plain_link(child) for child in link.children]]


def _plain_anchors(found: Mapping[Any, Mapping[str, str]]) -> list[Any]:
    """The anchors that a page leads to, with the links themselves, by the file they are in."""
    return [[file.src_uri, [list(link) for link in links.items()]] for file, links in found.items()]


def _contents(links: list[list[Any]]) -> Any:
    made = [_link(*link) for link in links]
    if made:
        made[0].active = True
    return TableOfContents(made)


def _link(title: str, anchor: str, level: int, children: list[list[Any]]) -> Any:
    link = AnchorLink(title, anchor, level)
    link.children = [_link(*child) for child in children]
    return link


def _flat(tokens: list[Data]) -> Iterator[Data]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


class _OwnAnchors(markdown.treeprocessors.Treeprocessor):  # type: ignore[misc]  # Markdown carries no types
    """The anchors that stand in the text, before headings without one are given theirs."""

    found: frozenset[str] = frozenset()

    def run(self, root: Any) -> None:
        self.found = frozenset(element.attrib["id"] for element in root.iter() if "id" in element.attrib)


class _Recording:
    """The files of a site, which notes what was asked about them."""

    def __init__(self, files: Any) -> None:
        self._files = files
        self.asked: dict[str, Any] = {}

    def get_file_from_path(self, path: str) -> Any:
        found = self._files.get_file_from_path(path)
        self.asked[path] = _seen(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)


def _seen(file: Any) -> Any:
    return None if file is None else [file.src_uri, file.url, file.inclusion.value]


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def _still(known: Data, files: Any) -> bool:
    """True when the files and charts that this rests on are as they were."""
    return all(_seen(files.get_file_from_path(path)) == seen for path, seen in known["files"].items()) and all(
        _hash(read_chart(name)) == seen for name, seen in known["charts"].items()
    )


@contextmanager
def _listening() -> Iterator[list[list[Any]]]:
    """What MkDocs says is kept, to be said when the page has its turn."""
    said: list[list[Any]] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append([record.name, record.levelno, record.getMessage()])

    handlers = _MKDOCS.handlers
    _MKDOCS.handlers = [Ear()]
    try:
        yield said
    finally:
        _MKDOCS.handlers = handlers


def _say(said: list[list[Any]]) -> None:
    for name, level, message in said:
        logging.getLogger(name).log(level, message)


# long pages


def _parts(text: str) -> Iterator[str]:
    """The text in pieces that Markdown can read one by one: each begins at a heading with an anchor of its own."""
    begin = 0
    if not any(what in text for what in _JOINING) and not any(pattern.search(text) for pattern in _JOINS):
        for cut in _cuts(text):
            yield text[begin : cut - 1]
            begin = cut
    yield text[begin:]


def _cuts(text: str) -> Iterator[int]:
    """Where headings stand that have an anchor, outside of code and of blocks, after an empty line."""
    fence = ""
    blocks: list[int] = []
    for found in _TELLING.finditer(text):
        rest = found["rest"]
        if fence:
            if found["fence"] == fence and not rest.strip():
                fence = ""
        elif found["fence"]:
            if "`" not in rest:
                fence = found["fence"]
        elif found["block"]:
            if rest.strip():
                blocks.append(len(found["block"]))
            elif blocks and len(found["block"]) == blocks[-1]:
                blocks.pop()
        elif not blocks and text.endswith("\n\n", 0, found.start()) and _ANCHOR.match(rest) and _few(rest):
            yield found.start()


def _few(heading: str) -> bool:
    """True for some headings, always the same: to begin anew at each would cost more than it saves."""
    return hashlib.sha256(heading.encode()).digest()[0] < 64


def _joined(page: Any, parts: list[Data | None]) -> Data | None:
    """The page of its parts, with their headings and charts numbered as if they had always been together."""
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts):
        return None
    if "toc" in whole[0]:
        return whole[0]
    used = {anchor for part in whole for anchor in part["own"]}
    number: Callable[..., str] = unique
    counters: tuple[dict[str, int], ...] = ({},) if len(inspect.signature(unique).parameters) > 2 else ()
    contents, tokens, ids = [], [], set()
    links: dict[str, dict[str, str]] = {}
    placed = 0
    for part in whole:
        names = [number(slug, used, *counters) for slug in part["slugs"]]
        named = partial(_name, names)
        counted = partial(_chart, placed)
        contents.append(_CHART.sub(counted, _AUTO.sub(named, part["content"])))
        tokens += [token | {"id": _AUTO.sub(named, token["id"])} for token in part["tokens"]]
        ids |= {_AUTO.sub(named, anchor) for anchor in part["ids"]}
        for uri, found in part["links"]:
            for anchor, link in found:
                links.setdefault(uri, {}).setdefault(_AUTO.sub(named, anchor), _AUTO.sub(named, link))
        placed += part["placed"]
    text, meta = front_matter.get_data(page.file.content_string)
    return {
        "markdown": text,
        "meta": meta,
        "content": "\n".join(filter(None, contents)),
        "toc": [_of_token(token) for token in nest_toc_tokens(tokens)],
        "title": whole[0]["title"],
        "ids": sorted(ids),
        "links": [[uri, list(found.items())] for uri, found in links.items()],
        "said": [one for part in whole for one in part["said"]],
    }


def _name(names: list[str], found: re.Match[str]) -> str:
    return names[int(found[1])]


def _chart(placed: int, found: re.Match[str]) -> str:
    return f"chart-{int(found[1]) - _FIRST_CHART + 1 + placed}-"


def _of_token(token: Data) -> list[Any]:
    return [token["name"], token["id"], token["level"], [_of_token(child) for child in token["children"]]]
