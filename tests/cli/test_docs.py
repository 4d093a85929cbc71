"""The documentation keeps up: its links lead somewhere, and every command and option is in the README."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from pmogen.cli import pmogen

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page):
    text = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", page.read_text())
    targets = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in targets if not (page.parent / link.split("#")[0]).exists()] == []


def test_every_document_is_in_the_index():
    index = (ROOT / "docs/index.md").read_text()
    missing = [page.name for page in (ROOT / "docs").glob("*.md") if f"({page.name})" not in index]
    assert missing == ["index.md"]


@pytest.mark.parametrize("name", sorted(pmogen.commands))
def test_every_command_is_in_the_readme(name):
    assert f"`pmogen {name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", sorted(pmogen.commands))
def test_every_command_and_option_explains_itself(name):
    command = pmogen.commands[name]
    assert command.help
    unexplained = [option for option in command.params if isinstance(option, click.Option) and not option.help]
    assert unexplained == []
