"""The overview of a group becomes Markdown, charts and navigation."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import yaml

from pmogen.group.overview import Overview
from pmogen.language import _
from pmogen.render.addresses import percent_encoded
from pmogen.render.assets import CHARTS, Templates, copied
from pmogen.render.charts.drawing import Drawing, Picture, picture_of
from pmogen.render.environment import markdown_environment, template_mistakes
from pmogen.render.group.charts import charts
from pmogen.render.links import relative
from pmogen.render.look import palette
from pmogen.render.markdown import Md, one_line
from pmogen.render.navigation import navigation
from pmogen.render.page import Nav, tidied
from pmogen.render.repository import OF_ADDRESSES
from pmogen.render.tree import Tree

MACROS = "group/_macros.md.j2"
ADDRESSES = {"aspect": "aspects/{}.md", "joint": "joint.md#{}", "office": "offices/{}.md", "page": "{}"}


@dataclass(frozen=True)
class Page:
    """A page of the overview: its path, its heading, its template and what else that needs."""

    path: str
    title: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


def render_group(overview: Overview, templates: Templates) -> Mapping[str, str | bytes]:
    """The files of the overview: path below the group's folder to content. Its language is spoken."""
    tree = Tree(overview.group.language, (overview.group.language,))
    drawing = Drawing(templates)
    drawn = {picture.name: picture for picture in (picture_of(chart, drawing) for chart in charts(overview))}
    files: dict[str, str | bytes] = dict(copied(templates, tree.docs))
    files.update((f"{tree.docs}/{CHARTS}/{name}", picture.svg) for name, picture in drawn.items())
    write = _writer(overview, templates, drawn)
    files.update((f"{tree.docs}/{page.path}", write(page)) for page in pages(overview))
    look = {"theme": {"palette": palette()}}
    files[tree.configuration] = navigation(overview.group.title, _nav(overview), look, tree)
    return dict(sorted(files.items()))


def pages(overview: Overview) -> Iterator[Page]:
    """All pages; aspects and offices that agreed to be compared have one each."""
    yield Page("index.md", overview.group.title, "group/home.md.j2")
    yield Page("levels.md", _("Levels and gaps"), "group/levels.md.j2")
    yield Page("waves.md", _("Waves"), "group/waves.md.j2")
    yield Page("hand-offs.md", _("Hand-offs"), "group/hand-offs.md.j2")
    yield Page("joint.md", _("Joint services"), "group/joint.md.j2")
    yield Page("method.md", _("How it is computed"), "group/method.md.j2")
    for total in overview.aspects:
        yield Page(f"aspects/{total.aspect}.md", total.name, "group/aspect.md.j2", {"total": total})
    for report in overview.named:
        placed = [place for total in overview.aspects for place in total.places if place.report is report]
        yield Page(
            f"offices/{report.office.id}.md",
            report.office.name,
            "group/office.md.j2",
            {"report": report, "places": placed, "totals": {total.aspect: total for total in overview.aspects}},
        )


def _nav(overview: Overview) -> Iterator[Nav]:
    known = {page.path: Nav(page.title, page.path) for page in pages(overview)}
    yield Nav(_("Overview"), "index.md")
    aspects = tuple(entry for path, entry in known.items() if path.startswith("aspects/"))
    yield Nav(known["levels.md"].title, "levels.md", aspects)
    for path in ("waves.md", "hand-offs.md", "joint.md"):
        yield known[path]
    offices = tuple(entry for path, entry in known.items() if path.startswith("offices/"))
    if offices:
        yield Nav(_("Offices"), "", offices)
    yield known["method.md"]


def _writer(overview: Overview, templates: Templates, drawn: Mapping[str, Picture]) -> Callable[[Page], str]:
    """Writes pages: front matter, and the template, in which everything that is not trusted is escaped."""
    environment = markdown_environment(templates)

    def written(page: Page) -> str:
        shared = {
            "overview": overview,
            "group": overview.group,
            "page": page,
            "link": partial(_link, page.path),
            "outward": _outward,
            "asset": lambda name: relative(page.path, f"assets/{name}"),
            "picture": drawn.get,
        }
        with template_mistakes(page.template):
            macros = environment.get_template(MACROS).make_module(shared)
            body = environment.get_template(page.template).render(shared, m=macros, **page.values)
        return f"{_front_matter(page)}{tidied(body)}\n"

    return written


def _front_matter(page: Page) -> str:
    title = yaml.safe_dump({"title": html.escape(one_line(page.title))}, allow_unicode=True, width=10_000)
    return f"---\n{title}---\n\n"


def _link(path: str, kind: str, identifier: str, text: Any) -> Md:
    """`link("aspect", id, text)` for templates of the page `path`; also `office`, `joint` and `page`."""
    return Md("[{}]({})").format(text, relative(path, ADDRESSES[kind].format(identifier)))


def _outward(text: Any, address: str) -> Md:
    """A link that leaves the overview."""
    return Md("[{}]({})").format(text, Md(percent_encoded(address, f"{OF_ADDRESSES}#")))
