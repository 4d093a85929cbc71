"""Following links of a built site finds what is broken, foreign or unreachable."""

from __future__ import annotations

import pytest

from pmogen.site.links import broken_links, foreign_requests, reachable, read_site


def site_of(folder, **pages):
    for name, body in pages.items():
        path = folder / (name.replace("__", "/") + ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body>{body}</body></html>")
    return read_site(folder)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="b.html">b</a>',
        '<a href="./a/">a</a> <a href="a/index.html#here">a</a>',
        '<a href="#there">there</a> <h2 id="there">there</h2> <a href="#">top</a>',
        '<a href="b%2Ehtml?query#top">b</a>',
        '<a href="https://example.org/x">elsewhere</a> <a href="mailto:x@example.org">mail</a>',
        '<a href="/b.html">from the root</a>',
    ],
)
def test_good_links_are_not_broken(tmp_path, body):
    site = site_of(tmp_path, index=body, b="b", a__index='<p id="here">a</p>')
    assert broken_links(site) == ()


@pytest.mark.parametrize(
    "body",
    [
        '<a href="nowhere.html">x</a>',
        '<a href="b.html#nowhere">x</a>',
        '<a href="#nowhere">x</a>',
        '<img src="nowhere.png">',
        '<img srcset="b.html 1x, nowhere.png 2x">',
        '<script src="nowhere.js"></script>',
        '<a href="nowhere/">x</a>',
    ],
)
def test_broken_links_are_found(tmp_path, body):
    assert len(broken_links(site_of(tmp_path, index=body, b="b"))) == 1


def test_links_of_pages_in_folders_start_there(tmp_path):
    site = site_of(tmp_path, index="", a__x='<a href="../index.html">home</a> <a href="index.html">none</a>')
    assert [link.address for link in broken_links(site)] == ["index.html"]


@pytest.mark.parametrize(
    "body",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<link rel="preconnect" href="//fonts.example.org">',
        '<img src="http://example.org/x.png">',
        "<style>@import 'https://example.org/x.css';</style>",
        '<p style="background: url(https://example.org/x.png)">x</p>',
        '<iframe src="https://example.org"></iframe>',
    ],
)
def test_what_a_browser_would_load_from_elsewhere_is_found(tmp_path, body):
    assert len(foreign_requests(site_of(tmp_path, index=body))) == 1


def test_style_sheets_and_pictures_are_read_too(tmp_path):
    (tmp_path / "x.css").write_text("/* url(https://example.org/a) */ a { background: url('https://example.org/b') }")
    (tmp_path / "x.svg").write_text('<svg><image href="https://example.org/c"/><a href="gone.html"><text/></a></svg>')
    site = site_of(tmp_path, index='<a href="https://example.org">a link to click is fine</a>')
    assert [link.address for link in foreign_requests(site)] == ["https://example.org/b", "https://example.org/c"]
    assert [link.address for link in broken_links(site)] == ["gone.html"]


def test_reachable_follows_clicks_only(tmp_path):
    site = site_of(tmp_path, index='<a href="a.html">a</a><img src="c.html">', a='<a href="b.html">b</a>', b="", c="")
    assert reachable(site) == {"index.html", "a.html", "b.html"}
