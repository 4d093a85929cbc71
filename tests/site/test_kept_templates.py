"""Compiled templates come back in the next command of the same program and user, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmogen.site import kept_templates
from pmogen.site.kept_templates import KeptTemplates


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of one's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home/pmogen/templates"


def test_the_next_command_reads_them(home: Path) -> None:
    KeptTemplates().write("de", b"code")
    assert KeptTemplates().read("de") == b"code"
    assert KeptTemplates().read("en") is None
    assert [path.name for path in home.iterdir()] == ["de"]


def test_one_file_a_language_takes_the_place_of_the_old_one(home: Path) -> None:
    for content in (b"old", b"new"):
        KeptTemplates().write("en", content)
    assert KeptTemplates().read("en") == b"new"
    assert len(list(home.iterdir())) == 1


def test_a_spoilt_file_is_not_read(home: Path) -> None:
    KeptTemplates().write("en", b"code")
    (home / "en").write_bytes((home / "en").read_bytes() + b" ")
    assert KeptTemplates().read("en") is None


def test_another_version_of_the_program_does_not_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    KeptTemplates().write("en", b"code")
    monkeypatch.setattr(kept_templates, "_compiler", lambda _language: b"another")
    assert KeptTemplates().read("en") is None


def test_what_compiles_a_template_and_the_words_it_says_are_in_the_fingerprint() -> None:
    english, german = ({path.name for path in kept_templates._sources(code)} for code in ("en", "de"))
    assert {"templating.py", "messages.py", "environment.py", "markdown.py", "english.py", "trace.py"} <= english
    assert {name for name in german - english if not name.endswith(".po")} == set()
    assert any(name.endswith(".po") for name in german)


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(kept_templates, "own_folder", homeless)
    KeptTemplates().write("en", b"code")
    assert KeptTemplates().read("en") is None
