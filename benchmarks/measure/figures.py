"""What a run of the benchmark found: written as JSON, and told by report.py."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from measure.process import Command, Failed, memory, run


@dataclass
class Measured:
    """What a command took in each round, in seconds; stages only where it was watched from inside."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=dict)
    memory: float | None = None
    """The most that was held at the same time, MB, in a run of its own."""
    note: str = ""
    """What it makes, or why it was not measured."""

    @property
    def starting_up(self) -> list[float]:
        """What the stages leave over, in each round."""
        rounds = zip(*self.stages.values(), strict=True)
        return [whole - sum(parts) for whole, parts in zip(self.seconds, rounds, strict=True)]


Commands = dict[str, Measured]


@dataclass
class Figures:
    """All that was measured; what was not asked for is empty."""

    machine: dict[str, str | int | float]
    rounds: int
    example: Commands = field(default_factory=dict)
    services: dict[int, Commands] = field(default_factory=dict)
    pages: dict[int, Commands] = field(default_factory=dict)
    stretched: Commands = field(default_factory=dict)
    builders: dict[str, list[float]] = field(default_factory=dict)
    peers: dict[int, Commands] = field(default_factory=dict)

    def write(self, file: Path) -> None:
        """As JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    def add(self, earlier: bytes) -> None:
        """Takes over what was measured before and not in this run, from the bytes of a file of that time."""
        known = json.loads(earlier)
        self.example = self.example or _commands(known["example"])
        self.stretched = self.stretched or _commands(known["stretched"])
        self.builders = self.builders or known["builders"]
        for kind in ("services", "pages", "peers"):
            here: dict[int, Commands] = getattr(self, kind)
            before = {int(size): _commands(commands) for size, commands in known[kind].items()}
            setattr(self, kind, dict(sorted({**before, **here}.items())))


def watched(commands: Commands) -> Measured:
    """The build whose stages are known: a whole one, or that of the pages where no site was built."""
    return commands.get("build") or commands["pages"]


def _commands(known: dict[str, Any]) -> Commands:
    return {name: Measured(**found) for name, found in known.items()}


def measured(
    commands: Mapping[str, Command],
    rounds: int,
    weighed: Collection[str] = (),
    patience: float = math.inf,
    *,
    lenient: bool = False,
) -> Commands:
    """Runs commands in turns, and then those that are weighed once more for their memory.

    What once took longer than `patience` seconds is not run again. A command that fails ends it all or, with `lenient`, is left
    out from then on, with a note.
    """
    found = {name: Measured() for name in commands}
    for _round in range(rounds):
        for name, command in commands.items():
            if found[name].note or max(found[name].seconds, default=0) > patience:
                continue
            try:
                _add(found[name], command)
            except Failed as failed:
                if not lenient:
                    raise
                found[name] = Measured(note=f"failed: {str(failed).splitlines()[-1]}")
    for name in sorted(weighed):
        found[name].memory = memory(commands[name])
    return found


def _add(to: Measured, command: Command) -> None:
    """One more run of a command."""
    took = run(command)
    to.seconds.append(took.seconds)
    to.processor.append(took.processor)
    told = json.loads(command.stages.read_bytes()) if command.stages else {}
    for stage, seconds in told.items():
        to.stages.setdefault(stage, []).append(seconds)
