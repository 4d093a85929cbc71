"""How the workbook looks: the colours of the organisation, and formats of cells made from them once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pmogen.analysis.contrast import WHITE, mixed
from pmogen.exchange import metrics
from pmogen.model.look import Colours

PRIMARY, ACCENT = "#12505b", "#0d6170"
"""Colours of those who name none."""
FONT, INK, QUIET, LINE = "Arial", "#1e2529", "#5b6770", "#c9d2d6"
SHADES = {"H": "#f8d7cf", "M": "#fbeccb", "L": "#e3efe3"}
"""Behind the sizes of gaps; the letter stands in the cell as well."""
BANDS = {"calm": "#e3efe3", "busy": "#fbeccb", "full": "#f8d7cf", "over": "#eeb3a8"}

SIZE = 10
"""Of the font, in points."""
_TALLEST, _UNIT = 400.0, 5.25
"""The tallest row that Excel allows is 409 points; a column is so many points wide for each of its units."""

_DAY = "yyyy-mm-dd"
_BASE = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top", "text_wrap": True}
_FRAME = {"border": 1, "border_color": LINE}


def row_height(cells: Iterable[tuple[str, float]], size: float = SIZE) -> float:
    """How tall a row has to be for texts in columns of these widths, in points."""
    lines = 1
    for text, width in cells:
        room = width * _UNIT - 3
        if "\n" in text or len(text) * size > room:
            lines = max(lines, metrics.lines(text, room, size))
    return min(lines * size * 1.24 + 4, _TALLEST)


def wide_enough(heading: str, width: float) -> float:
    """The width of a column, or a larger one where a word of its heading would be broken."""
    return max(width, round(metrics.widest(heading, SIZE, bold=True) / _UNIT + 1.2, 1))


def heading_height(headings: Iterable[tuple[str, float]]) -> float:
    """How tall the row of headings has to be, in points."""
    lines = max(metrics.lines(heading, width * _UNIT - 5, SIZE, bold=True) for heading, width in headings)
    return max(lines * SIZE * 1.24 + 6, 32.0)


class Look:
    """Formats of one workbook; the same wish gives the same format."""

    def __init__(self, book: Any, colours: Colours) -> None:
        self.book = book
        self.primary = colours.primary or PRIMARY
        accent = colours.accent or ACCENT
        self.fill_in = mixed(accent, WHITE, 0.88)
        self.known: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **wanted: Any) -> Any:
        """A format with these properties."""
        key = tuple(sorted((_BASE | wanted).items()))
        if key not in self.known:
            self.known[key] = self.book.add_format(dict(key))
        return self.known[key]

    def cell(self, kind: str, *, editable: bool, centred: bool = False, shade: str = "") -> Any:
        """A cell that holds a `text`, a `line`, a `number`, a `share` with decimals or a `day`."""
        wanted: dict[str, Any] = dict(_FRAME)
        wanted["bg_color"] = shade or (self.fill_in if editable else WHITE)
        wanted["locked"] = not editable
        if kind == "day":
            wanted |= {"num_format": _DAY, "align": "center"}
        elif kind == "line" and editable:
            wanted["num_format"] = "@"
        elif kind == "share":
            wanted["num_format"] = "0.0#"
        if centred:
            wanted["align"] = "center"
        return self.format(**wanted)

    def identifier(self, *, editable: bool) -> Any:
        """A cell of column A."""
        fill = self.fill_in if editable else "#f1f4f5"
        return self.format(**_FRAME, font_size=8, font_color=QUIET, bg_color=fill, locked=not editable, num_format="@")

    def heading(self, *, editable: bool) -> Any:
        """A cell of the row of headings; of columns to be filled in the stronger one."""
        fill = self.primary if editable else mixed(self.primary, WHITE, 0.82)
        ink = WHITE if editable else INK
        return self.format(**_FRAME, bold=True, bg_color=fill, font_color=ink, valign="vcenter")

    def title(self) -> Any:
        """The first line of a sheet."""
        return self.format(bold=True, font_size=16, font_color=self.primary, text_wrap=False, valign="vcenter")

    def about(self) -> Any:
        """What stands below the title."""
        return self.format(font_color=QUIET, text_wrap=False, valign="vcenter")

    def paragraph(self, **more: Any) -> Any:
        """A text of the first sheet."""
        return self.format(font_size=11, **more)
