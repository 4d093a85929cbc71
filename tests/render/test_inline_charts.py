"""Charts in pages: an image of a chart becomes the chart, with links, and nothing else ever does."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown import Markdown

from pmogen.source.charts import CHARTS, MAX_BYTES

EXTENSIONS = ["attr_list", "tables", "admonition", "pymdownx.details", "pmogen.render.safe_markdown"]

CHART = """<svg xmlns="http://www.w3.org/2000/svg" class="pc" viewBox="0 0 480 90" width="480" height="90" color="#000000"
fill="currentColor" role="img" aria-labelledby="title description">
<title id="title">Two &amp;amp; three</title>
<desc id="description">One row.</desc>
<style>.pc{color:#000}</style>
<defs><g id="dot"><circle class="pc-high" color="#a3252c" r="5"/></g></defs>
<g class="row" data-to="gaps/planning.md#part"><title>gap H</title><text x="8" y="20">Planning &lt;b&gt;</text><use href="#dot" x="9"/></g>
</svg>"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Puts a chart where pmogen does, with the workspace as the current folder, as for builders."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / CHARTS
    folder.mkdir(parents=True)

    def writing(text: str, name: str = "gaps.svg") -> Path:
        (folder / name).write_text(text, "utf-8")
        return folder / name

    return writing


def build(text: str) -> str:
    return Markdown(extensions=EXTENSIONS).convert(text)


def svg_in(page: str) -> ET.Element:
    start, end = page.index("<svg"), page.index("</svg>") + len("</svg>")
    return ET.fromstring(page[start:end])


def test_an_image_of_a_chart_becomes_the_chart(write):
    write(CHART)
    page = build("![Gaps](../assets/charts/gaps.svg){ .pg-chart width=480 }")
    assert page.startswith('<div class="pg-chart"')
    assert "<img" not in page
    assert "<style" not in page
    svg = svg_in(page)
    assert (svg.get("viewBox"), svg.get("width"), svg.get("height")) == ("0 0 480 90", "480", "90")


def test_what_belongs_to_a_page_is_a_link_with_a_name_seen_from_this_page(write):
    write(CHART)
    for up in ("", "../", "../../"):
        link = svg_in(build(f"![Gaps]({up}assets/charts/gaps.svg)")).find("a")
        assert link is not None
        assert link.get("href") == f"{up}gaps/planning.md#part"
        assert link.get("aria-label") == "Planning <b>: gap H"


def test_a_chart_with_links_is_a_group_and_one_without_an_image(write):
    """`img` would hide the links from screen readers."""
    write(CHART)
    write(CHART.replace(' data-to="gaps/planning.md#part"', ""), "plain.svg")
    assert svg_in(build("![x](assets/charts/gaps.svg)")).get("role") == "group"
    assert svg_in(build("![x](assets/charts/plain.svg)")).get("role") == "img"


def test_ids_are_unique_on_the_page_and_references_follow(write):
    write(CHART)
    page = build("![x](assets/charts/gaps.svg)\n\n![x](assets/charts/gaps.svg)")
    root = ET.fromstring(f"<div>{page.replace('&', '&amp;')}</div>")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 6
    for svg in root.iter("svg"):
        own = {element.get("id") for element in svg.iter()}
        assert set(svg.get("aria-labelledby").split()) <= own
        assert {use.get("href").removeprefix("#") for use in svg.iter("use")} <= own


def test_the_words_of_two_lines_do_not_run_together(write):
    write(CHART.replace("</text>", '</text><text x="8" y="40">on time</text>'))
    words = "".join(svg_in(build("![x](assets/charts/gaps.svg)")).find(".//a").itertext())
    assert "Planning <b> on time" in words


def test_words_show_as_they_were_written(write):
    write(CHART)
    svg = svg_in(build("![x](assets/charts/gaps.svg)"))
    assert svg.findtext("title") == "Two &amp; three"
    assert svg.findtext("a/text") == "Planning <b>"


def test_a_wide_chart_scrolls_by_itself_and_with_the_keyboard(write):
    write(CHART.replace('width="480"', 'width="900"'))
    page = build("![x](assets/charts/gaps.svg)")
    assert '<div aria-label="Two &amp;amp; three" class="pg-chart pg-chart-wide"' in page
    assert 'tabindex="0"' in page
    assert 'role="region"' in page


def test_charts_stand_in_lists_and_folds_too(write):
    write(CHART)
    assert "<svg" in build('??? note "Fold"\n\n    ![x](assets/charts/gaps.svg)\n')
    assert "<svg" in build("- a\n\n    ![x](assets/charts/gaps.svg)\n")


@pytest.mark.parametrize(
    "text",
    [
        "Text ![x](assets/charts/gaps.svg) more",
        "![x](assets/charts/gaps.svg) ![x](assets/charts/gaps.svg)",
        "[![x](assets/charts/gaps.svg)](page.md)",
        "| a |\n| --- |\n| ![x](assets/charts/gaps.svg) |",
        "![x](assets/charts/missing.svg)",
        "![x](assets/charts/gaps.SVG)",
        "![x](other/assets/charts/gaps.svg)",
        "![x](assets/charts/../gaps.svg)",
        "![x](assets/charts/..%2Fgaps.svg)",
        "![x](./assets/charts/gaps.svg)",
        "![x](/assets/charts/gaps.svg)",
        "![x](assets/charts/gaps.svg?x)",
        "![x](assets/charts/gaps.svg#x)",
        "![x](assets/charts/sub/gaps.svg)",
    ],
)
def test_any_other_image_stays_an_image(write, text):
    write(CHART)
    page = build(text)
    assert "<img" in page
    assert "<svg" not in page


def test_without_charts_at_hand_the_image_is_left(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert build("![Gaps](assets/charts/gaps.svg)") == '<p><img alt="Gaps" src="assets/charts/gaps.svg" /></p>'


HOSTILE = [
    "<script>alert(1)</script>",
    "<g onclick='alert(1)'><text>x</text></g>",
    "<foreignObject><iframe src='javascript:alert(1)'/></foreignObject>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<g data-to='javascript:alert(1)'><text>x</text></g>",
    "<g data-to='//other.example/x.md'><text>x</text></g>",
    "<g data-to='../../../etc/x.md'><text>x</text></g>",
    "<image href='http://other.example/pixel.png'/>",
    "<use href='http://other.example/x.svg#a'/>",
    "<use xlink:href='#a' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
    "<rect fill='url(http://other.example/x)' width='1' height='1'/>",
    "<rect style='background:url(http://other.example/x)' class='a&quot;b' width='1' height='1'/>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
    "<set attributeName='onclick' to='alert(1)'/>",
    "<style>@import 'http://other.example/x.css'</style>",
    "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>alert(1)</html:script>",
    "<text>x<script>alert(1)</script></text>",
    "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_whatever_the_file_holds_only_shapes_words_and_page_links_get_through(write, part):
    """Somebody may put a file of their own in the place of a chart."""
    write(CHART.replace("</svg>", f"{part}</svg>"))
    svg = svg_in(build("![x](assets/charts/gaps.svg)"))
    tags = {element.tag for element in svg.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "g", "a", "use", "circle", "rect", "text"}
    addresses = [element.get("href") for element in svg.iter() if element.get("href")]
    assert all(address.startswith("#chart-1-") or address == "gaps/planning.md#part" for address in addresses)
    for element in svg.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "data-to")]
        assert not [value for value in element.attrib.values() if "other.example" in value or '"' in value]


@pytest.mark.parametrize(
    "text",
    [
        "no chart at all",
        "<svg",
        "<svg xmlns='http://www.w3.org/2000/svg'><text>not ours</text></svg>",
        "<html class='pc'/>",
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + CHART.replace("One row.", "&b;"),
        "\ufffe" + CHART,
    ],
)
def test_what_is_no_chart_stays_an_image(write, text):
    write(text)
    assert "<img" in build("![x](assets/charts/gaps.svg)")


def test_a_link_out_of_the_folder_and_a_huge_file_are_not_read(write, tmp_path):
    chart = write(CHART + " " * MAX_BYTES, "huge.svg")
    (tmp_path / "elsewhere.svg").write_text(CHART, "utf-8")
    chart.with_name("linked.svg").symlink_to(tmp_path / "elsewhere.svg")
    assert "<img" in build("![x](assets/charts/huge.svg)")
    assert "<img" in build("![x](assets/charts/linked.svg)")


def test_raw_svg_in_a_page_is_still_dropped(write):
    """Only what stands in the place of an image is a chart; users' own markup is not."""
    write(CHART)
    page = build("<svg><text>x</text></svg>\n\n/// html | svg\nx\n///\n\n![x](assets/charts/gaps.svg)")
    assert page.count("<svg") == 1
