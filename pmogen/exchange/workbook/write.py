"""Writes the workbook with XlsxWriter: no formula anywhere, everything computed is a value; the same input, the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmogen.errors import PmogenError
from pmogen.exchange.package import EARLIEST, steady
from pmogen.exchange.plain import one_line, plain
from pmogen.exchange.told import Told
from pmogen.exchange.workbook import guide
from pmogen.exchange.workbook.computed import Reading
from pmogen.exchange.workbook.form import Column, Form, Row
from pmogen.exchange.workbook.kinds import EARLIEST as FIRST_DAY
from pmogen.exchange.workbook.kinds import LATEST, Choice, Day, Number, Several, Value, Words
from pmogen.exchange.workbook.look import FONT, QUIET, SHADES, SIZE, Look, heading_height, row_height, wide_enough
from pmogen.exchange.workbook.state import SHEET, State, told_rows
from pmogen.language import _

INSTALL = "pip install 'pmogen[office]'"
KEYS, HEADINGS, FIRST = 2, 3, 4
"""Rows, counted from 0: hidden names of the columns, their headings, and the first one of the table."""
MARK = "pmogen:"
"""What stands before the name of a form in the row of keys."""
LISTS = "pmogen-lists"
_WIDE, _WIDEST = 150, 310
"""Sheets with more characters beside each other are printed on A3; beyond the second number on two beside each other."""
_PROTECTED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": False,
    "sort": True,
    "autofilter": True,
}


def write_workbook(told: Told, forms: tuple[Form, ...], readings: tuple[Reading, ...], state: State) -> bytes:
    """The workbook as bytes. Raises `PmogenError` when XlsxWriter is not installed."""
    target = io.BytesIO()
    book = _new_book(target)
    look = Look(book, told.settings.colours)
    stamp = max(told.as_of, EARLIEST)
    book.set_properties(
        {
            "title": one_line(told.settings.title)[:255],
            "subject": guide.tab(),
            "author": one_line(told.settings.owner)[:255],
            "company": one_line(told.settings.organisation)[:255],
            "comments": f"pmogen {state.fingerprint}",
            "created": dt.datetime(stamp.year, stamp.month, stamp.day),  # noqa: DTZ001 (a day has no zone)
        }
    )
    names = _sheet_names([guide.tab(), *(form.tab for form in forms), *(reading.tab for reading in readings)])
    first = book.add_worksheet(names[0])
    pages = [book.add_worksheet(name) for name in names[1:]]
    lists = _lists(book, forms, dict(zip((form.name for form in forms), names[1:], strict=False)))
    _guide(first, look, told, dict(zip(names[1:], guide.contents(forms, readings), strict=True)), names[0])
    for page, form in zip(pages, forms, strict=False):
        _form(page, look, form, lists, told)
    for page, reading in zip(pages[len(forms) :], readings, strict=True):
        _reading(page, look, reading, told)
    hidden = book.add_worksheet(SHEET)
    for number, texts in enumerate(told_rows(state)):
        hidden.write_row(number, 0, texts)
    hidden.protect("", {})
    hidden.very_hidden()
    first.activate()
    book.close()
    return steady(target.getvalue(), stamp)


def _new_book(target: io.BytesIO) -> Any:
    try:
        import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415  (an extra, without types)
    except ImportError as error:
        raise PmogenError(
            _("to write workbooks, XlsxWriter has to be installed"), _("run {command}", command=INSTALL)
        ) from error
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    }
    return xlsxwriter.Workbook(target, options)


def _sheet_names(tabs: Iterable[str]) -> list[str]:
    """Names as spreadsheets allow them, each once."""
    names: list[str] = []
    for tab in tabs:
        name = "".join(" " if sign in "[]:*?/\\'" else sign for sign in tab).strip()[:31] or "-"
        names.append(name if name not in names else f"{name[:28]} {len(names)}")
    return names


def _lists(book: Any, forms: tuple[Form, ...], names: Mapping[str, str]) -> Mapping[str, str]:
    """Writes what can be chosen into a hidden sheet; ranges by the name of the list.

    Units are those of their own sheet, so that new ones can be chosen at once.
    """
    sheet = book.add_worksheet(LISTS)
    ranges: dict[str, str] = {}
    for form in forms:
        if form.name == "units":
            last = FIRST + len(form.rows) + form.spare
            book.define_name("list_units", f"='{names[form.name]}'!$B${FIRST + 1}:$B${last}")
            ranges["units"] = "=list_units"
    for form in forms:
        for column in form.columns:
            offered = _offered(column)
            if offered is None or offered[0] in ranges or not offered[1]:
                continue
            name, values = offered
            number = len(ranges)
            sheet.write_column(0, number, values)
            letter = letters(number)
            book.define_name(f"list_{name}", f"='{LISTS}'!${letter}$1:${letter}${len(values)}")
            ranges[name] = f"=list_{name}"
    sheet.protect("", {})
    sheet.very_hidden()
    return ranges


def _offered(column: Column) -> tuple[str, list[Any]] | None:
    kind = column.kind
    if isinstance(kind, Choice):
        return kind.name, list(kind.labels.values())
    if isinstance(kind, Number) and kind.steps:
        return f"steps_{len(kind.steps)}", list(kind.steps)
    return None


def letters(number: int) -> str:
    """A column as spreadsheets name it.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


