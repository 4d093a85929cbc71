"""Names that belong to pages of a section cannot be ids: the rule knows all of them."""

from __future__ import annotations

import pytest

from pmogen.playbook import compute
from pmogen.render import render
from pmogen.rules.references import RESERVED
from pmogen.site.templates import read_templates
from tests.workspaces import ROOT, example

SECTIONS = {
    "assessment": "aspects",
    "gaps": "aspects",
    "services": "services",
    "roadmap": "waves",
    "hand-offs": "entities",
    "knowledge/templates": "templates",
}


@pytest.fixture(scope="module")
def pages() -> set[str]:
    """Paths of all pages of the example, without their ending."""
    rendered = render(compute(example()), read_templates(ROOT))
    base = "build/playbook/"
    return {path.removeprefix(base).removesuffix(".md") for path in rendered.files if path.endswith(".md")}


@pytest.mark.parametrize("section", SECTIONS)
def test_fixed_pages_of_a_section_are_reserved(section: str, pages: set[str]) -> None:
    """Every page of a section is called after an id, or its name is reserved."""
    kind = SECTIONS[section]
    names = {page.rsplit("/", 1)[1] for page in pages if page.rpartition("/")[0] == section}
    assert names
    assert names - example().ids[kind] <= RESERVED[kind]
