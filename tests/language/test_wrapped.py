"""Every word of a template is in a message."""

from __future__ import annotations

import pytest

from tests.language.unwrapped import in_template, templates

TO_WRAP = frozenset(
    (
        *("pages/assessment/aspect.md.j2", "pages/assessment/changes.md.j2", "pages/assessment/disagreement.md.j2"),
        *("pages/assessment/index.md.j2", "pages/audiences/audience.md.j2", "pages/audiences/index.md.j2"),
        *("pages/downloads.md.j2", "pages/gaps/gap.md.j2", "pages/gaps/index.md.j2", "pages/hand_written/index.md.j2"),
        *("pages/home.md.j2", "pages/knowledge/glossary.md.j2", "pages/knowledge/index.md.j2"),
        *("pages/knowledge/practices.md.j2", "pages/knowledge/problems.md.j2", "pages/knowledge/raci.md.j2"),
        *("pages/knowledge/roles.md.j2", "pages/knowledge/template.md.j2", "pages/knowledge/templates.md.j2"),
        *("pages/method/decisions.md.j2", "pages/method/index.md.j2", "pages/roadmap/index.md.j2"),
        *("pages/roadmap/kpis.md.j2", "pages/roadmap/later.md.j2", "pages/roadmap/scenarios.md.j2"),
        *("pages/roadmap/wave.md.j2", "pages/services/candidates.md.j2", "pages/services/coverage.md.j2"),
        *("pages/services/declined.md.j2", "pages/services/index.md.j2", "pages/services/money.md.j2"),
        *("pages/services/no_limits.md.j2", "pages/services/not_applicable.md.j2"),
        *("pages/services/presentation.md.j2", "pages/services/service.md.j2", "pages/whole.md.j2"),
        "single/single.html.j2",
    )
)
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
