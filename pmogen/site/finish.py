"""The last step of a build: small mistakes of themes are mended, and each page gets its content security policy.

It works on what a builder wrote, so it is the same for all of them and nobody has to install a plugin.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import quote

from pmogen.language import ENGLISH
from pmogen.site.policy import with_policy
from pmogen.site.write import replace_file

NOT_FOUND = "404.html"

_OTHERS_IN_HEAD = re.compile(r'<link\b[^>]*\brel="alternate"[^>]*\bhreflang="[^"]*"[^>]*>\s*')
_ALTERNATE = re.compile(r'<a\b[^>]*\bhreflang="([^"]*)"[^>]*>')
_HREF = re.compile(r'\bhref="[^"]*"')
_FIELD = re.compile(r"<(?:input|label)\b[^>]*>")
_SEARCH = re.compile(r'<div class="md-search"(?![^>]*aria-label)[^>]*\brole="dialog"')
_SEARCH_NAME = re.compile(r'<input\b[^>]*\bclass="md-search__input"[^>]*\baria-label="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')
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


def finish_site(folder: Path, languages: tuple[str, ...] = (ENGLISH,)) -> None:
    """Finishes every page of a built site; a page that needs nothing is not touched.

    Of several languages the first stands in the folder itself, each other one in a folder of its name.
    """
    for path in sorted(folder.rglob("*.html")):
        before = path.read_text("utf-8")
        after = finished(before)
        if len(languages) > 1:
            after = with_same_page(after, path.relative_to(folder).as_posix(), languages)
        if after != before:
            replace_file(path, after.encode("utf-8"))


def finished(page: str) -> str:
    """The page as it is published. Finishing it once more changes nothing."""
    return with_policy(_named_groups(_named_search(_valid_fields(page))))


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
    ids = frozenset(_ID.findall(page))

    def mended(found: re.Match[str]) -> str:
        tag = found[0]
        if tag.startswith("<input"):
            return _NOT_ON_SWITCHES.sub("", tag) if _SWITCH.search(tag) else tag
        target = _FOR.search(tag)
        return _NOT_ON_LABELS.sub("", _FOR.sub("", tag) if target and target[1] not in ids else tag)

    return _FIELD.sub(mended, page)
