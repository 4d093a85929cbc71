"""Getting around by mouse, by finger and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, visit

STOPS = """() => {
    const drawn = element => {
        const style = getComputedStyle(element);
        return parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
    };
    window.stops = [];
    addEventListener('focusin', ({ target: one }) => {
        const box = one.getBoundingClientRect();
        const next = one.nextElementSibling;  // a switch is drawn as the label beside it
        const label = one.matches('input') && next && next.matches('label:not([hidden])') ? next : null;
        window.stops.push({
            what: (one.innerText || one.getAttribute('aria-label') || one.id || one.tagName).trim().slice(0, 60),
            seen: drawn(one) || Boolean(label && drawn(label)) || one.matches('.md-search__input'),
            there: Math.max(box.width, one.scrollWidth) > 0 && box.height > 0 || Boolean(label),
        });
    });
}"""
"""Writes down where the keyboard stops, and whether that can be seen."""


def test_the_tabs_lead_to_the_sections_and_mark_where_one_is(browser, host):
    with visit(browser) as seen:
        seen.open(host)
        names = seen.page.locator(".md-tabs__link").all_inner_texts()
        assert len(names) > 6
        for name in names:
            seen.page.locator(".md-tabs__link", has_text=name).first.click()
            expect(seen.page.locator(".md-tabs__item--active")).to_contain_text(name)


def test_on_a_phone_the_menu_leads_to_every_section(browser, host):
    with visit(browser, PHONE) as seen:
        seen.open(host)
        seen.page.locator("label[for=__drawer].md-header__button").click()
        gaps = seen.page.locator(".md-nav--primary").get_by_role("link", name="Gap analysis")
        expect(gaps.first).to_be_in_viewport()
        gaps.first.click()
        expect(seen.page.locator("h1")).to_contain_text("Gap")


@pytest.mark.parametrize("path", ["index.html", "gaps/index.html"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser, host, path):
    """The first stop is the way past the navigation; then each stop can be seen; the last link of the page is reached."""
    with visit(browser) as seen:
        seen.open(host + path)
        seen.page.evaluate(STOPS)
        for _ in range(40):
            for _ in range(20):
                seen.page.keyboard.press("Tab")
            stops = seen.page.evaluate("window.stops")
            if stops.count(stops[0]) > 1:
                break
        assert "skip" in stops[0]["what"].lower()
        assert [stop for stop in stops if not stop["seen"] or not stop["there"]] == []
        last = seen.page.locator("article a:not(.headerlink)").last.inner_text().strip()[:60]
        assert last in {stop["what"] for stop in stops}


def test_skipping_the_navigation_leads_to_the_heading(browser, host):
    with visit(browser) as seen:
        seen.open(host + "gaps/index.html")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_follow_the_system_until_one_chooses(browser, host, system):
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    own = {"light": "default", "dark": "slate"}[system]
    with visit(browser, color_scheme=system) as seen:
        seen.open(host)
        assert seen.page.evaluate(scheme) == own
        for wanted in ("default", "slate"):
            seen.page.locator("form[data-md-component=palette] label:visible").click()
            assert seen.page.evaluate(scheme) == wanted
        seen.open(host + "gaps/index.html")
        assert seen.page.evaluate(scheme) == "slate", "the choice holds on the next page"
        seen.page.locator("form[data-md-component=palette] label:visible").click()
        assert seen.page.evaluate(scheme) == own


def test_the_colours_can_be_chosen_by_keyboard(browser, host):
    with visit(browser, color_scheme="light") as seen:
        seen.open(host)
        seen.page.locator("#__palette_0").focus()
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
