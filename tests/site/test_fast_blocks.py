"""Blocks begin where Python-Markdown would have seen them begin."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.blockprocessors import BlockQuoteProcessor

from pmogen.site import fast_blocks
from pmogen.site.fast_blocks import BEGINNINGS, Beginning

ORIGINALS = [getattr(holder, name) for holder, name, _needed, _known in BEGINNINGS]
EXTENSIONS = ("admonition", "tables", "toc", "pymdownx.details", "pymdownx.superfences", "pmogen.render.safe_markdown")
PIECES = st.sampled_from(
    [
        *(
            "!!! note",
            '!!! note "A"',
            "??? info",
            '???+ "B"',
            "/// html | div",
            "///",
            "# C",
            "### D { #d }",
            "> e",
            ">",
        ),
        *(
            "    f",
            "    - g",
            "h",
            "- i",
            "1. j",
            "!!",
            "??",
            "//",
            "",
            "",
            "| k |\n|---|\n| > |",
            "```",
            "---",
            "a # b > c",
        ),
    ]
)


def originals():
    for (holder, name, _needed, _known), pattern in zip(BEGINNINGS, ORIGINALS, strict=True):
        setattr(holder, name, pattern)


@pytest.fixture(autouse=True)
def as_before():
    yield
    originals()


def html(text: str) -> str:
    return markdown.Markdown(extensions=EXTENSIONS).convert(text)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=14).map("\n".join))
def test_the_same_html(text):
    originals()
    expected = html(text)
    fast_blocks.install()
    assert html(text) == expected


def test_all_are_known_and_ask_first():
    fast_blocks.install()
    examples = ("!!! note", "??? note", "/// html", "# a", "> a")
    for (holder, name, _needed, known), example in zip(BEGINNINGS, examples, strict=True):
        pattern = getattr(holder, name)
        assert isinstance(pattern, Beginning)
        assert pattern.pattern == known
        assert pattern.search("words") is None
        assert pattern.search(f"words\n{example}").start() == len("words")


def test_another_pattern_than_the_known_one_stays(monkeypatch):
    another = re.compile("another")
    monkeypatch.setattr(BlockQuoteProcessor, "RE", another)
    fast_blocks.install()
    assert BlockQuoteProcessor.RE is another
