"""Front matter and navigation are what PyYAML would write, whatever people call their pages."""

from __future__ import annotations

import html
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pmogen.render import yaml_text
from pmogen.render.markdown import one_line
from pmogen.render.yaml_text import dumped

SIGNS = "aZ 0é:#'\"&,.-\u2013\u2019()[]{}?!|>%@`~*/\U0001f6a7"
WORDS = ("Gap:", "Is", "it's", "so?", "?", "a", "-", "R&D", "x.", ".", "(y)", "#", "yes", "12", "a:b", ":", "Services")
TITLES = (
    st.text(st.sampled_from(SIGNS), max_size=12)
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
    | st.text(max_size=30)
).map(lambda text: html.escape(one_line(text)))
PATHS = st.sampled_from(["index.md", "services/pm-training.md", "pages/Été.md", "pages/a b.md", "pages/1.md", "no.md"])
NAVIGATIONS = st.recursive(
    st.dictionaries(TITLES, PATHS, min_size=1, max_size=1),
    lambda below: st.dictionaries(TITLES, st.lists(below | PATHS, max_size=3), min_size=1, max_size=1),
    max_leaves=8,
)


def by_pyyaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)
    return text


@given(TITLES)
@example("true")
@example("No one: nothing")
@example("Gap: what is missing")
@example("Is it the owner&#x27;s?")
@example("Is it so? - no")
@example("a #b")
@example("Wide " * 3000)
def test_a_text_is_written_as_by_pyyaml(text):
    assert dumped({"title": text}) == by_pyyaml({"title": text})


@given(st.lists(NAVIGATIONS, max_size=4))
@example([{"Services and more": ["services/index.md", {"Wide " * 30: "index.md"}]}])
@example([{"Services": []}])
@example([{"Yes": "index.md"}])
def test_a_navigation_is_written_as_by_pyyaml(entries):
    settings = {"site_name": "X: y", "extra": {"a": [{"b": 1}]}, "nav": entries}
    assert dumped(settings) == by_pyyaml(settings)


@pytest.mark.parametrize(
    "value", [["navigation"], {"exclude": True}, [], [{"name": "Deutsch", "link": "de/"}], None, 5]
)
def test_other_values_are_left_to_pyyaml(value):
    assert dumped({"key": value}) == by_pyyaml({"key": value})


def test_pyyaml_is_not_asked_about_pages_of_ours(monkeypatch):
    monkeypatch.setattr(yaml_text, "_by_pyyaml", None)
    nav = [{"Products and services": ["services/index.md", {"Project management training": "services/pm-training.md"}]}]
    assert dumped({"title": "Gap: skills of project managers", "nav": nav}).count("\n") == 5
