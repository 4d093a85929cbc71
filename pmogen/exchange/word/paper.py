"""A Word document as it is written: headings that its table of contents lists, texts, lists and tables."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor

from pmogen.exchange.package import describe, steady
from pmogen.exchange.parts.table import Cell, Column, Table
from pmogen.exchange.parts.widths import column_widths
from pmogen.exchange.plain import one_line, paragraphs
from pmogen.language import _

FONT = "Arial"
SIZE, TABLE_SIZE = 10, 8.5
PADDING = 11.5
"""Empty points in a cell, left and right together."""
PRIMARY = "12505b"
DEPTH = 2
"""So many levels of headings are in the table of contents."""
SHADES = {"calm": "E4F2EA", "busy": "FFF3CC", "full": "FBD3AE", "over": "F2A79B"}
_HEAD, _LINES = "E7EEED", "C9CFCE"


class Paper:
    """A document that grows from top to bottom; `bytes` ends it."""

    def __init__(self, title: str, foot: str, language: str, primary: str | None = None) -> None:
        self.title = title
        self.language = language
        self.colour = RGBColor.from_string((primary or PRIMARY).removeprefix("#").upper())
        self._made: Any = Document()
        self._headings: list[tuple[str, int, str]] = []
        self._contents: Any = None
        section = self._made.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2.2)
        self._wide = Emu(section.page_width - section.left_margin - section.right_margin)
        self._styles()
        self._edges(section, title, foot)

    # what stands in it

    def opening(self, title: str, lines: Iterable[str]) -> None:
        """The title, and the lines below it."""
        self._made.add_paragraph(one_line(title), style="Title")
        for line in lines:
            self._made.add_paragraph(one_line(line))

    def contents(self) -> None:
        """The table of contents, here."""
        self._contents = self._made.add_paragraph()

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """A heading of level 1 to 3."""
        name = f"_Toc{len(self._headings) + 1:06d}"
        made = self._made.add_heading(one_line(text), level)
        made.paragraph_format.page_break_before = new_page and bool(self._headings or self._contents is not None)
        _bookmark(made, name, len(self._headings) + 1)
        self._headings.append((one_line(text), level, name))

    def text(self, text: str | None) -> None:
        """A text in its paragraphs; nothing where there is none."""
        for part in paragraphs(text or ""):
            self._made.add_paragraph(part)

    def said(self, label: str, text: str | None) -> None:
        """A text after a bold label; nothing where there is none."""
        for number, part in enumerate(paragraphs(text or "")):
            made = self._made.add_paragraph()
            if number == 0:
                made.add_run(_("{label}:", label=label)).bold = True
                made.add_run(" ")
            made.add_run(part)

    def label(self, label: str) -> None:
        """A bold label above a list."""
        made = self._made.add_paragraph()
        made.add_run(_("{label}:", label=label)).bold = True
        made.paragraph_format.keep_with_next = True

    def points(self, points: Iterable[str]) -> None:
        """A list."""
        for point in points:
            self._made.add_paragraph(one_line(point), style="List Bullet")

    def table(self, table: Table) -> None:
        """A table with its heading repeated on each page; what is said instead where it has no row."""
        if not table.rows:
            self.text(table.nothing)
            return
        shared = column_widths(table, self._wide.pt, TABLE_SIZE, PADDING)
        widths = [Pt(each).twips for each in shared]
        self._made.element.body.insert_element_before(parse_xml(_table_xml(table, widths)), "w:sectPr")
        self._made.add_paragraph().paragraph_format.space_after = Pt(2)

    def sources(self, places: Iterable[str]) -> None:
        """Where the figures above come from, in small type."""
        said = _("Sources: {places}", places=", ".join(dict.fromkeys(places)))
        run = self._made.add_paragraph().add_run(said)
        run.font.size, run.italic = Pt(7.5), True

    def bytes(self, subject: str, author: str, day: dt.date) -> bytes:
        """The finished document; the same content gives the same bytes."""
        if self._contents is not None:
            _write_contents(self._contents, [entry for entry in self._headings if entry[1] <= DEPTH], self._wide)
            update = OxmlElement("w:updateFields")
            update.set(qn("w:val"), "true")
            settings = self._made.settings.element
            settings.insert_element_before(
                update, "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:rsids", "m:mathPr"
            )
        describe(
            self._made.core_properties,
            title=self.title,
            subject=subject,
            author=author,
            language=self.language,
            day=day,
        )
        target = io.BytesIO()
        self._made.save(target)
        return steady(target.getvalue(), day)

    # how it looks

    def _styles(self) -> None:
        styles = self._made.styles
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Header", "Footer"):
            _font(styles[name])
        styles["Normal"].font.size = Pt(SIZE)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        for name, size in (("Title", 26), ("Heading 1", 17), ("Heading 2", 13), ("Heading 3", 11)):
            styles[name].font.size, styles[name].font.color.rgb, styles[name].font.bold = Pt(size), self.colour, True
            styles[name].paragraph_format.keep_with_next = True
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), self.language)

    def _edges(self, section: Any, title: str, foot: str) -> None:
        head = section.header.paragraphs[0]
        head.text = one_line(title)
        foot_line = section.footer.paragraphs[0]
        foot_line.paragraph_format.tab_stops.clear_all()
        foot_line.paragraph_format.tab_stops.add_tab_stop(self._wide, WD_TAB_ALIGNMENT.RIGHT)
        foot_line.add_run(one_line(foot))
        foot_line.add_run("\t")
        _field(foot_line, "PAGE", "1")
        for paragraph in (head, foot_line):
            for run in paragraph.runs:
                run.font.size = Pt(8)


def _font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _table_xml(table: Table, widths: list[int]) -> str:
    """The table as text: cell by cell through python-docx a long one takes seconds."""
    head = tuple(Cell(column.heading, bold=True) for column in table.columns)
    rows = (_row_xml(cells, table.columns, widths, head=not number) for number, cells in enumerate((head, *table.rows)))
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINES}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(one_line(table.title))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _row_xml(cells: tuple[Cell, ...], columns: tuple[Column, ...], widths: list[int], *, head: bool) -> str:
    made = (_cell_xml(cell, column, wide, head=head) for cell, column, wide in zip(cells, columns, widths, strict=True))
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"


def _cell_xml(cell: Cell, column: Column, wide: int, *, head: bool) -> str:
    colour = _HEAD if head else SHADES.get(cell.shade)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
    bold = "<w:b/>" if cell.bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr><w:spacing w:after="20"/>'
        f'<w:jc w:val="{column.align}"/></w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{int(TABLE_SIZE * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(one_line(cell.text))}</w:t></w:r></w:p></w:tc>'
    )


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    place = paragraph._p  # noqa: SLF001
    place.insert(1 if place.pPr is not None else 0, start)
    place.append(end)


def _character(kind: str) -> Any:
    made = OxmlElement("w:r")
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    made.append(character)
    return made


def _instruction(text: str) -> Any:
    made = OxmlElement("w:r")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {text} "
    made.append(instruction)
    return made


def _run(text: str) -> Any:
    made = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    made.append(words)
    return made


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    place = paragraph._p  # noqa: SLF001
    place.extend(
        (_character("begin"), _instruction(instruction), _character("separate"), _run(shown), _character("end"))
    )


def _write_contents(paragraph: Any, headings: list[tuple[str, int, str]], wide: Emu) -> None:
    """A field that Word renews, with all headings in it already, each of which leads to its place."""
    first = paragraph._p  # noqa: SLF001
    last = first
    first.extend((_character("begin"), _instruction(f'TOC \\o "1-{DEPTH}" \\h \\z \\u'), _character("separate")))
    for number, (text, level, name) in enumerate(headings):
        line = first
        if number:
            line = OxmlElement("w:p")
            last.addnext(line)
        properties = line.get_or_add_pPr()
        tabs, tab = OxmlElement("w:tabs"), OxmlElement("w:tab")
        for key, value in (("w:val", "right"), ("w:leader", "dot"), ("w:pos", str(wide.twips))):
            tab.set(qn(key), value)
        tabs.append(tab)
        space, inset = OxmlElement("w:spacing"), OxmlElement("w:ind")
        space.set(qn("w:after"), "0")
        inset.set(qn("w:left"), str(240 * (level - 1)))
        properties.extend((tabs, space, inset))
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        link.set(qn("w:history"), "1")
        tabbed = OxmlElement("w:r")
        tabbed.append(OxmlElement("w:tab"))
        page = (
            _character("begin"),
            _instruction(f"PAGEREF {name} \\h"),
            _character("separate"),
            _run(" "),
            _character("end"),
        )
        link.extend((_run(text), tabbed, *page))
        line.append(link)
        last = line
    last.append(_character("end"))
