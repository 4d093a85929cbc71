"""The whole site as one file of HTML, which opens from a disk or an e-mail: every page, its pictures, search and filters.

It is made of the finished pages of a built site, whichever builder made them. Each page becomes a section; a link from page
to page becomes a link within the file. Nothing is loaded, and a policy in the file forbids it.
"""

from __future__ import annotations

import base64
import html
import mimetypes
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from jinja2 import DictLoader, Environment

from pmogen.errors import PmogenError
from pmogen.language import _, own_name, speaking
from pmogen.site.builder import NAVIGATION, SITE, Part, languages_of, parts_of
from pmogen.site.policy import policy, with_policy
from pmogen.site.templates import read_templates

TEMPLATE = "single/single.html.j2"
SCRIPTS = ("single/single.js", "assets/js/tables.js")
STYLE = "single/single.css"
WHOLE = "whole"
"""The page that shows all others again: the file itself does, so links to that page lead to the file's beginning."""
CARRIED_BYTES = 65_536
"""Files up to this size (templates of documents, tables) travel inside; of larger ones only the name stays."""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_ONLY_ONLINE = re.compile(
    r'<a\b[^>]*\bclass="[^"]*\bmd-content__button\b[^"]*"[^>]*>.*?</a>|<a\b[^>]*\bclass="headerlink"[^>]*>.*?</a>'
    r"|<script\b.*?</script>|<!--.*?-->",
    re.DOTALL,
)
_TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r'(\s)([\w:-]+)="([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-5])\b")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_SCROLLING = r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'
"""What the theme's script puts around tables, so that wide ones scroll."""
_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_LANGUAGE = re.compile(r'<html\b[^>]*\blang="([^"]*)"')
_BODY = re.compile(r"<body\b([^>]*)>")
_ADDRESS_IN_CSS = re.compile(r"url\(\s*(?!['\"]?(?:data:|#))[^)]*\)|@import[^;]+;|/\*# sourceMappingURL=.*?\*/")
_BLANK = re.compile(r"\n\s*\n+")
_POINTERS = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"})
_LOCAL_REFERENCE = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Entry:
    """A line of the navigation: its words, the section it leads to (or nowhere), and what stands below it."""

    title: str
    target: str = ""
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Section:
    """A page of the site, ready to stand beside all others: `name` is its path without the ending."""

    name: str
    body: str


