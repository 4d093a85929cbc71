"""Times `pmogen diff` of two workspaces: the median of several runs of the whole process, from its start to its end.

    python benchmarks/diff.py                          1,000 services, five runs
    python benchmarks/diff.py --services 200
    python benchmarks/diff.py --smoke                  few services, one run: does it still work?

Both workspaces are made by workspaces.py and have a plan of their own. In the second some targets are higher, a service is
declined, and a team is smaller, as a pull request would have it.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from workspaces import make

FORMS = ("text", "markdown", "html", "json")


def pmogen(folder: Path, *asked: str) -> tuple[float, float, bytes]:
    """Seconds that a command takes as a process of its own, seconds of a processor, and what it says."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-P", "-m", "pmogen", *asked]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, worked, done.stdout


def change(folder: Path) -> None:
    """Edits the workspace as people would."""
    assessment = max((folder / "content/assessments").glob("*.yml"))
    for file, pattern, by, count in (
        (assessment, r"target: [\d.]+", "target: 5", 3),
        (folder / "content/roadmap.yml", r"fte: [\d.]+", "fte: 12", 1),
    ):
        file.write_text(re.sub(pattern, by, file.read_text("utf-8"), count=count), "utf-8")
    file = folder / "content/decisions.yml"
    text = file.read_text("utf-8")
    last = text.rindex("decision: offer")
    file.write_text(text[:last] + text[last:].replace("decision: offer", "decision: decline", 1), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time `pmogen diff` of two workspaces.")
    parser.add_argument("--services", type=int, default=1000, help="how many services the catalogue has")
    parser.add_argument("--runs", type=int, default=5, help="how many times; the median counts")
    parser.add_argument("--smoke", action="store_true", help="few services, one run")
    options = parser.parse_args()
    services, runs = (60, 1) if options.smoke else (options.services, options.runs)
    with tempfile.TemporaryDirectory() as temporary:
        old, new = Path(temporary, "old"), Path(temporary, "new")
        for folder in (old, new):
            make(folder, services=services)
            if folder is new:
                change(folder)
            pmogen(folder, "plan", "--yes", "--no-exact", "--no-insights")
        for form in FORMS:
            found = [pmogen(old, "diff", f"{old}{os.sep}", f"{new}{os.sep}", "--format", form) for _ in range(runs)]
            seconds, worked = median(run[0] for run in found), median(run[1] for run in found)
            size = len(found[-1][2])
            print(
                f"{services:>5} services  {form:<9} {seconds:>6.2f} s, {worked:.2f} s of a processor  {size:>9,} bytes",
                flush=True,
            )


if __name__ == "__main__":
    main()
