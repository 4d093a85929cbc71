"""Search finds things, over http below a path and from disk, and its answers lead somewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, visit

FIELD = "[data-md-component=search-query]"


@pytest.fixture(params=["http", "disk"])
def start(request, host, site):
    return host if request.param == "http" else site.as_uri() + "/"


def test_a_word_leads_to_its_page(browser, start):
    with visit(browser) as seen:
        seen.open(start + "services/index.html")
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("community of practice", delay=5)
        first = seen.page.locator(".md-search-result__link").first
        expect(first).to_contain_text("community of practice", ignore_case=True, timeout=20_000)
        expect(seen.page.locator(".md-search-result__meta")).to_contain_text("matching document")
        with seen.page.expect_navigation():
            first.click()
        assert "community of practice" in seen.page.inner_text("article").lower()
        assert seen.complaints == []


def test_a_word_that_is_nowhere_finds_nothing(browser, start):
    with visit(browser) as seen:
        seen.open(start + "index.html")
        seen.page.locator(FIELD).focus()
        seen.page.keyboard.type("xylophonist", delay=5)
        expect(seen.page.locator(".md-search-result__meta")).to_contain_text("No matching", timeout=20_000)


def test_on_a_phone_the_search_opens_and_closes(browser, host):
    with visit(browser, PHONE) as seen:
        seen.open(host)
        seen.page.locator("label[for=__search].md-header__button").click()
        expect(seen.page.locator(FIELD)).to_be_focused()
        seen.page.keyboard.press("Escape")
        expect(seen.page.locator(".md-search__output")).not_to_be_visible()
