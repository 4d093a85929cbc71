"""Hashes of folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmogen.site import trees
from pmogen.site.trees import file_hash, tree_hash


def test_tree_hash_knows_names_and_bytes(tmp_path):
    def changed(action):
        before = tree_hash(tmp_path)
        action()
        return tree_hash(tmp_path) != before

    assert changed(lambda: (tmp_path / "a").write_text("1"))
    assert changed(lambda: (tmp_path / "a").write_text("2"))
    assert changed(lambda: (tmp_path / "a").rename(tmp_path / "b"))
    assert not changed(lambda: (tmp_path / ".hidden").write_text("1"))
    assert changed(lambda: Path(tmp_path, "c").mkdir() or (tmp_path / "c" / ".below").write_text("1"))
    assert tree_hash(Path(tmp_path, "nowhere")) == tree_hash(Path(tmp_path, "neither"))


def test_what_is_known_is_not_read_again(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.py").write_text("1")
    (tmp_path / "two.txt").write_text("2")
    whole = tree_hash(tmp_path)
    assert tree_hash(tmp_path, known={"a/one.py": file_hash(tmp_path / "a" / "one.py")}) == whole
    assert tree_hash(tmp_path, known={"a/one.py": "another", "gone": "a"}) != whole
    assert tree_hash(tmp_path, ".py") != whole
    (tmp_path / "two.txt").write_text("3")
    assert tree_hash(tmp_path, ".py") != tree_hash(tmp_path)


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_many_files_have_the_same_hash_as_few(tmp_path, monkeypatch, jobs):
    for number in range(50):
        (tmp_path / f"{number}").write_text("x" * number * 100)
    expected = tree_hash(tmp_path)
    monkeypatch.setenv("PMOGEN_JOBS", jobs)
    monkeypatch.setattr(trees, "_MANY", 40)
    assert tree_hash(tmp_path) == expected
    assert tree_hash(tmp_path, known={"7": file_hash(tmp_path / "8")}) != expected
    (tmp_path / "49").write_text("changed")
    assert tree_hash(tmp_path) != expected
