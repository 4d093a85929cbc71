"""Runs one command of pmogen, as `python -m pmogen` does, and writes down how many seconds each stage took.

    python benchmarks/measure/inside.py SECONDS.json build FOLDER --builder none

Computing is told in two parts: `plan` is making the plan, or taking over the published one, and `analyse` is all the rest.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pmogen.playbook
from pmogen.cli import main
from pmogen.cli.stages import Stages


class Watched:
    """What the stages of a run took, and planning in them."""

    def __init__(self) -> None:
        self.stages: Stages | None = None
        self.planning = 0.0

    def seconds(self) -> dict[str, float]:
        """Seconds of each stage, in order."""
        found = dict(self.stages.seconds) if self.stages else {}
        if "compute" in found:
            found = {
                name: took
                for stage, whole in found.items()
                for name, took in (
                    (("analyse", whole - self.planning), ("plan", self.planning))
                    if stage == "compute"
                    else ((stage, whole),)
                )
            }
        return found


def watch(arguments: list[str]) -> Watched:
    """Runs the command line with these arguments, and watches it."""
    watched = Watched()
    begin, plan = Stages.__init__, pmogen.playbook.roadmap_of

    def remembered(stages: Stages) -> None:
        begin(stages)
        watched.stages = stages

    def timed(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        found = plan(*given, **named)
        watched.planning += time.perf_counter() - begun
        return found

    Stages.__init__ = remembered  # type: ignore[assignment,method-assign]  # nothing else runs here
    pmogen.playbook.roadmap_of = timed
    sys.argv[1:] = arguments
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
    return watched


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(json.dumps(watch(sys.argv[2:]).seconds()), "utf-8")
