"""What tests in several rooms share: a built example, a browser, and a loud word when there is no browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import pmogen
from pmogen.cli import run
from tests.browser import Browser, find_browser

NO_BROWSER = "NO BROWSER WAS FOUND, so nothing was tried in one: install chromium, or name one in PMOGEN_BROWSER"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `pmogen init` makes it. Shared: tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("example") / "workspace"
    assert run(["init", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def built_example(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example with its site, built by mkdocs. Shared: tests only read it."""
    folder = tmp_path_factory.mktemp("built") / "workspace"
    shutil.copytree(example, folder)
    assert pmogen.build(folder).site is not None
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window. Without one the test is skipped, in CI it fails."""
    program = find_browser()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with Browser(program) as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says at the end of a run, loudly, that browser tests were skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("NO BROWSER" in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_sep("!", f"{count} tests skipped: {NO_BROWSER}", red=True, bold=True)
