"""On paper: how many sheets, folds open, and where it came from."""

from __future__ import annotations

import re

import pytest

from tests.browser import visit

SHEET = re.compile(rb"/Type\s*/Page\b")


def sheets(page, size):
    return len(SHEET.findall(page.pdf(format=size)))


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_home_is_exactly_one_sheet(browser, host, size):
    with visit(browser) as seen:
        seen.open(host)
        assert sheets(seen.page, size) == 1


def test_folds_open_and_the_foot_says_where_it_came_from(browser, host):
    closed = "[...document.querySelectorAll('article details:not(.pg-computed)')].filter(one => !one.open).length"
    with visit(browser) as seen:
        seen.open(host + "gaps/index.html")
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert seen.page.evaluate(closed) == 0
        foot = seen.page.locator(".pg-foot")
        assert seen.page.url in foot.inner_text()
        assert "version" in foot.inner_text()
        seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert seen.page.url not in foot.inner_text()


def test_the_frame_of_the_site_is_not_printed(browser, host):
    with visit(browser) as seen:
        seen.open(host + "gaps/index.html")
        seen.page.emulate_media(media="print")
        for part in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-sidebar--secondary", ".pg-tools"):
            assert seen.page.locator(f"{part}:visible").count() == 0, part
