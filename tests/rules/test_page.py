"""The page of rules is generated, complete and up to date."""

from __future__ import annotations

import os

from pmogen.rules.manual import FAMILIES, entries, rules_page
from tests.workspaces import ROOT

PAGE = ROOT / "docs" / "rules.md"


def test_committed_page_is_up_to_date() -> None:
    """Rewrite it with `PMOGEN_UPDATE=1 pytest tests/rules`."""
    if os.environ.get("PMOGEN_UPDATE"):
        PAGE.write_text(rules_page(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == rules_page(), test_committed_page_is_up_to_date.__doc__


def test_every_code_has_a_section_and_a_family() -> None:
    """No code is left out."""
    page = rules_page()
    for entry in entries():
        assert f"### {entry.code}: " in page
        assert entry.code[:4] in FAMILIES


def test_manuals_say_more_than_their_title() -> None:
    """Each manual is short plain English: a title that is a sentence, and an example or an explanation."""
    for entry in entries():
        title, _, rest = entry.manual.partition("\n")
        assert title.endswith("."), entry.code
        assert len(title) < 120, entry.code
        assert rest.strip(), entry.code
