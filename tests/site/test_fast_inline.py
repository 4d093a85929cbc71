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
OURS = ("attr_list", "admonition", "tables", "toc", "pymdownx.superfences", "pmogen.render.safe_markdown")
OTHERS = ("abbr", "attr_list", "footnotes", "smarty", "tables", "pymdownx.betterem", "pymdownx.tilde")
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


def html(text: str, step, extensions=OURS) -> str:
    setattr(InlineProcessor, STEP, step)
    return markdown.Markdown(extensions=extensions).convert(text)


@pytest.mark.parametrize("extensions", [OURS, OTHERS])
@settings(deadline=None, max_examples=300)
@given(text=st.lists(PIECES, max_size=20).map("".join))
def test_the_same_html(quick, extensions, text):
    assert quick is not ORIGINAL
    assert html(text, quick, extensions) == html(text, ORIGINAL, extensions)


def test_marks_in_marks(quick):
    text = "**a *b [c](d `e`) f* g** <https://h.i> `j` and \\*k\\* ![l](m)"
    assert html(text, quick) == html(text, ORIGINAL)
    assert html(text, quick).count("<em>") == 1


@pytest.mark.parametrize(
    "text", ["`a`", "\\*", "[a](b)", "![a](b)", "<http://a.b>", "<a@b.c>", "a  \nb", "&amp;", "*a*", "_a_"]
)
def test_one_mark_alone_is_found(quick, text):
    """None of the patterns is passed over because of the characters that a text lacks."""
    assert html(f"word {text} word", quick) == html(f"word {text} word", ORIGINAL)


def test_a_text_without_any_mark_is_passed_over(quick, monkeypatch):
    def never(*_arguments):
        raise AssertionError

    html("", quick)
    monkeypatch.setattr(InlineProcessor, "_InlineProcessor__applyPattern", never)
    assert html("words, 12 % (more); and: so on", quick) == "<p>words, 12 % (more); and: so on</p>"


def test_another_step_than_the_known_one_stays(monkeypatch):
    def another(self, data, patternIndex=0):  # noqa: N803 (Python-Markdown's)
        return data

    monkeypatch.setattr(InlineProcessor, STEP, another)
    fast_inline.install()
    assert getattr(InlineProcessor, STEP) is another
