"""What stands is left standing only where all of it would be the same if it were made again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import pmogen
from pmogen import playbook
from pmogen.errors import PmogenError
from pmogen.model.history import Commit, History, Remembered
from pmogen.site import standing
from pmogen.site.standing import FOLDER, Outline, Standing
from pmogen.site.write import MANIFEST, write_generated
from pmogen.source.files import Sources

SOURCES = Sources({"content/a.yml": b"a: 1\n", "content/b.yml": b"b: 2\n"})
FILES = {"build/playbook/index.md": "# Home\n", "build/playbook/a/b.md": "b\n"}
OUTLINE = Outline(gaps=3, services=2, stale=True)
PAST = History({("playbook", ""): Remembered(brought=Commit("1" * 40, dt.date(2027, 1, 1)))})


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user of one's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which everything is generated."""
    root = tmp_path / "workspace"
    (root / "site_templates").mkdir(parents=True)
    (root / "site_templates/own.md.j2").write_text("own")
    made = Standing(root, "sha", True)
    assert not made.is_likely(SOURCES)
    made.note(PAST, write_generated(root, FILES), OUTLINE)
    return root


def found(root: Path, sources: Sources = SOURCES, history: History = PAST, options: tuple[object, ...] = ("sha", True)):
    seen = Standing(root, *options)
    seen.is_likely(sources)
    return seen.found(history)


def with_files(files: Mapping[str, bytes]) -> Sources:
    return dataclasses.replace(SOURCES, files={**SOURCES.files, **files})


def test_what_was_made_from_the_same_stands(root):
    written, outline = found(root)
    assert outline == OUTLINE
    assert (written.changed, written.unchanged, written.removed) == ((), tuple(sorted(FILES)), ())


def test_in_a_workspace_where_nothing_was_generated_nothing_stands(tmp_path):
    assert found(tmp_path) is None


@pytest.mark.parametrize(
    "other",
    [
        {"sources": with_files({"content/a.yml": b"a: 2\n"})},
        {"sources": with_files({"content/c.yml": b""})},
        {"sources": Sources({"content/a.yml": b"a: 1\n"})},
        {"sources": Sources({"content/a.yml": b"a: 1\nb", "content/b.yml": b": 2\n"})},
        {"sources": dataclasses.replace(SOURCES, standard_is="catalog")},
        {"history": History()},
        {"history": History({("playbook", ""): Remembered(brought=Commit("2" * 40, dt.date(2027, 1, 1)))})},
        {"options": ("other", True)},
        {"options": (None, True)},
        {"options": ("sha", False)},
    ],
)
def test_what_was_made_from_something_else_is_made_again(root, other):
    assert found(root, **other) is None


def test_another_template_makes_other_files(root):
    (root / "site_templates/own.md.j2").write_text("other")
    assert found(root) is None


def test_another_version_of_any_program_may_make_other_files(root, monkeypatch):
    monkeypatch.setattr(standing.sys, "version", "4.0")
    assert found(root) is None


def test_where_modules_are_searched_changes_nothing(root, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path[::-1], str(tmp_path / "missing.zip")])
    assert found(root) is not None


def test_a_package_that_was_installed_meanwhile_may_make_other_files(root, monkeypatch, tmp_path):
    (tmp_path / "jinja2-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert found(root) is None


def edit(root: Path) -> None:
    (root / "build/playbook/index.md").write_text("# My own words\n")


def delete(root: Path) -> None:
    (root / "build/playbook/a/b.md").unlink()


def interrupt(root: Path) -> None:
    manifest = json.loads((root / MANIFEST).read_text())
    (root / MANIFEST).write_text(json.dumps({**manifest, "pending": manifest["files"]}))


def forge(root: Path) -> None:
    """Somebody commits pages of his own, with a manifest that says they are ours."""
    shutil.rmtree(root / "build")
    write_generated(root, {**FILES, "build/playbook/index.md": "# Forged\n"})


def spoil(root: Path) -> None:
    (root / FOLDER / "record").write_bytes(b"{}")


def forget(root: Path) -> None:
    shutil.rmtree(root / FOLDER)


def lead_away(root: Path) -> None:
    (root / FOLDER).rename(root.parent / "elsewhere")
    (root / FOLDER).symlink_to(root.parent / "elsewhere")


@pytest.mark.parametrize("change", [edit, delete, interrupt, forge, spoil, forget, lead_away])
def test_what_is_not_as_it_was_written_does_not_stand(root, change):
    change(root)
    assert found(root) is None


def test_a_record_of_another_user_counts_for_nothing(root, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert found(root) is None


def test_a_template_that_cannot_be_read_is_told_when_it_is_needed(root):
    (root / "site_templates/own.md.j2").unlink()
    (root / "site_templates/own.md.j2").symlink_to(root.parent / "home/pmogen/secret")
    seen = Standing(root)
    assert not seen.is_likely(SOURCES)
    with pytest.raises(PmogenError, match="leaves the workspace"):
        _ = seen.templates


def test_nothing_is_computed_or_written_again_when_nothing_changed(example, tmp_path, monkeypatch):
    root = Path(shutil.copytree(example, tmp_path / "ws", ignore=shutil.ignore_patterns("site", "build", ".cache")))
    first = pmogen.generate(root)
    with monkeypatch.context() as patch:
        patch.setattr(playbook, "compute", None)
        second = pmogen.generate(root)
    assert second.checked.diagnostics == first.checked.diagnostics
    assert second.outline == first.outline
    assert set(second.written.unchanged) == set(first.written.changed)
    assert second.playbook.gaps == first.playbook.gaps
    text = (root / "content/playbook.yml").read_text()
    (root / "content/playbook.yml").write_text(text.replace("title: ", "title: New ", 1))
    assert "build/playbook/index.md" in pmogen.generate(root).written.changed
