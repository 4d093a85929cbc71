"""The whole site as one file: every page and link in it, nothing outside it, the same bytes each time."""

from __future__ import annotations

import re

import pytest

from pmogen.errors import PmogenError
from pmogen.site.html_export import export_html

NAVIGATION = """
site_name: A &amp; B
docs_dir: build/playbook
nav:
- Home: index.md
- Waves:
  - waves/index.md
  - First: waves/one.md
"""


def page(body):
    return (
        '<!doctype html><html lang="de"><head><link rel="stylesheet" href="assets/own.css"></head>'
        f'<body dir="ltr"><article class="md-content__inner">{body}</article></body></html>'
    )


@pytest.fixture
def workspace(tmp_path):
    files = {
        "build/playbook.yml": NAVIGATION,
        "site/index.html": page(
            '<h1 id="top">Home<a class="headerlink" href="#top">¶</a></h1><a href="waves/one.html#why">one</a>'
            '<a href="waves/">waves</a><a href="https://example.org/">far</a><a href="assets/t.md">template</a>'
            '<a href="assets/large.bin">large</a><a href="whole.html">all</a><img alt="" src="assets/p.svg">'
            '<h2 id="x" aria-labelledby="x y">X</h2><script>bad()</script>'
        ),
        "site/waves/index.html": page('<h1 id="top">Waves</h1><a href="../index.html">home</a>'),
        "site/waves/one.html": page('<h1 id="top">One</h1><p id="why"><a href="#top">up</a> a &lt; b</p>'),
        "site/loose.html": page("<h1>Loose</h1>"),
        "site/404.html": page("<h1>404</h1>"),
        "site/whole.html": page('<h1 id="top">All of it</h1>'),
        "site/assets/own.css": "p { color: red } @import 'far.css'; b { background: url(far.png) }",
        "site/assets/t.md": "# Template\n",
        "site/assets/p.svg": "<svg/>",
        "site/assets/large.bin": "x" * 100_000,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_every_page_is_a_section_in_the_order_of_the_navigation(workspace):
    names = re.findall(r'<section class="one-page[^>]* id="([^"]+)"', export_html(workspace))
    assert names == ["index", "waves/index", "waves/one", "loose"]


def test_links_between_pages_become_links_within_the_file(workspace):
    made = export_html(workspace)
    for wanted in ('href="#waves/one--why"', 'href="#waves/index"', 'href="#index"', 'href="#waves/one--top"'):
        assert wanted in made
    assert 'id="waves/one--why"' in made
    assert 'aria-labelledby="index--x index--y"' in made
    assert 'href="https://example.org/"' in made


@pytest.mark.parametrize("paper", [None, "A4"])
def test_the_page_that_shows_all_others_again_is_the_file_itself(workspace, paper):
    made = export_html(workspace, paper=paper)
    assert "All of it" not in made
    assert '<a href="#whole">all</a>' in made
    assert made.count('id="whole"') == 1


def test_a_table_can_scroll_as_on_the_site(workspace):
    (workspace / "site/loose.html").write_text(page("<table><tr><td>1</td></tr></table>"))
    assert '<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table><tr>' in export_html(workspace)


def test_pictures_and_small_files_travel_inside_and_large_ones_stay(workspace):
    made = export_html(workspace)
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+"' in made
    assert re.search(r'href="data:[\w/.-]+;base64,[\w=+/]+" download="t.md"', made)
    assert "<a>large</a>" in made


def test_nothing_would_be_loaded(workspace):
    made = export_html(workspace)
    assert "far.css" not in made
    assert "far.png" not in made
    assert "bad()" not in made
    assert "<link" not in made
    assert "default-src 'none'" in made
    assert "'self'" not in made


def test_text_stays_text(workspace):
    made = export_html(workspace)
    assert "a &lt; b" in made
    assert "<title>A &amp; B</title>" in made
    assert '<html lang="de">' in made


def test_the_same_site_gives_the_same_bytes(workspace):
    assert export_html(workspace) == export_html(workspace)


def test_only_some_pages(workspace):
    made = export_html(workspace, ["waves"])
    assert re.findall(r'<section class="one-page[^>]* id="([^"]+)"', made) == ["waves/index", "waves/one"]
    assert "<a>home</a>" in made, "what stays behind is no link"
    with pytest.raises(PmogenError, match="no page is called wave"):
        export_html(workspace, ["wave"])


def test_for_paper_nothing_can_be_pressed_and_headings_make_an_outline(workspace):
    made = export_html(workspace, paper="A4")
    assert "<script" not in made
    assert "size: A4" in made
    assert re.findall(r"<h1", made) == ["<h1"]
    assert '<h2 id="waves/one--top">One</h2>' in made


def test_without_a_site_it_says_what_to_do(tmp_path):
    with pytest.raises(PmogenError) as error:
        export_html(tmp_path)
    assert "pmogen build" in error.value.hint
