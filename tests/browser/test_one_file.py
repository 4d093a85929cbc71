"""The one-file edition: opens from disk at once, finds, filters, prints, asks nobody, and loses nothing."""

from __future__ import annotations

import time
from itertools import islice

import pytest
from playwright.sync_api import expect

from pmogen.site.html_export import export_html
from tests.browser import DESKTOP, PHONE, visit
from tests.browser.walk import barriers_in_both_palettes

SECONDS = 2.0
PAGES = 300


@pytest.fixture(scope="module")
def file(built_example, made_once):
    return made_once("playbook.html", lambda path: path.write_text(export_html(built_example), "utf-8"))


@pytest.fixture
def one(file):
    return file.as_uri()


def test_it_asks_nobody_and_nothing_complains(browser, one):
    with visit(browser) as seen:
        seen.open(one)
        seen.page.goto(one + "#gaps/index")
        assert seen.asked_beyond(one) == []
        assert seen.complaints == []


def test_three_hundred_pages_open_in_a_moment(browser, file, tmp_path):
    """Pages are doubled until there are enough."""
    text = file.read_text("utf-8")
    begin, end = text.index('<section class="one-page'), text.index("</main>")
    sections = text[begin:end].split('<section class="one-page')[1:]
    copies = (section.replace(' id="', f' id="copy-{number}-') for number, section in enumerate(sections * 2))
    more = "".join(f'<section class="one-page{copy}' for copy in islice(copies, max(0, PAGES - len(sections))))
    large = tmp_path / "large.html"
    large.write_text(text[:end] + more + text[end:], "utf-8")
    seconds = []
    for _ in range(3):
        with visit(browser) as seen:
            began = time.monotonic()
            seen.open(large.as_uri())
            expect(seen.page.locator("h1:visible")).to_have_count(1)
            seconds.append(time.monotonic() - began)
            assert seen.page.locator(".one-page").count() >= PAGES
    assert min(seconds) < SECONDS


def test_links_show_their_page_and_the_way_back_works(browser, one):
    with visit(browser) as seen:
        seen.open(one)
        home = seen.page.title()
        assert seen.page.locator(".one-page:visible").count() == 1
        seen.page.locator(".one-page:visible a", has_text="All").first.click()
        expect(seen.page.locator(".one-page:visible")).to_have_count(1)
        expect(seen.page.locator(".one-nav [aria-current]")).to_be_visible()
        assert seen.page.title() != home
        seen.page.go_back()
        expect(seen.page).to_have_title(home)


def test_every_link_within_it_leads_somewhere(browser, one):
    dead = """[...document.querySelectorAll('a[href^="#"]')].map(one => decodeURIComponent(one.getAttribute('href').slice(1)))
        .filter(id => !document.getElementById(id))"""
    doubled = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(one => one.id))"
    with visit(browser) as seen:
        seen.open(one)
        assert seen.page.evaluate(dead) == []
        assert seen.page.evaluate(doubled) == 0


def test_the_whole_playbook_is_the_file_itself(browser, one):
    with visit(browser) as seen:
        seen.open(one)
        assert seen.page.locator(".one-page:visible").count() == 1
        seen.page.evaluate("location.hash = 'whole'")
        expect(seen.page.locator("#one-all")).to_have_attribute("aria-pressed", "true")
        assert seen.page.locator(".one-page:visible").count() > 50


def test_search_finds_pages_and_escape_closes_it(browser, one):
    with visit(browser) as seen:
        seen.open(one)
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("community of practice")
        first = seen.page.locator("#one-found a").first
        expect(first).to_contain_text("community of practice", ignore_case=True)
        seen.page.keyboard.press("Escape")
        expect(seen.page.locator("#one-found")).to_be_hidden()
        seen.page.keyboard.type("xylophonist")
        expect(seen.page.locator("#one-found")).to_contain_text("0 of")


def test_tables_filter(browser, one):
    with visit(browser) as seen:
        seen.open(one + "#services/candidates")
        rows = seen.page.locator(".one-page:visible .pg-filter tbody tr:visible")
        before = rows.count()
        seen.page.locator(".one-page:visible .pg-tools__search").first.fill("training")
        expect(rows).not_to_have_count(before)
        assert seen.page.locator(".one-page:visible h1").inner_text()


def test_without_scripts_every_page_is_there(browser, one, built_example):
    with visit(browser, java_script_enabled=False) as bare:
        bare.open(one)
        shown_again = ("404.html", "whole.html")
        sites = [path for path in (built_example / "site").rglob("*.html") if path.name not in shown_again]
        assert bare.page.locator(".one-page:visible").count() == len(sites)


def test_an_injected_script_does_not_run(browser, one):
    with visit(browser) as seen:
        seen.open(one)
        seen.page.evaluate("""() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = 1';
            document.body.append(script);
        }""")
        assert seen.page.evaluate("window.ran") is None


def test_it_has_no_barrier_and_is_not_too_wide(browser, built_example, tmp_path, axe):
    """Of a few pages: axe looks at those that are hidden, too, and needs a minute for all of them."""
    pages = ("index", "gaps/index", "services/candidates", "roadmap/index", "knowledge/templates/health-check-list")
    file = tmp_path / "some.html"
    file.write_text(export_html(built_example, pages), "utf-8")
    with visit(browser, reduced_motion="reduce") as seen:
        seen.open(file.as_uri())
        seen.page.evaluate(axe)
        for size, shown in ((DESKTOP, pages[1]), (PHONE, pages[-1])):
            seen.page.set_viewport_size({"width": size[0], "height": size[1]})
            seen.page.goto(f"{file.as_uri()}#{shown}")
            assert list(barriers_in_both_palettes(seen.page, "light", "dark")) == []
            seen.page.locator("#one-all").click()
            assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            seen.page.locator("#one-all").click()


def test_printing_shows_the_page_or_everything(browser, one):
    with visit(browser) as seen:
        seen.open(one)
        seen.page.emulate_media(media="print")
        assert seen.page.locator(".one-page:visible").count() == 1
        assert seen.page.locator(".one-header:visible").count() == 0
        seen.page.evaluate("document.getElementById('one-all').click()")
        assert seen.page.locator(".one-page:visible").count() > 50
