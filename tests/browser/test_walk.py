"""Every type of page, as a visitor meets it: nothing breaks, nothing foreign is asked for, nothing is cut off."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest

from tests.browser import visit
from tests.browser.walk import Places, walk

BUDGET = 350_000
"""Bytes of the first page with all that comes with it, compressed as web servers do."""


@pytest.fixture
def places(host, site):
    return Places(host, site)


PARTS = 6
"""Workers share the way."""


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_type_of_page(browser, places, types, axe_if_there, part):
    """Whatever is looked at stands in `Met`; here is what was found, by page."""
    assert walk(browser, places, types[part::PARTS], axe_if_there) == {}


def test_the_first_page_is_light(browser, host, site):
    with visit(browser) as seen:
        seen.open(host)
        seen.page.wait_for_load_state("networkidle")
        files = {urlsplit(address).path.removeprefix(urlsplit(host).path) or "index.html" for address in seen.requested}
    assert not any("search_index" in name for name in files), "its index comes when somebody searches"
    weights = {name: len(gzip.compress((site / name).read_bytes(), 6)) for name in files}
    assert sum(weights.values()) < BUDGET, weights


def test_who_wants_no_motion_gets_none(browser, host):
    moving = """[...document.querySelectorAll('*')].filter(one => {
        const style = getComputedStyle(one);
        const longest = text => Math.max(...text.split(',').map(parseFloat));
        return longest(style.transitionDuration) > 0.01 || longest(style.animationDuration) > 0.01;
    }).map(one => one.tagName + '.' + one.className)"""
    with visit(browser, reduced_motion="reduce") as seen:
        seen.open(host)
        assert seen.page.evaluate(moving) == []
        assert seen.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_there_is_a_way_on_from_a_page_that_is_not_there(browser, host):
    with visit(browser) as seen:
        seen.page.goto(host + "404.html")
        assert "404" in seen.page.inner_text("article")
