"""Compiles templates before they are needed: what many playbooks use is then compiled once for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import TemplateError

from pmogen.language import speaking
from pmogen.render.assets import Templates
from pmogen.render.environment import markdown_environment, svg_environment


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
