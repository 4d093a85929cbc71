"""Times the build of a group of many offices on one machine, on more and more of its cores.

    python benchmarks/group.py                                    100 offices, pages only, on 1, 2 and 4 cores
    python benchmarks/group.py --offices 12 --builder mkdocs      12 offices with their sites
    python benchmarks/group.py --smoke                            three offices, once: does it still work?

Each run starts from the same offices, of which nothing is built, and may use so many cores only. What the machine does
besides counts as well, so the load before each run and the processor time are told, too.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workspaces import make, write

from pmogen.data import data_root


@dataclass(frozen=True)
class Run:
    """One run: seconds that passed, seconds of processors, the largest process in megabytes, and how busy the machine was before."""

    seconds: float
    processor: float
    megabytes: float
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


def timed(root: Path, cores: int, builder: str) -> Run:
    """One build of the whole group, from nothing, on so many cores."""
    for folder in (root, *sorted(root.glob("offices/*"))):
        for made in ("build", "site", ".cache"):
            shutil.rmtree(folder / made, ignore_errors=True)
    load, used, begin = os.getloadavg()[0], _used(), time.perf_counter()
    command = [sys.executable, "-m", "pmogen", "group", str(root), "--builder", builder, "--jobs", str(cores)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with _only(cores):
        done = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        raise SystemExit(done.stdout)
    seconds = time.perf_counter() - begin
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return Run(seconds, _used() - used, largest, load)


@contextmanager
def _only(cores: int) -> Iterator[None]:
    """Processes begun inside may use so many cores, where the system lets one say that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    there = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(there)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, there)


def _used() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the build of a group of offices.")
    parser.add_argument("--offices", type=int, default=100)
    parser.add_argument("--services", type=int, default=24)
    parser.add_argument("--aspects", type=int, default=24)
    parser.add_argument("--cores", default="1,2,4", help="on how many cores, as a list")
    parser.add_argument("--builder", default="none")
    parser.add_argument("--smoke", action="store_true", help="three offices, once")
    options = parser.parse_args()
    offices = 3 if options.smoke else options.offices
    cores = [2] if options.smoke else [int(each) for each in options.cores.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        make_group(Path(folder), offices, options.services, options.aspects)
        print(
            f"{offices} offices of {options.services} services and {options.aspects} aspects, builder {options.builder}"
        )
        print("| Cores | Seconds | Faster by | Processor seconds | Of them an office | Largest process | Load before |")
        print("|---:|---:|---:|---:|---:|---:|---:|")
        first = 0.0
        for each in cores:
            run = timed(Path(folder), each, options.builder)
            first = first or run.seconds
            told = (
                *(f"{run.seconds:.1f}", f"{first / run.seconds:.2f}", f"{run.processor:.1f}"),
                *(f"{run.processor / offices:.2f}", f"{run.megabytes:.0f} MB", f"{run.load:.1f}"),
            )
            print(f"| {each} | {' | '.join(told)} |", flush=True)


if __name__ == "__main__":
    main()
