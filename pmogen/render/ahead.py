"""Compiles templates before they are needed: what many playbooks use is then compiled once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from jinja2 import Environment, TemplateError

from pmogen.aside import begun, spare
from pmogen.language import speaking
from pmogen.render.assets import Templates
from pmogen.render.compiled import compiled
from pmogen.render.environment import markdown_environment, svg_environment
from pmogen.render.templating import MarkdownEnvironment


def compile_ahead(templates: Templates, languages: Iterable[str]) -> None:
    """Compiles the templates for pages in these languages. One that is wrong is told where it is used."""
    for language in languages:
        with speaking(language):
            of_pages, of_charts = markdown_environment(templates), svg_environment(templates)
            for name in templates:
                environment = of_pages if name.endswith(".md.j2") else of_charts if name.endswith(".svg.j2") else None
                try:
                    if environment is not None:
                        environment.get_template(name)
                except TemplateError:
                    continue


def compile_beside(templates: Templates, languages: Iterable[str]) -> Callable[[], None]:
    """Begins to do so in another process, when one may be spared. Returns what takes over the result; calling it again does nothing."""
    if not spare():
        return lambda: None

    def work() -> bytes:
        compile_ahead(templates, languages)
        return compiled().packed()

    waiting = begun(work)

    def take() -> None:
        packed = waiting()
        if packed is not None:
            compiled().take(packed, (Environment, MarkdownEnvironment))

    return cache(take)
