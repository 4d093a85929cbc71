"""Contrast of colours: the values of the guidelines, and shades that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmogen.analysis.contrast import DARK_PAGES, READABLE, contrast, for_dark_pages, least_contrast, mixed

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    """The examples that are quoted everywhere: #767676 is the lightest grey that can be read on white."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_does_not_depend_on_the_order(one: str, other: str) -> None:
    """Words on a page or the page on words: the same."""
    assert contrast(one, other) == contrast(other, one)


@given(COLOURS)
def test_any_colour_has_a_shade_for_dark_pages(colour: str) -> None:
    """However dark the colour of an organisation is."""
    assert least_contrast(for_dark_pages(colour), DARK_PAGES) >= READABLE


def test_mixing() -> None:
    """Half black and half white is grey; none of the other changes nothing."""
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#12505b", "#ffffff", 0) == "#12505b"
