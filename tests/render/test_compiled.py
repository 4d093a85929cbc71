"""Templates are compiled once for all playbooks of a process, and never stale."""

from __future__ import annotations

from jinja2 import Environment

from pmogen.language import speaking
from pmogen.render.ahead import compile_ahead
from pmogen.render.environment import markdown_environment, svg_environment


def counting(monkeypatch):
    """The names of templates that are compiled from here on."""
    names = []
    compile_it = Environment.compile

    def compiled(self, source, name=None, *more, **named):
        names.append(name)
        return compile_it(self, source, name, *more, **named)

    monkeypatch.setattr(Environment, "compile", compiled)
    return names


def test_the_second_playbook_needs_no_compiling(monkeypatch):
    templates = {"once.md.j2": "{{ 1 + 1 }} and *{{ star }}*"}
    names = counting(monkeypatch)
    first, second = (markdown_environment(templates).get_template("once.md.j2").render(star="*") for _each in "ab")
    assert names == ["once.md.j2"]
    assert first == second == "2 and *&#42;*"


def test_a_changed_template_counts_at_once():
    said = [markdown_environment({"x.md.j2": text}).get_template("x.md.j2").render() for text in ("old", "new", "old")]
    assert said == ["old", "new", "old"]


def test_pages_and_charts_escape_in_their_own_ways_though_they_have_the_same_text():
    templates = {"same": "{{ x }}"}
    made = (make(templates).get_template("same") for make in (markdown_environment, svg_environment))
    page, chart = (template.render(x="*<") for template in made)
    assert page != chart == "*&lt;"


def test_each_language_has_code_of_its_own():
    """Filters of constants are applied while a template is compiled."""
    templates = {"number.md.j2": "{{ 1.5 | number }}"}
    said = []
    for code in ("en", "de", "en"):
        with speaking(code):
            said.append(markdown_environment(templates).get_template("number.md.j2").render())
    assert said == ["1.5", "1,5", "1.5"]


def test_ahead_of_time_all_are_compiled_and_wrong_ones_passed_over(monkeypatch):
    templates = {
        "good.md.j2": "{{ 7 }}",
        "bad.md.j2": "{% if %}",
        "drawn.svg.j2": "<a/>",
        "other.html.j2": "x",
        "b": b"\xff",
    }
    compile_ahead(templates, ("de",))
    names = counting(monkeypatch)
    with speaking("de"):
        assert markdown_environment(templates).get_template("good.md.j2").render() == "7"
        assert svg_environment(templates).get_template("drawn.svg.j2").render() == "<a/>"
    assert names == []
