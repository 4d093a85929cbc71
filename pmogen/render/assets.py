"""What is handed on from the site templates as it is: style sheets, scripts, and the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmogen.render.look import STYLE_SHEET
from pmogen.render.scripts import spoken_script

CHARTS = "assets/charts"
"""Where the charts are, below the playbook's root."""

Templates = Mapping[str, str | bytes]
"""Site templates by name relative to site_templates/: text, or bytes of what is not text."""

ASSETS = "assets/"
"""Parts of the site templates that are handed on as they are, to each tree of pages."""
THEME = "theme/"
"""The same for the theme, which all trees share."""


def copied(templates: Templates, docs: str) -> Iterator[tuple[str, str | bytes]]:
    """The files that templates hand on as they are: assets for the tree of pages at `docs`, and the theme."""
    for name, content in templates.items():
        if name.startswith(ASSETS):
            yield f"{docs}/{name}", spoken_script(name, content)
        elif name.startswith(THEME):
            yield f"build/{name}", content


def style_sheet(templates: Templates) -> str:
    """The style sheet of the templates."""
    text = templates.get(STYLE_SHEET, "")
    return text if isinstance(text, str) else text.decode("utf-8", "replace")
