"""Slides become a presentation: native tables and charts, and nothing that does not fit its box."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from pmogen.exchange.deck.chart import draw_chart
from pmogen.exchange.deck.fit import (
    ACROSS,
    BETWEEN,
    DOWN,
    FIGURES_HEIGHT,
    FIGURES_SPACE,
    FOOT_HEIGHT,
    INDENT,
    POINT_SIZES,
    fitting,
    point_size,
    row_height,
    share_points,
)
from pmogen.exchange.deck.look import INK, WHITE, Box, Look, read_aloud
from pmogen.exchange.deck.slides import Deck, Figure, Slide
from pmogen.exchange.metrics import LEADING, height, lines, shortened
from pmogen.exchange.package import describe, steady
from pmogen.exchange.parts.table import Cell, Column, Table
from pmogen.exchange.plain import one_line, plain
from pmogen.language import _, spoken

TITLE_SIZES = (26, 23, 20, 18)
SMALL = 11

SHADES = {"calm": "E4F2EA", "busy": "FFF3CC", "full": "FBD3AE", "over": "F2A79B"}
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NUMBER = (
    f'<a:fld xmlns:a="{_A}" id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
    '<a:rPr lang="en-US"/><a:t>NUMBER</a:t></a:fld>'
)


@dataclass(frozen=True)
class About:
    """What the file says of itself, and what stands at the foot of each slide."""

    title: str
    organisation: str
    foot: str
    language: str
    day: dt.date


def presentation(deck: Deck, look: Look, about: About) -> bytes:
    """The bytes of a .pptx; the same deck gives the same bytes."""
    made = look.presentation
    _open(deck, look, about)
    for slide in deck.slides:
        for part in fitting(slide, look):
            _slide(part, look, about)
    describe(
        made.core_properties,
        title=deck.title,
        subject=about.title,
        author=about.organisation,
        language=about.language,
        day=about.day,
    )
    target = io.BytesIO()
    made.save(target)
    return steady(target.getvalue(), about.day)


def _open(deck: Deck, look: Look, about: About) -> None:
    slide = look.presentation.slides.add_slide(look.opening)
    title = slide.shapes.title
    _write_title(title, deck.title, title.width.pt * look.sure, title.height.pt, (36, 32, 28, 24, 20))
    lower = [shape for shape in slide.placeholders if shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE]
    text = tuple(one_line(line) for line in deck.subtitle)
    if lower:
        box = Box(lower[0].left.pt, lower[0].top.pt, lower[0].width.pt, lower[0].height.pt)
        lower[0]._element.getparent().remove(lower[0]._element)  # noqa: SLF001
    else:
        box = look.body
    first, *others = share_points(text, box.width * look.sure - 8 + INDENT, box.height)
    _write_points(slide, first[0], box, look.sure, bullets=False)
    left_over = (*first[1], *(point for page, _cut in others for point in page))
    _notes(slide, (*deck.notes, *left_over), deck.sources)
    _foot(slide, look, about)


def _slide(told: Slide, look: Look, about: About) -> None:
    slide = look.presentation.slides.add_slide(look.plain)
    title = slide.shapes.title
    _write_title(title, told.title, look.title.width * look.sure, look.title.height, TITLE_SIZES)
    for shape in [shape for shape in slide.placeholders if shape != title]:
        shape._element.getparent().remove(shape._element)  # noqa: SLF001
    body = look.body
    if told.figures:
        _figures(slide, told.figures, Box(body.left, body.top, body.width, FIGURES_HEIGHT), look.sure)
        body = Box(
            body.left,
            body.top + FIGURES_HEIGHT + FIGURES_SPACE,
            body.width,
            body.height - FIGURES_HEIGHT - FIGURES_SPACE,
        )
    if told.foot:
        low = Box(body.left, body.bottom - FOOT_HEIGHT, body.width, FOOT_HEIGHT)
        _text(slide, shortened(one_line(told.foot), low.width * look.sure - 8, SMALL, 1), low, SMALL)
        body = replace(body, height=body.height - FOOT_HEIGHT)
    if told.points:
        _write_points(slide, told.points, body, look.sure, bullets=True)
    if told.table is not None:
        _table(slide, told.table, told, body, look.sure)
    if told.chart is not None:
        draw_chart(slide, told.chart, body)
    _notes(slide, told.notes, told.sources)
    _foot(slide, look, about)


def _write_title(shape: Any, text: str, wide: float, tall: float, sizes: tuple[int, ...]) -> None:
    text, wide, tall = one_line(text), wide - 15, tall - 8
    size = next((size for size in sizes if height(text, wide, size, bold=True) <= tall), sizes[-1])
    most = max(1, int(tall // (size * LEADING)))
    shape.text_frame.text = shortened(text, wide, size, most, bold=True)
    shape.text_frame.word_wrap = True
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(size)


def _write_points(slide: Any, points: tuple[str, ...], box: Box, sure: float, *, bullets: bool) -> None:
    wide = box.width * sure - 8
    size = point_size(points, wide, box.height) or POINT_SIZES[-1]
    frame = _frame(slide, box)
    for number, point in enumerate(points):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = point
        run.font.size = Pt(size)
        run.font.color.rgb = INK
        paragraph.space_after = Pt(BETWEEN)
        paragraph.line_spacing = 1.0
        if bullets:
            _bullet(paragraph)


def _bullet(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.set("marL", str(Pt(16)))
    properties.set("indent", str(-Pt(16)))
    properties.append(parse_xml(f'<a:buFont xmlns:a="{_A}" typeface="Arial"/>'))
    properties.append(parse_xml(f'<a:buChar xmlns:a="{_A}" char="•"/>'))


def _frame(slide: Any, box: Box) -> Any:
    made = slide.shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = made.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = Pt(4)
    frame.margin_top = frame.margin_bottom = Pt(0)
    return frame


def _text(slide: Any, text: str, box: Box, size: int) -> None:
    run = _frame(slide, box).paragraphs[0].add_run()
    run.text, run.font.size, run.font.italic, run.font.color.rgb = text, Pt(size), True, INK


def _figures(slide: Any, figures: tuple[Figure, ...], box: Box, sure: float) -> None:
    space = 12.0
    wide = (box.width - space * (len(figures) - 1)) / len(figures)
    for place, figure in enumerate(figures):
        left = box.left + place * (wide + space)
        shape = slide.shapes.add_textbox(Pt(left), Pt(box.top), Pt(wide), Pt(box.height))
        shape.fill.solid()
        shape.fill.fore_color.theme_color = 16  # the light background of the theme
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor, frame.auto_size = True, MSO_ANCHOR.MIDDLE, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = Pt(6)
        frame.margin_top = frame.margin_bottom = Pt(2)
        inside = (wide - 12) * sure
        large = next((size for size in (30, 26, 22, 18, 14) if lines(figure.number, inside, size, bold=True) == 1), 12)
        for text, size, bold in ((figure.number, large, True), (shortened(figure.what, inside, 12, 3), 12, False)):
            paragraph = frame.paragraphs[0] if bold else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.CENTER
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold, run.font.color.rgb = text, Pt(size), bold, INK


def _table(slide: Any, table: Table, told: Slide, box: Box, sure: float) -> None:
    if not table.rows:
        _write_points(slide, (table.nothing,), box, sure, bullets=False)
        return
    size, inside = told.size, [each * sure - 2 * ACROSS for each in told.widths]
    shape = slide.shapes.add_table(
        len(table.rows) + 1, len(table.columns), Pt(box.left), Pt(box.top), Pt(box.width), Pt(20)
    )
    read_aloud(shape, table.title)
    drawn = shape.table
    drawn.horz_banding = False
    for column, wide in zip(drawn.columns, told.widths, strict=True):
        column.width = Pt(wide)
    head = tuple(Cell(column.heading, bold=True) for column in table.columns)
    tall = 0.0
    for number, cells in enumerate((head, *table.rows)):
        each = row_height(cells, inside, size)
        tall += each
        drawn.rows[number].height = Pt(each)
        for place, cell in enumerate(cells):
            _cell(drawn.cell(number, place), cell, table.columns[place], size, head=number == 0)
    shape.height = Pt(tall)


def _cell(drawn: Any, cell: Cell, column: Column, size: int, *, head: bool) -> None:
    drawn.margin_left = drawn.margin_right = Pt(ACROSS)
    drawn.margin_top = drawn.margin_bottom = Pt(DOWN)
    drawn.vertical_anchor = MSO_ANCHOR.MIDDLE if head else MSO_ANCHOR.TOP
    paragraph = drawn.text_frame.paragraphs[0]
    paragraph.alignment = _ALIGN[column.align]
    run = paragraph.add_run()
    run.text = cell.text
    run.font.size, run.font.bold = Pt(size), cell.bold
    run.font.color.rgb = WHITE if head else INK
    if cell.shade != "none":
        drawn.fill.solid()
        drawn.fill.fore_color.rgb = RGBColor.from_string(SHADES[cell.shade])  # type: ignore[no-untyped-call]


def _notes(slide: Any, notes: tuple[str, ...], sources: tuple[str, ...]) -> None:
    said = [plain(note) for note in notes]
    if sources:
        said.append(_("Sources: {places}", places=", ".join(dict.fromkeys(sources))))
    if said:
        slide.notes_slide.notes_text_frame.text = "\n".join(said)


def _foot(slide: Any, look: Look, about: About) -> None:
    """The title of the playbook and the number of the slide, where the layout has a place for them."""
    for place in slide.slide_layout.placeholders:
        kind = place.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        slide.shapes.clone_placeholder(place)
        made = list(slide.placeholders)[-1]
        if kind == PP_PLACEHOLDER.FOOTER:
            run = made.text_frame.paragraphs[0].add_run()
            run.text = shortened(about.foot, place.width.pt * look.sure - 15, SMALL, 1)
            run.font.size, run.font.name = Pt(SMALL), "+mn-lt"
        else:
            number = str(len(look.presentation.slides))
            made.text_frame.paragraphs[0]._p.insert(0, parse_xml(_NUMBER.replace("NUMBER", number)))  # noqa: SLF001


def foot_of(title: str, version: str, day: dt.date) -> str:
    """What stands at the foot of each slide and page."""
    return _(
        "{title}, version {version}, as of {day}",
        title=one_line(title),
        version=one_line(version),
        day=spoken().day(day),
    )
