"""Input made to harm: the command ends in time, within its memory, with messages and without a traceback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workspaces import SMALL

SECONDS = 10
MEMORY = 1 << 30


def small_workspace(root: Path) -> Path:
    """The small workspace on disk, with its own complete layer of the catalogue."""
    for name, text in SMALL.items():
        path = root / name.replace("standard/", "catalog/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = root / "content" / "playbook.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "catalogue: [catalog]\n", encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`pmogen` as a user runs it, with a limit on time and memory."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "pmogen", *arguments, str(root)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        preexec_fn=limit,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )


def _bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


TEXTS: dict[str, Callable[[], str]] = {
    "aliases that expand to 9^9 values": lambda: _bomb(9),
    "100,000 opening brackets": lambda: "[" * 100_000,
    "60,000 nested lists": lambda: "- " * 60_000,
    "300,000 opening braces": lambda: "{" * 300_000,
    "50,000 nested mappings": lambda: "".join(" " * n + "a:\n" for n in range(2_000)),
    "a scalar of 1 MB": lambda: "summary: " + "x" * 1_000_000,
    "100,000 entries": lambda: "customers:\n" + "  - {id: a}\n" * 100_000,
    "100,000 keys": lambda: "\n".join(f"k{number}: 1" for number in range(100_000)),
    "400,001 values": lambda: "a: [" + ",".join("1" for _ in range(400_100)) + "]",
    "a number of 5,000 digits": lambda: "summary: " + "9" * 5_000,
    "100,000 comments that look like allowances": lambda: "# pmogen: allow PMO305 because\n" * 30_000,
    "100,000 quotation marks": lambda: "summary: " + "'" * 100_001,
    "a key of 1 MB": lambda: "k" * 1_000_000 + ": 1",
    "100,000 anchors": lambda: "\n".join(f"k{number}: &a{number} 1" for number in range(100_000)),
    "100,000 document ends": lambda: "...\n---\n" * 100_000,
    "spaces without end": lambda: " " * 3_000_000,
    "new lines without end": lambda: "\n" * 3_000_000,
    "colons without end": lambda: ":" * 1_000_000,
    "dashes without end": lambda: "-" * 1_000_000,
    "folded text without end": lambda: "summary: >-\n" + "  x\n" * 400_000,
}


@pytest.mark.parametrize("case", sorted(TEXTS))
def test_bombs_in_yaml(tmp_path: Path, case: str) -> None:
    """Each bomb in the foundation ends with code 1 and a message."""
    root = small_workspace(tmp_path)
    (root / "content" / "foundation.yml").write_text(TEXTS[case](), encoding="utf-8")
    result = run(root, "check")
    assert result.returncode == 1, (result.returncode, result.stderr[-500:])
    assert "Traceback" not in result.stdout + result.stderr
    assert "mistake in pmogen" not in result.stdout + result.stderr
    assert "content/foundation.yml" in result.stdout


@pytest.mark.parametrize(
    "rows", ["r1,sponsors,visibility,2\n" * 190_000, '"' * 100_001, "," * 500_000, "x\n" * 100_000]
)
def test_bombs_in_answers(tmp_path: Path, rows: str) -> None:
    """Endless answers are read or refused, in time."""
    root = small_workspace(tmp_path)
    text = ("respondent,group,aspect,current\n" + rows)[:3_900_000]
    (root / "content" / "assessments" / "2027-01-31.csv").write_text(text, encoding="utf-8")
    result = run(root, "check")
    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stdout + result.stderr
    assert "mistake in pmogen" not in result.stdout + result.stderr


def test_circle_of_prerequisites_through_the_whole_catalogue(tmp_path: Path) -> None:
    """A circle of 500 services is found, shown and does not run for ever."""
    root = small_workspace(tmp_path)
    entries = "".join(f"  - {{id: s{n}, requires: [s{(n + 1) % 500}]}}\n" for n in range(500))
    (root / "catalog" / "services.yml").write_text("services:\n" + entries, encoding="utf-8")
    result = run(root, "check")
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr


def test_check_never_writes(tmp_path: Path) -> None:
    """The folder is the same before and after a check, byte by byte, also when it is read-only."""
    root = small_workspace(tmp_path)

    def tree() -> dict[str, tuple[int, bytes]]:
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}

    before = tree()
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    result = run(root, "check")
    for path in [root, *root.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert result.returncode == 0, result.stdout + result.stderr
    assert tree() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    """A file without permission to read is told with its name."""
    root = small_workspace(tmp_path)
    (root / "content" / "roadmap.yml").chmod(0)
    result = run(root, "check")
    assert result.returncode == 1
    assert "content/roadmap.yml" in result.stdout
