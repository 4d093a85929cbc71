"""The last step of a build: small mistakes of themes are mended, and each page gets its content security policy.

It works on what a builder wrote, so it is the same for all of them and nobody has to install a plugin.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from pmogen.forks import forked
from pmogen.language import ENGLISH, N_, _, speaking
from pmogen.site.policy import with_policy
from pmogen.site.write import replace_file

NOT_FOUND = "404.html"

_OTHERS_IN_HEAD = re.compile(r'<link\b[^>]*\brel="alternate"[^>]*\bhreflang="[^"]*"[^>]*>\s*')
_ALTERNATE = re.compile(r'<a\b[^>]*\bhreflang="([^"]*)"[^>]*>')
_HREF = re.compile(r'\bhref="[^"]*"')
_FIELD = re.compile(r"<(?:input|label)\b[^>]*>")
_SEARCH = re.compile(r'<div class="md-search"(?![^>]*aria-label)[^>]*\brole="dialog"')
_SEARCH_NAME = re.compile(r'<input\b[^>]*\bclass="md-search__input"[^>]*\baria-label="([^"]*)"')
_WORD = re.compile(r"\w")
_FOR = re.compile(r'\sfor="([^"]*)"')
_SWITCH = re.compile(r'\btype="(?:checkbox|radio)"')
_NOT_ON_SWITCHES = re.compile(r'\sautocomplete="[^"]*"')
_NOT_ON_LABELS = re.compile(r'\stabindex=""|\saria-hidden="true"')
_GROUP = re.compile(
    r'(<nav\b[^>]*\bdata-md-level="[1-9]"[^>]*?)\saria-labelledby="[^"]*"([^>]*>\s*'
    r'<label\b[^>]*\bclass="md-nav__title"[^>]*>(.*?)</label>)',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_TOP = re.compile(r'<link rel="stylesheet" href="(/[^"]*?)assets/')
_NEAR = "if(location.protocol==='file:')"
_FROM_TOP = r'((?:\b(?:href|src)=|"(?:base|search)": )"/)(?!{folder}/)'
_ENGLISH_WORDS = (('title="', N_("Permanent link"), '"'), ("<h1>", N_("404 - Not found"), "</h1>"))


def finish_site(folder: Path, languages: tuple[str, ...] = (ENGLISH,), done: Collection[str] = ()) -> None:
    """Finishes every page of a built site, apart from those that are done; a page that needs nothing is not touched.

    Of several languages the first stands in the folder itself, each other one in a folder of its name.
    """
    found = {path: path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    left = [path for path, name in found.items() if name not in done]

    def work(path: Path) -> bool:
        before = path.read_text("utf-8")
        after = finished_page(before, found[path], languages)
        if after != before:
            replace_file(path, after.encode("utf-8"))
        return True

    paths = sorted(left, key=lambda path: (-path.stat().st_size, path))
    for path, worked in zip(paths, forked(work, paths), strict=True):
        if not worked:
            work(path)


def finished_page(page: str, path: str, languages: tuple[str, ...] = (ENGLISH,)) -> str:
    """The page at this path of a site in these languages, as it is published. Finishing it once more changes nothing."""
    first = path.partition("/")[0]
    code = first if first in languages[1:] else languages[0]
    with speaking(code):
        after = finished(page)
    if path.rpartition("/")[2] == NOT_FOUND:
        after = with_policy(near_by(after if code == languages[0] else in_folder(after, code)))
    return with_same_page(after, path, languages) if len(languages) > 1 else after


def finished(page: str) -> str:
    """The page as it is published. Finishing it once more changes nothing."""
    return with_policy(_translated(_named_groups(_named_search(_valid_fields(page)))))


def with_same_page(page: str, path: str, languages: tuple[str, ...]) -> str:
    """The page with ways to itself in the other languages, where its theme leads to their first pages.

    What its head says about the others is taken out: the theme's script would ask for files of theirs that are not there.
    """
    page = _OTHERS_IN_HEAD.sub("", page)
    main, *others = languages
    first = path.partition("/")[0]
    below = path.removeprefix(f"{first}/") if first in others else path
    if below == NOT_FOUND:  # shown at any address, so there is no same page
        return page

    def led(found: re.Match[str]) -> str:
        tag, code = found[0], found[1]
        if code not in languages:
            return tag
        target = posixpath.relpath(below if code == main else f"{code}/{below}", posixpath.dirname(path) or ".")
        return _HREF.sub(f'href="{quote(target)}"', tag)

    return _ALTERNATE.sub(led, page)


def in_folder(page: str, folder: str) -> str:
    """A page whose addresses begin at the top of the host, where its own tree is a folder there."""
    return re.sub(_FROM_TOP.format(folder=re.escape(folder)), rf"\g<1>{folder}/", page)


def near_by(page: str) -> str:
    """The page that a web server shows at any address, so that it finds its styles from a disk, too.

    Its addresses begin at the top of the host, where a disk has nothing of ours.
    """
    top = _TOP.search(page)
    if top is None or _NEAR in page:
        return page
    script = _NEAR + (
        f"{{const near=()=>{{for(const one of document.querySelectorAll('[href^=\"{top[1]}\"]'))"
        f"one.setAttribute('href',one.getAttribute('href').slice({len(top[1])})||'index.html')}};"
        "near();addEventListener('DOMContentLoaded',near)}"
    )
    return page.replace("</head>", f"<script>{script}</script></head>", 1)


def _translated(page: str) -> str:
    """Words that builders and themes have in English only, in the language that is spoken."""
    for before, word, after in _ENGLISH_WORDS:
        page = page.replace(f"{before}{word}{after}", f"{before}{escape(_(word))}{after}")
    return page


def _named_search(page: str) -> str:
    """The search is a dialog to screen readers, so it needs a name: that of its field, in the site's language."""
    name = _SEARCH_NAME.search(page)
    return _SEARCH.sub(rf'\g<0> aria-label="{name[1]}"', page) if name else page


def _named_groups(page: str) -> str:
    """Groups of the navigation have the name that stands above them: the label they point at may have no words."""

    def named(found: re.Match[str]) -> str:
        name = " ".join(_TAG.sub(" ", found[3]).split()).replace('"', "&quot;")
        return f'{found[1]} aria-label="{name}"{found[2]}' if name else found[0]

    return _GROUP.sub(named, page)


def _valid_fields(page: str) -> str:
    """Without attributes that HTML does not allow where the themes put them."""

    @cache
    def stands(anchor: str) -> bool:
        return any(not at or not _WORD.match(page, at - 1) for at in _places(page, f'id="{anchor}"'))

    def mended(found: re.Match[str]) -> str:
        tag = found[0]
        if tag.startswith("<input"):
            return _NOT_ON_SWITCHES.sub("", tag) if _SWITCH.search(tag) else tag
        target = _FOR.search(tag)
        return _NOT_ON_LABELS.sub("", _FOR.sub("", tag) if target and not stands(target[1]) else tag)

    return _FIELD.sub(mended, page)


def _places(page: str, text: str) -> Iterator[int]:
    at = page.find(text)
    while at >= 0:
        yield at
        at = page.find(text, at + 1)
