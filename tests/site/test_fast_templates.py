"""Compiled templates are kept and used again, as long as nothing of them changed."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from pmogen.site import fast_templates
from pmogen.site.fast_cache import Cache
from tests.site.test_fast_build import small

__all__ = ["small"]


@pytest.fixture
def compiled(monkeypatch):
    """The templates that were compiled."""
    names = []
    really = Environment.compile

    def compile_(self, source, name=None, *more, **options):
        names.append(name)
        return really(self, source, name, *more, **options)

    monkeypatch.setattr(Environment, "compile", compile_)
    return names


def shown(root, monkeypatch) -> str:
    """What a template says, in a process that knows nothing but what was kept."""
    monkeypatch.chdir(root)
    theme = load_config().theme
    kept = fast_templates.install(theme, Cache(root, "playbook"))
    said = str(theme.get_env().get_template("own.html").render())
    kept.save()
    return said


def test_what_was_compiled_once_is_not_compiled_again(small, monkeypatch, compiled):
    (small / "build/theme/own.html").write_text("{{ 1 + 1 }}")
    assert [shown(small, monkeypatch) for _ in range(3)] == ["2", "2", "2"]
    assert compiled == ["own.html"]


def test_a_template_that_changed_is_compiled_again(small, monkeypatch, compiled):
    for text in ("one", "two", "one"):
        (small / "build/theme/own.html").write_text(text)
        assert shown(small, monkeypatch) == text
    assert len(compiled) == 3


def test_what_another_version_compiled_is_compiled_again(small, monkeypatch, compiled):
    (small / "build/theme/own.html").write_text("right")
    shown(small, monkeypatch)
    monkeypatch.setattr(fast_templates, "tool_versions", lambda: {"jinja2": "4"})
    shown(small, monkeypatch)
    assert len(compiled) == 2


def test_what_was_spoilt_is_compiled_again(small, monkeypatch, compiled):
    (small / "build/theme/own.html").write_text("right")
    shown(small, monkeypatch)
    kept = small / ".cache/pages/playbook/templates"
    kept.write_bytes(kept.read_bytes()[:-5] + b"BBBB\n")
    assert shown(small, monkeypatch) == "right"
    assert len(compiled) == 2


def test_the_files_of_a_theme_are_those_that_mkdocs_finds(small, monkeypatch):
    monkeypatch.chdir(small)
    config = load_config()
    (small / "build/theme/partials").mkdir()
    (small / "build/theme/extra.css").write_text("a")
    found = []
    for _once_plain_and_once_ours in range(2):
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        found.append([file.src_uri for file in files])
        fast_templates.install(config.theme, Cache(small, "playbook"))
    assert found[0] == found[1]
    assert "extra.css" in found[0]
