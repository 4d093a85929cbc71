"""Templates are compiled for Markdown: calls are plain, what is printed is escaped once."""

from __future__ import annotations

import pytest

from pmogen.errors import PmogenError
from pmogen.render.environment import markdown_environment, template_mistakes
from pmogen.render.markdown import Md

MACROS = """
{% macro both(one, other="<b>") %}{{ one }} {{ other }}{% endmacro %}
{% macro any() %}{{ varargs | join("+") }} {{ kwargs.x }}{% endmacro %}
{% macro around(name) %}[{{ caller(name) }}]{% endmacro %}
"""


def written(template: str, **values: object) -> str:
    return markdown_environment({"t": MACROS + template}).get_template("t").render(values).strip()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('both("*")', "&#42; &#60;b&#62;"),
        ('both("*", "x")', "&#42; x"),
        ('both(other="x", one="*")', "&#42; x"),
        ('both(one="y")', "y &#60;b&#62;"),
        ('any("*", "b", x="c")', "&#42;&#43;b c"),
        ("both(*listed)", "&#42; x"),
        ("both(**named)", "&#42; x"),
        ('both("a", "b") ~ "<"', "a b&#60;"),
        ('(both("a", "b") + "<")', "a b&#60;"),
        ('"<" ~ both("a", "b")', "&#60;a b"),
    ],
)
def test_a_macro_is_called_in_any_way_and_gives_markdown(call, said):
    assert written("{{ " + call + " }}", listed=["*", "x"], named={"one": "*", "other": "x"}) == said


def test_a_macro_may_be_called_with_a_block():
    assert written('{% call(who) around("<x>") %}_{{ who }}_{% endcall %}') == "[_&#60;x&#62;_]"


def test_a_block_may_show_what_it_replaces():
    templates = {
        "a": "{% block b %}{{ text }}{% endblock %}",
        "c": '{% extends "a" %}{% block b %}({{ super() ~ "<" }}){% endblock %}',
    }
    assert markdown_environment(templates).get_template("c").render(text="*") == "(&#42;&#60;)"


def test_loops_may_call_themselves():
    text = "{% for each in tree recursive %}{{ each.name }}({{ loop(each.below) }}){% endfor %}"
    tree = [{"name": "<", "below": [{"name": "b", "below": []}]}]
    assert written(text, tree=tree) == "&#60;(b())"


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing }}",
        "{{ both() }}",
        "{{ both(1, 2, 3) }}",
        "{{ both(1, two=2) }}",
        "{{ nothing() }}",
        "{{ asked() }}",
        "{{ 5() }}",
    ],
)
def test_a_wrong_call_is_a_mistake_of_the_template(text):
    def asked() -> None:
        next(iter(()))

    with pytest.raises(PmogenError, match="site_templates/t"), template_mistakes("t"):
        written(text, asked=asked)


def test_markdown_is_trusted_wherever_it_was_made():
    assert written("{{ text }} {{ said(text) }}", text=Md("**a**"), said=lambda text: text) == "**a** **a**"
