"""All pages put into the theme and finished by forked processes at the first call, or kept from before."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pmogen.forks import forked
from pmogen.site.fast_cache import Cache, as_kept
from pmogen.site.fast_order import Order
from pmogen.site.fast_prints import fingerprint, hashed, key_of, tool_versions
from pmogen.site.fast_said import listening, say
from pmogen.site.fast_search import by_pieces, index_of, piece
from pmogen.site.fast_toc import plain_contents
from pmogen.site.finish import finished_page
from pmogen.site.trees import file_hash, tree_hash

_META_OF_OTHERS = re.compile(r"(?<!page)\.meta\b")
_NOT_IN_NAVIGATION = frozenset({"description"})


@dataclass(frozen=True)
class _Made:
    """A page that was written: what MkDocs said, its entries for the search, and its hash, if it was finished.

    The entries are None where those that were kept are still right.
    """

    said: list[Any]
    entries: str | None
    hash: str | None


class ThemedPages:
    """Takes the place of MkDocs' step from HTML into the theme (`plain`), to which it leaves what it cannot do.

    `prints` has one fingerprint of all that Markdown made of a page, for most of them.
    """

    def __init__(
        self, config: Any, cache: Cache, plain: Callable[..., None], prints: Mapping[str, str], order: Order | None
    ) -> None:
        self._config = config
        self._cache = cache
        self._plain = plain
        self._prints = prints
        self._order = order
        self._made: dict[str, _Made] | None = None
        self.finished: dict[str, str] = {}
        """The hashes of the pages that were finished, by their places in the whole site."""

    def build(  # noqa: PLR0917 (MkDocs' own)
        self, page: Any, config: Any, doc_files: Any, nav: Any, env: Any, dirty: bool = False, excluded: bool = False
    ) -> None:
        """In place of `_build_page`."""
        index = index_of(config)
        if self._made is None:
            self._made = self._make_all(doc_files, nav, env)
            if index is not None:
                by_pieces(index)
        made = self._made.pop(page.file.src_uri, None)
        if made is None:
            self._plain(page, config, doc_files, nav, env, dirty, excluded)
            return
        say(made.said)
        if self._order is not None and made.hash is not None:
            self.finished[self._order.path(page.file.dest_uri)] = made.hash
        if index is not None:
            index.entries.append(made.entries)

    def _make_all(self, doc_files: Any, nav: Any, env: Any) -> dict[str, _Made]:
        files = [file for file in doc_files if file.page is not None and not file.inclusion.is_excluded()]
        files.sort(key=lambda file: -len(file.page.markdown or ""))
        around = around_pages(self._config, doc_files, nav, self._order)
        keys = [page_key(around, file.page, self._prints.get(file.src_uri)) for file in files]
        hashes = [self._hash(key) for key in keys]

        def work(number: int) -> _Made | None:
            page, key, expected = files[number].page, keys[number], hashes[number]
            if expected is not None and self._placed(page, key, expected):
                return _Made([], None, expected)
            return self._one(page, key, doc_files, nav, env)

        made: dict[str, _Made] = {}
        for file, key, found in zip(files, keys, forked(work, range(len(files))), strict=True):
            if found is None:
                continue
            made[file.src_uri] = found
            if found.entries is None:
                self._cache.used(key)
                made[file.src_uri] = replace(found, entries=self._cache.entries(key))
            elif not found.said:
                self._cache.keep_head(key, as_kept(found.hash))
                self._cache.keep_entries(key, found.entries)
        return made

    def _hash(self, key: str | None) -> str | None:
        """The hash of a page that was finished before; None where not all is known that is needed to take it over."""
        head = self._cache.head(key)
        found: str | None = None if head is None or self._cache.entries(key) is None else json.loads(head)
        return found

    def _placed(self, page: Any, key: str | None, expected: str) -> bool:
        """Puts a page that was made before in its place again; False when it is lost."""
        target = Path(page.file.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        former = None if self._order is None else self._order.former
        if former is not None and _taken_over(Path(former, page.file.dest_uri), target, expected):
            return True
        body = self._cache.body(key)
        if body is None or hashed(body) != expected:
            return False
        target.write_bytes(body.encode("utf-8"))
        return True

    def _one(self, page: Any, key: str | None, doc_files: Any, nav: Any, env: Any) -> _Made | None:
        target = Path(page.file.abs_dest_path)
        index = index_of(self._config)
        before = 0 if index is None else len(index.entries)
        html = vars(page).get("content")  # None for one that is read when somebody asks for it
        with listening() as said:
            try:
                self._plain(page, self._config, doc_files, nav, env)
            except Exception:  # noqa: BLE001 (MkDocs meets it again, and tells it)
                return None
            finally:
                page.content = html
        entries = [] if index is None else index.entries[before:]
        if index is not None:
            del index.entries[before:]
        made = _Made(said, piece(entries), None)
        if target.is_file():
            if self._order is None:
                text = target.read_bytes().decode("utf-8")
            else:
                place = self._order.path(page.file.dest_uri)
                text = finished_page(target.read_text("utf-8"), place, self._order.languages)
                target.write_bytes(text.encode("utf-8"))
            made = replace(made, hash=hashed(text))
            if not said:
                self._cache.keep_body(key, text)
        return made


def _taken_over(former: Path, target: Path, expected: str) -> bool:
    """True when a page of the old site is what it should be, and is in the new one, too: the same file under two names."""
    try:
        if former.is_symlink() or file_hash(former) != expected:
            return False
        target.hardlink_to(former)
    except OSError:
        return False
    return True


def around_pages(config: Any, doc_files: Any, nav: Any, order: Order | None) -> str | None:
    """Everything that a page in its theme depends on, apart from the page; None when that cannot be told."""
    if "SOURCE_DATE_EPOCH" not in os.environ:
        return None
    own = [Path(folder) for folder in config.theme.dirs if Path(folder).is_dir()]
    shipped = [Path(str(import_module(name).__file__)).parent for name in ("material", "mkdocs")]
    own = [one for one in own if not any(one.is_relative_to(base) for base in shipped)]
    texts = [path.read_bytes() for folder in own for path in sorted(folder.rglob("*.html"))]
    free = any(_META_OF_OTHERS.search(text.decode("utf-8", "replace")) for text in texts)
    left_out = frozenset() if free else _NOT_IN_NAVIGATION
    return fingerprint(
        tool_versions(),
        os.environ["SOURCE_DATE_EPOCH"],
        None if order is None else [order.languages, order.below],
        [tree_hash(folder) for folder in own],
        {key: value for key, value in config.items() if key not in {"plugins", "theme", "site_dir", "hooks"}},
        dict(config.theme),
        {name: dict(plugin.config) for name, plugin in config.plugins.items()},
        [_plain_nav(item) for item in nav],
        [
            [file.src_uri, file.url, file.page.title, {k: v for k, v in file.page.meta.items() if k not in left_out}]
            for file in doc_files
            if file.page is not None
        ],
    )


def page_key(around: str | None, page: Any, printed: str | None = None) -> str | None:
    """The key of a page in its theme; `printed` is of what Markdown made of it, where somebody knows."""
    if around is None:
        return None
    near = [None if one is None else [one.title, one.url] for one in (page.previous_page, page.next_page)]
    shown = [page.title, page.url, page.edit_url, page.canonical_url, page.update_date, page.is_homepage]
    inside = printed or [hashed(page.content), plain_contents(page.toc), dict(page.meta)]
    return key_of("theme", around, fingerprint(inside, near, shown, page.file.src_uri))


def _plain_nav(item: Any) -> Any:
    if item.is_section:
        return [item.title, [_plain_nav(child) for child in item.children]]
    return [item.title, item.file.src_uri if item.is_page else item.url]
