"""Messages of templates are said when the template is compiled: nothing but their values is looked up on a page."""

from __future__ import annotations

import pytest

from pmogen.errors import PmogenError
from pmogen.language import Language, speaking, spoken
from pmogen.render.environment import markdown_environment, template_mistakes


def written(template: str, **values: object) -> str:
    return markdown_environment({"t.md.j2": template}).get_template("t.md.j2").render(values)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages that were looked up."""
    found: list[str] = []
    language: type[Language] = type(spoken())
    said = language.said

    def noted(self: Language, message: str, context: str | None = None) -> str:
        found.append(message)
        return said(self, message, context)

    monkeypatch.setattr(language, "said", noted)
    return found


def test_a_message_is_looked_up_once_for_all_pages(asked):
    template = markdown_environment({"t.md.j2": '{{ _("Due on {day}.", day=x) }} {{ _("Gap") }}'}).get_template(
        "t.md.j2"
    )
    assert sorted(asked) == ["Due on {day}.", "Gap"]
    assert [template.render(x=day) for day in ("*", "b")] == ["Due on &#42;. Gap", "Due on b. Gap"]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{{ _("<b> {x}", x="<b>") }}', "<b> &#60;b&#62;"),
        ('{{ _("{a} and {b}", b="1*", a="2*") }}', "2&#42; and 1&#42;"),
        ('{{ _("{a} and {a}", a="*") }}', "&#42; and &#42;"),
        ('{{ _("no {place}") }}', "no {place}"),
        ('{{ _("no {place}", other=1) }}', "no {place}"),
        ('{{ _("{none}.", none=none) }}', "."),
        ('{{ pgettext("a service", "live") }}', "live"),
        ('{{ _("a*b") if x else _("c") }}', "a*b"),
        ('{{ _("a*b") ~ "*" }}', "a*b&#42;"),
        ('{{ _("*{a}*", a=x) ~ "*" }}', "*y&#42;*&#42;"),
        ('{{ [_("*{a}*", a=x), "*"] | join("") }}', "*y&#42;*&#42;"),
        ('{% set said = _("*{a}*", a=x) %}{{ said }}', "*y&#42;*"),
        ("{{ _(message, a=x) }}", "*y&#42;*"),
        ('{{ _("*{a}*", **named) }}', "*z*"),
    ],
)
def test_words_are_trusted_and_values_are_not(template, said):
    assert written(template, x="y*", message="*{a}*", named={"a": "z"}).strip() == said


def test_a_value_that_is_not_there_is_a_mistake():
    with pytest.raises(PmogenError, match="'missing' is undefined"), template_mistakes("t.md.j2"):
        written('{{ _("Due on {day}.", day=missing) }}')


def test_each_language_has_its_words():
    with speaking("de"):
        assert written('{{ _("Target") }} {{ pgettext("state of an answer", "open") }}') == "Ziel offen"
    assert written('{{ _("Target") }} {{ pgettext("state of an answer", "open") }}') == "Target open"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% for _, b in pairs %}{{ _ }}{{ b }}{% endfor %}", "12"),
        ('{% macro _(text) %}<{{ text }}>{% endmacro %}{{ _("Target") }}', "<Target>"),
        ('{% set pgettext = say %}{{ pgettext("a", "b") }}', "ab"),
        ('{% import "m" as _ %}{{ _.shout("a") }}', "A!"),
        ('{% from "m" import shout as _ %}{{ _("a") }}', "A!"),
    ],
)
def test_a_template_may_give_the_names_another_meaning(template, said):
    templates = {"t.md.j2": template, "m": "{% macro shout(text) %}{{ text | upper }}!{% endmacro %}"}
    made = markdown_environment(templates).get_template("t.md.j2")
    with speaking("de"):
        assert made.render(pairs=[(1, 2)], say=lambda one, other: one + other) == said
