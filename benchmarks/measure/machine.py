"""Where figures were measured, and with what: figures without that say little."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pmogen
from pmogen.data import data_root

_TOOLS = ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "PyYAML", "pydantic", "zensical")


def machine() -> dict[str, str | int | float]:
    """Versions, cores, load and commit."""
    found: dict[str, str | int | float] = {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0,
        "python": platform.python_version(),
        "pmogen": pmogen.__version__,
        "commit": _commit(data_root()),
    }
    for tool in _TOOLS:
        try:
            found[tool.lower()] = version(tool)
        except PackageNotFoundError:
            found[tool.lower()] = "not installed"
    return found


def _commit(root: Path) -> str:
    """The commit of the repository, with a plus when files differ from it; empty where there is none."""
    command = ("git", "-C", str(root), "describe", "--always", "--abbrev=10", "--exclude=*", "--dirty=+")
    try:
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
