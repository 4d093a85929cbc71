"""Long tables can be filtered and sorted, by keyboard too, and the address says how."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pmogen.language import speaking
from pmogen.render.scripts import spoken_script
from tests.browser import visit
from tests.workspaces import ROOT

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


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("en", ["\u22120.5", "2.25 FTE", "2.3", "10", "60 %", "1,200", "EUR 11,600 to 23,200"]),
        ("de", ["\u22120,5", "2,25 VZÄ", "2,3", "10", "60 %", "1.200", "11.600 bis 23.200 EUR"]),
        ("es", ["\u22120,5", "2,25 ETC", "2,3", "10", "60 %", "1.200", "11.600 EUR"]),
        ("en", ["3 March 2026", "26 June 2026", "1 January 2027"]),
        ("de", ["3. März 2026", "26. Juni 2026", "1. Januar 2027"]),
        ("es", ["3 de marzo de 2026", "26 de junio de 2026", "1 de enero de 2027"]),
        ("de", ["L 0,5", "M 1,25", "M 1,5", "H 2"]),
    ],
)
def test_numbers_and_days_are_sorted_as_the_language_writes_them(browser, code, cells):
    path = "assets/js/tables.js"
    with speaking(code):
        script = str(spoken_script(path, (ROOT / "site_templates" / path).read_text("utf-8")))
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in (*reversed(cells), *("\u2013",) * 8))
    table = f"<table><thead><tr><th>X</th></tr></thead><tbody>{rows}</tbody></table>"
    with visit(browser) as seen:
        seen.page.set_content(f'<html lang="{code}"><div class="pg-filter">{table}</div></html>')
        seen.page.add_script_tag(content=script)
        seen.page.locator("th button").click()
        assert seen.page.locator("td").all_inner_texts()[: len(cells)] == cells
