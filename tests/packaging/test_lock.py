"""requirements.lock: every package pinned with hashes, every dependency in it, no address of anything."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
PINNED = {
    canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+) \\$", LOCK, re.MULTILINE)
}


def test_every_package_is_pinned_with_hashes():
    assert len(PINNED) > 30
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert len(blocks) == len(PINNED)


def test_it_satisfies_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"], "editables"]
    wanted += [line for extra in ("dev", "exact", "properdocs", "zensical") for line in extras[extra]]
    for line in wanted:
        requirement = Requirement(line)
        assert PINNED.get(canonicalize_name(requirement.name), "") in requirement.specifier, line


def test_it_names_no_registry_and_no_folder():
    assert re.findall(r"https?:|file:|--index|--extra-index|--find-links|--trusted", LOCK) == []
    assert [line for line in LOCK.splitlines() if re.search(r"(^|\s)/\w", line)] == []
