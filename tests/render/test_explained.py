"""Explanations become lists of lines; of a value with very many parts, the first ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmogen.explain import Computed
from pmogen.render.explained import FIRST_PARTS, MOST_PARTS, explained
from pmogen.render.markdown import Md


def lines(root: Computed) -> list[str]:
    return explained(root, lambda _kind, _id, text: Md(f"[{text}]()"), lambda span: Md(span.file)).split("\n")


def made_of(count: int) -> Computed:
    parts = tuple(Computed(f"Part {number}", Fraction(1), "1", "services") for number in range(count))
    return Computed("Sum", Fraction(count), str(count), "services", "1 + ...", parts)


@pytest.mark.parametrize("count", [1, MOST_PARTS])
def test_all_parts_are_shown_while_they_can_be_read(count):
    assert lines(made_of(count)) == [
        f"- Sum: **{count}** = 1 &#43; ...",
        *(f"    - Part {number}: **1**" for number in range(count)),
    ]


def test_of_too_many_parts_the_first_ones_are_shown_and_how_many_there_are():
    found = lines(made_of(MOST_PARTS + 1))
    assert found[1 : FIRST_PARTS + 1] == [f"    - Part {number}: **1**" for number in range(FIRST_PARTS)]
    assert found[FIRST_PARTS + 1 :] == ["    - and 41 more, which `pmogen explain` lists"]
