"""Messages in templates: Markdown of ours is Markdown, values never are."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from pmogen.language import speaking
from pmogen.render.environment import markdown_environment, svg_environment
from pmogen.site.templates import read_templates
from tests.workspaces import ROOT

HOSTILE = (
    "<script>alert(1)</script>",
    "**bold**",
    "[x](javascript:alert(1))",
    "{day}",
    "| a | b |",
    "{{ 7 * 7 }}",
    "&lt;b&gt;",
)


def printed(template: str, **values: object) -> str:
    return markdown_environment({"t": template}).get_template("t").render(values)


def test_a_message_may_hold_markdown():
    assert printed('{{ _("Due **{day}**.", day="x") }}') == "Due **x**."


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "template",
    [
        '{{ _("Due **{day}**. Who answers for it: **{contact}**.", day="x", contact=value) }}',
        '{{ pgettext("c", "So: {contact}", contact=value) }}',
        '{{ ngettext("{count} a {contact}", "{count} b {contact}", 2, contact=value) }}',
    ],
)
@pytest.mark.parametrize("code", ["en", "de"])
def test_a_hostile_value_shows_as_it_is(template, value, code):
    """What it leaves in the Markdown is what it leaves when it is printed by itself."""
    with speaking(code):
        alone = printed("{{ value }}", value=value)
        assert alone in printed(template, value=value)
        assert not re.search(r"[<>*\[\]{}|]", alone)


def test_what_is_trusted_stays_so():
    assert printed('{% macro m() %}[a](b.md){% endmacro %}{{ _("See {page}.", page=m()) }}') == "See [a](b.md)."


def test_a_message_is_translated():
    with speaking("de"):
        assert printed('## {{ _("Why now") }} { #why-now }') == "## Warum jetzt { #why-now }"


def test_an_undefined_value_is_a_mistake():
    with pytest.raises(UndefinedError):
        printed('{{ _("Due {day}.", day=nothing) }}')


def test_charts_are_escaped_for_xml():
    template = svg_environment({"t": '<text>{{ _("Due {day}.", day=day) }}</text>'}).get_template("t")
    assert template.render(day="<b> & x") == "<text>Due &lt;b&gt; &amp; x.</text>"


@pytest.mark.parametrize("name", [name for name in read_templates(ROOT) if name.endswith(".j2")])
def test_no_template_hides_the_messages(name):
    """`{% set _ = ... %}` would take the place of `_("...")`."""
    text = read_templates(ROOT)[name]
    assert isinstance(text, str)
    assert not re.search(r"\{%-?\s*(set|for)\s[^%]*\b_\b[^%\"(]*(=|\bin\b)", text)
