"""Colours, logo and footer of content/playbook.yml reach the site, and nothing but that."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from pmogen.analysis.contrast import DARK_PAGES, READABLE, contrast, least_contrast
from pmogen.errors import PmogenError
from pmogen.playbook import compute
from pmogen.render import render
from pmogen.site.templates import read_templates
from tests.workspaces import ROOT, loaded, workspace


def rendered(more: dict[str, str | bytes] | None = None, **settings: Any) -> dict[str, str | bytes]:
    """The files of the small workspace with these settings and templates."""
    playbook = compute(workspace({"content/playbook.yml": settings}))
    return dict(render(playbook, {**read_templates(ROOT), **(more or {})}).files)


def test_without_colours_the_style_sheet_is_the_standard_one() -> None:
    """No rule, no trace."""
    sheet = (ROOT / "site_templates/assets/pmogen.css").read_text("utf-8")
    assert rendered()["build/playbook/assets/pmogen.css"] == sheet


def test_own_colours_follow_the_standard_ones_for_light_and_dark() -> None:
    """The dark shade is made from the accent where none is given, and can be read."""
    sheet = str(rendered(colours={"primary": "#5a1a1a", "accent": "#7a1f1f"})["build/playbook/assets/pmogen.css"])
    own = sheet.split("/* Colours of content/playbook.yml */")[1]
    assert "--md-primary-fg-color: #5a1a1a;" in own
    assert "--md-typeset-a-color: #7a1f1f;" in own
    dark = own.split('@media screen {\n[data-md-color-scheme="slate"] {\n  --pg-work: ')[1][:7]
    assert least_contrast(dark, DARK_PAGES) >= READABLE
    assert contrast(dark, "#7a1f1f") > 1
    given = str(rendered(colours={"accent": "#7a1f1f", "accent_dark": "#ffc0c0"})["build/playbook/assets/pmogen.css"])
    assert "--pg-work: #ffc0c0;" in given


@pytest.mark.parametrize("colour", ["red", "#fff", "#12505b; } body { display: none", "#12505g", "url(x)"])
def test_anything_but_a_colour_is_refused(colour: str) -> None:
    """It would stand in a style sheet."""
    assert loaded({"content/playbook.yml": {"colours": {"accent": colour}}}).workspace is None


def test_logo_and_footer_are_settings_of_the_theme() -> None:
    """Escaped, as themes print them as they are."""
    logo: dict[str, str | bytes] = {"assets/logo.svg": "<svg/>"}
    files = rendered(logo, logo="assets/logo.svg", footer="Made by <b>us</b> & you")
    settings = yaml.safe_load(str(files["build/playbook.yml"]))
    assert settings["theme"]["logo"] == "assets/logo.svg"
    assert settings["copyright"] == "Made by &lt;b&gt;us&lt;/b&gt; &amp; you"
    assert files["build/playbook/assets/logo.svg"] == "<svg/>"


def test_a_logo_that_is_not_there_is_named() -> None:
    """With the place where it belongs."""
    with pytest.raises(PmogenError, match=r"site_templates/assets/logo\.svg"):
        rendered(logo="assets/logo.svg")


@pytest.mark.parametrize(
    "logo", ["../logo.svg", "assets/../x.svg", "https://other.example/x.svg", "assets/x.html", "x.svg"]
)
def test_a_logo_is_a_picture_of_the_templates(logo: str) -> None:
    """Nothing outside, and no page."""
    assert loaded({"content/playbook.yml": {"logo": logo}}).workspace is None