# the sheets


def _guide(sheet: Any, look: Look, told: Told, contents: Mapping[str, tuple[str, str]], name: str) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 92)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, _text(told.settings.title), look.title())
    sheet.write_string(1, 0, _("Workbook for workshops"), look.about())
    row = 3
    words, quiet = look.paragraph(indent=1), look.paragraph(font_color=QUIET)
    for label, value in guide.facts(told):
        sheet.write_string(row, 0, label, quiet)
        sheet.write_string(row, 1, _text(value), words)
        row += 1
    row += 1
    sheet.write_string(row, 0, _("How to use it"), look.format(bold=True, font_size=13, font_color=look.primary))
    for number, step in enumerate(guide.steps(), 1):
        sheet.write_string(
            row + number, 0, f"{number}", look.paragraph(align="right", indent=1, font_color=look.primary, bold=True)
        )
        sheet.write_string(row + number, 1, step, words)
        sheet.set_row(row + number, row_height([(step, 92)], 11))
    row += len(guide.steps()) + 2
    sheet.write_string(row, 0, _("Colours"), look.format(bold=True, font_size=13, font_color=look.primary))
    samples = {
        "fill": look.cell("text", editable=True),
        "locked": look.cell("text", editable=False),
        "id": look.identifier(editable=False),
    }
    for number, (kind, meaning) in enumerate(guide.legend(), 1):
        sheet.write_string(row + number, 0, "abc", samples[kind])
        sheet.write_string(row + number, 1, meaning, words)
    row += len(samples) + 2
    sheet.write_string(row, 0, _("Sheets"), look.format(bold=True, font_size=13, font_color=look.primary))
    for number, (tab, (_tab, title)) in enumerate(contents.items(), 1):
        link = look.paragraph(font_color=look.primary, underline=1)
        sheet.write_url(row + number, 0, f"internal:'{tab}'!A1", link, tab)
        sheet.write_string(row + number, 1, _text(title), words)
    sheet.protect("", {"select_locked_cells": True})
    _print(sheet, told, name, 118, landscape=False)


def _form(sheet: Any, look: Look, form: Form, lists: Mapping[str, str], told: Told) -> None:
    columns = (replace(column, width=wide_enough(column.heading, column.width)) for column in form.columns)
    form = replace(form, columns=tuple(columns))
    last = FIRST + len(form.rows) + form.spare
    width = sum(column.width for column in form.columns) + form.id_width
    _top(sheet, look, form.title, form.about, 2 if width > _WIDEST else 0)
    sheet.write_string(KEYS, 0, MARK + form.name)
    sheet.set_row(KEYS, None, None, {"hidden": True})
    sheet.write_string(HEADINGS, 0, _("Id"), look.heading(editable=False))
    sheet.set_column(0, 0, form.id_width)
    for number, column in enumerate(form.columns, 1):
        sheet.write_string(KEYS, number, column.name)
        sheet.write_string(HEADINGS, number, column.heading, look.heading(editable=column.editable))
        sheet.set_column(number, number, column.width)
        if column.editable:
            _validate(sheet, number, last, column, lists)
    for number, row in enumerate(form.rows, FIRST):
        _row(sheet, look, form, number, row)
    for number in range(FIRST + len(form.rows), last):
        sheet.write_blank(number, 0, None, look.identifier(editable=True))
        for position, column in enumerate(form.columns, 1):
            sheet.write_blank(number, position, None, _format(look, column, editable=column.editable))
    sheet.set_row(HEADINGS, heading_height((column.heading, column.width) for column in form.columns))
    sheet.freeze_panes(FIRST, form.frozen)
    sheet.autofilter(HEADINGS, 0, max(last - 1, FIRST), len(form.columns))
    sheet.protect("", _PROTECTED)
    sheet.set_tab_color(look.primary)
    _print(sheet, told, form.tab, width)
    sheet.repeat_rows(HEADINGS)
    sheet.print_area(0, 0, max(last - 1, FIRST), len(form.columns))


def _row(sheet: Any, look: Look, form: Form, number: int, row: Row) -> None:
    own = form.values.get(row.id, {})
    texts = [(row.id, form.id_width * 1.2)]
    sheet.write_string(number, 0, row.id, look.identifier(editable=False))
    for position, column in enumerate(form.columns, 1):
        told = own.get(column.name, row.computed.get(column.name, ""))
        editable = column.editable and not column.new_only and column.name not in row.locked
        shade = SHADES.get(row.shade, "") if column.name == "size" else ""
        value = column.kind.shown(told)
        texts.append((value if isinstance(value, str) else "", column.width))
        _write(sheet, number, position, value, _format(look, column, value, editable=editable, shade=shade))
    sheet.set_row(number, row_height(texts))


