"""Barriers in what opens over a page, and HTML as the standard wants it."""

from __future__ import annotations

import json
import subprocess

from playwright._impl._driver import compute_driver_executable

from tests.browser import PHONE, visit
from tests.browser.walk import barriers_in_both_palettes


def test_the_open_menu_of_a_phone_has_no_barrier(browser, host, axe):
    with visit(browser, PHONE, reduced_motion="reduce") as seen:
        seen.open(host)
        seen.page.evaluate(axe)
        seen.page.locator("label[for=__drawer].md-header__button").click()
        assert list(barriers_in_both_palettes(seen.page, "light", "dark")) == []


def test_what_the_search_found_has_no_barrier(browser, host, axe):
    with visit(browser, reduced_motion="reduce") as seen:
        seen.open(host)
        seen.page.evaluate(axe)
        seen.page.locator("[data-md-component=search-query]").focus()
        seen.page.keyboard.type("sponsor", delay=5)
        seen.page.locator(".md-search-result__link").first.wait_for()
        assert list(barriers_in_both_palettes(seen.page, "light", "dark")) == []


VALID = {
    "root": True,
    "extends": ["html-validate:standard"],
    "rules": {"no-deprecated-attr": "off"},  # `align` in tables: what needs no inline style, which the policy forbids
}


def wrong_html(html_validate, pages, folder):
    """What the validator says about pages, each with its place."""
    configuration = folder / "html-validate.json"
    configuration.write_text(json.dumps(VALID))
    node, _ = compute_driver_executable()
    command = [node, str(html_validate), "--config", str(configuration), "--formatter", "json"]
    done = subprocess.run([*command, *pages], capture_output=True, check=False)
    found = [
        f"{result['filePath']}:{message['line']}: {message['ruleId']}: {message['message']}"
        for result in json.loads(done.stdout)
        for message in result["messages"]
    ]
    assert found or done.returncode == 0, done.stderr
    return found


def test_the_html_is_valid(html_validate, site, types, tmp_path):
    assert wrong_html(html_validate, [str(site / path) for path in (*types, "404.html")], tmp_path) == []
