"""The site that is walked: its types of page, over http and from disk, and the tools that look at it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pmogen
from pmogen.playbook import compute
from pmogen.render.book import Book
from pmogen.render.pages import all_pages
from pmogen.site.templates import read_templates
from tests.browser import served
from tests.conftest import NO_TOOLS, lacking

TOOLS = Path(sys.prefix) / "site-tools" / "node_modules"
"""Where `make tools` puts what tests/browser/tools/ names."""


@pytest.fixture(scope="session")
def site(built_example: Path) -> Path:
    """The folder of the built site."""
    return built_example / "site"


@pytest.fixture(scope="session")
def types(made_once: Callable[[str, Callable[[Path], object]], Path], built_example: Path) -> tuple[str, ...]:
    """One page of each type, as a path in the site: the longest made from each template."""
    file = made_once("types.json", lambda path: path.write_text(json.dumps(_types(built_example)), "utf-8"))
    return tuple(json.loads(file.read_text("utf-8")))


def _types(workspace: Path) -> list[str]:
    read = pmogen.check(workspace).workspace
    assert read is not None
    longest: dict[str, tuple[int, str]] = {}
    for page in all_pages(Book(compute(read), read_templates(workspace))):
        path = page.path.removesuffix(".md") + ".html"
        longest[page.template] = max(
            longest.get(page.template, (0, "")), ((workspace / "site" / path).stat().st_size, path)
        )
    return sorted(path for _, path in longest.values())


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """The address of the site over http, below a path of the host."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def axe_if_there() -> str | None:
    """The program that looks for barriers, to be run in a page; None where it was not fetched."""
    script = TOOLS / "axe-core" / "axe.min.js"
    return script.read_text("utf-8") if script.is_file() else None


@pytest.fixture(scope="session")
def axe(axe_if_there: str | None) -> str:
    """The same for tests that make no sense without it."""
    if axe_if_there is None:
        lacking(NO_TOOLS)
    return str(axe_if_there)


@pytest.fixture(scope="session")
def html_validate() -> Path:
    """The command line of the validator."""
    program = TOOLS / "html-validate" / "bin" / "html-validate.mjs"
    if not program.is_file():
        lacking(NO_TOOLS)
    return program
