"""What tests in several rooms share: a built example, a browser, and a loud word when there is no browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import pmogen
from pmogen.cli import run
from pmogen.site.browser import find_browser
from pmogen.site.lock import alone

NO_BROWSER = "NO BROWSER WAS FOUND, so nothing was tried in one: install chromium, or name one in PMOGEN_BROWSER"
NO_TOOLS = "NO AXE AND NO HTML-VALIDATE WERE FOUND, so barriers and wrong HTML were not looked for: run make tools"
NO_OFFICE = "NO LIBREOFFICE WAS FOUND, so no office file was opened: install soffice and pdftotext"
NO_MPXJ = "NO MPXJ WAS FOUND, so no plan was read back by it: name its folder of jars in PMOGEN_MPXJ"
LOUD = (NO_BROWSER, NO_TOOLS, NO_OFFICE, NO_MPXJ)
PATIENCE_SECONDS = 600
"""How long a worker waits for what another one makes."""


def of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the workers of a run keep what they share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder for what pmogen keeps from one command to the next: not that of whoever runs the tests.

    All workers share it, as the commands of one user do: what one of them has built stands for the others.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(of_all_workers(tmp_path_factory) / "cache"))
        yield


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `pmogen init` makes it. Shared: tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("example") / "workspace"
    assert run(["init", str(folder), "--no-git"]) == 0
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Makes what all workers of a run share, and read only: `make` is given the path of the file or folder to fill."""
    shared = of_all_workers(tmp_path_factory)

    def made(name: str, make: Callable[[Path], object]) -> Path:
        path = shared / name
        with alone(shared / "locks" / name, PATIENCE_SECONDS):
            if not path.exists():
                part = shared / f"unfinished-{name}"
                make(part)
                part.rename(path)
        return path

    return made


@pytest.fixture(scope="session")
def built_example(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A workspace as `pmogen init` makes it, with its site, built by mkdocs. Shared: tests only read it."""

    def make(folder: Path) -> None:
        assert run(["init", str(folder), "--no-git"]) == 0
        assert pmogen.build(folder).site is not None

    return made_once("built-example", make)


def lacking(what: str) -> None:
    """Skips a test for which something is not installed, loudly; in CI it fails instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of an installed browser."""
    program = find_browser()
    if program is None:
        lacking(NO_BROWSER)
    return str(program)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium)
        yield running
        running.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says at the end of a run, loudly, which tests were skipped because something is not installed."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for what in LOUD:
        count = sum(what.split(",")[0] in reason for reason in skipped)
        if count:
            terminalreporter.write_sep("!", f"{count} tests skipped: {what}", red=True, bold=True)
