"""The deck's own template, 16:9, made from the empty one of python-pptx; and templates that people bring."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from pmogen.errors import PmogenError
from pmogen.exchange.package import refuse_unfit
from pmogen.exchange.plain import one_line
from pmogen.language import _
from pmogen.model.look import Colours

WIDTH, HEIGHT = 960, 540
"""Points of a slide of our own."""
PRIMARY, ACCENT = "12505b", "2f8f83"
MARGIN = 40
INK, WHITE = RGBColor(0x1F, 0x29, 0x33), RGBColor(0xFF, 0xFF, 0xFF)  # type: ignore[no-untyped-call]
KEPT = ("Title Slide", "Title and Content", "Title Only", "Blank")

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_QUIET = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_BAR = (
    f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="99" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
)


@dataclass(frozen=True)
class Box:
    """A part of a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Look:
    """A presentation without slides, and where its slides have room."""

    presentation: Any
    opening: Any
    """Layout of the first slide."""
    plain: Any
    """Layout of the others: a title, and the rest is free."""
    body: Box
    title: Box
    sure: float
    """What part of the room counts: all of it in Arial; less where we do not know the font."""


def own_look(colours: Colours | None) -> Look:
    """Our own template in the colours of the organisation."""
    made: Any = Presentation()
    _without_slides(made)
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = made.slide_masters[0]
    for layout in list(master.slide_layouts):
        if layout.name not in KEPT:
            master.slide_layouts.remove(layout)
    primary = (colours.primary if colours else None) or f"#{PRIMARY}"
    accent = (colours.accent if colours else None) or f"#{ACCENT}"
    _theme(master, primary.removeprefix("#").upper(), accent.removeprefix("#").upper())
    master.shapes._spTree.insert(2, parse_xml(_BAR.format(width=Pt(12), height=Pt(HEIGHT))))  # noqa: SLF001
    _arrange(master)
    for layout in master.slide_layouts:
        _arrange(layout)
    look = _measured(made, sure=1.0)
    look.opening.shapes._spTree.insert(2, parse_xml(_BAR.format(width=Pt(56), height=Pt(HEIGHT))))  # noqa: SLF001
    for shape in look.opening.placeholders:
        first = shape.placeholder_format.type in _TITLES
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            _place(shape, Box(90, 510, 590, 20))
        elif shape.placeholder_format.type not in _QUIET:
            _place(shape, Box(90, 150 if first else 268, 780, 108 if first else 120))
    return look


def look_of(raw: bytes, name: str) -> Look:
    """A template that somebody brings; its slides are left out, its master, fonts and colours count.

    Raises `PmogenError` when it cannot be read, or has no layout with a title.
    """
    refuse_unfit(raw, name, "ppt/presentation.xml")
    try:
        brought: Any = Presentation(io.BytesIO(raw))
        _without_slides(brought)
        return _measured(brought, sure=0.86)
    except PmogenError:
        raise
    except (PythonPptxError, KeyError, ValueError, AttributeError, SyntaxError, IndexError, TypeError) as error:
        hint = _("open it in PowerPoint and save it as .pptx")
        raise PmogenError(_("{file} cannot be used as a template: {why}", file=name, why=str(error)), hint) from None


def read_aloud(shape: Any, text: str) -> None:
    """Sets what is read aloud in place of a table or chart."""
    shape._element.nvGraphicFramePr.cNvPr.set("descr", one_line(text))  # noqa: SLF001 (python-pptx has no other way)


def _without_slides(presentation: Any) -> None:
    """Takes the slides out, and all that would still speak of them: sections, shows, and the picture of the first one."""
    listed = presentation.slides._sldIdLst  # noqa: SLF001 (python-pptx has no other way to remove a slide)
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    for name in ("{*}extLst", "{*}custShowLst"):
        for about in presentation.part._element.findall(name):  # noqa: SLF001
            about.getparent().remove(about)
    package = presentation.part.package
    for identifier, relation in list(package._rels.items()):  # noqa: SLF001
        if relation.reltype.endswith("/thumbnail"):
            package.drop_rel(identifier)


