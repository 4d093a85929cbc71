"""The guides show what there is: the file for GitLab, pinned commits, and configurations that can be read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from pmogen.site.finish import finished
from tests.github.test_workflows import PINNED
from tests.workspaces import ROOT

GUIDE = (ROOT / "docs/self-hosting.md").read_text("utf-8")
PUBLISHING = (ROOT / "docs/publishing.md").read_text("utf-8")


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    return found


def test_the_file_for_gitlab_is_shown_as_it_is():
    assert block("yaml") == (ROOT / "pmogen/starter/gitlab/gitlab-ci.yml").read_text("utf-8")


def test_the_guide_names_the_commits_that_are_used():
    rows = re.findall(r"^\| (\S+/\S+)[^|]*\| (v\S+) \| ([0-9a-f]{40}) \|$", PUBLISHING, re.MULTILINE)
    assert {name: (commit, version) for name, version, commit in rows} == PINNED


def test_iis_can_read_its_file():
    root = ET.fromstring(block("xml"))
    headers = {entry.get("name"): entry.get("value") for entry in root.iter("add") if entry.get("name")}
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/javascripts/bundle.a5f9d56c.min.js", True),
        ("/versions/playbook-1/assets/stylesheets/main.484c7ddc.min.css", True),
        ("/index.html", False),
        ("/search/search_index.json", False),
        ("/assets/js/tables.js", False),
        ("/assets/pmogen.css", False),
        ("/api/v1/playbook.json", False),
    ],
)
def test_nginx_keeps_only_files_whose_name_changes_with_them(path, kept):
    (pattern,) = re.findall(r'"~(\S+)"', block("nginx"))
    assert bool(re.search(pattern, path)) is kept


def test_headers_are_no_stricter_than_pages_about_scripts_and_styles():
    """Browsers hold both policies: that of the page and that of the header."""
    for policy in re.findall(r"""Content-Security-Policy"?[: ]+(?:value=)?"?([^"`\n|]+)""", GUIDE):
        assert {part.split()[0] for part in policy.split(";") if part.strip()} <= {"frame-ancestors"}, policy
    assert "frame-ancestors" not in finished("<html><head></head><body></body></html>")


def test_files_that_are_kept_for_a_year_have_such_names(built_example):
    """The pattern of nginx is that of the theme's own files."""
    (pattern,) = re.findall(r'"~(\S+)"', block("nginx"))
    site = built_example / "site"
    for folder, ending in (("javascripts", "js"), ("stylesheets", "css")):
        names = [f"/{path.relative_to(site)}" for path in (site / "assets" / folder).glob(f"*.min.{ending}")]
        assert names
        assert all(re.search(pattern, name) for name in names), names
