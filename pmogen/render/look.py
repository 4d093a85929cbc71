"""What content/playbook.yml says about the look, as a style sheet and as settings of the theme."""

from __future__ import annotations

import html
from collections.abc import Container, Mapping
from typing import Any

from pmogen.analysis.contrast import WHITE, for_dark_pages, mixed
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.model.look import Colours
from pmogen.model.playbook import Settings
from pmogen.render.markdown import one_line

STYLE_SHEET = "assets/pmogen.css"


def own_colours(colours: Colours) -> str:
    """Rules that follow the standard style sheet and replace its colours; nothing when none are set."""
    rules = []
    if colours.primary:
        rules.append(
            _rule(
                '[data-md-color-primary="custom"]',
                {
                    "--md-primary-fg-color": colours.primary,
                    "--md-primary-fg-color--light": mixed(colours.primary, WHITE, 0.15),
                    "--md-primary-fg-color--dark": mixed(colours.primary, "#000000", 0.25),
                },
            )
        )
        rules.append(_on_screen('[data-md-color-scheme="slate"]', {"--md-primary-fg-color": colours.primary}))
    if colours.accent:
        rules.append(_rule(":root", {"--pg-work": colours.accent}))
        rules.append(_rule('[data-md-color-accent="custom"]', _accent(colours.accent)))
        rules.append(_rule('[data-md-color-scheme="default"]', {"--md-typeset-a-color": colours.accent}))
    dark = colours.accent_dark or (for_dark_pages(colours.accent) if colours.accent else None)
    if dark:
        own = {"--pg-work": dark, "--md-typeset-a-color": dark, **_accent(dark)}
        rules.append(_on_screen('[data-md-color-scheme="slate"]', own))
    return "\n/* Colours of content/playbook.yml */\n\n" + "\n".join(rules) if rules else ""


def _accent(colour: str) -> dict[str, str]:
    return {"--md-accent-fg-color": colour, "--md-accent-fg-color--transparent": f"{colour}1a"}


def _rule(selector: str, values: Mapping[str, str]) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in values.items())
    return f"{selector} {{\n{lines}}}\n"


def _on_screen(selector: str, values: Mapping[str, str]) -> str:
    return f"@media screen {{\n{_rule(selector, values)}}}\n"


def palette() -> list[dict[str, Any]]:
    """Colours as the system has them, light and dark, with the button that goes from each to the next."""
    system, light, dark = "(prefers-color-scheme)", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"
    return [
        _colours(system, None, "brightness-auto", _("Colours follow the system. Switch to light")),
        _colours(light, "default", "weather-sunny", _("Light colours. Switch to dark")),
        _colours(dark, "slate", "weather-night", _("Dark colours. Switch to those of the system")),
    ]


def _colours(media: str, scheme: str | None, icon: str, name: str) -> dict[str, Any]:
    toggle = {"icon": f"material/{icon}", "name": html.escape(name)}
    own = {"scheme": scheme} if scheme else {}
    return {"media": media, **own, "primary": "custom", "accent": "custom", "toggle": toggle}


def theme_settings(settings: Settings, files: Container[str], folder: str) -> dict[str, Any]:
    """Colours, logo and footer for mkdocs.yml; themes escape none of them. `files` are the paths of all that are emitted.

    Raises `PmogenError` when there is no such picture.
    """
    theme: dict[str, Any] = {"palette": palette()}
    found: dict[str, Any] = {"theme": theme}
    if settings.logo is not None:
        if f"{folder}/{settings.logo}" not in files:
            raise PmogenError(
                _(
                    "content/playbook.yml names the logo {logo}, but there is no site_templates/{logo}",
                    logo=settings.logo,
                ),
                _("put the picture there, or take `logo` out"),
            )
        theme["logo"] = settings.logo
    if settings.footer is not None:
        found["copyright"] = html.escape(one_line(settings.footer))
    return found
