"""Assembly lines as roadmaps (SALBP-1): python benchmarks/planning_salbp.py DATA [--steps N] [--every N] [--more N].

A task is a service with its time as effort, a station is a wave with the cycle time as capacity, and a
prerequisite may launch in the same wave. The fewest stations are known: does a plan with so many waves
(or with `--more` of them) hold all services? DATA is the folder with scholl/ and otto2013/.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pmogen.planning.check import violations
from pmogen.planning.problem import AspectGap, LevelLift, PlanService, Prerequisite, Problem, WaveLimits
from pmogen.planning.scheduler import Wishes
from pmogen.planning.solve import solve

Line = tuple[str, list[int], list[tuple[int, int]], int, int]
"""Name, task times, precedence from 1, cycle time, fewest stations."""


def as_roadmap(times: list[int], pairs: list[tuple[int, int]], cycle: int, stations: int) -> Problem:
    """Every task closes a gap as large as its time; "all done" (the last service) closes one that only all can."""
    count = len(times)
    needs: list[list[Prerequisite]] = [[] for _ in times]
    for before, after in pairs:
        needs[after - 1].append(Prerequisite(f"t{before:04}", 0))
    services = [PlanService(f"t{n + 1:04}", n, t, 0, (), tuple(needs[n])) for n, t in enumerate(times)]
    services.append(PlanService("z", count, 0, 0, (), tuple(Prerequisite(s.id, 0) for s in services)))
    closes = [*times, sum(times)]
    gaps = tuple(AspectGap(f"g{n:04}", 1, 0, t, (LevelLift(1 << n, t, t),)) for n, t in enumerate(closes))
    waves = tuple(WaveLimits(f"w{n}", f"w{n}", True, cycle, 100, cycle, 0) for n in range(stations))
    return Problem(waves, (), gaps, tuple(services), build_waves=1, high_per_wave=1, level_unit=1)


def scholl(folder: Path) -> Iterator[Line]:
    """Instances of Scholl 1993, each with all its cycle times."""
    for name, optima in sorted(json.loads((folder / "known_optima.json").read_text()).items()):
        path = next(p for p in folder.glob("*.IN2") if p.stem.upper() == Path(name).stem.upper())
        text = path.read_text(encoding="latin-1")
        words = re.findall(r"[0-9]+", text)
        count = int(words[0])
        times = [int(word) for word in words[1 : count + 1]]
        pairs = [(int(a), int(b)) for a, b in re.findall(r"([0-9]+)\s*,\s*([0-9]+)", text.split("-1")[0])]
        for cycle, stations in sorted(optima.items(), key=lambda entry: int(entry[0])):
            yield f"{name} {cycle}", times, pairs, int(cycle), int(stations)


def otto(folder: Path, optima: dict[str, dict[str, int | None]]) -> Iterator[Line]:
    """Instances of Otto, Otto & Scholl 2013 whose optimum is known."""
    for path in sorted(folder.glob("*.alb")):
        known = optima.get(path.stem) or optima.get(path.name)
        if not known or not known.get("opt"):
            continue
        parts = dict(re.findall(r"<([^>]+)>\s*([^<]*)", path.read_text(encoding="latin-1")))
        times = [int(row.split()[1]) for row in parts["task times"].strip().splitlines()]
        rows = [row.split(",") for row in parts["precedence relations"].split()]
        cycle = int(parts["cycle time"].split()[0])
        yield path.stem, times, [(int(a), int(b)) for a, b in rows], cycle, int(known["opt"] or 0)


def run(name: str, lines: list[Line], steps: int | None, more: int) -> None:
    """One row of the table."""
    reached, wrong, share, longest, begun = 0, 0, 0.0, 0.0, time.perf_counter()
    for _, times, pairs, cycle, stations in lines:
        started = time.perf_counter()
        problem = as_roadmap(times, pairs, cycle, stations + more)
        found = solve(problem, Wishes(steps=steps)).schedule
        longest = max(longest, time.perf_counter() - started)
        wrong += bool(violations(problem, found.launches, found.work))
        reached += len(found.launches) == len(problem.services)
        share += sum(problem.by_id[service].days for service in found.launches) / sum(times)
    total = max(1, len(lines))
    took = (time.perf_counter() - begun) / total
    part = f"{100 * reached / total:.1f} % | {100 * share / total:.2f} %"
    print(f"| {name} | {total} | +{more} | {part} | {wrong} | {took:.2f} s | {longest:.1f} s |", flush=True)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", type=Path)
    options.add_argument("--steps", type=int, default=None)
    options.add_argument("--every", type=int, default=1, help="only every so manieth instance")
    options.add_argument("--more", type=int, default=0, help="waves more than the optimum")
    given = options.parse_args()
    if not (given.data / "scholl").is_dir():
        sys.exit(f"{given.data} has no folder scholl: nothing to measure")
    print("| set | instances | waves | all placed | work placed | broken rules | mean | longest |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    optima = json.loads((given.data / "otto2013" / "known_optima.json").read_text())
    for folder in ("small_n20", "medium_n50", "large_n100"):
        lines = list(otto(given.data / "otto2013" / folder, optima))
        run(f"Otto {folder}", lines[:: given.every], given.steps, given.more)
    run("Scholl", list(scholl(given.data / "scholl"))[:: given.every], given.steps, given.more)


if __name__ == "__main__":
    main()
