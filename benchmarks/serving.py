"""Times `pmogen serve`: from saving a file to seeing the change, in a real browser.

    python benchmarks/serving.py                       # the example
    python benchmarks/serving.py --services 150 --aspects 30       # 300 pages
    python benchmarks/serving.py --services 1070 --aspects 200     # about 1,500 pages
    python benchmarks/serving.py --smoke               # one edit of each kind

Edits are of three kinds: the text of a service, its estimate, and a level of the assessment. Each is saved, and the clock
runs until the open page of that service, or of that aspect, shows it. The median, the shortest and the longest are printed.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from playwright.sync_api import Error, sync_playwright
from workspaces import make

from pmogen.data import data_root
from pmogen.site.browser import find_browser

PATIENCE_MS = 120_000
PMOGEN = (sys.executable, "-m", "pmogen")
_SHOWS = "text => document.body !== null && document.body.innerText.includes(text)"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time `pmogen serve`: from saving a file to seeing the change.")
    parser.add_argument("--services", type=int, help="a made workspace of so many services, not the example")
    parser.add_argument("--aspects", type=int, default=24, help="with so many aspects")
    parser.add_argument("--edits", type=int, default=7, help="of each kind, after one that is not counted")
    parser.add_argument("--smoke", action="store_true", help="one edit of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if options.services is None:
            shutil.copytree(data_root() / "content", root / "content")
            shutil.copyfile(data_root() / "mkdocs.yml", root / "mkdocs.yml")
        else:
            make(root, services=options.services, aspects=options.aspects)
            subprocess.run(
                [*PMOGEN, "plan", str(root), "--yes", "--no-exact", "--no-insights"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        with _served(root) as address, _browser() as page:
            print(f"{'first page':<28} {_first(page, address):.2f} s")
            for name, edits in _kinds(root).items():
                several = 1 if options.smoke else options.edits
                times = [_timed(page, address, *edit) for edit in islice(edits, several + 1)][1:]
                spread = f"{min(times):.2f} to {max(times):.2f}, {len(times)} edits"
                print(f"{name:<28} {median(times):.2f} s  ({spread})", flush=True)


Edit = tuple[Path, str, str, str]
"""A file, its new text, the address of a page, and what must be seen there."""


def _kinds(root: Path) -> dict[str, Iterator[Edit]]:
    return {
        "text of a service": _of_service(root),
        "estimate of a service": _of_service(root, estimates=True),
        "level of an aspect": _of_aspect(root),
    }


def _of_service(root: Path, *, estimates: bool = False) -> Iterator[Edit]:
    """A service of the standard catalogue gets another purpose, and another estimate."""
    path, service = root / "catalog/own.yml", "status-reporting"
    for number in count(1):
        purpose = f"Renewed purpose number {number}{' with estimate' * estimates}"
        entry: dict[str, Any] = {"id": service, "purpose": purpose}
        if estimates:
            entry["establish_days"] = {"low": 10 + number, "likely": 14 + number, "high": 30 + number}
        yield path, yaml.safe_dump({"services": [entry]}), f"services/{service}.html", purpose


def _of_aspect(root: Path) -> Iterator[Edit]:
    """The level of an aspect is another one in each edit, with another reason."""
    path = max((root / "content/assessments").glob("*.yml"))
    value = yaml.safe_load(path.read_text("utf-8"))
    stated = value["aspects"][0]
    for number in count(1):
        stated |= {
            "current": 1 + number % 4 / 2,
            "current_reason": f"Seen in workshop {number}.",
            "current_source": "workshop",
        }
        text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
        yield path, text, f"assessment/{stated['aspect']}.html", stated["current_reason"]


def _timed(page: Any, address: str, path: Path, text: str, name: str, seen: str) -> float:  # noqa: PLR0917
    """Seconds from saving the file until the open page shows it."""
    if not page.url.endswith(name):
        page.goto(address + name)
    path.parent.mkdir(exist_ok=True)
    begin = time.perf_counter()
    path.write_text(text, "utf-8")
    page.wait_for_function(_SHOWS, arg=seen, polling="raf", timeout=PATIENCE_MS)
    taken = time.perf_counter() - begin
    time.sleep(2)  # people read before they write on
    return taken


def _first(page: Any, address: str) -> float:
    """Seconds from the start of the server until its first page is there."""
    begin = time.perf_counter()
    while True:
        try:
            page.goto(address, timeout=PATIENCE_MS)
        except Error:
            time.sleep(0.02)
        else:
            return time.perf_counter() - begin


@contextmanager
def _served(root: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*PMOGEN, "serve", str(root), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


@contextmanager
def _browser() -> Iterator[Any]:
    found = find_browser()
    if found is None:
        message = "no browser of the Chromium family is installed"
        raise SystemExit(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


if __name__ == "__main__":
    main()