def _format(look: Look, column: Column, value: Value = None, *, editable: bool, shade: str = "") -> Any:
    kind = "text"
    if isinstance(column.kind, Day):
        kind = "day"
    elif isinstance(column.kind, Number):
        kind = "share" if isinstance(value, float) and not value.is_integer() else "number"
    elif isinstance(column.kind, Words) and not column.kind.long:
        kind = "line"
    return look.cell(kind, editable=editable, centred=column.badge, shade=shade)


def _validate(sheet: Any, number: int, last: int, column: Column, lists: Mapping[str, str]) -> None:
    """What may be typed into a column, and what is said before and after."""
    rule = _rule(column, lists)
    if rule is None:
        return
    rule |= {"input_title": column.heading[:32], "input_message": column.help[:255], "error_title": column.heading[:32]}
    sheet.data_validation(FIRST, number, last - 1, number, rule)


def _rule(column: Column, lists: Mapping[str, str]) -> dict[str, Any] | None:
    kind, offered = column.kind, _offered(column)
    if offered is not None and offered[0] in lists:
        return {"validate": "list", "source": lists[offered[0]], "error_message": _("Please choose from the list.")}
    if isinstance(kind, Day):
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DAY,
            "maximum": LATEST,
            "error_message": _("Please type a day, as in 2027-03-31."),
        }
    if isinstance(kind, Number):
        return {
            "validate": "integer" if kind.whole else "decimal",
            "criteria": "between",
            "minimum": kind.low,
            "maximum": kind.high,
            "error_message": _(
                "Please type a number between {low} and {high}.", low=f"{kind.low:g}", high=f"{kind.high:g}"
            ),
        }
    if isinstance(kind, Words) and not kind.long:
        return {
            "validate": "length",
            "criteria": "<=",
            "value": 400,
            "error_message": _("Please keep it to {count} characters.", count=400),
        }
    return {"validate": "any"} if column.help and isinstance(kind, Words | Several) else None


def _reading(sheet: Any, look: Look, reading: Reading, told: Told) -> None:
    _top(sheet, look, reading.title, reading.about)
    sheet.set_row(KEYS, None, None, {"hidden": True})
    sheet.write_string(HEADINGS, 0, _("Id"), look.heading(editable=False))
    sheet.set_column(0, 0, 22)
    columns = [(heading, wide_enough(heading, width)) for heading, width in reading.columns]
    for number, (heading, width) in enumerate(columns, 1):
        sheet.write_string(HEADINGS, number, heading, look.heading(editable=False))
        sheet.set_column(number, number, width)
    widths = (22.0, *(width for _heading, width in columns))
    for number, row in enumerate(reading.rows, FIRST):
        texts = ((cell.value, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell.value, str))
        sheet.set_row(number, row_height(texts))
        for position, cell in enumerate(row):
            kind = {float: "share", int: "number", dt.date: "day"}.get(type(cell.value), "text")
            kind = "number" if isinstance(cell.value, float) and cell.value.is_integer() else kind
            style = look.cell(kind, editable=False, centred=kind != "text" or bool(cell.shade), shade=cell.shade)
            _write(sheet, number, position, cell.value, style if position else look.identifier(editable=False))
    last = FIRST + max(len(reading.rows), 1) - 1
    sheet.set_row(HEADINGS, heading_height(columns))
    sheet.freeze_panes(FIRST, reading.frozen)
    sheet.autofilter(HEADINGS, 0, last, len(reading.columns))
    sheet.protect("", _PROTECTED)
    _print(sheet, told, reading.tab, sum(widths))
    sheet.repeat_rows(HEADINGS)
    sheet.print_area(0, 0, last, len(reading.columns))


def _top(sheet: Any, look: Look, title: str, about: str, column: int = 0) -> None:
    """Title and what the sheet is for; from the first column that is not printed again on each page."""
    sheet.set_row(0, 28)
    sheet.set_row(1, 18)
    sheet.write_string(0, column, _text(title), look.title())
    sheet.write_string(1, column, _text(about), look.about())
    sheet.hide_gridlines(2)


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), style)  # noqa: DTZ001 (a day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, _text(value), style)


def _text(text: str) -> str:
    return plain(text)


def _print(sheet: Any, told: Told, name: str, width: float, *, landscape: bool = True) -> None:
    """How it comes out of a printer: across, as wide as the paper, with page numbers."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(8 if width > _WIDE else 9)
    sheet.fit_to_pages(2 if width > _WIDEST else 1, 0)
    if width > _WIDEST:
        sheet.repeat_columns(0, 1)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    title = _text(told.settings.title).replace("&", "&&")[:80]
    sheet.set_footer(f"&L&8{title}, {told.as_of.isoformat()}&C&8{name.replace('&', '&&')}&R&8&P / &N")
