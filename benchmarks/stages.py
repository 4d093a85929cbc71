"""Times each stage of `pmogen build` on the example: the median of several runs, and its part of the whole.

    python benchmarks/stages.py            five runs, without the site builder
    python benchmarks/stages.py --site     with the site builder
    python benchmarks/stages.py --smoke    one run: does it still work?

A first run that is not counted takes the imports and the caches.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pmogen
from pmogen.data import data_root


class Clock:
    """Seconds of each stage of one run, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - begin


def timed_run(builder: str) -> dict[str, float]:
    """Seconds of each stage of one build of the example, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(data_root() / "content", root / "content")
        shutil.copyfile(data_root() / "mkdocs.yml", root / "mkdocs.yml")
        clock = Clock()
        built = pmogen.build(root, builder, clock)
        if built.generated.playbook is None:
            message = "the example has errors: run `pmogen check`"
            raise SystemExit(message)
        return clock.seconds


def table(runs: list[dict[str, float]]) -> Iterator[str]:
    """One line a stage: median in milliseconds, part of the whole."""
    medians = {stage: median(run[stage] for run in runs) for stage in runs[0]}
    total = sum(medians.values())
    for stage, seconds in (*medians.items(), ("total", total)):
        yield f"{stage:<10} {seconds * 1000:>9.1f} ms  {seconds / total:>5.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time each stage of `pmogen build` on the example.")
    parser.add_argument("--runs", type=int, default=5, help="how many times; the median counts")
    parser.add_argument("--site", action="store_true", help="with the site builder")
    parser.add_argument("--smoke", action="store_true", help="one run")
    options = parser.parse_args()
    builder = "mkdocs" if options.site else "none"
    timed_run("none")
    runs = [timed_run(builder) for _ in range(1 if options.smoke else options.runs)]
    print("\n".join(table(runs)))


if __name__ == "__main__":
    main()
