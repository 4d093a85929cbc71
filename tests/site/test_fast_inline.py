"""Inline marks are those that Python-Markdown would have found."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from pmogen.site import fast_inline

STEP = "_InlineProcessor__handleInline"
ORIGINAL = getattr(InlineProcessor, STEP)
EXTENSIONS = ("abbr", "attr_list", "footnotes", "smarty", "tables", "pymdownx.betterem", "pymdownx.tilde")
PIECES = st.sampled_from(
    [
        *("*", "**", "_", "`", "``", "\\", "[a]", "(b)", "[", "]", "![", "<http://a.b>", "<i>", "&amp;", "&", "~~"),
        *("a", "word ", " ", "  \n", "\n", "\n\n", "| a | b |\n|---|---|\n", "[x]: y\n", "{ #i }", '"', "--", "[^1]"),
    ]
)


@pytest.fixture(scope="module")
def quick():
    """The step as it is while pages are built."""
    fast_inline.install()
    yield getattr(InlineProcessor, STEP)
    setattr(InlineProcessor, STEP, ORIGINAL)


def html(text: str, step) -> str:
    setattr(InlineProcessor, STEP, step)
    return markdown.Markdown(extensions=EXTENSIONS).convert(text)


@settings(deadline=None, max_examples=400)
@given(text=st.lists(PIECES, max_size=20).map("".join))
def test_the_same_html(quick, text):
    assert quick is not ORIGINAL
    assert html(text, quick) == html(text, ORIGINAL)


def test_marks_in_marks(quick):
    text = "**a *b [c](d `e`) f* g** <https://h.i> `j` and \\*k\\* ![l](m)"
    assert html(text, quick) == html(text, ORIGINAL)
    assert html(text, quick).count("<em>") == 1


def test_another_step_than_the_known_one_stays(monkeypatch):
    def another(self, data, patternIndex=0):  # noqa: N803 (Python-Markdown's)
        return data

    monkeypatch.setattr(InlineProcessor, STEP, another)
    fast_inline.install()
    assert getattr(InlineProcessor, STEP) is another