def export_html(root: Path, only: Iterable[str] = (), paper: str | None = None, language: str | None = None) -> str:
    """The built site of a workspace as one page of HTML; the same site gives the same bytes.

    `only` names sections or pages ("roadmap", "services/pm-training"); without it everything comes along. For
    `paper` of a size ("A4") all pages stand below each other, and nothing can be pressed. `language` is one of those of the
    site, by default the main one. Raises `PmogenError` when there is no site or none in that language, or no page has such
    a name.
    """
    part, others = _part(root, language)
    site = root / SITE / part.below
    start = _read(site / "index.html")
    navigation = _navigation(root / part.configuration)
    entries = tuple(_entries(navigation["nav"]))
    pages = dict.fromkeys((*_targets(entries), *_all_pages(site, others)))
    names = _chosen(tuple(name for name in pages if name != WHOLE), tuple(only))
    targets = frozenset((*names, WHOLE))
    templates = read_templates(root)
    environment = Environment(
        loader=DictLoader(_texts(templates)), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["_"] = _
    said = _first(_LANGUAGE, start, part.language)
    with speaking(said):
        page = environment.get_template(TEMPLATE).render(
            title=html.unescape(navigation["site_name"]),
            language=said,
            body=_first(_BODY, start, ""),
            entries=tuple(_kept(entries, frozenset(names))),
            sections=tuple(_section(site, name, targets, deeper=paper is not None) for name in names),
            style="\n".join((*_styles(site, start), _text(templates, STYLE))),
            scripts=tuple(_script(site, templates, name) for name in SCRIPTS if name in templates and paper is None),
            paper=paper,
        )
    return with_policy(page, policy(page, own=""))


# which pages, in which order


def _part(root: Path, language: str | None) -> tuple[Part, tuple[str, ...]]:
    """The pages of a language, by default of the main one, and the languages that stand in folders among these pages."""
    _read(root / NAVIGATION)
    languages = languages_of(root)
    for part in parts_of(languages):
        if part.language == (language or languages[0]):
            return part, () if part.below else languages[1:]
    names = ", ".join(f"{code} ({own_name(code)})" for code in languages)
    raise PmogenError(
        _("the site has no pages in the language `{language}`", language=language), _("known are {names}", names=names)
    )


def _navigation(path: Path) -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(_read(path))
    return read


def _entries(found: Iterable[Any]) -> Iterator[Entry]:
    """Navigation as the builders read it: pages, `title: page`, or `title: [the group's own page, ...]`."""
    for entry in found:
        if isinstance(entry, str):
            continue  # the group's own page, which the group itself leads to
        for title, below in entry.items():
            words = html.unescape(title)
            if isinstance(below, str):
                yield Entry(words, _name(below))
            else:
                own = next((_name(one) for one in below if isinstance(one, str)), "")
                yield Entry(words, own, tuple(_entries(below)))


def _targets(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.target:
            yield entry.target
        yield from _targets(entry.children)


def _kept(entries: Iterable[Entry], names: frozenset[str]) -> Iterator[Entry]:
    for entry in entries:
        children = tuple(_kept(entry.children, names))
        if children or entry.target in names:
            yield Entry(entry.title, entry.target if entry.target in names else "", children)


def _all_pages(site: Path, others: tuple[str, ...]) -> Iterator[str]:
    """All pages of a language; those of `others` stand in folders of their names."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix().removesuffix(".html")
        if name != "404" and name.partition("/")[0] not in ("assets", *others):
            yield name


def _chosen(names: tuple[str, ...], only: tuple[str, ...]) -> tuple[str, ...]:
    wanted = tuple("index" if one in ("home", "/") else one.strip("/").removesuffix(".html") for one in only)
    for given, one in zip(only, wanted, strict=True):
        if not any(_belongs(name, one) for name in names):
            sections = ", ".join(dict.fromkeys(name.split("/")[0] for name in names if "/" in name))
            raise PmogenError(
                _("no page is called {name}", name=given),
                _("sections are home, {sections}; pages are like {page}", sections=sections, page=names[-1]),
            )
    return tuple(name for name in names if not wanted or any(_belongs(name, one) for one in wanted))


def _belongs(name: str, section: str) -> bool:
    return name == section or name.startswith(f"{section}/")


def _name(page: str) -> str:
    return page.removesuffix(".md")


# what stands in them


def _section(site: Path, name: str, names: frozenset[str], *, deeper: bool) -> Section:
    """A page as a section, with links to `names`; `deeper` puts its headings a step below those of the first page, as in a document."""
    found = _ARTICLE.search(_read(site / f"{name}.html"))
    if found is None:
        raise PmogenError(
            _("{file} has no article, so it cannot be exported", file=f"{SITE}/{name}.html"),
            _("build with a theme that has one"),
        )
    body = _ONLY_ONLINE.sub("", found[1])
    body = _TABLE.sub(_SCROLLING, _TAG.sub(_rewriting(site, name, names), body))
    if deeper and name != "index":
        body = _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}", body)
    return Section(name, _BLANK.sub("\n", body).strip())


def _rewriting(site: Path, name: str, names: frozenset[str]) -> Callable[[re.Match[str]], str]:
    """What makes an element of one page fit into a file that holds all of them."""

    def attribute(found: re.Match[str]) -> str:
        key, value = found[2], found[3]
        if key == "id":
            value = f"{name}--{value}"
        elif key in _POINTERS:
            value = " ".join(f"{name}--{one}" for one in value.split())
        elif key in ("href", "xlink:href"):
            return _link(site, name, html.unescape(value), names, key)
        elif key == "src":
            value = _carried(site, _resolved(name, html.unescape(value))[0]) or ""
        elif "url(#" in value:
            value = _LOCAL_REFERENCE.sub(rf"url(#{name}--\1)", value)
        return f'{found[1]}{key}="{value}"'

    return lambda tag: f"<{tag[1]}{_ATTRIBUTE.sub(attribute, tag[2])}>"


def _link(site: Path, name: str, address: str, names: frozenset[str], key: str) -> str:
    """An address as an attribute: within the file, elsewhere on the web, or the file itself; nothing for what stays behind."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return f' {key}="{html.escape(address)}"'
    path, anchor = _resolved(name, address)
    target = path.removesuffix(".html")
    if target in names:
        return f' {key}="#{html.escape(target + (f"--{anchor}" if anchor else ""))}"'
    carried = None if path.endswith(".html") else _carried(site, path, CARRIED_BYTES)
    return f' {key}="{carried}" download="{html.escape(posixpath.basename(path))}"' if carried else ""


def _resolved(name: str, address: str) -> tuple[str, str]:
    """The path in the site that an address on a page leads to, and the anchor there."""
    parts = urlsplit(address)
    path = (
        posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
        if parts.path
        else f"{name}.html"
    )
    if path == "." or parts.path.endswith("/"):
        path = posixpath.normpath(f"{path}/index.html")
    return path, unquote(parts.fragment)


def _carried(site: Path, path: str, at_most: int | None = None) -> str | None:
    """A file of the site as an address that holds the file itself; None when there is none, or it is too large."""
    file = site / path
    if path.startswith("..") or not file.is_file() or (at_most is not None and file.stat().st_size > at_most):
        return None
    kind = mimetypes.guess_type(file.name, strict=False)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode('ascii')}"


# how it looks


def _styles(site: Path, start: str) -> Iterator[str]:
    """The style sheets of the site, without anything they would load."""
    for address in _STYLESHEET.findall(start):
        path = site / posixpath.normpath(urlsplit(html.unescape(address)).path)
        if path.is_file():
            yield _ADDRESS_IN_CSS.sub("", path.read_text("utf-8")).strip()


def _texts(templates: Mapping[str, str | bytes]) -> dict[str, str]:
    return {name: content for name, content in templates.items() if isinstance(content, str)}


def _script(site: Path, templates: Mapping[str, str | bytes], name: str) -> str:
    """A script, in the words of the site where it is a part of that."""
    return _read(site / name) if (site / name).is_file() else _text(templates, name)


def _text(templates: Mapping[str, str | bytes], name: str) -> str:
    content = templates[name]
    return content if isinstance(content, str) else ""


def _first(pattern: re.Pattern[str], text: str, otherwise: str) -> str:
    found = pattern.search(text)
    return found[1] if found else otherwise


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise PmogenError(
            _("{file} cannot be read: {reason}", file=path, reason=error.strerror),
            _("build the site first: {command}", command="`pmogen build`"),
        ) from error
