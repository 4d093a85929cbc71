"""Long tables can be filtered and sorted, by keyboard too, and the address says how."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import visit

PAGE = "services/candidates.html"


@pytest.fixture
def seen(browser, host):
    with visit(browser) as seen:
        seen.open(host + PAGE)
        yield seen


def column(seen, number=0):
    return seen.page.locator(f"article .pg-filter tbody tr:visible td:nth-child({number + 1})").all_inner_texts()


def test_a_word_leaves_only_the_rows_that_have_it(seen):
    everything = column(seen)
    seen.page.locator(".pg-tools__search").first.fill("training")
    expect(seen.page.locator(".pg-tools__count").first).not_to_be_empty()
    left = column(seen)
    assert 0 < len(left) < len(everything)
    seen.page.locator(".pg-tools__clear").first.click()
    assert column(seen) == everything


def test_a_heading_sorts_up_then_down_then_not_at_all(seen):
    before = column(seen)
    heading = seen.page.locator(".pg-filter th").first
    heading.locator("button").focus()
    orders = []
    for wanted in ("ascending", "descending", "none"):
        seen.page.keyboard.press("Enter")
        expect(heading).to_have_attribute("aria-sort", wanted)
        orders.append(column(seen))
    assert orders[0] == orders[1][::-1]
    assert sorted(orders[0]) == sorted(before)
    assert orders[2] == before


def test_the_address_can_be_shared(seen, browser):
    seen.page.locator(".pg-tools__search").first.fill("training")
    seen.page.wait_for_url("**?*training*")
    left = column(seen)
    with visit(browser) as other:
        other.open(seen.page.url)
        assert column(other) == left


def test_without_scripts_the_table_is_whole(seen, browser, host):
    with visit(browser, java_script_enabled=False) as bare:
        bare.open(host + PAGE)
        assert column(bare) == column(seen)
        assert bare.page.locator(".pg-tools").count() == 0
