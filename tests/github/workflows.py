"""Workflow files as values, and their scripts run as the server would run them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.workspaces import ROOT

OWN = ROOT / ".github"
STARTER = ROOT / "pmogen" / "starter" / "github"


class _Loader(yaml.SafeLoader):
    """Leaves `on` a text."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or sign not in "oOyYnN"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    """The value of a YAML file."""
    return yaml.load(path.read_text("utf-8"), _Loader)


def script_of(workflow: Path, job: str, name: str) -> str:
    """What a step of a workflow runs; the step is found by the beginning of its name."""
    steps = read(workflow)["jobs"][job]["steps"]
    (found,) = (step["run"] for step in steps if step.get("name", "").startswith(name))
    return found


def run_script(script: str, folder: Path, programs: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a script as the server does (`bash -e`), with stand-ins for programs in front of all others."""
    path = folder / ".script.sh"
    path.write_text(script)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(folder), "LC_ALL": "C.UTF-8", **variables}
    try:
        return subprocess.run(
            ["bash", "-e", str(path)], cwd=folder, env=environment, check=False, capture_output=True, text=True
        )
    finally:
        path.unlink()


def program(folder: Path, name: str, text: str) -> Path:
    """Writes a stand-in for a program; returns the folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return folder
