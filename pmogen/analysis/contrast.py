"""How well colours stand out from each other, as the Web Content Accessibility Guidelines count it.

Colours are written `#rrggbb`. Source: WCAG 2.2, relative luminance and contrast ratio (1 to 21).
"""

from __future__ import annotations

READABLE = 4.5
"""Contrast from which words of usual size can be read (WCAG 1.4.3, level AA)."""

WHITE = "#ffffff"

LIGHT_PAGES = (WHITE, "#f7f9fa")
"""What words stand on in light colours: the page, and cards."""

DARK_PAGES = ("#1e2529", "#232c35")
"""What words stand on in dark colours."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """From 0 (black) to 1 (white)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How much two colours differ in lightness: 1 (not at all) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with that share of another in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(one * (1 - share) + two * share):02x}" for one, two in pairs)


def for_dark_pages(colour: str) -> str:
    """The colour with as much white as it takes to be read on dark pages."""
    shades = (mixed(colour, WHITE, step / 20) for step in range(20))
    return next((shade for shade in shades if least_contrast(shade, DARK_PAGES) >= READABLE + 1), WHITE)


def least_contrast(colour: str, pages: tuple[str, ...]) -> float:
    """The contrast of a colour to the page from which it stands out least."""
    return min(contrast(colour, page) for page in pages)