def _measured(presentation: Any, sure: float) -> Look:
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    titled = [layout for layout in layouts if any(_is_title(shape) for shape in layout.placeholders)]
    if not titled:
        message = _("the template has no layout with a title")
        raise PmogenError(message, _("add a layout with a title only"))
    plain = min(titled, key=lambda layout: (_others(layout), layouts.index(layout)))
    opening = next((layout for layout in titled if _has_subtitle(layout)), plain)
    wide, tall = (Emu(side).pt for side in (presentation.slide_width, presentation.slide_height))
    if not (300 <= wide <= 4000 and 200 <= tall <= 4000):
        raise PmogenError(_("slides of {wide} x {tall} points are not supported", wide=round(wide), tall=round(tall)))
    title = next(_box(shape) for shape in plain.placeholders if _is_title(shape))
    feet = [_box(shape).top for shape in plain.placeholders if shape.placeholder_format.type in _QUIET]
    bottom = min([foot for foot in feet if foot > tall * 0.75], default=tall - 20) - 6
    side = max(title.left, 20)
    top = min(title.bottom + 8, tall * 0.4)
    return Look(presentation, opening, plain, Box(side, top, wide - 2 * side, bottom - top), title, sure)


def _others(layout: Any) -> int:
    """How many placeholders would stay empty."""
    return sum(not _is_title(shape) and shape.placeholder_format.type not in _QUIET for shape in layout.placeholders)


def _has_subtitle(layout: Any) -> bool:
    return any(shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE for shape in layout.placeholders)


def _is_title(shape: Any) -> bool:
    return shape.placeholder_format.type in _TITLES


def _box(shape: Any) -> Box:
    return Box(*(Emu(side or 0).pt for side in (shape.left, shape.top, shape.width, shape.height)))


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _arrange(of: Any) -> None:
    """Puts the placeholders of a master or a layout where 16:9 has room for them, their texts in line with tables."""
    for shape, box in _boxes(of):
        _place(shape, box)
        if _is_title(shape) or shape.placeholder_format.type in _QUIET:
            shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            for style in shape._element.iter("{*}lvl1pPr"):  # noqa: SLF001
                style.set("algn", "l")


def _boxes(of: Any) -> Iterator[tuple[Any, Box]]:
    wide = WIDTH - 2 * MARGIN
    boxes = {
        PP_PLACEHOLDER.TITLE: Box(MARGIN, 22, wide, 62),
        PP_PLACEHOLDER.CENTER_TITLE: Box(MARGIN, 150, wide, 108),
        PP_PLACEHOLDER.SUBTITLE: Box(MARGIN, 268, wide, 120),
        PP_PLACEHOLDER.BODY: Box(MARGIN, 96, wide, 400),
        PP_PLACEHOLDER.OBJECT: Box(MARGIN, 96, wide, 400),
        PP_PLACEHOLDER.DATE: Box(700, 510, 120, 20),
        PP_PLACEHOLDER.FOOTER: Box(MARGIN, 510, 640, 20),
        PP_PLACEHOLDER.SLIDE_NUMBER: Box(WIDTH - MARGIN - 90, 510, 90, 20),
    }
    for shape in of.placeholders:
        box = boxes.get(shape.placeholder_format.type)
        if box is not None:
            yield shape, box


def _theme(master: Any, primary: str, accent: str) -> None:
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    text = part.blob.decode("utf-8")
    colours = {"dk2": primary, "lt2": "EEF3F2", "accent1": primary, "accent2": accent, "accent3": "C9CFCE"}
    colours |= {"accent4": "B26B00", "accent5": "6B5B95", "accent6": "8A2B2B", "hlink": primary, "folHlink": primary}
    for name, colour in colours.items():
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', text)
    text = text.replace('<a:latin typeface="Calibri"/>', '<a:latin typeface="Arial"/>').replace(
        "Office Theme", "pmogen"
    )
    part._blob = text.encode("utf-8")  # noqa: SLF001 (a theme is bytes to python-pptx)
    styles = master._element.find(".//{*}titleStyle/{*}lvl1pPr")  # noqa: SLF001
    styles.set("algn", "l")
    styles.find("{*}defRPr").set("b", "1")
    styles.find("{*}defRPr").set("sz", "2600")
    styles.find("{*}defRPr/{*}solidFill/{*}schemeClr").set("val", "tx2")
