"""Measures the default builder against plain MkDocs, on the same pages and in the same run.

    python benchmarks/builders.py                   the example, three rounds
    python benchmarks/builders.py --services 860    a made workspace of that many services, about 1,000 pages
    python benchmarks/builders.py --smoke           one round: does it still work?

Each round builds with plain MkDocs, with ours and nothing kept (cold), with ours after one page changed (warm), and with
ours when nothing changed. "site/" is all that `pmogen build` does when the pages are written: the builder, finished pages, the old site
replaced. What is told is the median, the spread, and how many times as fast as plain MkDocs it is. Each site is compared
with that of plain MkDocs, byte for byte, and a difference ends the run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from workspaces import make

import pmogen
from pmogen.data import data_root
from pmogen.site.builder import (
    BUILDERS,
    CONFIGURATION,
    PAGES,
    SITE,
    build_site,
    builder_command,
    builder_environment,
    epoch,
)
from pmogen.site.finish import finish_site

OURS = BUILDERS["mkdocs"].module
CHANGED = f"{PAGES}/services/index.md"
DAY = dt.date(2027, 1, 31)


def seconds(root: Path, module: str, to: str) -> float:
    """How long a build takes as a whole process."""
    environment = {**builder_environment(), "SOURCE_DATE_EPOCH": epoch(DAY)}
    begun = time.perf_counter()
    subprocess.run(
        builder_command(module, "build", "--strict", "--site-dir", to),
        cwd=root,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def seconds_of_all(root: Path) -> float:
    """How long it takes until site/ is complete."""
    begun = time.perf_counter()
    build_site(root, "mkdocs", DAY, pmogen.__version__)
    return time.perf_counter() - begun


def must_be_equal(root: Path, *sites: str) -> None:
    """Ends the run when the two sites differ."""
    found = []
    for name in sites:
        files = (path for path in sorted((root / name).rglob("*")) if path.is_file())
        found.append({path.relative_to(root / name): path.read_bytes() for path in files})
    plain, ours = found
    differing = [str(path) for path in plain.keys() | ours.keys() if plain.get(path) != ours.get(path)]
    if differing:
        message = f"the sites differ: {', '.join(sorted(differing)[:5])}"
        raise SystemExit(message)


def must_be_finished(root: Path) -> None:
    """Ends the run when site/ is not that of plain MkDocs, finished."""
    shutil.rmtree(root / "finished", ignore_errors=True)
    shutil.copytree(root / "plain", root / "finished")
    finish_site(root / "finished")
    must_be_equal(root, "finished", SITE)


def forget(root: Path) -> None:
    """Nothing was made before."""
    for folder in (".cache", SITE):
        shutil.rmtree(root / folder, ignore_errors=True)


def one_round(root: Path, number: int) -> dict[str, float]:
    """Seconds of each kind of build."""
    found = {"plain MkDocs": seconds(root, "mkdocs", "plain")}
    forget(root)
    found["ours, cold"] = seconds(root, OURS, "ours")
    must_be_equal(root, "plain", "ours")
    page = root / CHANGED
    page.write_text(f"{page.read_text('utf-8')}\nRound {number}.\n", "utf-8")
    found["ours, one page changed"] = seconds(root, OURS, "ours")
    seconds(root, "mkdocs", "plain")
    must_be_equal(root, "plain", "ours")
    found["ours, nothing changed"] = seconds(root, OURS, "ours")
    must_be_equal(root, "plain", "ours")
    forget(root)
    found["site/, cold"] = seconds_of_all(root)
    must_be_finished(root)
    page.write_text(f"{page.read_text('utf-8')}\nOnce more.\n", "utf-8")
    found["site/, one page changed"] = seconds_of_all(root)
    seconds(root, "mkdocs", "plain")
    must_be_finished(root)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the default builder against plain MkDocs.")
    parser.add_argument("--services", type=int, default=0, help="of a made workspace; without it, the example")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="one round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if options.services:
            make(root, services=options.services, aspects=60)
        else:
            shutil.copytree(data_root() / "content", root / "content")
        shutil.copyfile(data_root() / CONFIGURATION, root / CONFIGURATION)
        if pmogen.build(root, "none").generated.playbook is None:
            message = "the workspace has errors: run `pmogen check`"
            raise SystemExit(message)
        print(f"{len(list((root / PAGES).rglob('*.md')))} pages")
        rounds = [one_round(root, number) for number in range(1 if options.smoke else options.rounds)]
    print("| Build | Median | Spread | Times as fast |")
    print("| --- | --- | --- | --- |")
    for name in rounds[0]:
        found = [one[name] for one in rounds]
        faster = median(one["plain MkDocs"] / one[name] for one in rounds)
        print(f"| {name} | {median(found):.1f} s | {min(found):.1f} to {max(found):.1f} s | {faster:.1f} |")


if __name__ == "__main__":
    main()
