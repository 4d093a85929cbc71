"""What themes leave out is mended after the build, in every page."""

from __future__ import annotations

import pytest

from pmogen.site.finish import finish_site, finished, in_folder, near_by
from pmogen.site.policy import policy


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<input type="checkbox" id="__drawer" autocomplete="off">',
            '<input type="checkbox" id="__drawer">',
        ),
        ('<input type="text" autocomplete="off">', '<input type="text" autocomplete="off">'),
        ('<label for="__toc">On this page</label>', "<label>On this page</label>"),
        ('<i id="a"></i><label for="a" tabindex="">x</label>', '<i id="a"></i><label for="a">x</label>'),
        ('<i id="a"></i><label for="a" tabindex="0">x</label>', '<i id="a"></i><label for="a" tabindex="0">x</label>'),
        ('<label class="md-overlay" aria-hidden="true"></label>', '<label class="md-overlay"></label>'),
        (
            '<div class="md-search" role="dialog"><input class="md-search__input" aria-label="Suche">',
            '<div class="md-search" role="dialog" aria-label="Suche"><input class="md-search__input" aria-label="Suche">',
        ),
        (
            '<nav data-md-level="2" aria-labelledby="n"> <label class="md-nav__title"><i></i>\n A "B" </label>',
            '<nav data-md-level="2" aria-label="A &quot;B&quot;"> <label class="md-nav__title"><i></i>\n A "B" </label>',
        ),
        (
            '<div class="md-search" role="dialog" aria-label="Search"><input class="md-search__input" aria-label="x">',
            '<div class="md-search" role="dialog" aria-label="Search"><input class="md-search__input" aria-label="x">',
        ),
    ],
)
def test_small_mistakes_of_themes_are_mended(before, after):
    assert finished(before) == after
    assert finished(after) == after


def test_every_page_gets_its_policy_and_a_second_time_changes_nothing(tmp_path):
    (tmp_path / "a").mkdir()
    pages = [tmp_path / "index.html", tmp_path / "a" / "b.html"]
    for page in pages:
        page.write_text("<html><head></head><body></body></html>")
    finish_site(tmp_path)
    once = [page.read_bytes() for page in pages]
    assert all(b"Content-Security-Policy" in page for page in once)
    finish_site(tmp_path)
    assert [page.read_bytes() for page in pages] == once


def test_the_page_for_what_is_not_there_finds_its_styles_from_a_disk(tmp_path):
    """Its addresses begin at the top of the host; the script that mends them is allowed by its policy."""
    page = tmp_path / "404.html"
    page.write_text('<html><head><link rel="stylesheet" href="/of/it/assets/a.css"></head><body></body></html>')
    finish_site(tmp_path)
    once = page.read_text()
    assert """'[href^="/of/it/"]'""" in once
    assert "slice(7)" in once
    assert policy(once) in once
    finish_site(tmp_path)
    assert page.read_text() == once


@pytest.mark.parametrize("head", ["", '<link rel="stylesheet" href="assets/a.css">'])
def test_a_page_without_such_addresses_stays(head):
    page = f"<html><head>{head}</head></html>"
    assert near_by(page) == page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<link href="/assets/a.css">', '<link href="/de/assets/a.css">'),
        ('<a href="/../es/index.html">', '<a href="/de/../es/index.html">'),
        ('{"base": "/", "search": "/assets/s.js"}', '{"base": "/de/", "search": "/de/assets/s.js"}'),
        ('<a href="b.html">', '<a href="b.html">'),
    ],
)
def test_the_page_for_what_is_not_there_stays_in_the_tree_of_its_language(before, after):
    assert in_folder(before, "de") == after
    assert in_folder(after, "de") == after


def test_english_words_of_themes_are_said_in_the_language_of_the_tree(tmp_path):
    for page in (tmp_path / "404.html", tmp_path / "de" / "404.html"):
        page.parent.mkdir(exist_ok=True)
        page.write_text('<h1>404 - Not found</h1><a title="Permanent link">')
    finish_site(tmp_path, ("en", "de"))
    assert '<h1>404 - Not found</h1><a title="Permanent link">' in (tmp_path / "404.html").read_text()
    assert '<h1>404: Seite nicht gefunden</h1><a title="Link zu diesem Abschnitt">' in (
        tmp_path / "de" / "404.html"
    ).read_text("utf-8")
