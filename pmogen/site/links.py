"""Follows every link of a built site: to pages, files and anchors; and finds what it would ask of other hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

_LOADED = {"script", "img", "iframe", "source", "audio", "video", "track", "embed", "object", "image", "use"}
_LOADED_RELS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest"}
_CSS_ADDRESS = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


@dataclass(frozen=True)
class Link:
    """An address as it stands in a page (`address`), and whether a browser loads it without being asked."""

    page: str
    address: str
    loaded: bool


@dataclass(frozen=True)
class Page:
    """A page of the site: its links and the anchors one can link to."""

    links: tuple[Link, ...]
    anchors: frozenset[str]


@dataclass(frozen=True)
class SiteLinks:
    """All pages of a site by path, and the paths of all its files."""

    pages: dict[str, Page]
    files: frozenset[str]


def read_site(folder: Path) -> SiteLinks:
    """Reads all pages of a built site, its style sheets and its pictures."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    pages = {
        name: _read(name, path) for name, path in sorted(files.items()) if path.suffix in {".html", ".svg", ".css"}
    }
    return SiteLinks(pages, frozenset(files))


def broken_links(site: SiteLinks) -> tuple[Link, ...]:
    """Links within the site that lead to no file or to no anchor."""
    return tuple(link for page in site.pages.values() for link in page.links if _is_broken(site, link))


def foreign_requests(site: SiteLinks) -> tuple[Link, ...]:
    """What a browser would load from another host without being asked."""
    links = (link for page in site.pages.values() for link in page.links)
    return tuple(link for link in links if link.loaded and (urlsplit(link.address).netloc or _scheme(link) == "http"))


def reachable(site: SiteLinks, start: str = "index.html") -> frozenset[str]:
    """Pages that can be reached from a page by clicking."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in found or name not in site.pages:
            continue
        found.add(name)
        waiting += [target for link in site.pages[name].links if not link.loaded and (target := _target(link)[0])]
    return frozenset(found)


def _is_broken(site: SiteLinks, link: Link) -> bool:
    path, anchor = _target(link)
    if path is None:
        return False
    if path not in site.files:
        return True
    page = site.pages.get(path)
    return bool(anchor) and page is not None and path.endswith(".html") and anchor not in page.anchors


def _target(link: Link) -> tuple[str | None, str]:
    """Path in the site and anchor; None for what leads elsewhere."""
    if _scheme(link) or urlsplit(link.address).netloc:
        return None, ""
    if urlsplit(link.page).path == "404.html":  # shown at any depth, so its links start at the root of the host
        return None, ""
    joined = urlsplit(urljoin(f"http://site/{quote(link.page)}", link.address.strip()))
    path = unquote(joined.path).lstrip("/")
    if path.endswith("/") or not path:
        path += "index.html"
    return path, unquote(joined.fragment)


def _scheme(link: Link) -> str:
    scheme = urlsplit(link.address.strip()).scheme
    return "http" if scheme == "https" else scheme


def _read(name: str, path: Path) -> Page:
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        return Page(tuple(_css_links(name, text)), frozenset())
    reader = _Reader(name)
    reader.feed(text)
    reader.close()
    return Page(tuple(reader.links), frozenset(reader.anchors))


def _css_links(page: str, text: str) -> Iterator[Link]:
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    for match in _CSS_ADDRESS.finditer(without_comments):
        yield Link(page, match[1] or match[2], loaded=True)


class _Reader(HTMLParser):
    """Collects addresses and anchors of one page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.links: list[Link] = []
        self.anchors: set[str] = {"", "top"}
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._in_style = tag == "style"
        self.anchors |= {given[key] for key in ("id", "name") if key in given}
        loaded = tag in _LOADED or (tag == "link" and bool(_LOADED_RELS & set(given.get("rel", "").split())))
        for key in ("href", "xlink:href", "src", "data", "poster"):
            if key in given and (key != "data" or tag == "object"):
                self.links.append(Link(self.page, given[key], loaded))
        for candidate in given.get("srcset", "").split(","):
            if candidate.strip():
                self.links.append(Link(self.page, candidate.split()[0], loaded=True))
        self.links += _css_links(self.page, given.get("style", ""))

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.links += _css_links(self.page, data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"
