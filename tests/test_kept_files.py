"""What is kept from one command to the next comes back as it was written here, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmogen.kept_files import KeptFiles, own_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of one's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_what_was_written_is_read_by_the_next_command(tmp_path: Path) -> None:
    KeptFiles(tmp_path / "kept", b"form").write("name", b"content")
    assert KeptFiles(tmp_path / "kept", b"form").read("name") == b"content"
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["name"]


def test_what_was_never_written_is_not_there(tmp_path: Path) -> None:
    assert KeptFiles(tmp_path / "kept", b"form").read("name") is None


def test_a_spoilt_file_is_not_read(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path / "kept", b"form")
    files.write("name", b"content")
    whole = (tmp_path / "kept/name").read_bytes()
    for spoilt in (b"", whole[:-1], whole[1:], whole + b" ", whole.swapcase()):
        (tmp_path / "kept/name").write_bytes(spoilt)
        assert files.read("name") is None


def test_a_file_under_another_name_or_of_another_form_is_not_read(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path / "kept", b"form")
    files.write("name", b"content")
    assert KeptFiles(tmp_path / "kept", b"other form").read("name") is None
    (tmp_path / "kept/name").rename(tmp_path / "kept/other")
    assert files.read("other") is None


def test_what_another_user_wrote_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    KeptFiles(tmp_path / "kept", b"form").write("name", b"content")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert KeptFiles(tmp_path / "kept", b"form").read("name") is None


def test_the_secret_is_for_its_user_alone(home: Path, tmp_path: Path) -> None:
    KeptFiles(tmp_path / "kept", b"form")
    assert own_folder() == home / "pmogen"
    assert (home / "pmogen/secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("spoilt", [b"", b"too short", b"far too long" * 9])
def test_a_spoilt_secret_is_made_anew(home: Path, tmp_path: Path, spoilt: bytes) -> None:
    (home / "pmogen").mkdir(parents=True)
    (home / "pmogen/secret").write_bytes(spoilt)
    KeptFiles(tmp_path / "kept", b"form").write("name", b"content")
    assert KeptFiles(tmp_path / "kept", b"form").read("name") == b"content"
    assert [path.name for path in (home / "pmogen").iterdir()] == ["secret"]
    assert (home / "pmogen/secret").stat().st_mode & 0o077 == 0


def test_nothing_is_kept_and_nothing_deleted_without_a_place_for_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/name").write_bytes(b"content")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    files = KeptFiles(tmp_path / "kept", b"form")
    files.write("name", b"more")
    files.prune(lambda _name: True)
    assert files.read("name") is None
    assert (tmp_path / "kept/name").read_bytes() == b"content"


def test_a_disk_that_refuses_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("no folder")
    files = KeptFiles(tmp_path / "kept", b"form")
    files.write("name", b"content")
    files.prune(lambda _name: True)
    assert files.read("name") is None


def test_what_is_unneeded_is_deleted(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path / "kept", b"form")
    files.write("old", b"1")
    files.write("new", b"2")
    files.prune(lambda name: name == "old")
    assert files.read("old") is None
    assert files.read("new") == b"2"
