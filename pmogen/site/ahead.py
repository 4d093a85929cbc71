"""A site builder that is started before there is anything to build: it loads what it needs, and waits for a word."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from pmogen.aside import spare
from pmogen.site.builder import BUILDERS, CONFIGURATION, builder_command, builder_environment


class BuilderAhead:
    """The default builder of a workspace; it ends, if need be by force, when nobody can tell it anything any more."""

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._module = f"{BUILDERS[name].module}_ahead" if name in BUILDERS and BUILDERS[name].module else ""
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Starts it, where a core can be spared."""
        if not self._module or not (self._root / CONFIGURATION).is_file() or not spare():
            return
        self._process = subprocess.Popen(
            builder_command(self._module),
            cwd=self._root,
            env=builder_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str] | None:
        """Has it build, and waits for it; None when there is none that waits."""
        process, self._process = self._process, None
        if process is None:
            return None
        line = json.dumps({"arguments": list(arguments), "environment": dict(environment)})
        with process:
            if process.poll() is not None:
                return None
            said, _nothing = process.communicate(f"{line}\n")
        return subprocess.CompletedProcess(process.args, process.returncode, said)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()
