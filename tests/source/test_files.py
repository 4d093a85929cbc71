"""Reading from disk: only what belongs to the workspace, and every file that cannot be read is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pmogen.errors import PmogenError
from pmogen.source.files import read_sources
from pmogen.source.text import MAX_BYTES


def refused(root: Path) -> dict[str, str]:
    """Files that were not read, and why."""
    return {wrong.span.file: wrong.message for wrong in read_sources(root).unread}


def test_no_workspace(tmp_path: Path) -> None:
    """A folder without content/ is no workspace, and the message says what to do."""
    with pytest.raises(PmogenError, match="not a workspace") as error:
        read_sources(tmp_path)
    assert "pmogen init" in error.value.hint


def test_links_out_of_the_workspace_are_refused(tmp_path: Path) -> None:
    """A link that leaves the workspace is not followed; one inside is."""
    (tmp_path / "secret.yml").write_text("x")
    content = tmp_path / "book" / "content"
    content.mkdir(parents=True)
    (content / "inside.yml").write_text("a: 1")
    (content / "roadmap.yml").symlink_to(tmp_path / "secret.yml")
    (content / "decisions.yml").symlink_to(content / "inside.yml")
    (content / "loop.yml").symlink_to(content / "loop.yml")
    sources = read_sources(tmp_path / "book")
    assert "content/roadmap.yml" not in sources.files
    assert sources.files["content/decisions.yml"] == b"a: 1"
    assert "leaves the workspace" in refused(tmp_path / "book")["content/roadmap.yml"]
    assert "content/loop.yml" in refused(tmp_path / "book")


def test_folder_device_and_huge_file(tmp_path: Path) -> None:
    """A folder, a pipe or a huge file in the place of a file is told, not read."""
    content = tmp_path / "content"
    (content / "foundation.yml").mkdir(parents=True)
    os.mkfifo(content / "roadmap.yml")
    with (content / "decisions.yml").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    assert sorted(refused(tmp_path)) == ["content/decisions.yml", "content/foundation.yml", "content/roadmap.yml"]


def test_hidden_files_and_other_endings_are_passed_over(tmp_path: Path) -> None:
    """Editors' files and pictures are no sources."""
    content = tmp_path / "content"
    content.mkdir()
    for name in (".hidden.yml", "a.yml~", "b.png", "c.yml"):
        (content / name).write_text("x")
    assert [name for name in read_sources(tmp_path).files if name.startswith("content/")] == ["content/c.yml"]
