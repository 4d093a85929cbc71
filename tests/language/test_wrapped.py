"""Every word of a template is in a message."""

from __future__ import annotations

import pytest

from tests.language.unwrapped import in_template, templates

TO_WRAP: frozenset[str] = frozenset()
"""Templates that still have words of their own. None is ever added; whoever wraps one takes it out."""


@pytest.mark.parametrize("name", templates())
def test_words_stand_in_messages(name):
    """`{{ _("...") }}`: see docs/translating.md."""
    left = in_template(templates()[name])
    if name in TO_WRAP:
        assert left, f"{name} is done: take it out of TO_WRAP"
    else:
        assert not left


def test_only_templates_are_waiting():
    assert set(templates()) >= TO_WRAP


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("## Why now { #why-now }", ("Why", "now")),
        ('{{ m.lead("Who asks whom.") }}', ('"Who asks whom."',)),
        ('## {{ _("Why now") }} { #why-now }', ()),
        ('{{ link("page", "a/b.md", _("Why now", x="so it is")) }}', ()),
        ('/// html | div.pg-facts\n!!! warning "{{ x }}"\n| --- | ---: |\n[{{ x }}](a/bc.md){: .pg-lead }', ()),
    ],
)
def test_words_are_found(tmp_path, template, words):
    path = tmp_path / "page.md.j2"
    path.write_text(template, "utf-8")
    assert in_template(path) == words
