"""The page of HTML in a real browser: it runs nothing, loads nothing, keeps its policy, and fits a phone."""

from __future__ import annotations

import re

import pytest

from pmogen.diff import compare
from pmogen.diff.told import told
from pmogen.render.review import review_page
from pmogen.site.policy import policy, with_policy
from pmogen.site.templates import read_templates
from tests.browser import DESKTOP, visit
from tests.browser.conftest import TOOLS
from tests.browser.walk import barriers_in_both_palettes
from tests.diff.states import before, now, realistic, without
from tests.diff.test_comment import MANY, with_hostile
from tests.workspaces import ROOT

SMALL_PHONE = (390, 800)


def page(comparison):
    return with_policy(review_page(comparison, told(comparison), read_templates(ROOT)))


@pytest.fixture(scope="module")
def realistic_page(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "change.html"
    file.write_text(page(realistic()), "utf-8")
    return file.as_uri()


@pytest.fixture(scope="module", params=range(len(MANY)))
def hostile_page(request, tmp_path_factory):
    comparison = with_hostile(MANY[request.param])
    file = tmp_path_factory.mktemp("page") / "change.html"
    file.write_text(page(comparison), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("size", [DESKTOP, SMALL_PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_it_keeps_its_policy_and_fits(browser, realistic_page, size, colours):
    with visit(browser, size, color_scheme=colours) as seen:
        seen.open(realistic_page)
        assert seen.complaints == []
        assert seen.asked_beyond(realistic_page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        background = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (colours == "light")
        broken = "[...document.images].filter(one => !one.naturalWidth).map(one => one.alt)"
        assert seen.page.evaluate(broken) == []


def test_numbers_lead_to_the_edits(browser, realistic_page):
    dead = (
        "[...document.querySelectorAll('a')].map(one => one.hash.slice(1)).filter(id => !document.getElementById(id))"
    )
    with visit(browser) as seen:
        seen.open(realistic_page)
        assert seen.page.locator("a").count() > 10
        assert seen.page.evaluate(dead) == []


@pytest.mark.parametrize("size", [DESKTOP, SMALL_PHONE], ids=["desk", "phone"])
def test_it_has_no_barriers(browser, realistic_page, size):
    script = TOOLS / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("axe was not fetched; make tools")
    with visit(browser, size) as seen:
        seen.open(realistic_page)
        seen.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        seen.page.evaluate(script.read_text("utf-8"))
        assert list(barriers_in_both_palettes(seen.page, "light", "dark")) == []


def test_hostile_texts_do_nothing_in_it(browser, hostile_page):
    with visit(browser, SMALL_PHONE) as seen:
        asked = []
        seen.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        seen.open(hostile_page)
        assert (asked, seen.complaints, seen.asked_beyond(hostile_page)) == ([], [], [])
        links = seen.page.evaluate("[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")
        assert [link for link in links if not re.fullmatch(r"#edit-\d+", link)] == []
        assert seen.page.locator("script, iframe, object, img:not([src^='data:image/svg+xml'])").count() == 0
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_texts_stand_in_it_as_they_are():
    text = page(with_hostile(MANY[1]))
    assert "&lt;script&gt;alert(1)" in text
    assert "<script" not in text
    assert "##[" not in page(with_hostile(MANY[2]))


def test_its_style_is_allowed_by_its_hash_only():
    text = page(realistic())
    assert "'sha256-" in policy(text)
    assert "unsafe" not in text
    assert " style=" not in text


def test_it_shows_charts_that_differ_before_and_now():
    text = page(realistic())
    assert text.count("<figure>") >= 8
    assert text.count("data:image/svg+xml;base64,") == text.count("<img ")
    assert "<figure>" not in page(compare(before(), now(without("content/pages/why-a-pmo.md"))))
