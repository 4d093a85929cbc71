"""Another field's data fits without a change of code: the examples under docs/."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pmogen
from pmogen.playbook import Playbook, compute
from pmogen.site.links import broken_links, foreign_requests, reachable, read_site
from tests.workspaces import ROOT

TEST_CENTRE = ROOT / "docs" / "examples" / "test-centre"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the test centre, outside the repository."""
    copy = tmp_path_factory.mktemp("other") / "test-centre"
    shutil.copytree(TEST_CENTRE, copy, ignore=shutil.ignore_patterns("build", "site"))
    return copy


@pytest.fixture(scope="module")
def playbook(folder: Path) -> Playbook:
    """What follows from it."""
    checked = pmogen.check(folder)
    assert checked.diagnostics == ()
    assert checked.workspace is not None
    return compute(checked.workspace)


def test_it_has_its_own_catalogue_and_nothing_of_the_standard_one(playbook: Playbook) -> None:
    catalogue = playbook.workspace.catalogue
    assert playbook.workspace.settings.catalogue == ("catalog",)
    assert (len(catalogue.dimensions), len(catalogue.aspects), len(catalogue.services)) == (2, 5, 8)
    for service in catalogue.services:
        assert playbook.workspace.places.span("services", service.id).file == "catalog/services.yml"


def test_it_is_planned(playbook: Playbook) -> None:
    assert sum(gap.kind == "gap" for gap in playbook.gaps) == 5
    assert {placement.wave for placement in playbook.plan.placements} == {"spring", "summer", "autumn"}
    assert {closure.aspect: closure.how for closure in playbook.closures}["test-data"] == "hand-off"


def test_it_builds_a_site_without_a_broken_link(folder: Path) -> None:
    built = pmogen.build(folder)
    assert built.site is not None
    site = read_site(folder / "site")
    assert broken_links(site) == ()
    assert foreign_requests(site) == ()
    pages = {name for name in site.pages if name.endswith(".html")}
    assert pages - reachable(site) == {"404.html"}
    assert {"services/money.html", "services/no-limits.html", "hand-offs/data-protection.html"} <= pages
