"""What only a browser shows of single pages: one sheet of paper, tools of tables, slides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page on a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def address(workspace: Path, name: str) -> str:
    return (workspace / "site" / name).as_uri()


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_first_page_is_exactly_one_sheet(built_example: Path, page: Page, paper: str) -> None:
    page.goto(address(built_example, "index.html"))
    assert sheets(page.pdf(format=paper)) == 1


def test_a_filter_says_how_much_is_left_and_the_address_brings_it_back(built_example: Path, page: Page) -> None:
    page.goto(address(built_example, "services/candidates.html"))
    rows = page.locator(".pg-filter tbody tr:visible")
    every = rows.count()
    page.get_by_role("searchbox", name="Filter this table").fill("portfolio")
    left = rows.count()
    assert 0 < left < every
    assert all("portfolio" in text.lower() for text in rows.all_inner_texts())
    expect(page.get_by_role("status").filter(has_text="rows shown")).to_have_text(f"{left} of {every} rows shown")
    page.goto(page.url)
    assert "candidates=portfolio" in page.url
    assert page.locator(".pg-filter tbody tr:visible").count() == left
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".pg-filter tbody tr:visible").count() == every


def test_columns_sort_by_keyboard_levels_as_numbers_and_sizes_by_size(built_example: Path, page: Page) -> None:
    page.goto(address(built_example, "gaps/index.html"))
    table = page.locator(".pg-filter").first
    for column, order in (("Today", float), ("Size", lambda text: ("LMH".index(text[0]), float(text[1:])))):
        head = table.get_by_role("columnheader", name=column)
        head.get_by_role("button").press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending")
        place = table.locator("th").all_inner_texts().index(head.inner_text())
        shown = [order(row.locator("td").nth(place).inner_text()) for row in table.locator("tbody tr").all()]
        assert shown == sorted(shown)


def test_rows_about_all_others_stay_where_they_are(built_example: Path, page: Page) -> None:
    page.goto(address(built_example, "services/coverage.html"))
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    table = page.locator(".pg-filter").first
    table.get_by_role("searchbox").fill("no row has these words")
    expect(table.get_by_role("status")).to_have_text("No row fits.")
    assert [row.split("\t")[0] for row in table.locator("tbody tr:visible").all_inner_texts()] == [
        "Gap in levels",
        "With all that are not declined",
    ]


def test_without_scripts_tables_are_whole_and_slides_are_sections(built_example: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(built_example, "services/candidates.html"))
    assert page.locator(".pg-filter tbody tr:visible").count() == page.locator(".pg-filter tbody tr").count() > 20
    assert page.locator(".pg-tools").count() == 0
    page.goto(address(built_example, "services/presentation.html"))
    assert page.locator(".pg-slide:visible").count() == page.locator(".pg-slide").count() > 10
    context.close()


def test_slides_turn_by_arrow_keys_and_fit_the_screen(built_example: Path, page: Page) -> None:
    page.goto(address(built_example, "services/presentation.html"))
    page.get_by_role("button", name="Show as slides").press("Enter")
    slides = page.locator(".pg-slide").count()
    for number in range(1, slides + 1):
        shown = page.locator(".pg-slide:visible")
        expect(shown).to_have_count(1)
        expect(page.get_by_role("status").filter(has_text="Slide")).to_have_text(f"Slide {number} of {slides}")
        assert shown.evaluate("slide => slide.scrollHeight <= window.innerHeight"), shown.inner_text()
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    expect(page.locator(".pg-slide:visible")).to_contain_text("not a to-do list")
    page.keyboard.press("Escape")
    expect(page.locator(".pg-slide:visible")).to_have_count(slides)
