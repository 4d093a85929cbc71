"""Compiles templates before they are needed: what many playbooks use is then compiled once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Protocol

from jinja2 import Environment, TemplateError

from pmogen.aside import begun, spare
from pmogen.language import speaking, spoken
from pmogen.render.assets import Templates
from pmogen.render.charts.drawing import drawing_environment
from pmogen.render.compiled import compiled
from pmogen.render.environment import markdown_environment
from pmogen.render.templating import MarkdownEnvironment

_KINDS = (Environment, MarkdownEnvironment)


class Shelf(Protocol):
    """Where compiled templates lie from one command to the next, by language. No harm is done when they are gone."""

    def read(self, language: str) -> bytes | None:
        """What was written, when it was by this very program; else nothing."""
        ...

    def write(self, language: str, packed: bytes) -> None:
        """Keeps it for the next command, if it can."""
        ...


def compile_ahead(templates: Templates, languages: Iterable[str]) -> None:
    """Compiles the templates of pages and charts for these languages. One that is wrong is told where it is used."""
    for language in languages:
        with speaking(language):
            for environment, name in tuple(_lacking(templates)):
                try:
                    environment.get_template(name)
                except TemplateError:
                    continue


def compile_beside(templates: Templates, languages: Iterable[str], shelf: Shelf) -> Callable[[], object]:
    """Takes what lies on the shelf, and begins to compile the rest, in another process when one may be spared.

    Returns what makes sure that all is there; calling it again does nothing. What had to be compiled lies on the shelf then.
    """
    codes = tuple(dict.fromkeys(_code(language) for language in languages))
    for code in codes:
        _take(shelf.read(code))
    lacking = tuple(code for code in codes if _is_lacking(templates, code))

    def work() -> bytes:
        compile_ahead(templates, lacking)
        for code in lacking:
            shelf.write(code, compiled().packed((code,)))
        return compiled().packed(lacking)

    if not lacking or not spare():
        return cache(work if lacking else bytes)
    waiting = begun(work)
    return cache(lambda: _take(waiting()))


def _take(packed: bytes | None) -> None:
    if packed is not None:
        compiled().take(packed, _KINDS)


def _code(language: str) -> str:
    """The language that is spoken for it."""
    with speaking(language):
        return spoken().code


def _is_lacking(templates: Templates, language: str) -> bool:
    with speaking(language):
        return any(True for _each in _lacking(templates))


def _lacking(templates: Templates) -> Iterator[tuple[Environment, str]]:
    """The templates that are not compiled yet in the language that is spoken, with the environment that compiles them."""
    of_pages, of_charts = markdown_environment(templates), drawing_environment(templates)
    for name, text in templates.items():
        environment = of_pages if name.endswith(".md.j2") else of_charts if name.endswith(".svg.j2") else None
        if environment is None or environment.loader is None or not isinstance(text, str):
            continue
        source, file, _is_current = environment.loader.get_source(environment, name)
        if compiled().get_bucket(environment, name, file, source).code is None:
            yield environment, name
