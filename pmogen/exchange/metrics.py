"""How much room a text takes in Arial, in points; so that it can be made to fit before anything is drawn.

Widths are those of the font's tables (thousandths of its size), which Liberation Sans and Helvetica share.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LEADING = 1.2
"""Height of a line, in sizes of the font."""

_ASCII = dict(
    zip(
        map(chr, range(32, 127)),
        (
            *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
            *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
            *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
            *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
            *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
            *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
        ),
        strict=True,
    )
)
_OTHERS = dict(
    zip(
        "\u2013\u2014\u2026\u2019\u201c\u201d\u201e\u00b7\u2022\u00df",
        (556, 1000, 1000, 222, 333, 333, 333, 333, 350, 611),
        strict=True,
    )
)
_WIDE, _UNKNOWN, _PICTURE = 1000, 750, 1400
_BOLD = 1.08
_SURE = 1.03
"""Room for what the tables do not know: hinting, kerning."""
_BREAKS = re.compile(r"\S+?-(?=\w)|\S+")


@lru_cache(maxsize=4096)
def _character(sign: str) -> int:
    if sign in _ASCII or sign in _OTHERS:
        return _ASCII.get(sign) or _OTHERS[sign]
    if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _ASCII:
        return _ASCII[base]
    if ord(sign) >= 0x1F000:
        return _PICTURE
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _UNKNOWN


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line.

    >>> round(width("PMO", 10), 1)
    23.5
    """
    return sum(map(_character, text)) / 1000 * size * (_BOLD if bold else 1) * _SURE


def widest(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the widest part is that no line may end in."""
    return max((width(part, size, bold=bold) for part in _BREAKS.findall(text)), default=0.0)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines it takes where each may be `room` wide; words that are wider are broken anywhere.

    >>> lines("one two", 500, 10), lines("one two", 20, 10)
    (1, 2)
    """
    return sum(_lines_of(part, max(room, size), size, bold=bold) for part in text.split("\n")) if text else 1


def _lines_of(text: str, room: float, size: float, *, bold: bool) -> int:
    count, used, end = 1, 0.0, 0
    blank = width(" ", size, bold=bold)
    for found in _BREAKS.finditer(text):
        gap = blank if used and found.start() > end else 0.0
        end = found.end()
        wide = width(found[0], size, bold=bold)
        if used + gap + wide <= room:
            used += gap + wide
            continue
        if used:
            count += 1
        used = wide
        if wide > room:
            more = int(wide // (room - size)) if room > 2 * size else len(found[0])
            count += more
            used = wide % room
    return count


def height(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """How tall it is."""
    return lines(text, room, size, bold=bold) * size * LEADING


def shortened(text: str, room: float, size: float, most: int, *, bold: bool = False) -> str:
    """The text, cut at a word so that it takes at most so many lines; `…` says that there is more."""
    if lines(text, room, size, bold=bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines(text[:middle] + " …", room, size, bold=bold) <= most:
            low = middle
        else:
            high = middle - 1
    whole = text[:low].rsplit(" ", 1)[0] if " " in text[max(0, low - 40) : low] else text[:low]
    return whole.rstrip(" ,;:.-") + " …"
