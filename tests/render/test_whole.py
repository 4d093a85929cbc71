"""The whole playbook on one page: everything once, and every link leads to its place."""

from __future__ import annotations

import re
from collections import Counter

from pmogen.render.page import Nav
from pmogen.render.pages.whole import LEFT_OUT, anchor_of, whole
from tests.render.test_escaping import build
from tests.render.test_render import pages, rendered


def joined(texts: dict[str, str]) -> str:
    """The whole of some pages, with front matter added."""
    entries = [Nav("Section", "", tuple(Nav(path, path) for path in texts))]
    return "\n".join(whole(entries, {path: f"---\ntitle: x\n---\n\n{text}" for path, text in texts.items()}))


def test_every_page_is_a_part_of_it_under_an_anchor_of_its_own():
    text = pages(rendered())["whole.md"]
    anchors = re.findall(r"\{ #(page-[a-z0-9_-]+) \}", text)
    assert [anchor for anchor, times in Counter(anchors).items() if times > 1] == []
    assert {anchor_of(path) for path in pages(rendered()) if path not in LEFT_OUT} <= set(anchors)


def test_no_id_is_there_twice():
    found = Counter(re.findall(r' id="([^"]+)"', build(pages(rendered())["whole.md"])))
    assert [name for name, times in found.items() if times > 1] == []


def test_headings_are_two_levels_deeper_and_their_anchors_carry_the_name_of_the_page():
    text = joined({"a/one.md": "# One\n\n## Part { #part }\n\n```\n# no heading\n```\n"})
    assert "### One { #page-a_one }" in text
    assert "#### Part { #page-a_one--part }" in text
    assert "\n# no heading\n" in text


def test_links_lead_to_the_part_or_to_the_page_that_is_left_out():
    text = joined(
        {
            "a/one.md": "# One\n\n[two](../b/two.md#part) [own](#gone) [far](https://a.example) [out](../downloads.md#x)\n",
            "b/two.md": "# Two\n\n## Part { #part }\n",
        }
    )
    assert "[two](#page-b_two--part) [own](#page-a_one) [far](https://a.example) [out](downloads.md#x)" in text


def test_arithmetic_and_feet_stay_on_the_pages():
    block = '??? info pg-computed "How is this computed?"\n\n    - 1 + 1\n\n        - deeper\n\nAfter.\n'
    text = joined({"a.md": f"# A\n\n{block}\n/// html | div.pg-foot\nOwner\n///\n"})
    assert "After." in text
    assert "1 + 1" not in text
    assert "deeper" not in text
    assert "Owner" not in text


def test_a_picture_stands_where_it_comes_first():
    text = joined(
        {"a.md": "# A\n\n![x](assets/charts/x.svg){ .pg-chart }\n", "b.md": "# B\n\n![x](assets/charts/x.svg)\n"}
    )
    assert text.count("assets/charts/x.svg") == 1
