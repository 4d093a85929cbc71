"""From a laid-out chart to SVG text: inks for light, dark and paper, and the template that draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from jinja2 import Environment
from markupsafe import Markup

from pmogen.analysis.contrast import DARK_PAGES, LIGHT_PAGES
from pmogen.diagnostics import Span
from pmogen.render.charts.lettering import Words
from pmogen.render.charts.shapes import Box, Chart, Disc, Shape, Sign, Stroke, pixels
from pmogen.render.environment import svg_environment, template_mistakes

LIGHT = {
    "text": "#1c2630",
    "quiet": "#4b5563",
    "line": "#c3ccd4",
    "high": "#a3252c",
    "medium": "#8a5a00",
    "low": "#2f6690",
    "good": "#23693f",
    "work": "#0d6170",
    "inverse": "#ffffff",
}
"""Inks on a light page. They are written into the shapes, too, for viewers that know no style sheets."""

DARK = {
    "text": "#e8edf2",
    "quiet": "#c6ced8",
    "line": "#4d5966",
    "high": "#ffb4ae",
    "medium": "#f5cf83",
    "low": "#a9d2f3",
    "good": "#9fddb5",
    "work": "#7fd0dd",
    "inverse": "#141a20",
}
"""Inks on a dark page."""

PAPER = LIGHT | {"text": "#000000", "quiet": "#333333", "line": "#b0b0b0", "high": "#7a1016", "work": "#084450"}
"""Inks on paper, which may be printed without colours: darker, with letters and line widths beside them."""

PAGES = {
    "light": (LIGHT, LIGHT_PAGES),
    "dark": (DARK, ("#000000", "#0d1117", *DARK_PAGES)),
    "paper": (PAPER, ("#ffffff",)),
}
"""The inks with the page colours they are made for."""

STANDARD = "charts/chart.svg.j2"
_INK = re.compile(r' class="pc-([a-z]+)"')


def paint(shape: Shape) -> Markup:
    """Attributes that paint a shape: a class for the style sheet, the light ink for viewers without one.

    Words do without the latter, as they are then black; but not those on a filled shape.
    """
    parts: dict[str, str] = {}
    ink = getattr(shape, "ink", "")
    if ink not in ("", "text"):
        parts["class"] = f"pc-{ink}"
        if not isinstance(shape, Words) or ink == "inverse":
            parts["color"] = LIGHT[ink]
    if isinstance(shape, Box) and shape.tint:
        parts["fill-opacity"] = str(shape.tint)
    elif isinstance(shape, Box | Disc | Stroke) and not shape.filled:
        parts |= {"fill": "none", "stroke": "currentColor"}
        if shape.thickness != 1:
            parts["stroke-width"] = pixels(shape.thickness)
    if isinstance(shape, Box | Stroke) and shape.dashed:
        parts["stroke-dasharray"] = "3 2"
    return _attributes(parts)


def lettered(words: Words, usual: int) -> Markup:
    """Attributes of a line of words, apart from what most words of the chart have."""
    parts = {}
    if words.size != usual:
        parts["font-size"] = pixels(words.size)
    if words.anchor != "start":
        parts["text-anchor"] = words.anchor
    if words.bold:
        parts["font-weight"] = "700"
    return _attributes(parts)


def _attributes(parts: Mapping[str, str]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in parts.items())


def style_of(drawn: str) -> Markup:
    """The style sheet with the inks that are used, for light, dark and paper. It repeats the light inks for paper's sake.

    A rule names one class only: what `use` shows does not know what is around it.
    """
    used = sorted({"text", *_INK.findall(drawn)})

    def rules(palette: Mapping[str, str]) -> str:
        return "".join(f".pc{'' if ink == 'text' else f'-{ink}'}{{color:{palette[ink]}}}" for ink in used)

    return Markup(  # noqa: S704 (classes and colours of ours)
        f"{rules(LIGHT)}\n@media (prefers-color-scheme:dark){{{rules(DARK)}}}\n"
        f"@media print{{svg.pc:root{{color-scheme:light}}{rules(PAPER)}}}"
    )


def _used_signs(chart: Chart) -> Iterator[tuple[str, tuple[Shape, ...]]]:
    """The signs that the marks show, and those these are made of."""
    used = {shape.name for mark in chart.marks for shape in mark.shapes if isinstance(shape, Sign)}
    used |= {shape.name for name in used for shape in chart.signs[name] if isinstance(shape, Sign)}
    yield from ((name, shapes) for name, shapes in chart.signs.items() if name in used)


@dataclass(frozen=True)
class Drawing:
    """Draws charts by the site templates: `charts/<template>.svg.j2` where there is one, else the standard template."""

    templates: Mapping[str, str | bytes]

    @cached_property
    def _environment(self) -> Environment:
        environment = svg_environment(self.templates)
        environment.filters["px"] = pixels
        return environment

    def draw(self, chart: Chart) -> str:
        """The text of the SVG file. Raises `PmogenError` when a template is wrong."""
        own = f"charts/{chart.template or chart.name}.svg.j2"
        name = own if own in self.templates else STANDARD
        chart = replace(chart, signs=dict(_used_signs(chart)))
        values = {"chart": chart, "paint": paint, "lettered": lettered, "style_of": style_of, "light": LIGHT}
        with template_mistakes(name):
            drawn = self._environment.get_template(name).render(values)
        return "\n".join(line.strip() for line in drawn.split("\n") if line.strip()) + "\n"


@dataclass(frozen=True)
class Picture:
    """A chart as a file: what pages need to show it without a jump, and what it comes from.

    The text of the SVG is drawn when it is first asked for.
    """

    chart: Chart
    drawing: Drawing = field(repr=False)
    sources: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.chart.name}.svg"

    @property
    def title(self) -> str:
        return self.chart.title

    @property
    def description(self) -> str:
        return self.chart.description

    @property
    def width(self) -> str:
        return pixels(self.chart.width)

    @property
    def height(self) -> str:
        return pixels(self.chart.height)

    @cached_property
    def svg(self) -> str:
        """The text of the file. Raises `PmogenError` when a template is wrong."""
        return self.drawing.draw(self.chart)
