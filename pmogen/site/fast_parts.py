"""Long pages, taken apart at their headings: Markdown reads their parts one by one, and they are joined as if it had not."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import markdown  # type: ignore[import-untyped]  # it carries no types
from markdown.extensions.toc import nest_toc_tokens, unique  # type: ignore[import-untyped]  # it carries no types
from mkdocs.structure import pages as mkdocs_pages

from pmogen.site.fast_toc import of_token, plain_anchors

LONG = 50_000
"""Pages of more characters are taken apart at their headings."""
APART = frozenset(
    {
        *("admonition", "attr_list", "fenced_code", "tables", "toc", "pymdownx.details", "pymdownx.superfences"),
        "pmogen.render.safe_markdown",
    }
)
"""Extensions that look at nothing but the part of a page that they are given."""

Part = dict[str, Any]

_JOINS = (re.compile(r"<[A-Za-z/!?]"), re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE))
_JOINING = ("[TOC]", "chart-7000", "pgauto", "\x02", "\x03", "~~~")
"""What can work beyond the part of a page that it stands in: a page with any of this is not taken apart."""
_TELLING = re.compile(r"^(?:[ >]*(?P<fence>`{3,})| {0,3}(?P<block>/{3,})|(?P<cut>#{2,3} ))(?P<rest>.*)$", re.MULTILINE)
_ANCHOR = re.compile(r"\S.*\{ #[\w-]+ \}$")
_ENOUGH = 20_000
"""A part of more characters ends at the next heading."""
_FIRST_CHART = 700_000_001
_CHART = re.compile(r"chart-(7000\d{5})-")
_AUTO = re.compile(r"pgauto(\d+)x")


def parts_of(text: str) -> Iterator[str]:
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
    last = 0
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
        elif (
            not blocks
            and text.endswith("\n\n", 0, found.start())
            and _ANCHOR.match(rest)
            and (_few(rest) or found.start() - last > _ENOUGH)
        ):
            last = found.start()
            yield last


def _few(heading: str) -> bool:
    """True for some headings, always the same, so that parts stay the same where nothing changes.

    To begin anew at each would cost more than it saves.
    """
    return hashlib.sha256(heading.encode()).digest()[0] < 64


def made_of_part(page: Any, text: str, config: Any, files: Any) -> Part:
    """One part as MkDocs would make it of a page, but with anchors that are numbered when all parts are together."""
    md = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
    slugs: list[str] = []
    toc = md.treeprocessors["toc"]
    slugify = toc.slugify

    def numbered(words: str, separator: str) -> str:
        slugs.append(slugify(words, separator))
        return f"pgauto{len(slugs) - 1}x"

    toc.slugify = numbered
    own = _OwnAnchors(md)
    md.treeprocessors.register(own, "pmogen_own_anchors", 5.5)
    anchors = mkdocs_pages._ExtractAnchorsTreeprocessor(page.file, files, config)  # noqa: SLF001 (MkDocs' own)
    anchors._register(md)  # noqa: SLF001 (MkDocs' own)
    paths = mkdocs_pages._RelativePathTreeprocessor(page.file, files, config)  # noqa: SLF001 (MkDocs' own)
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
        "links": plain_anchors(paths.links_to_anchors),
    }


def joined(parts: list[Part]) -> tuple[Part, str]:
    """What Markdown makes of the whole page, with headings and charts numbered as if its parts had always been together."""
    used = {anchor for part in parts for anchor in part["own"]}
    number: Callable[..., str] = unique
    counters: tuple[dict[str, int], ...] = ({},) if len(inspect.signature(unique).parameters) > 2 else ()
    contents, tokens, ids = [], [], set()
    links: dict[str, dict[str, str]] = {}
    placed = 0
    for part in parts:
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
    return {
        "toc": [of_token(token) for token in nest_toc_tokens(tokens)],
        "title": parts[0]["title"],
        "ids": sorted(ids),
        "links": [[uri, [list(link) for link in found.items()]] for uri, found in links.items()],
    }, "\n".join(filter(None, contents))


def _name(names: list[str], found: re.Match[str]) -> str:
    return names[int(found[1])]


def _chart(placed: int, found: re.Match[str]) -> str:
    return f"chart-{int(found[1]) - _FIRST_CHART + 1 + placed}-"


def _flat(tokens: list[Part]) -> Iterator[Part]:
    for token in tokens:
        yield token
        yield from _flat(token["children"])


class _OwnAnchors(markdown.treeprocessors.Treeprocessor):  # type: ignore[misc]  # Markdown carries no types
    """The anchors that stand in the text, before headings without one are given theirs."""

    found: frozenset[str] = frozenset()

    def run(self, root: Any) -> None:
        self.found = frozenset(element.attrib["id"] for element in root.iter() if "id" in element.attrib)
