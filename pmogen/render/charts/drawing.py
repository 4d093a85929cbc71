"""From a laid-out chart to SVG text: inks for light, dark and paper, and the template that draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from pmogen.analysis.trace import in_words
from pmogen.model.base import exact
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
"""Inks on a light page. They are written into every shape, for viewers that know no style sheets."""

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
    "light": (LIGHT, ("#ffffff", "#f7f9fa")),
    "dark": (DARK, ("#000000", "#0d1117", "#1e2529", "#232c35")),
    "paper": (PAPER, ("#ffffff",)),
}
"""The inks with the page colours they are made for."""

STRIPE = 0.06
"""How much of the text's ink tints every second column."""


def paint(fill: str = "none", stroke: str = "") -> Markup:
    """Attributes that paint a shape: classes for the style sheet, and light inks for viewers without one."""
    parts = {"fill": fill, "stroke": stroke}
    classes = " ".join(f"{part[0]}-{ink}" for part, ink in parts.items() if ink in LIGHT)
    colours = {part: LIGHT.get(ink, ink) for part, ink in parts.items() if ink}
    return Markup(" ").join(
        Markup('{}="{}"').format(name, value) for name, value in {"class": classes, **colours}.items()
    )


def pixels(value: float) -> str:
    """A length with at most one digit behind the point: the same on every machine."""
    return in_words(exact(round(value, 3)), 1)


def draw(templates: Mapping[str, str | bytes], name: str, chart: Any) -> str:
    """The chart as the text of an SVG file. `chart` has what the template asks for: places, never data to work on."""
    environment = svg_environment(templates)
    environment.filters["px"] = pixels
    values = {"chart": chart, "paint": paint, "stripe": STRIPE, "light": LIGHT, "dark": DARK, "paper": PAPER}
    with template_mistakes(name):
        drawn = environment.get_template(name).render(values)
    return "\n".join(line.rstrip() for line in drawn.split("\n") if line.strip()) + "\n"
