"""The site of the example: nothing broken, nothing foreign, everything there and within reach."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import pmogen
from pmogen.site.links import broken_links, foreign_requests, reachable, read_site
from tests.browser import file_address


@pytest.fixture(scope="module")
def workspace(built_example):
    found = pmogen.check(built_example).workspace
    assert found is not None
    return found


@pytest.fixture(scope="module")
def playbook(workspace):
    from pmogen.playbook import compute

    return compute(workspace)


@pytest.fixture(scope="module")
def site(built_example):
    return read_site(built_example / "site")


def test_no_link_and_no_anchor_is_broken(site):
    assert broken_links(site) == ()


def test_no_page_loads_anything_from_another_host(site):
    assert foreign_requests(site) == ()


def test_every_page_can_be_reached_by_clicking_from_home(site):
    assert {name for name in site.pages if name.endswith(".html")} - reachable(site) == {"404.html"}


@pytest.mark.parametrize(
    ("folder", "ids"),
    [
        ("assessment", lambda playbook: [level.aspect for level in playbook.levels]),
        ("gaps", lambda playbook: [gap.aspect for gap in playbook.gaps if gap.kind == "gap"]),
        ("services", lambda playbook: [service.id for service in playbook.workspace.catalogue.services]),
        ("hand-offs", lambda playbook: [entity.id for entity in playbook.workspace.decisions.entities]),
        ("roadmap", lambda playbook: [wave.id for wave in playbook.workspace.roadmap.waves]),
        ("knowledge/templates", lambda playbook: [template.id for template in playbook.workspace.catalogue.templates]),
    ],
)
def test_each_has_its_page_within_reach_of_home(site, playbook, folder, ids):
    wanted = {f"{folder}/{identifier}.html" for identifier in ids(playbook)}
    assert wanted
    assert wanted - reachable(site) == set()


@pytest.mark.parametrize("builder", ["zensical", "properdocs"])
def test_other_builders_make_the_same_pages(built_example, site, tmp_path, builder):
    pytest.importorskip(builder, reason=f"the extra {builder} is not installed")
    workspace = Path(shutil.copytree(built_example, tmp_path / "workspace"))
    built = pmogen.build(workspace, builder).site
    assert built is not None
    other = read_site(workspace / "site")
    assert {name for name in other.pages if name.endswith(".html")} >= {
        name for name in site.pages if name.endswith(".html")
    }
    assert broken_links(other) == ()
    assert foreign_requests(other) == ()


@pytest.mark.skipif(os.name != "posix", reason="drives the browser over pipes 3 and 4")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "page",
    ["index", "foundation/index", "gaps/index", "services/candidates", "services/pm-training", "roadmap/index"],
)
def test_from_disk_a_browser_has_nothing_to_complain_of(built_example, browser, page, width):
    """No error on the console, no request to a host, and nothing wider than the screen."""
    browser.open(file_address(built_example / f"site/{page}.html"), width)
    assert browser.complaints() == []
    assert [address for address in browser.requested() if not address.startswith(("file:", "data:"))] == []
    assert browser.value("document.documentElement.scrollWidth") <= width


@pytest.mark.skipif(os.name != "posix", reason="drives the browser over pipes 3 and 4")
def test_search_works_from_disk(built_example, browser):
    browser.open(file_address(built_example / "site/index.html"))
    browser.value("document.querySelector('[data-md-component=search-query]').focus()")
    browser.ask("Input.insertText", text="sponsor")
    browser.ask("Input.dispatchKeyEvent", type="keyDown", key=" ", code="Space", text=" ")
    browser.ask("Input.dispatchKeyEvent", type="keyUp", key=" ", code="Space")
    found = r"""new Promise(done => {
        const end = Date.now() + 10000;
        const look = () => {
            const said = document.querySelector('.md-search-result__meta').textContent;
            if (/\d/.test(said) || Date.now() > end) done(said); else setTimeout(look, 100);
        };
        look();
    })"""
    assert "matching documents" in browser.value(found)
