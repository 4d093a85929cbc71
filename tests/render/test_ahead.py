"""Templates are compiled once for all commands, and never stale."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import Environment

from pmogen.language import speaking
from pmogen.render import ahead
from pmogen.render.ahead import compile_beside
from pmogen.render.charts.drawing import STANDARD, drawing_environment
from pmogen.render.compiled import Compiled, compiled
from pmogen.render.environment import markdown_environment
from pmogen.render.templating import MarkdownEnvironment

TEMPLATES = {
    "a.md.j2": "*{{ _('Target') }}*",
    "b.md.j2": "{{ 1 + 1 }}",
    STANDARD: "{{ 2.25 | px }}",
    "wrong.md.j2": "{% if %}",
}


@dataclass(frozen=True)
class Shelf:
    """One in a folder, so that other processes can lay something on it."""

    folder: Path

    def read(self, language: str) -> bytes | None:
        file = self.folder / language
        return file.read_bytes() if file.exists() else None

    def write(self, language: str, packed: bytes) -> None:
        (self.folder / language).write_bytes(packed)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture(params=[0, 1], ids=["alone", "with another process"], autouse=True)
def spare(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "spare", lambda: request.param)


def another_command() -> None:
    """Forgets what this process has compiled."""
    compiled.cache_clear()


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch):
    another_command()
    yield
    another_command()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The templates that this process compiles."""
    found: list[str | None] = []
    compile_it = Environment.compile

    def noted(self, source, name=None, *more, **named):
        found.append(name)
        return compile_it(self, source, name, *more, **named)

    monkeypatch.setattr(Environment, "compile", noted)
    return found


def rendered() -> list[str]:
    pages, charts = markdown_environment(TEMPLATES), drawing_environment(TEMPLATES)
    return [
        pages.get_template("a.md.j2").render(),
        pages.get_template("b.md.j2").render(),
        charts.get_template(STANDARD).render(),
    ]


def test_what_one_command_compiled_the_next_one_takes(names, shelf):
    compile_beside(TEMPLATES, ["en"], shelf)()
    another_command()
    names.clear()
    right = {name: text for name, text in TEMPLATES.items() if name != "wrong.md.j2"}
    compile_beside(right, ["en"], shelf)()
    assert rendered() == ["*Target*", "2", "2.3"]
    assert names == []


def test_it_is_there_as_soon_as_it_was_waited_for_and_may_be_waited_for_again(names, shelf):
    wait = compile_beside(TEMPLATES, ["en"], shelf)
    wait()
    wait()
    names.clear()
    assert rendered() == ["*Target*", "2", "2.3"]
    assert names == []


def test_a_template_that_differs_is_compiled_and_kept_in_place_of_the_old_one(names, shelf):
    compile_beside(TEMPLATES, ["en"], shelf)()
    another_command()
    changed = {"b.md.j2": "{{ 2 + 2 }}"}
    compile_beside(changed, ["en"], shelf)()
    another_command()
    names.clear()
    compile_beside(changed, ["en"], shelf)()
    assert markdown_environment(changed).get_template("b.md.j2").render() == "4"
    assert names == []


def test_languages_are_kept_apart_and_those_without_words_are_english(shelf):
    compile_beside(TEMPLATES, ["de", "en", "mi"], shelf)()
    assert sorted(path.name for path in shelf.folder.iterdir()) == ["de", "en"]
    another_command()
    compiled().take(shelf.read("de") or b"", (Environment, MarkdownEnvironment))
    with speaking("de"):
        assert rendered()[0] == "*Ziel*"
    assert rendered()[0] == "*Target*"


def test_only_the_languages_asked_for_are_packed(shelf):
    compile_beside(TEMPLATES, ["de", "en"], shelf)()
    another = Compiled()
    another.take(compiled().packed(("de",)), (Environment, MarkdownEnvironment))
    assert another.packed(("en",)) == Compiled().packed(("en",))
    assert another.packed(("de",)) != Compiled().packed(("de",))
