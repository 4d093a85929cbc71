"""Times `pmogen group` for many offices on one machine, with more and more of them built at the same time.

    python benchmarks/group.py                          100 offices, pages only, jobs 1, 2 and 4
    python benchmarks/group.py --builder mkdocs         with their sites
    python benchmarks/group.py --smoke                  three offices, once: does it still work?

Each run starts from the same offices, of which nothing is built. What the machine does besides counts as well, so the load
before each run and the processor time are told, too.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from workspaces import make, write

from pmogen.data import data_root


@dataclass(frozen=True)
class Run:
    """One run: seconds that passed, seconds of processors, and how busy the machine was before."""

    seconds: float
    processor: float
    load: float


def make_group(root: Path, offices: int, services: int, aspects: int) -> None:
    """A group of invented offices; two of three agree to be compared."""
    listed = []
    for number in range(1, offices + 1):
        make(root / f"offices/office-{number}", services=services, aspects=aspects, waves=4, seed=number)
        name, folder = f"Office {number}", f"offices/office-{number}"
        listed.append({"id": f"office-{number}", "name": name, "folder": folder, "compare": number % 3 != 0})
    write(root / "group.yml", {"title": "Invented group", "owner": "Head of the PMOs", "offices": listed})
    (root / "mkdocs.yml").write_bytes((data_root() / "mkdocs.yml").read_bytes())


def timed(root: Path, jobs: int, builder: str) -> Run:
    """One build of the whole group, from nothing."""
    for folder in (root, *sorted(root.glob("offices/*"))):
        for made in ("build", "site"):
            shutil.rmtree(folder / made, ignore_errors=True)
    load, used, begin = os.getloadavg()[0], _used(), time.perf_counter()
    command = [sys.executable, "-m", "pmogen", "group", str(root), "--jobs", str(jobs), "--builder", builder]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        raise SystemExit(done.stdout)
    return Run(time.perf_counter() - begin, _used() - used, load)


def _used() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the build of a group of offices.")
    parser.add_argument("--offices", type=int, default=100)
    parser.add_argument("--services", type=int, default=24)
    parser.add_argument("--aspects", type=int, default=12)
    parser.add_argument("--jobs", default="1,2,4", help="how many offices at the same time, as a list")
    parser.add_argument("--builder", default="none")
    parser.add_argument("--smoke", action="store_true", help="three offices, once")
    options = parser.parse_args()
    offices = 3 if options.smoke else options.offices
    jobs = [2] if options.smoke else [int(each) for each in options.jobs.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        make_group(Path(folder), offices, options.services, options.aspects)
        print(f"{offices} offices of {options.services} services and {options.aspects} aspects, {os.cpu_count()} cores")
        print("jobs   seconds   faster by   processor seconds   load before")
        first = 0.0
        for each in jobs:
            run = timed(Path(folder), each, options.builder)
            first = first or run.seconds
            faster = first / run.seconds
            print(f"{each:>4}{run.seconds:>10.1f}{faster:>12.2f}{run.processor:>20.1f}{run.load:>14.1f}", flush=True)


if __name__ == "__main__":
    main()
