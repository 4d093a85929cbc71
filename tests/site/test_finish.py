"""What themes leave out is mended after the build, in every page."""

from __future__ import annotations

import pytest

from pmogen.site.finish import finish_site, finished


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
