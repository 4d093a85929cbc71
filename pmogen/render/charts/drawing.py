"""From a laid-out chart to SVG text: inks for light, dark and paper, and the template that draws."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from jinja2 import Environment
from markupsafe import Markup, escape

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


def svg_of(shape: Shape, usual: int) -> str:
    """A shape as an element of SVG, on a line of its own; `usual` is the size of most words of the chart."""
    ink = _ink(shape)
    match shape:
        case Words():
            if not shape.text:
                return ""
            place = f'x="{pixels(shape.x)}" y="{pixels(shape.y)}"'
            return f"<text{ink} {place}{_lettered(shape, usual)}>{escape(shape.text)}</text>\n"
        case Box():
            size = f'width="{pixels(shape.width)}" height="{pixels(shape.height)}"'
            corners = f' rx="{pixels(shape.round)}"' if shape.round else ""
            return f"<rect{ink}{_place(shape)} {size}{corners}/>\n"
        case Disc():
            return f'<circle{ink} cx="{pixels(shape.x)}" cy="{pixels(shape.y)}" r="{pixels(shape.radius)}"/>\n'
        case Stroke():
            return f'<path{ink} d="{shape.path}"/>\n'
        case Sign():
            return f'<use href="#{escape(shape.name)}"{_place(shape)}/>\n'


def _place(shape: Box | Sign) -> str:
    x = f' x="{pixels(shape.x)}"' if shape.x else ""
    return f'{x} y="{pixels(shape.y)}"' if shape.y else x


def _ink(shape: Shape) -> str:
    """Attributes that paint a shape: a class for the style sheet, the light ink for viewers without one.

    Words do without the latter, as they are then black; but not those on a filled shape.
    """
    painted = "" if isinstance(shape, Sign) or shape.ink in ("", "text") else f' class="pc-{shape.ink}"'
    if painted and not isinstance(shape, Sign) and (not isinstance(shape, Words) or shape.ink == "inverse"):
        painted += f' color="{LIGHT[shape.ink]}"'
    if isinstance(shape, Box) and shape.tint:
        painted += f' fill-opacity="{shape.tint}"'
    elif isinstance(shape, Box | Disc | Stroke) and not shape.filled:
        painted += ' fill="none" stroke="currentColor"'
        if shape.thickness != 1:
            painted += f' stroke-width="{pixels(shape.thickness)}"'
    if isinstance(shape, Box | Stroke) and shape.dashed:
        painted += ' stroke-dasharray="3 2"'
    return painted


def _lettered(words: Words, usual: int) -> str:
    """Attributes of a line of words, apart from what most words of the chart have."""
    size = f' font-size="{pixels(words.size)}"' if words.size != usual else ""
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    return size + anchor + (' font-weight="700"' if words.bold else "")


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


def drawing_environment(templates: Mapping[str, str | bytes]) -> Environment:
    """The environment of the templates that draw charts."""
    environment = svg_environment(templates)
    environment.filters["px"] = pixels
    return environment


@dataclass(frozen=True)
class Drawing:
    """Draws charts by the site templates: `charts/<template>.svg.j2` where there is one, else the standard template."""

    templates: Mapping[str, str | bytes]

    @cached_property
    def _environment(self) -> Environment:
        return drawing_environment(self.templates)

    def draw(self, chart: Chart) -> str:
        """The text of the SVG file. Raises `PmogenError` when a template is wrong."""
        own = f"charts/{chart.template or chart.name}.svg.j2"
        name = own if own in self.templates else STANDARD
        chart = replace(chart, signs=dict(_used_signs(chart)))

        def shapes(listed: Iterable[Shape]) -> Markup:
            return Markup("".join(svg_of(each, chart.letters) for each in listed))  # noqa: S704 (escaped one by one)

        values = {"chart": chart, "shapes": shapes, "style_of": style_of, "light": LIGHT}
        with template_mistakes(name):
            drawn = self._environment.get_template(name).render(values)
        return "\n".join(line.strip() for line in drawn.split("\n") if line.strip()) + "\n"


@dataclass(frozen=True)
class Picture:
    """A chart as a file: what pages need to show it without a jump, and what it comes from."""

    name: str
    title: str
    description: str
    width: str
    height: str
    sources: tuple[Span, ...]
    draw: Callable[[], str] = field(repr=False, compare=False)

    @cached_property
    def svg(self) -> str:
        """The text of the file, drawn when it is first asked for. Raises `PmogenError` when a template is wrong."""
        return self.draw()


def picture_of(chart: Chart, drawing: Drawing, sources: tuple[Span, ...] = ()) -> Picture:
    """A chart that is laid out, as a file."""
    return Picture(
        f"{chart.name}.svg",
        chart.title,
        chart.description,
        pixels(chart.width),
        pixels(chart.height),
        sources,
        partial(drawing.draw, chart),
    )
