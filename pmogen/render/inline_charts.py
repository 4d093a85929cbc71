"""Puts charts into pages: an image of a chart becomes the chart itself, so that colours follow the palette and links work.

Without this an image is left, and nothing is lost but that. Only images that stand alone in a paragraph count, with the
exact address of a chart that pmogen wrote; and whatever is in that file, only shapes, words and links to pages get through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

ADDRESS = re.compile(r"(?P<up>(?:\.\./)*)assets/charts/(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*\.svg)")
PAGE = re.compile(r"[a-z0-9][a-z0-9_/-]*\.md(?:#[a-z0-9-]+)?")
_NAME = re.compile(r"[a-zA-Z0-9 -]+")
_VALUE = re.compile(r"[a-zA-Z0-9 .,#%-]*")
_SVG = "{http://www.w3.org/2000/svg}"

ELEMENTS = frozenset(("svg", "title", "desc", "defs", "g", "use", "rect", "circle", "path", "text"))
ATTRIBUTES = frozenset(
    (
        *(
            "viewBox",
            "width",
            "height",
            "x",
            "y",
            "cx",
            "cy",
            "r",
            "rx",
            "d",
            "fill",
            "fill-opacity",
            "color",
            "stroke",
        ),
        *("stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor"),
    )
)
NARROW = 480
"""Charts that are wider than this scroll in a box of their own on a phone."""

Read = Callable[[str], str | None]
"""Gives the text of a chart by its file name."""


def inline_charts(root: Element, read: Read, first: int = 1) -> tuple[Element, ...]:
    """Replaces the images of charts below `root`, and gives the elements that stand in their place.

    The charts are numbered from `first`, which keeps their anchors apart.
    """
    found: list[Element] = []
    for paragraph in tuple(root.iter("p")):
        image = _lone_image(paragraph)
        address = None if image is None else ADDRESS.fullmatch(image.get("src", ""))
        text = None if address is None else read(address["name"])
        if address is None or text is None:
            continue
        chart = _chart(text, address["up"], f"chart-{len(found) + first}-")
        if chart is not None:
            _place(paragraph, chart)
            found.append(paragraph)
    return tuple(found)


def _lone_image(paragraph: Element) -> Element | None:
    """The image of a paragraph with nothing else in it."""
    children = tuple(paragraph)
    if len(children) != 1 or children[0].tag != "img":
        return None
    around = (paragraph.text or "") + (children[0].tail or "")
    return None if around.strip() else children[0]


def _place(paragraph: Element, chart: Element) -> None:
    """The paragraph becomes the box of the chart; a wide one can be scrolled, with the keyboard, too."""
    paragraph.clear()
    paragraph.tag = "div"
    paragraph.set("class", "pg-chart")
    paragraph.set("data-search-exclude", "")
    if float(chart.get("width", "0")) > NARROW:
        paragraph.set("class", "pg-chart pg-chart-wide")
        paragraph.set("tabindex", "0")
        paragraph.set("role", "region")
        paragraph.set("aria-label", _said(chart.find("title")))
    paragraph.append(chart)


def _chart(text: str, up: str, prefix: str) -> Element | None:
    """The chart as elements of a page; None for what is not a chart."""
    if "<!" in text:  # a document type could define entities without end
        return None
    try:
        root = ET.fromstring(text)  # noqa: S314 (no document type, so no entities)
    except ET.ParseError:
        return None
    if root.tag != f"{_SVG}svg" or root.get("class") != "pc":
        return None
    chart = _element(root, up, prefix)
    if chart is not None:
        linked = any(each.tag == "a" for each in chart.iter())
        chart.set("role", "group" if linked else "img")
        chart.set("aria-labelledby", f"{prefix}title {prefix}description")
    return chart


def _element(found: Element, up: str, prefix: str) -> Element | None:
    """The element with what may stay of it; None for what may not."""
    tag = str(found.tag).removeprefix(_SVG)
    if tag not in ELEMENTS:
        return None
    made = Element(tag, dict(_attributes(found, prefix)))
    made.text = _text(found.text) if tag in ("title", "desc", "text") else None
    made.tail = " " if tag == "text" else None  # else the words of two lines are one word to who listens or copies
    for child in found:
        kept = _element(child, up, prefix)
        if kept is not None:
            made.append(kept)
    to = found.get("data-to", "")
    if tag == "g" and PAGE.fullmatch(to):
        made.tag = "a"
        made.set("href", up + to)
        made.set("aria-label", _label(made))
    return made


def _attributes(found: Element, prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in found.attrib.items():
        if name == "id" and _NAME.fullmatch(value):
            yield name, prefix + value
        elif name == "href" and value.startswith("#") and _NAME.fullmatch(value[1:]):
            yield name, f"#{prefix}{value[1:]}"
        elif (name == "class" and _NAME.fullmatch(value)) or (name in ATTRIBUTES and _VALUE.fullmatch(value)):
            yield name, value


def _label(link: Element) -> str:
    """What a screen reader calls the link: its words, and what its title adds."""
    lines = [_said(each) for each in link.iter("text")]
    words = "".join(line if line.endswith("-") else f"{line} " for line in lines).strip()
    title = _said(link.find("title"))
    return f"{words}: {title}" if words and title else words or title


def _said(element: Element | None) -> str:
    return (element.text or "") if element is not None else ""


def _text(text: str | None) -> str:
    """The text as Python-Markdown writes it out: an ampersand that looks like an entity would be taken for one."""
    return (text or "").strip().replace("&", "&amp;")
