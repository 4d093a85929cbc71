"""The site of the example: nothing broken, nothing foreign, everything there and within reach."""

from __future__ import annotations

import pytest

import pmogen
from pmogen.site.links import broken_links, foreign_requests, reachable, read_site


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
