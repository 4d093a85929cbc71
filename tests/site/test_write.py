"""Writing generated files: only what differs, only below build/, never over a person's edit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pmogen.errors import PmogenError
from pmogen.site import write
from pmogen.site.lock import LOCK
from pmogen.site.write import MANIFEST, write_generated

FIRST = {"build/playbook.yml": "nav: []\n", "build/playbook/index.md": "# Home\n", "build/playbook/a/b.md": "b\n"}


def files_below(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {LOCK}


def test_writes_every_file_with_its_bytes(tmp_path):
    done = write_generated(tmp_path, {**FIRST, "build/playbook/p.png": b"\x89PNG"})
    assert set(done.changed) == {*FIRST, "build/playbook/p.png"}
    assert (tmp_path / "build/playbook/index.md").read_bytes() == b"# Home\n"
    assert (tmp_path / "build/playbook/p.png").read_bytes() == b"\x89PNG"
    assert files_below(tmp_path) == {*FIRST, "build/playbook/p.png", MANIFEST}


def test_second_run_touches_nothing(tmp_path):
    write_generated(tmp_path, FIRST)
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    done = write_generated(tmp_path, FIRST)
    assert done.changed == done.removed == ()
    assert done.unchanged == tuple(sorted(FIRST))
    assert {path: path.stat().st_mtime_ns for path in before} == {p: s.st_mtime_ns for p, s in before.items()}
    assert {path: path.stat().st_ino for path in before} == {p: s.st_ino for p, s in before.items()}


def test_only_what_differs_is_replaced(tmp_path):
    write_generated(tmp_path, FIRST)
    untouched = (tmp_path / "build/playbook/a/b.md").stat()
    done = write_generated(tmp_path, {**FIRST, "build/playbook/index.md": "# New\n"})
    assert done.changed == ("build/playbook/index.md",)
    assert (tmp_path / "build/playbook/a/b.md").stat().st_mtime_ns == untouched.st_mtime_ns


def test_what_is_no_longer_made_is_deleted_with_its_empty_folder(tmp_path):
    write_generated(tmp_path, FIRST)
    done = write_generated(tmp_path, {"build/playbook.yml": "nav: []\n", "build/playbook/index.md": "# Home\n"})
    assert done.removed == ("build/playbook/a/b.md",)
    assert not (tmp_path / "build/playbook/a").exists()


def test_a_deleted_file_comes_back(tmp_path):
    write_generated(tmp_path, FIRST)
    (tmp_path / "build/playbook/index.md").unlink()
    assert write_generated(tmp_path, FIRST).changed == ("build/playbook/index.md",)


@pytest.mark.parametrize("new", [FIRST, {**FIRST, "build/playbook/index.md": "# New\n"}, {"build/playbook.yml": "x\n"}])
def test_an_edited_file_is_refused_and_nothing_is_written(tmp_path, new):
    """Whether the file would stay, change or go."""
    write_generated(tmp_path, FIRST)
    (tmp_path / "build/playbook/index.md").write_text("# My own words\n")
    with pytest.raises(PmogenError) as caught:
        write_generated(tmp_path, {**new, "build/playbook/new.md": "new\n"})
    assert "build/playbook/index.md" in caught.value.message
    assert "content/pages/" in caught.value.hint
    assert (tmp_path / "build/playbook/index.md").read_text() == "# My own words\n"
    assert not (tmp_path / "build/playbook/new.md").exists()


def test_an_edit_that_equals_what_is_made_is_fine(tmp_path):
    write_generated(tmp_path, FIRST)
    (tmp_path / "build/playbook/index.md").write_text("# New\n")
    assert write_generated(tmp_path, {**FIRST, "build/playbook/index.md": "# New\n"}).changed == ()


def test_a_file_that_was_there_before_is_refused(tmp_path):
    (tmp_path / "build/playbook").mkdir(parents=True)
    (tmp_path / "build/playbook/index.md").write_text("mine\n")
    with pytest.raises(PmogenError, match=r"build/playbook/index\.md"):
        write_generated(tmp_path, FIRST)
    assert files_below(tmp_path) == {"build/playbook/index.md"}


def test_a_file_of_another_name_is_left_alone(tmp_path):
    write_generated(tmp_path, FIRST)
    (tmp_path / "build/notes.txt").write_text("mine\n")
    write_generated(tmp_path, {"build/playbook.yml": "nav: []\n"})
    assert (tmp_path / "build/notes.txt").read_text() == "mine\n"


def test_with_a_damaged_manifest_every_difference_counts_as_an_edit(tmp_path):
    write_generated(tmp_path, FIRST)
    (tmp_path / MANIFEST).write_text("{")
    assert write_generated(tmp_path, FIRST).changed == ()
    (tmp_path / MANIFEST).write_text("[]")
    with pytest.raises(PmogenError):
        write_generated(tmp_path, {**FIRST, "build/playbook/index.md": "# New\n"})


@pytest.mark.parametrize(
    "path", ["content/foundation.yml", "build", "build/../content/x.md", "/build/x.md", "other/x.md", "build\\x.md"]
)
def test_nothing_outside_build_is_ever_written(tmp_path, path):
    with pytest.raises(PmogenError, match="not below build/"):
        write_generated(tmp_path, {**FIRST, path: "x"})
    assert files_below(tmp_path) == set()


def test_a_link_out_of_build_is_not_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = tmp_path / "root"
    (root / "build").mkdir(parents=True)
    (root / "build/playbook").symlink_to(elsewhere)
    with pytest.raises(PmogenError, match="not below build/"):
        write_generated(root, FIRST)
    assert files_below(elsewhere) == set()


def interrupt_after(monkeypatch, count):
    """Lets so many pages be replaced, then behaves like a full disk."""
    whole, done = write._put, []

    def replace(path, content):
        if path.suffix == ".md":
            done.append(path)
            if len(done) > count:
                raise OSError(28, "No space left on device", str(path))
        whole(path, content)

    monkeypatch.setattr(write, "_put", replace)


def test_after_an_interrupted_run_the_next_one_completes_it(tmp_path, monkeypatch):
    write_generated(tmp_path, FIRST)
    second = {path: text + "more\n" for path, text in FIRST.items()}
    third = {path: text + "else\n" for path, text in FIRST.items()}
    for interrupted in (second, third, second):
        with monkeypatch.context() as patch:
            interrupt_after(patch, 1)
            with pytest.raises(PmogenError, match="No space left"):
                write_generated(tmp_path, interrupted)
    write_generated(tmp_path, third)
    assert {path: (tmp_path / path).read_text() for path in third} == third
    assert json.loads((tmp_path / MANIFEST).read_text())["pending"] == {}


def test_an_interrupted_replacement_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "page.md"
    target.write_text("old\n")

    def refuse(_self, _target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(KeyboardInterrupt):
        write.replace_file(target, b"new\n")
    assert target.read_text() == "old\n"
    assert files_below(tmp_path) == {"page.md"}


@pytest.mark.parametrize("victim", ["content/own.yml", "../own.yml"])
def test_a_forged_manifest_deletes_nothing_outside(tmp_path, victim):
    """Somebody may commit a manifest that lists files of others, with the right hash."""
    root = tmp_path / "workspace"
    write_generated(root, FIRST)
    (root / victim).parent.mkdir(exist_ok=True)
    (root / victim).write_bytes(b"# Home\n")
    manifest = json.loads((root / MANIFEST).read_text())
    manifest["files"][f"build/../{victim}"] = manifest["files"]["build/playbook/index.md"]
    (root / MANIFEST).write_text(json.dumps(manifest))
    assert write_generated(root, FIRST).removed == ()
    assert (root / victim).read_bytes() == b"# Home\n"
